"""Port to what the shop can tell: passages about products, services, policies and questions often asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PassageKind(StrEnum):
    PRODUCT = "product"
    SERVICE = "service"
    POLICY = "policy"
    """A rule of the house: delivery, payment, exchange, booking, warranty, hours."""
    FAQ = "faq"


@dataclass(frozen=True, slots=True)
class Passage:
    """A searchable text of one account. It never holds a price or a stock figure: those are read afresh.

    `key` is ours and unique in the account ("product:12", "policy:troca"). `record` is the product's id in
    the ERP, None for what the profile says. `aliases` are other ways in which customers ask for it.
    `in_stock` is None where no stock is kept.
    """

    key: str
    kind: PassageKind
    title: str
    text: str = ""
    record: int | None = None
    category: str = ""
    aliases: tuple[str, ...] = ()
    in_stock: bool | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`score` orders the passages of one search and means nothing beside another."""

    passage: Passage
    score: float


class KnowledgeBase(Protocol):
    """Bound to one account. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        """The nearest passages, best first; of every kind where `kinds` is empty.

        `only_in_stock` leaves out what is known to be sold out. A text without words finds nothing.
        """
        ...


class PassageIndex(Protocol):
    """Where an account's passages are kept. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def rebuild(
        self, passages: Sequence[Passage], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        """Replace everything that the account has; searches find the old or the new, never a gap."""
        ...

    async def put(self, passages: Sequence[Passage]) -> None:
        """Add passages, or replace those of the same keys."""
        ...

    async def drop(self, keys: Sequence[str]) -> None:
        """Remove passages; unknown keys are nothing."""
        ...

    async def count(self) -> int: ...
