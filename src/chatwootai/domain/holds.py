"""Holds: what is kept for one customer for a while, because the ERP keeps nothing for anybody.

A hold's key is the proposal's. It ends when it is released or expires, whoever crashed meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StockClaim:
    product_id: int
    quantity: Decimal

    @property
    def subject(self) -> str:
        return f"product:{self.product_id}"


@dataclass(frozen=True, slots=True)
class SlotClaim:
    """`start` and `end` are aware; the end is not included."""

    professional_id: int
    start: datetime
    end: datetime

    @property
    def subject(self) -> str:
        return f"professional:{self.professional_id}"


Claim = StockClaim | SlotClaim


@dataclass(frozen=True, slots=True)
class Hold:
    key: str
    claims: tuple[Claim, ...]
    expires_at: datetime


def require_claims(key: str, claims: Sequence[Claim]) -> None:
    """Raises `ValueError` without claims, for no units, and for a time that ends before it begins."""
    if not claims:
        raise ValueError(f"{key} claims nothing")
    for claim in claims:
        is_some = claim.quantity > 0 if isinstance(claim, StockClaim) else claim.start < claim.end
        if not is_some:
            raise ValueError(f"{key} claims nothing of {claim.subject}")


class HoldStore(Protocol):
    """Every call is bound to an account. Raises `ServiceUnavailable`."""

    def alone(self, account: str, subjects: Sequence[str]) -> AbstractAsyncContextManager[None]:
        """Wait until nobody else, in any process on any machine, is inside for one of these subjects.

        Freed at once when the process that is inside dies. Whatever reads stock or slots to decide, and
        whatever confirms, happens inside; nobody who is inside enters once more.
        """
        ...

    async def place(self, account: str, key: str, claims: Sequence[Claim], duration: timedelta) -> Hold:
        """Hold these for `duration` from now, by the store's clock; replaces what this key held.

        `ValueError` as `require_claims` says.
        """
        ...

    async def get(self, account: str, key: str) -> Hold | None:
        """What the key holds now; None when released or expired."""
        ...

    async def release(self, account: str, key: str) -> None:
        """Give back what the key holds; nothing happens when it holds nothing."""
        ...

    async def stock_held(
        self, account: str, product_ids: Sequence[int], *, ignoring: str = ""
    ) -> dict[int, Decimal]:
        """Units held now of each of these products by other keys than `ignoring`; zero where none."""
        ...

    async def slots_held(
        self,
        account: str,
        professional_ids: Sequence[int],
        start: datetime,
        end: datetime,
        *,
        ignoring: str = "",
    ) -> Sequence[SlotClaim]:
        """What other keys than `ignoring` hold now that overlaps [start, end)."""
        ...
