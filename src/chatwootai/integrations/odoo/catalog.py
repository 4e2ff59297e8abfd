"""The shop's catalogue as its Odoo tells it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatwootai.domain.catalog import Offer, Product, StockLevel
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.products import LARGEST_ID, MODEL, NAMES, literally, product
from chatwootai.integrations.odoo.quotes import Priced, quoted
from chatwootai.integrations.odoo.stock import FIGURES, arrivals, free
from chatwootai.integrations.odoo.values import Record, decimal, link, number, records

_PAGE = 1000
_NAMES_SECONDS = 60.0
"""How long names may be reused; figures are read anew each time."""


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
    ) -> None:
        self._client = client
        self._currency = currency
        self._zone = zone
        self._clock = clock
        self._names: tuple[Product, ...] = ()
        self._stale_at = float("-inf")
        self._reading = asyncio.Lock()
        self._figures: list[str] | None = None

    async def products(self) -> Sequence[Product]:
        """Everything for sale, by name; read anew when older than a minute."""
        async with self._reading:
            if self._clock() >= self._stale_at:
                read_at = self._clock()
                self._names = await self._read_names()
                self._stale_at = read_at + _NAMES_SECONDS
            return self._names

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """`domain.changes.ChangeListener`: names are read anew the next time that they are asked for."""
        del account
        if any(change.kind is ChangeKind.PRODUCT for change in changes):
            self._stale_at = float("-inf")

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        """By name, code or barcode; names in English are tried where none in Portuguese fits."""
        wanted = text.strip()
        if not wanted or limit <= 0:
            return ()
        literal = literally(wanted)
        words = ["|", "|", ["name", "ilike", literal], ["default_code", "=ilike", literal]]
        domain: list[object] = [["sale_ok", "=", True], *words, ["barcode", "=", wanted]]
        found = await self._search(domain, NAMES, limit) or await self._search(
            domain, NAMES, limit, language="en_US"
        )
        products = [product(row) for row in found]
        return sorted(products, key=lambda hit: (hit.code.casefold() != wanted.casefold(), hit.name, hit.id))

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        """Price and stock of these products, read now."""
        found = await self._figures_of(product_ids)
        if not found:
            return ()
        items = [Item(id_, quantity) for id_ in found]
        quote, expected = await asyncio.gather(
            quoted(self._client, items, customer_id, self._currency), self._arrivals(found, quantity)
        )
        return tuple(
            self._offer(found[priced.item.product_id], priced, expected.get(priced.item.product_id))
            for priced in quote.lines
        )

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        """Stock alone: a quote costs Odoo more than everything else here."""
        found = await self._figures_of(product_ids)
        expected = await self._arrivals(found, Decimal(1))
        return tuple(
            StockLevel(product(row), _available(row), expected.get(id_), _shortfall(row))
            for id_, row in found.items()
        )

    async def _figures_of(self, product_ids: Sequence[int]) -> dict[int, Record]:
        """The rows of the products that are sold, in the order asked."""
        asked = [id_ for id_ in dict.fromkeys(product_ids) if 0 < id_ <= LARGEST_ID]
        if not asked:
            return {}
        # Searched, not read: `read` fails as a whole when one of the ids is another company's.
        rows = await self._search(
            [["id", "in", asked], ["sale_ok", "=", True]], [*NAMES, *await self._known_figures()], len(asked)
        )
        found = {number(row, "id"): row for row in rows}
        return {id_: found[id_] for id_ in asked if id_ in found}

    async def _arrivals(self, rows: Mapping[int, Record], quantity: Decimal) -> Mapping[int, date]:
        """Of what is not there in this quantity."""
        short = [id_ for id_, row in rows.items() if (kept := free(row)) is not None and kept < quantity]
        return await arrivals(self._client, short, self._zone)

    async def _read_names(self) -> tuple[Product, ...]:
        products: list[Product] = []
        last = 0
        while True:
            rows = await self._search([["sale_ok", "=", True], ["id", ">", last]], NAMES, _PAGE)
            products += map(product, rows)
            if len(rows) < _PAGE:
                return tuple(sorted(products, key=lambda known: (known.name.casefold(), known.id)))
            last = products[-1].id

    async def _known_figures(self) -> list[str]:
        """The fields of figures that this server has: without the module stock there is none of stock."""
        if self._figures is None:
            wanted = ["list_price", "currency_id", *FIGURES, (await self._client.series()).storable]
            told = await self._client.read(MODEL, "fields_get", allfields=wanted, attributes=["type"])
            self._figures = [name for name in wanted if isinstance(told, dict) and name in told]
        return self._figures

    async def _search(
        self, domain: list[object], fields: list[str], limit: int, *, language: str = "pt_BR"
    ) -> list[Record]:
        answer = await self._client.read(
            MODEL,
            "search_read",
            context={"lang": language},
            domain=domain,
            fields=fields,
            order="id",
            limit=limit,
        )
        return records(answer)

    def _offer(self, row: Record, priced: Priced, expected: date | None) -> Offer:
        currency = link(row, "currency_id")
        regular = None
        if currency is not None and currency[1] == self._currency:
            regular = Money(decimal(row, "list_price"), self._currency)
        return Offer(
            product=product(row),
            price=Money(priced.total / priced.item.quantity, self._currency),
            available=_available(row),
            regular=regular,
            expected=expected,
            shortfall=_shortfall(row),
        )


def _available(row: Record) -> Decimal | None:
    kept = free(row)
    return None if kept is None else max(kept, Decimal(0))


def _shortfall(row: Record) -> Decimal:
    return max(-(free(row) or Decimal(0)), Decimal(0))
