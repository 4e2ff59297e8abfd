"""The first level: in this process, bounded."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

from chatwootai.integrations.cache.keys import CacheKey, Invalidation, Kind

LARGEST = 2_000
"""Entries of one account's kind."""


class Entry(NamedTuple):
    value: object
    expires_at: float


class Memory:
    """Each account's kind has room of its own, so that none crowds out another; the least used goes first.

    `clock` is in seconds and only ever rises.
    """

    def __init__(self, largest: int = LARGEST, clock: Callable[[], float] = time.monotonic) -> None:
        self._largest = largest
        self._clock = clock
        self._groups: dict[tuple[str, Kind], OrderedDict[CacheKey, Entry]] = {}

    def get(self, key: CacheKey) -> Entry | None:
        """The entry, unless it expired."""
        group = self._groups.get((key.account, key.kind))
        if group is None:
            return None
        entry = group.get(key)
        if entry is None:
            return None
        if entry.expires_at <= self._clock():
            del group[key]
            return None
        group.move_to_end(key)
        return entry

    def put(self, key: CacheKey, value: object, expires_at: float) -> None:
        group = self._groups.setdefault((key.account, key.kind), OrderedDict())
        group[key] = Entry(value, expires_at)
        group.move_to_end(key)
        if len(group) > self._largest:
            group.popitem(last=False)

    def drop(self, what: Invalidation) -> None:
        if what.names is None:
            self._groups.pop((what.account, what.kind), None)
            return
        group = self._groups.get((what.account, what.kind), OrderedDict())
        for key in [key for key in group if key.name in what.names]:
            del group[key]

    def clear(self) -> None:
        self._groups.clear()

    def __len__(self) -> int:
        return sum(map(len, self._groups.values()))
