"""Stock: what can be promised, and when more arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatwootai.domain.catalog import StockLevel
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing
from chatwootai.integrations.odoo.products import product
from chatwootai.integrations.odoo.values import Record, decimal, linked_id, moment, records

_PLANNED = ["confirmed", "waiting", "partially_available", "assigned"]

FIGURES = ["free_qty", "qty_available", "outgoing_qty"]


def free(row: Record) -> Decimal | None:
    """What can be promised of a row with `FIGURES`, below zero where Odoo oversold; None where stock is not
    kept, for there Odoo says 0, which must not read as sold out.

    `free_qty` alone hides an order that was confirmed without stock: it reserved nothing.
    """
    if row.get("is_storable") is not True and row.get("detailed_type") != "product":
        return None
    return min(decimal(row, "free_qty"), decimal(row, "qty_available") - decimal(row, "outgoing_qty"))


def level(row: Record) -> StockLevel:
    """The stock in a row with the names and `FIGURES` of a product, without its next arrival."""
    kept = free(row)
    if kept is None:
        return StockLevel(product(row), None)
    return StockLevel(product(row), max(kept, Decimal(0)), shortfall=max(-kept, Decimal(0)))


async def arrivals(client: OdooClient, product_ids: Sequence[int], zone: ZoneInfo) -> dict[int, date]:
    """The shop's day of the next planned arrival of each product; empty where we may not know."""
    if not product_ids:
        return {}
    domain = [
        ["product_id", "in", list(product_ids)],
        ["picking_code", "=", "incoming"],
        ["state", "in", _PLANNED],
    ]
    try:
        answer = await client.read(
            "stock.move", "search_read", domain=domain, fields=["product_id", "date"], order="date, id"
        )
    except (RightMissing, ModuleMissing):
        return {}
    expected: dict[int, date] = {}
    for row in records(answer):
        product, at = linked_id(row, "product_id"), moment(row, "date")
        if product is not None and at is not None:
            expected.setdefault(product, at.astimezone(zone).date())
    return expected
