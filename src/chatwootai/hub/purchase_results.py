"""What a purchase comes to, in facts that may be told to the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.errors import Refusal
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Reserved:
    """Nobody else of ours gets these units until `expires_at`; None where no stock is kept of them."""

    key: str
    lines: tuple[OrderLine, ...]
    total: Money
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Placed:
    """The order is confirmed in the ERP, as the customer accepted it."""

    order: Order


@dataclass(frozen=True, slots=True)
class Cancelled:
    order: Order


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not, and what really can be had instead.

    Of `product`, `available` units are free now, after what is held for others; more come on `expected`.
    `alternatives` are offers of the same category whose `available` is reduced likewise, best first.
    `order` is ours as the ERP has it now. One that is confirmed nevertheless stands there and cannot be
    undone by us (`ORDER_LOCKED`, `ORDER_DELIVERED`, `ORDER_INVOICED`), or was changed by a person: it
    needs a person.
    """

    reason: Refusal
    product: Product | None = None
    available: Decimal | None = None
    expected: date | None = None
    alternatives: tuple[Offer, ...] = ()
    order: Order | None = None
