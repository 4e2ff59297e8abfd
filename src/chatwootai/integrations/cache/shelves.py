"""What is kept of each kind, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.keys import CacheKey, Kind
from chatwootai.integrations.cache.shared import Place

V = TypeVar("V")

ALONE_SECONDS = 4.0
"""Without Redis a change of the ERP is heard by the one process that read it from the feed: the others hold
figures for no longer than this, so that a new price is in every answer within five seconds."""


def _whatever(value: object) -> bool:
    del value
    return True


@dataclass(frozen=True, slots=True)
class Shelf(Generic[V]):
    """One kind of one account.

    Values are kept for `seconds` after their load began, for `alone` where there is no Redis. They are given
    to everybody as they are, so they must be immutable. What `keeps` denies is told and not kept.
    """

    account: str
    kind: Kind
    codec: Codec[V]
    seconds: float
    alone: float
    keeps: Callable[[V], bool] = _whatever

    @property
    def place(self) -> Place:
        return Place(self.account, self.kind, self.codec.version)

    def key(self, name: str, variant: str = "") -> CacheKey:
        return CacheKey(self.account, self.kind, name, variant)
