"""Whatever clients do to orders in whatever sequence, stock, moves and amounts stay consistent."""

from __future__ import annotations

import asyncio
import uuid
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.odoo import BELA
from tests.fixtures.odoo_calls import Caller, calling_odoo
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.sale_shop import COMPANY, add_company

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.orm.fields import Json

pytestmark = pytest.mark.integration

STOCK = 10
SILENT: dict[str, Json] = {"disable_cancel_warning": True, "skip_backorder": True}
# Confirmed orders are where things happen: every sequence begins with one.
ACTS = (
    *("write", "write", "action_cancel", "action_confirm", "action_draft", "button_validate"),
    *("create", "add", "action_assign", "receive", "cancel picking", "write price"),
    *("action_lock", "action_unlock"),
)

_STOCK = "SELECT quantity, reserved FROM public.stock WHERE product_id = %s"
_MOVES = """
SELECT coalesce(sum(erp.kept(m)) FILTER (WHERE m.status IN ('confirmed', 'assigned')), 0) AS kept,
    coalesce(sum(m.quantity) FILTER (WHERE m.status = 'done' AND k.kind = 'outgoing'), 0) AS gone,
    coalesce(sum(m.quantity) FILTER (WHERE m.status = 'done' AND k.kind = 'incoming'), 0) AS come
FROM erp.moves m JOIN erp.pickings k ON k.id = m.picking_id WHERE m.product_id = %s
"""
_LINES = """
SELECT coalesce(sum(i.delivered), 0) AS delivered FROM public.order_items i WHERE i.product_id = %s
"""
_ORDERS = """
SELECT o.total_amount, (SELECT coalesce(sum(round(i.quantity * i.unit_price * (1 - i.discount / 100), 2)), 0)
    FROM public.order_items i WHERE i.order_id = o.id) AS lines
FROM public.orders o WHERE o.company_id = %s
"""


@pytest.fixture
def rows(odoo_database: str) -> Rows:
    found = Rows(odoo_database, COMPANY)
    add_company(found)
    found.groups_of(BELA.login, "internal", "sale_all", "stock_user")
    return found


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 14)), min_size=1, max_size=12))
def test_stock_moves_and_amounts_agree_after_any_sequence(rows: Rows, acts: list[tuple[str, int]]) -> None:
    asyncio.run(carried_out(rows, acts))


async def carried_out(rows: Rows, acts: list[tuple[str, int]]) -> None:
    product = rows.product("Vaso", "12.34", rows.category(str(uuid.uuid4())))
    rows.stock(product, place_of(rows), STOCK)
    customer = rows.customer()
    async with calling_odoo(rows.dsn) as caller:
        order = await caller.create("sale.order", partner_id=customer)
        for act, number in [("add", 2), ("action_confirm", 0), *acts]:
            try:
                order = await acted(caller, rows, order, product, act, number)
            except UserError:
                continue  # refused as Odoo refuses it: nothing may have changed
        await agree(caller, product)


async def acted(caller: Caller, rows: Rows, order: int, product: int, act: str, number: int) -> int:
    lines = await caller.search("sale.order.line", ["order_id", "=", order])
    pickings = await caller.search("stock.picking", ["sale_id", "=", order])
    match act:
        case "create":
            (found,) = await caller.rows("sale.order", "read", [order], ["partner_id"], load="")
            line: Json = {"product_id": product, "product_uom_qty": number}
            return await caller.create(
                "sale.order", partner_id=found["partner_id"], order_line=[[0, 0, line]]
            )
        case "add":
            line = {"product_id": product, "product_uom_qty": number}
            await caller("sale.order", "write", [order], {"order_line": [[0, 0, line]]})
        case "write":
            await caller("sale.order.line", "write", lines[:1], {"product_uom_qty": number})
        case "write price":
            await caller("sale.order.line", "write", lines[-1:], {"price_unit": number, "discount": number})
        case "button_validate" | "action_assign":
            for picking in pickings:
                await caller("stock.picking", act, [picking], context=SILENT)
        case "cancel picking":
            await caller("stock.picking", "action_cancel", pickings)
        case "receive":
            receipt = rows.add("erp.pickings", company_id=COMPANY, name="E", kind="incoming", partner_id=1)
            rows.add(
                "erp.moves", picking_id=receipt, product_id=product, warehouse_id=place_of(rows), quantity=3
            )
            await caller("stock.picking", "button_validate", [receipt])
        case _:
            await caller("sale.order", act, [order], context=SILENT)
    return order


def place_of(rows: Rows) -> int:
    found = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = %s", COMPANY)
    assert isinstance(found, int)
    return found


async def agree(caller: Caller, product: int) -> None:
    (stock,) = await caller.sql(_STOCK, [product])
    (moves,) = await caller.sql(_MOVES, [product])
    (lines,) = await caller.sql(_LINES, [product])
    assert stock["reserved"] == moves["kept"]
    quantity, reserved = Decimal(str(stock["quantity"])), Decimal(str(stock["reserved"]))
    assert quantity == STOCK + Decimal(str(moves["come"])) - Decimal(str(moves["gone"]))
    assert 0 <= reserved <= quantity
    assert lines["delivered"] == moves["gone"]
    assert [
        order for order in await caller.sql(_ORDERS, [COMPANY]) if order["total_amount"] != order["lines"]
    ] == []
