"""Port to the shop's promotions and coupons. A coupon is applied by `Orders.draft`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from chatwootai.domain.money import Money


@dataclass(frozen=True, slots=True)
class Promotion:
    """Either `percent` or `amount` is taken off. An empty `code` means that it applies by itself."""

    id: int
    name: str
    description: str
    code: str = ""
    percent: Decimal | None = None
    amount: Money | None = None
    minimum: Money | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class Promotions(Protocol):
    """Bound to one account's company. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        """Promotions that customers may use on this day, by name; exhausted ones are left out."""
        ...

    async def points(self, customer_id: int) -> Decimal | None:
        """The customer's loyalty points, None without a card."""
        ...
