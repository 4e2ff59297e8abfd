"""Port to what the shop sells: products, their prices and their stock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    description: str = ""
    """What the shop says of it, as plain text."""
    is_service: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """Price and stock of a product, read just now for this conversation.

    `price` is for one unit, taxes included, as the ERP would invoice it to this customer at this quantity;
    `regular` is the list price, which differs where a price list applies. `available` is what can be
    promised (on hand minus reserved), None where stock is not kept, such as for a voucher: never conclude
    "sold out" from None. `expected` is the day of the next arrival, where one is planned.

    `shortfall` is what orders that are confirmed already lack: units promised beyond what is on hand, whether
    the ERP reserved them twice or not at all. `available` is zero while it is more than zero. In Odoo both
    come from one figure, the lesser of `free_qty` and `qty_available - outgoing_qty`: what is above zero is
    available, what is below is the shortfall (100 confirmed of 25 leave `free_qty` 0).
    """

    product: Product
    price: Money
    available: Decimal | None
    regular: Money | None = None
    expected: date | None = None
    shortfall: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class StockLevel:
    """What can be had of a product, without its price: the figures of `Offer`, read faster."""

    product: Product
    available: Decimal | None
    expected: date | None = None
    shortfall: Decimal = Decimal(0)


class Catalog(Protocol):
    """Bound to one account's company. Raises `ServiceUnavailable` or `RequestRefused`."""

    async def products(self) -> Sequence[Product]:
        """Everything for sale now, by name. Names may be up to a minute old; figures are never here."""
        ...

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        """What the ERP finds by name, code or barcode, best first; case and accents do not matter."""
        ...

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        """Price and stock of these products, read now, in the order asked; unknown ids are left out.

        Without `customer_id` the price is that of a customer whom nobody knows.
        """
        ...

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        """Stock of these products, read now, in the order asked; unknown ids are left out."""
        ...
