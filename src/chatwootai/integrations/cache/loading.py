"""How a value comes about that this process does not have."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from chatwootai.integrations.cache.keys import CacheKey
from chatwootai.integrations.cache.shared import (
    Loaded,
    SharedLevel,
    SharedLevelLost,
    Stored,
    Ticket,
)
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.observability import metrics

V = TypeVar("V")
Load = Callable[[Sequence[CacheKey]], Awaitable[Mapping[CacheKey, V]]]

DEAF_SECONDS = 2.0
"""How long values are kept while Redis is away, and with it what other processes invalidate."""
PATIENCE = 1.0
"""Seconds that another process gets to load what we want; then we load it, too."""
_LOOK_AGAIN = 0.02


class Found(NamedTuple, Generic[V]):
    value: V
    expires_at: float


class Loading(Generic[V]):
    """One flight's work: Redis is asked, then whoever claims the load first does it for all processes.

    A Redis that fails at any point costs its time-out once; what is still missing is loaded without it.
    """

    def __init__(
        self,
        shelf: Shelf[V],
        load: Load[V],
        shared: SharedLevel | None,
        clock: Callable[[], float],
        outdated: Collection[CacheKey],
    ) -> None:
        self._shelf = shelf
        self._load = load
        self._shared = shared
        self._clock = clock
        self._outdated = outdated
        self._found: dict[CacheKey, Found[V]] = {}

    async def values(self, keys: Sequence[CacheKey]) -> dict[CacheKey, Found[V]]:
        """Each key's value, and how long this process may keep it."""
        if self._shared is not None and self._shared.usable:
            try:
                await self._by_shared(self._shared, keys)
            except SharedLevelLost:
                metrics.cache_errors.labels("shared").inc()
        if missing := self._missing(keys):
            await self._loaded(missing)
        return self._found

    async def _by_shared(self, shared: SharedLevel, keys: Sequence[CacheKey]) -> None:
        for key, stored in zip(keys, await shared.read(self._shelf.place, keys), strict=True):
            self._take(key, stored)
        deadline = self._clock() + PATIENCE
        while missing := self._missing(keys):
            patient = self._clock() < deadline
            tickets: dict[CacheKey, Ticket] = {}
            for key, claim in zip(missing, await shared.claim(self._shelf.place, missing), strict=True):
                if not self._take(key, claim.stored) and (claim.ours or claim.stored or not patient):
                    tickets[key] = claim.ticket
            if tickets:
                await self._load_for_all(shared, tickets)
            elif self._missing(keys):
                await asyncio.sleep(_LOOK_AGAIN)

    async def _load_for_all(self, shared: SharedLevel, tickets: Mapping[CacheKey, Ticket]) -> None:
        keys = list(tickets)
        begun = self._clock()
        stored = False
        try:
            await self._loaded(keys)
            if kept := self._encoded(tickets, self._shelf.seconds - (self._clock() - begun)):
                await shared.store(self._shelf.place, kept)
            stored = len(kept) == len(keys)
        finally:
            if not stored:
                await self._release(shared, keys)

    def _encoded(self, tickets: Mapping[CacheKey, Ticket], lasts: float) -> list[Loaded]:
        kept: list[Loaded] = []
        for key, ticket in tickets.items():
            value = self._found[key].value
            if key in self._outdated or lasts <= 0 or not self._shelf.keeps(value):
                continue
            try:
                kept.append(Loaded(key, self._shelf.codec.encode(value), lasts, ticket))
            except ValueError:
                metrics.cache_errors.labels("entry").inc()
        return kept

    async def _release(self, shared: SharedLevel, keys: Sequence[CacheKey]) -> None:
        if not shared.usable:
            return
        try:
            await shared.release(self._shelf.place, keys)
        except SharedLevelLost:
            metrics.cache_errors.labels("shared").inc()  # the claims lapse by themselves

    async def _loaded(self, keys: Sequence[CacheKey]) -> None:
        expires_at = self._clock() + self._lifetime()
        values = await self._load(keys)
        self._found |= {key: Found(values[key], expires_at) for key in keys}
        self._count("loaded", len(keys))

    def _take(self, key: CacheKey, stored: Stored | None) -> bool:
        """Whether a stored entry was of use."""
        if stored is None:
            return False
        try:
            value = self._shelf.codec.decode(stored.payload)
        except ValueError:
            metrics.cache_errors.labels("entry").inc()
            return False
        lasts = min(stored.lasts, self._lifetime())
        self._found[key] = Found(value, self._clock() + lasts)
        self._count("shared", 1)
        return True

    def _lifetime(self) -> float:
        if self._shared is None:
            return self._shelf.alone
        return self._shelf.seconds if self._shared.listening else min(DEAF_SECONDS, self._shelf.seconds)

    def _missing(self, keys: Sequence[CacheKey]) -> list[CacheKey]:
        return [key for key in keys if key not in self._found]

    def _count(self, found: str, number: int) -> None:
        metrics.cache_reads.labels(self._shelf.account, self._shelf.kind, found).inc(number)
