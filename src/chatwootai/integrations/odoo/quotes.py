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
from chatwootai.integrations.odoo.values import Record, created, decimal, link, linked_id, number, records

_ORDER = "sale.order"
_SCRATCH = "chatwootai-cotacao"
_NAMED: Mapping[str, object] = {"fields": {"display_name": {}}}
_LINE: Mapping[str, object] = {
    "product_id": {"fields": {}},
    "product_uom_qty": {},
    "price_unit": {},
    "price_total": {},
}
_SPECIFICATION: Mapping[str, object] = {
    "pricelist_id": _NAMED,
    "currency_id": _NAMED,
    "amount_total": {},
    "order_line": {"fields": _LINE},
}


@dataclass(frozen=True, slots=True)
class Priced:
    """`item` at `unit`, the price without taxes and before rounding; `total` includes taxes."""

    item: Item
    unit: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Quoted:
    lines: tuple[Priced, ...]
    total: Decimal
    price_list: str


async def quoted(client: OdooClient, items: Sequence[Item], partner: int | None, currency: str) -> Quoted:
    """Price all items as one order of `partner`, None meaning a customer whom nobody knows.

    Raises `RequestRefused` where the order would be in another currency than `currency`.
    """
    who = partner if partner is not None else (await client.identity()).partner
    if not (await client.series()).quotes_without_writing:
        return await _by_draft(client, items, who, currency)
    whole = await _by_onchange(client, items, who, currency)
    if whole is not None:
        return whole
    # The server did not tell its lines apart: an order of one product has the price as its total.
    singles = await asyncio.gather(*(_single(client, item, who, currency) for item in items))
    lines = tuple(line for single in singles for line in single.lines)
    return Quoted(lines, sum((line.total for line in lines), Decimal(0)), singles[0].price_list)


async def _by_onchange(
    client: OdooClient, items: Sequence[Item], partner: int, currency: str
) -> Quoted | None:
    value = await _onchange(client, items, partner)
    told = _lines(value, items)
    total = _number(value, "amount_total")
    if told is None or sum(line.total for line in told) != total:
        return None
    return Quoted(told, total, _price_list(value, currency))


async def _single(client: OdooClient, item: Item, partner: int, currency: str) -> Quoted:
    value = await _onchange(client, [item], partner)
    total = _number(value, "amount_total")
    return Quoted((Priced(item, total / item.quantity, total),), total, _price_list(value, currency))


async def _onchange(client: OdooClient, items: Sequence[Item], partner: int) -> Record:
    lines = [[0, f"v{place}", _values(item)] for place, item in enumerate(items)]
    answer = await client.read(
        _ORDER,
        "onchange",
        [],
        values={"partner_id": partner, "order_line": lines},
        field_names=["partner_id", "order_line"],
        fields_spec=_SPECIFICATION,
    )
    value = answer.get("value") if isinstance(answer, dict) else None
    if not isinstance(value, dict):
        raise ServiceUnavailable(SERVICE, "the quote has no values")
    return value


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
    lines = [told.get(f"v{place}") for place in range(len(items))]
    if None in lines:
        return None
    return tuple(
        Priced(item, _number(line, "price_unit"), _number(line, "price_total"))
        for item, line in zip(items, lines, strict=True)
        if line is not None
    )


def _number(value: Record, field: str) -> Decimal:
    """A figure that Odoo leaves out where it is the initial one: zero."""
    return decimal(value, field) if field in value else Decimal(0)


def _price_list(value: Record, currency: str) -> str:
    # A currency that is left out is the company's own, the order's initial one.
    told = _display_name(value.get("currency_id"))
    if told and told != currency:
        raise RequestRefused(SERVICE, f"the order would be in {told}, not in {currency}")
    return _display_name(value.get("pricelist_id"))


def _display_name(value: object) -> str:
    return str(value.get("display_name", "")) if isinstance(value, dict) else ""


async def _by_draft(client: OdooClient, items: Sequence[Item], partner: int, currency: str) -> Quoted:
    values = {
        "partner_id": partner,
        "client_order_ref": _SCRATCH,
        "order_line": [[0, 0, _values(item)] for item in items],
    }
    order = created(await client.write(_ORDER, "create", vals_list=values))
    try:
        return await _read_draft(client, order, items, currency)
    finally:
        await client.write(_ORDER, "action_cancel", [order], context={"disable_cancel_warning": True})


async def _read_draft(client: OdooClient, order: int, items: Sequence[Item], currency: str) -> Quoted:
    fields = ["amount_total", "currency_id", "pricelist_id"]
    (row,) = records(await client.read(_ORDER, "read", [order], fields=fields))
    lines = records(
        await client.read(
            "sale.order.line",
            "search_read",
            domain=[["order_id", "=", order]],
            fields=["product_id", "price_unit", "price_total"],
            order="id",
        )
    )
    told = link(row, "currency_id")
    if told is None or told[1] != currency:
        raise RequestRefused(SERVICE, f"the order would be in {told}, not in {currency}")
    if [linked_id(line, "product_id") for line in lines] != [item.product_id for item in items]:
        raise ServiceUnavailable(SERVICE, f"order {number(row, 'id')} lost its lines while it was priced")
    priced = tuple(
        Priced(item, decimal(line, "price_unit"), decimal(line, "price_total"))
        for item, line in zip(items, lines, strict=True)
    )
    price_list = link(row, "pricelist_id")
    return Quoted(priced, decimal(row, "amount_total"), price_list[1] if price_list else "")
