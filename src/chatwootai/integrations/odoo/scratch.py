"""Orders that are made for our own sake and cancelled again, which nobody is to be told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.values import Record, created, decimal, link, linked_id, records

_ORDER = "sale.order"
_DISCARDED = "(descartado"
SILENT = {"disable_cancel_warning": True}
"""Without it Odoo answers a wizard and cancels nothing."""
KEPT: list[object] = ["client_order_ref", "not ilike", _DISCARDED]
"""A condition that orders meet which are more than a by-product; Odoo lets those without reference pass."""


@dataclass(frozen=True, slots=True)
class DraftPrices:
    """`lines` are totals with taxes, in the order of the lines."""

    lines: tuple[Decimal, ...]
    total: Decimal
    currency: str
    price_list: str


async def discard(client: OdooClient, order_id: int, key: str, reason: str) -> None:
    """Cancel a draft and take its key off, so that the key can be used again: sellers may not delete."""
    reference = f"{key} {_DISCARDED}: {reason})"
    await client.write(_ORDER, "write", [order_id], vals={"client_order_ref": reference})
    await client.write(_ORDER, "action_cancel", [order_id], context=SILENT)


async def priced_by_draft(
    client: OdooClient, lines: Sequence[dict[str, object]], partner: int
) -> DraftPrices:
    """What these lines cost in an order that is cancelled at once."""
    values = {
        "partner_id": partner,
        "client_order_ref": f"cotação {_DISCARDED})",
        "order_line": [[0, 0, line] for line in lines],
    }
    order = created(await client.write(_ORDER, "create", vals_list=values))
    try:
        return await _prices(client, order, [line["product_id"] for line in lines])
    finally:
        await client.write(_ORDER, "action_cancel", [order], context=SILENT)


async def _prices(client: OdooClient, order: int, products: list[object]) -> DraftPrices:
    fields = ["amount_total", "currency_id", "pricelist_id"]
    rows = records(await client.read(_ORDER, "read", [order], fields=fields))
    lines = records(
        await client.read(
            "sale.order.line",
            "search_read",
            domain=[["order_id", "=", order]],
            fields=["product_id", "price_total"],
            order="id",
        )
    )
    if len(rows) != 1 or [linked_id(line, "product_id") for line in lines] != products:
        raise ServiceUnavailable(SERVICE, f"order {order} changed while it was priced")
    totals = tuple(decimal(line, "price_total") for line in lines)
    return DraftPrices(
        totals,
        decimal(rows[0], "amount_total"),
        _name(rows[0], "currency_id"),
        _name(rows[0], "pricelist_id"),
    )


def _name(row: Record, field: str) -> str:
    told = link(row, field)
    return told[1] if told else ""
