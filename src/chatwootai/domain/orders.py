"""Port to the ERP's orders. What it does not protect against is the business of `hub.purchases`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from chatwootai.domain.money import Money


class OrderState(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class ShipmentState(StrEnum):
    WAITING = "waiting"
    """Goods are missing."""
    READY = "ready"
    """Reserved, to be picked."""
    DONE = "done"
    """Left the warehouse."""
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    NOT_INVOICED = "not_invoiced"
    OPEN = "open"
    PARTIAL = "partial"
    PAID = "paid"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Item:
    """What a customer wants: `quantity` in the product's unit, more than zero."""

    product_id: int
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`subtotal` includes taxes. A coupon's discount is a line of its own, negative, `is_discount` true."""

    product_id: int
    name: str
    quantity: Decimal
    unit_price: Money
    subtotal: Money
    is_discount: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What the ERP would charge now. Nothing was written."""

    lines: tuple[OrderLine, ...]
    total: Money
    price_list: str = ""


@dataclass(frozen=True, slots=True)
class Shipment:
    state: ShipmentState
    scheduled_at: datetime | None = None
    done_at: datetime | None = None
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`code` is what people call it ("S00027"), `key` is ours, empty for an order that people made."""

    id: int
    code: str
    key: str
    customer_id: int
    state: OrderState
    lines: tuple[OrderLine, ...]
    total: Money
    placed_at: datetime
    locked: bool = False
    payment: PaymentState = PaymentState.NOT_INVOICED
    shipments: tuple[Shipment, ...] = ()


class Quoting(Protocol):
    """The part of `Orders` that tells what something would cost. May answer from a cache."""

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        """As `Orders.quote`, perhaps as it was some seconds ago: told to customers, never written."""
        ...


class Orders(Protocol):
    """Bound to one account's company. Every act re-reads what came of it.

    Raises `ServiceUnavailable`, `RequestRefused`; writes raise `OutcomeUnknown` when no answer came, and
    `BusinessRefusal` where a rule forbids them.
    """

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        """Price these items for this customer. `UNKNOWN_RECORD` for a product that is not sold."""
        ...

    async def draft(
        self,
        key: str,
        customer_id: int,
        items: Sequence[Item],
        *,
        coupon: str | None = None,
        note: str = "",
    ) -> Order:
        """The order of this key, drafted if there is none: an order that exists is returned as it is.

        `note` is plain text for whoever prepares the order; its lines stay lines.

        Two processes that ask in the same instant may each make one, for an ERP keeps no key unique:
        `hub.purchases` lets one in at a time. `COUPON_INVALID` and `COUPON_NOT_APPLICABLE` leave no draft
        behind that could be confirmed.
        """
        ...

    async def confirm(self, order_id: int) -> Order:
        """Make a draft an order. One that is confirmed already is returned; never one that is cancelled.

        Checks neither stock nor price: `hub.purchases` does.
        """
        ...

    async def cancel(self, order_id: int) -> Order:
        """Cancel where that is allowed: `ORDER_LOCKED`, `ORDER_DELIVERED`, `ORDER_INVOICED` otherwise.

        One that is cancelled already is returned.
        """
        ...

    async def find(self, key: str) -> Order | None:
        """The order of our key, in whatever state.

        Of several, which a write that came late may leave: the confirmed one, else the oldest that is not
        cancelled, else the oldest.
        """
        ...

    async def get(self, order_id: int) -> Order | None:
        """An order with its shipments and payment."""
        ...

    async def of_customer(self, customer_id: int, limit: int = 10) -> Sequence[Order]:
        """The customer's orders, newest first, without drafts."""
        ...
