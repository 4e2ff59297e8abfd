"""What a customer and the bot agreed on, against what the ERP has of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chatwootai.domain.errors import Refusal
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, Order, OrderState


@dataclass(frozen=True, slots=True)
class Agreement:
    """`items` name each product once. `total` is what the customer said yes to, None before that."""

    key: str
    customer_id: int | None
    """None where she is not in the ERP yet: such an agreement is priced, never drafted."""
    items: tuple[Item, ...]
    coupon: str | None = None
    total: Money | None = None
    note: str = ""
    """For the people of the shop; what an order says in it breaks no agreement."""

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(f"product:{item.product_id}" for item in self.items)

    def broken_by(self, order: Order) -> Refusal | None:
        """Why this order is not what was agreed."""
        if order.state is OrderState.CANCELLED:
            return Refusal.ORDER_CANCELLED
        bought = merged(
            [Item(line.product_id, line.quantity) for line in order.lines if not line.is_discount]
        )
        if set(bought) != set(self.items) or order.customer_id != self.customer_id:
            return Refusal.ORDER_CHANGED
        if self.coupon is not None and not has_discount(order):
            return Refusal.COUPON_NOT_APPLICABLE
        if self.total is not None and order.total != self.total:
            return Refusal.PRICE_CHANGED
        return None


def has_discount(order: Order) -> bool:
    return any(line.is_discount for line in order.lines)


def merged(items: Sequence[Item]) -> tuple[Item, ...]:
    """Each product once, in the order of its first mention."""
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    for item in items:
        quantities[item.product_id] += item.quantity
    return tuple(Item(product_id, quantity) for product_id, quantity in quantities.items())


def require_quantities(items: Sequence[Item]) -> None:
    """Raises `ValueError` where an item is not more than zero: a mistake of the caller, not a refusal."""
    for item in items:
        if not (item.quantity.is_finite() and item.quantity > 0):
            raise ValueError(f"{item.quantity} of product {item.product_id}")
