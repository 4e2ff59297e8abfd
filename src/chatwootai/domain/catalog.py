"""Port to what the shop sells: products, their prices and their stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from chatwootai.domain.money import Money


@dataclass(frozen=True, slots=True)
class Product:
    """Something the shop sells, without the figures that change by the hour."""

    id: int
    name: str
    code: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """Price and stock of a product, read just now for this conversation.

    `available` is what can be promised (on hand minus reserved), None where stock is not kept, such as
    for a voucher: never conclude "sold out" from None.
    """

    product: Product
    price: Money
    available: Decimal | None


class Catalog(Protocol):
    """Bound to one account's company. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def products(self) -> Sequence[Product]:
        """Everything for sale now, by name. Names may be up to a minute old; figures are never here."""
        ...

    async def offers(self, product_ids: Sequence[int]) -> Sequence[Offer]:
        """Price and stock of these products, read now, in the order asked; unknown ids are left out."""
        ...
