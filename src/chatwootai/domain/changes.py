"""The ERP's change feed: what is new since the last look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ChangeKind(StrEnum):
    PRODUCT = "product"
    """A product or service is new, was edited or archived."""
    PRICE = "price"
    """A price list's rule is new or was edited. `record` is the product, or 0 for "perhaps every price"."""
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Change:
    """`record` is a product's id; `changed_at` is the ERP's time of the change, aware, in UTC."""

    kind: ChangeKind
    record: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """`position` is where the next look begins: opaque, and safe to use again after a crash."""

    items: tuple[Change, ...]
    position: str


class ChangeFeed(Protocol):
    """Bound to one account's company. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def since(self, position: str | None) -> Changes:
        """Every change since a position, at least once, in order of time; None begins now.

        A position that it does not understand, as another version may have left it, begins long ago.
        A change that commits late with an earlier time, or shares its second with one already told, is
        told too. The same change may be told again, never be missed.
        """
        ...


class ChangeListener(Protocol):
    """Who wants to know: a cache, a search index. May be told the same again."""

    async def changed(self, account: str, changes: Sequence[Change]) -> None: ...


class FeedPositions(Protocol):
    """Where each account's feed stands. Raises `ServiceUnavailable`."""

    async def position(self, account: str) -> str | None: ...

    async def advance(self, account: str, position: str) -> None: ...
