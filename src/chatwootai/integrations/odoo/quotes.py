"""What the ERP would charge, without writing anything where the series is able to tell.

`lst_price` is never quoted: it ignores price lists, and its currency may be another company's. Odoo has
no public method for a customer's price, so a sale order that is never stored is asked (17 and newer), or a
draft that is cancelled at once (16).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.scratch import priced_by_draft
from chatwootai.integrations.odoo.values import Record, decimal, link, records

_ORDER = "sale.order"
_AT_ONCE = 4
"""Odoo answers no faster to more (measured), and its pool of database connections is limited."""
_NAMED: Mapping[str, object] = {"fields": {"display_name": {}}}
_SPECIFICATION: Mapping[str, object] = {
    "pricelist_id": _NAMED,
    "currency_id": _NAMED,
    "amount_total": {},
    "order_line": {"fields": {"product_id": {}, "product_uom_qty": {}, "price_total": {}}},
}


@dataclass(frozen=True, slots=True)
class Priced:
    """`total` is what all units of `item` cost, taxes and discounts included."""

    item: Item
    total: Decimal

    @property
    def unit(self) -> Decimal:
        """One unit's share, not rounded. `price_unit` is before a price list's discount and extra taxes."""
        return self.total / self.item.quantity


@dataclass(frozen=True, slots=True)
class Quoted:
    lines: tuple[Priced, ...]
    total: Decimal
    price_list: str


class Quotes:
    """Quotes in one currency (ISO 4217); an order that would be in another one raises `RequestRefused`.

    Without a partner the price is that of a customer whom nobody knows: our own user's.
    """

    def __init__(self, client: OdooClient, currency: str) -> None:
        self._client = client
        self._currency = currency
        self._company_currency = ""
        self._tells_lines = True
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def quoted(self, items: Sequence[Item], partner: int | None) -> Quoted:
        """All items as one order. `total` is the order's own, which Odoo may round as a whole."""
        who = await self._who(partner)
        if not (await self._client.series()).quotes_without_writing:
            return await self._by_draft(items, who)
        value = await self._onchange(items, who)
        total = decimal(value, "amount_total")
        lines = self._told_lines(value, items, total) or await self._singles(items, who)
        return Quoted(lines, total, _display_name(value.get("pricelist_id")))

    async def prices(self, items: Sequence[Item], partner: int | None) -> tuple[Priced, ...]:
        """What each item costs, in the order asked."""
        if self._tells_lines or not (await self._client.series()).quotes_without_writing:
            return (await self.quoted(items, partner)).lines
        return await self._singles(items, await self._who(partner))

    async def _who(self, partner: int | None) -> int:
        return partner if partner is not None else (await self._client.identity()).partner

    def _told_lines(self, value: Record, items: Sequence[Item], total: Decimal) -> tuple[Priced, ...] | None:
        """None where the lines do not make up the total, as where Odoo rounds taxes as a whole."""
        if len(items) == 1:
            return (Priced(items[0], total),)
        lines = _lines(value, items)
        if lines is not None and sum(line.total for line in lines) == total:
            return lines
        self._tells_lines = False
        return None

    async def _singles(self, items: Sequence[Item], partner: int) -> tuple[Priced, ...]:
        """An order of one product has the price as its total."""

        async def single(item: Item) -> Priced:
            async with self._room:
                return Priced(item, decimal(await self._onchange([item], partner), "amount_total"))

        return tuple(await asyncio.gather(*map(single, items)))

    async def _onchange(self, items: Sequence[Item], partner: int) -> Record:
        lines = [[0, f"v{place}", _values(item)] for place, item in enumerate(items)]
        answer = await self._client.read(
            _ORDER,
            "onchange",
            [],
            values={"partner_id": partner, "order_line": lines},
            # No names: the form is new and told whole; with names Odoo leaves the lines out (both measured).
            # So a total that is missing is no zero: it is refused, lest something be offered for nothing.
            field_names=[],
            fields_spec=_SPECIFICATION,
        )
        value = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(value, dict):
            raise ServiceUnavailable(SERVICE, "the quote has no values")
        # A currency that is left out is the company's own, the order's initial one.
        self._require(_display_name(value.get("currency_id")) or await self._currency_of_company())
        return value

    async def _by_draft(self, items: Sequence[Item], partner: int) -> Quoted:
        told = await priced_by_draft(self._client, [_values(item) for item in items], partner)
        self._require(told.currency)
        lines = tuple(Priced(item, total) for item, total in zip(items, told.lines, strict=True))
        return Quoted(lines, told.total, told.price_list)

    async def _currency_of_company(self) -> str:
        if not self._company_currency:
            company = (await self._client.identity()).company
            rows = records(await self._client.read("res.company", "read", [company], fields=["currency_id"]))
            told = link(rows[0], "currency_id") if rows else None
            self._company_currency = told[1] if told else ""
        return self._company_currency

    def _require(self, told: str) -> None:
        if told != self._currency:
            raise RequestRefused(SERVICE, f"the order would be in {told}, not in {self._currency}")


def _values(item: Item) -> dict[str, object]:
    return {"product_id": item.product_id, "product_uom_qty": float(item.quantity)}


def _lines(value: Record, items: Sequence[Item]) -> tuple[Priced, ...] | None:
    commands = value.get("order_line")
    if not isinstance(commands, list):
        return None
    told: dict[object, Mapping[str, object]] = {
        command[1]: command[2]
        for command in commands
        if isinstance(command, list) and len(command) == 3 and isinstance(command[2], dict)
    }
    lines = [told.get(f"v{place}", {}) for place in range(len(items))]
    if not all("price_total" in line for line in lines):
        return None
    return tuple(Priced(item, decimal(line, "price_total")) for item, line in zip(items, lines, strict=True))


def _display_name(value: object) -> str:
    return str(value.get("display_name", "")) if isinstance(value, dict) else ""
