"""The shop's catalogue as its Odoo tells it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

import aiohttp

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.money import Money
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.transport import OdooAccess, Transport
from chatwootai.integrations.odoo.values import Record, decimal, link, number, records, text

__all__ = ["OdooAccess", "OdooCatalog"]

_MODEL = "product.product"
_PAGE = 1000
_NAMES_SECONDS = 60.0
"""How long names may be reused; figures are read anew each time."""
_LARGEST_ID = 2**31 - 1
_NAMES = ["display_name", "default_code", "categ_id"]
_FIGURES = ["list_price", "currency_id", "free_qty"]


class OdooCatalog:
    """`domain.catalog.Catalog` of the company of Odoo's user.

    Prices are the list price. `currency` is the shop's (ISO 4217): a product priced in another one raises
    `RequestRefused`, because a number in the wrong currency would look right. `clock` is in seconds.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        access: OdooAccess,
        *,
        currency: str = "BRL",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = Transport(session, access)
        self._currency = currency
        self._clock = clock
        self._names: tuple[Product, ...] = ()
        self._stale_at = float("-inf")
        self._reading = asyncio.Lock()

    async def products(self) -> Sequence[Product]:
        """Everything for sale, by name; read anew when older than a minute."""
        async with self._reading:
            if self._clock() >= self._stale_at:
                read_at = self._clock()
                self._names = await self._read_names()
                self._stale_at = read_at + _NAMES_SECONDS
            return self._names

    async def offers(self, product_ids: Sequence[int]) -> Sequence[Offer]:
        """Price and stock of these products, read now."""
        asked = [id_ for id_ in dict.fromkeys(product_ids) if 0 < id_ <= _LARGEST_ID]
        if not asked:
            return ()
        identity = await self._transport.identity()
        tracking = "is_storable" if identity.series >= 18 else "detailed_type"
        # Searched, not read: `read` fails as a whole when one of the ids is another company's.
        rows = await self._search(
            [["id", "in", asked], ["sale_ok", "=", True]], [*_NAMES, *_FIGURES, tracking], len(asked)
        )
        found = {number(row, "id"): row for row in rows}
        return tuple(self._offer(found[id_]) for id_ in asked if id_ in found)

    async def _read_names(self) -> tuple[Product, ...]:
        products: list[Product] = []
        last = 0
        while True:
            rows = await self._search([["sale_ok", "=", True], ["id", ">", last]], _NAMES, _PAGE)
            products += map(_product, rows)
            if len(rows) < _PAGE:
                return tuple(sorted(products, key=lambda product: (product.name.casefold(), product.id)))
            last = products[-1].id

    async def _search(self, domain: list[object], fields: list[str], limit: int) -> list[Record]:
        answer = await self._transport.read(
            _MODEL, "search_read", [domain], fields=fields, order="id", limit=limit
        )
        return records(answer)

    def _offer(self, row: Record) -> Offer:
        product = _product(row)
        currency = link(row, "currency_id")
        if currency is None or currency[1] != self._currency:
            told = currency[1] if currency else "no currency"
            raise RequestRefused(
                SERVICE, f"product {product.id} is priced in {told}, not in {self._currency}"
            )
        return Offer(product, Money(decimal(row, "list_price"), self._currency), _available(row))


def _product(row: Record) -> Product:
    code = text(row, "default_code")
    category = link(row, "categ_id")
    return Product(
        id=number(row, "id"),
        # The display name tells variants apart, which the plain name does not, but repeats the code.
        name=text(row, "display_name").removeprefix(f"[{code}] "),
        code=code,
        category=category[1].rpartition(" / ")[2] if category else "",
    )


def _available(row: Record) -> Decimal | None:
    # Where stock is not kept Odoo says 0, which must not read as sold out.
    if row.get("is_storable") is not True and row.get("detailed_type") != "product":
        return None
    return max(decimal(row, "free_qty"), Decimal(0))
