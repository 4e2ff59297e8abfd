"""Port to the owner's five reports of the sales monitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from chatwootai.domain.money import Money
from chatwootai.domain.orders import OrderState


@dataclass(frozen=True, slots=True)
class Sale:
    order_id: int
    code: str
    customer_id: int
    customer_name: str
    total: Money
    state: OrderState
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class RecentCustomer:
    id: int
    name: str
    email: str | None
    phone: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BestSeller:
    """`times_sold` counts order lines, `quantity` units."""

    product_id: int
    name: str
    times_sold: int
    quantity: Decimal
    total: Money


@dataclass(frozen=True, slots=True)
class Summary:
    sales_today: int
    revenue_today: Money
    new_customers_today: int
    products: int
    orders: int


class SalesReports(Protocol):
    """Bound to one account's company. A day is the shop's, in its zone. Only confirmed orders are sales.

    Raises `ServiceUnavailable` or `RequestRefused`.
    """

    async def recent(self, limit: int = 10) -> Sequence[Sale]:
        """The last sales, newest first."""
        ...

    async def on(self, day: date) -> Sequence[Sale]:
        """Every sale of a day, newest first."""
        ...

    async def customers(self, limit: int = 10) -> Sequence[RecentCustomer]:
        """The newest customers first."""
        ...

    async def best_sellers(self, limit: int = 10) -> Sequence[BestSeller]:
        """What sells most, by units."""
        ...

    async def summary(self, day: date) -> Summary:
        """The figures of a day, and the totals."""
        ...
