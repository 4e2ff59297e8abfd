"""The cart: what she wants so far, kept in the conversation's memory. Nothing of it is in the ERP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chatwootai.domain.crews import Json, Memory
from chatwootai.domain.orders import Item

KEY: Final = "cart"
"""Memory key of the cart."""


@dataclass(frozen=True, slots=True)
class Cart:
    """Each product once, in the order of its first mention."""

    items: tuple[Item, ...] = ()

    def quantity(self, product_id: int) -> Decimal:
        """Zero for what is not in it."""
        return next((item.quantity for item in self.items if item.product_id == product_id), Decimal(0))

    def with_quantity(self, product_id: int, quantity: Decimal) -> Cart:
        """Zero or less takes the product out."""
        if quantity <= 0:
            return Cart(tuple(item for item in self.items if item.product_id != product_id))
        if not self.quantity(product_id):
            return Cart((*self.items, Item(product_id, quantity)))
        return Cart(
            tuple(
                replace(item, quantity=quantity) if item.product_id == product_id else item
                for item in self.items
            )
        )

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(item.product_id for item in self.items)


def cart_of(memory: Memory) -> Cart:
    """The cart that the conversation remembers."""
    return Cart(items_of(memory.get(KEY)))


def kept(cart: Cart) -> dict[str, Json]:
    """What to remember of it."""
    return {KEY: written(cart.items) or None}


def written(items: Sequence[Item]) -> list[dict[str, Json]]:
    """Items as memory and proposals keep them: no floats."""
    return [{"product": item.product_id, "quantity": str(item.quantity)} for item in items]


def items_of(kept_items: Json) -> tuple[Item, ...]:
    """The items of `written`; what an older version may have left is passed over."""
    if not isinstance(kept_items, Sequence) or isinstance(kept_items, str):
        return ()
    return tuple(
        Item(product, Decimal(str(each["quantity"])))
        for each in kept_items
        if isinstance(each, Mapping) and isinstance(product := each.get("product"), int)
    )
