"""The shop's catalogue as its Odoo tells it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatwootai.domain.catalog import Offer, Product, StockLevel
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.products import LARGEST_ID, MODEL, NAMES, has_words, literally, product
from chatwootai.integrations.odoo.quotes import Priced, Quotes
from chatwootai.integrations.odoo.stock import FIGURES, arrivals, level
from chatwootai.integrations.odoo.values import Record, decimal, link, number, records

_PAGE = 1000
NAMES_SECONDS = 60.0
"""How long names may be reused; figures are read anew each time. Nothing where a cache keeps them already."""


class OdooCatalog:
    """`domain.catalog.Catalog` of the company of Odoo's user.

    `currency` is the shop's (ISO 4217): a quote in another one raises `RequestRefused`, because a number in
    the wrong currency would look right. `clock` is in seconds, `zone` names days.
    """

    def __init__(
        self,
        client: OdooClient,
        *,
        currency: str = "BRL",
        zone: ZoneInfo,
        clock: Callable[[], float] = time.monotonic,
        names_seconds: float = NAMES_SECONDS,
    ) -> None:
        self._client = client
        self._currency = currency
        self._quotes = Quotes(client, currency)
        self._zone = zone
        self._clock = clock
        self._names_seconds = names_seconds
        self._names: tuple[Product, ...] = ()
        self._stale_at = float("-inf")
        self._reading = asyncio.Lock()
        # Without the module stock there are no figures of stock, and what tells that it is kept differs.
        wished = ["lst_price", "currency_id", *FIGURES, "is_storable", "detailed_type"]
        self._figures = KnownFields(client, MODEL, wished)

    async def products(self) -> Sequence[Product]:
        """Everything for sale, by name; read anew when older than `names_seconds`."""
        async with self._reading:
            if self._clock() >= self._stale_at:
                read_at = self._clock()
                self._names = await self._read_names()
                self._stale_at = read_at + self._names_seconds
            return self._names

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """`domain.changes.ChangeListener`: names are read anew the next time that they are asked for."""
        del account
        if any(change.kind is ChangeKind.PRODUCT for change in changes):
            self._stale_at = float("-inf")

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        """By name, code or barcode, in Portuguese, else among names without accents, else in English."""
        wanted = text.strip()
        if not wanted or limit <= 0:
            return ()
        literal = literally(wanted)
        words = ["|", "|", ["name", "ilike", literal], ["default_code", "=ilike", literal]]
        domain: list[object] = [["sale_ok", "=", True], *words, ["barcode", "=", wanted]]
        found = await self._search(domain, NAMES, limit)
        if found:
            products = [product(row) for row in found]
            return sorted(
                products, key=lambda hit: (hit.code.casefold() != wanted.casefold(), hit.name, hit.id)
            )
        # Odoo looks past accents only where the database has "unaccent", and it wants the words together.
        sold = await self.products()
        known = [hit for hit in sold if has_words(hit, wanted)]
        if not known:
            english = await self._search(domain, ["id"], limit, language="en_US")
            ids = {number(row, "id") for row in english}
            known = [hit for hit in sold if hit.id in ids]
        return known[:limit]

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        """Price and stock of these products, read now."""
        found = await self._read_figures(product_ids)
        if not found:
            return ()
        items = [Item(id_, quantity) for id_ in found]
        priced, levels = await asyncio.gather(
            self._quotes.prices(items, customer_id), self._levels(found, quantity)
        )
        return tuple(
            self._offer(found[line.item.product_id], line, at)
            for line, at in zip(priced, levels, strict=True)
        )

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        """Stock of these products, read now, in the order asked."""
        return await self._levels(await self._read_figures(product_ids), Decimal(1))

    async def _read_figures(self, product_ids: Sequence[int]) -> dict[int, Record]:
        """The rows of those that are sold, in the order asked."""
        asked = [id_ for id_ in dict.fromkeys(product_ids) if 0 < id_ <= LARGEST_ID]
        if not asked:
            return {}
        # Searched, not read: `read` fails as a whole when one of the ids is another company's.
        rows = await self._search(
            [["id", "in", asked], ["sale_ok", "=", True]], [*NAMES, *await self._figures.names()], len(asked)
        )
        found = {number(row, "id"): row for row in rows}
        return {id_: found[id_] for id_ in asked if id_ in found}

    async def _levels(self, rows: dict[int, Record], quantity: Decimal) -> tuple[StockLevel, ...]:
        levels = {id_: level(row) for id_, row in rows.items()}
        short = [id_ for id_, at in levels.items() if at.available is not None and at.available < quantity]
        expected = await arrivals(self._client, short, self._zone)
        return tuple(replace(at, expected=expected.get(id_)) for id_, at in levels.items())

    async def _read_names(self) -> tuple[Product, ...]:
        products: list[Product] = []
        last = 0
        while True:
            rows = await self._search([["sale_ok", "=", True], ["id", ">", last]], NAMES, _PAGE)
            products += map(product, rows)
            if len(rows) < _PAGE:
                return tuple(sorted(products, key=lambda known: (known.name.casefold(), known.id)))
            last = products[-1].id

    async def _search(
        self, domain: list[object], fields: list[str], limit: int, *, language: str | None = None
    ) -> list[Record]:
        answer = await self._client.read(
            MODEL,
            "search_read",
            context={"lang": language} if language else None,
            domain=domain,
            fields=fields,
            order="id",
            limit=limit,
        )
        return records(answer)

    def _offer(self, row: Record, priced: Priced, at: StockLevel) -> Offer:
        currency = link(row, "currency_id")
        regular = None
        if currency is not None and currency[1] == self._currency:
            regular = Money(decimal(row, "lst_price"), self._currency)
        return Offer(
            product=at.product,
            price=Money(priced.unit, self._currency),
            available=at.available,
            regular=regular,
            expected=at.expected,
            shortfall=at.shortfall,
        )
