"""Deliveries, receipts and counts over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Refused
from tests.integration.simulators.odoo.sale_shop import COMPANY, STOCK, Shop, sale_shop

pytestmark = pytest.mark.integration


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with sale_shop(odoo_database) as found:
        yield found


async def picking_of(shop: Shop, order: int) -> int:
    number = (await shop.pickings(order, "id"))[-1]["id"]
    assert isinstance(number, int)
    return number


async def on_hand(shop: Shop) -> tuple[float, float]:
    found = await shop.call(
        "stock.quant", "search_read", [["product_id", "=", shop.lamp]], ["quantity", "reserved_quantity"]
    )
    return found[0]["quantity"], found[0]["reserved_quantity"]


async def test_validating_delivers(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2), (shop.painting, 1))
    picking = await picking_of(shop, order)
    assert await shop.call("stock.picking", "button_validate", [picking]) is True
    assert await on_hand(shop) == (STOCK - 2, 0.0)
    found = await shop.read("stock.picking", picking, "state", "date_done")
    assert (found["state"], bool(found["date_done"])) == ("done", True)
    assert [line["qty_delivered"] for line in await shop.lines(order, "qty_delivered")] == [2.0, 0.0]
    assert await shop.seen(order, "delivery_status") == "full"
    assert await shop.call("stock.picking", "button_validate", [picking]) is True
    assert await on_hand(shop) == (STOCK - 2, 0.0)


async def test_a_delivery_without_goods_is_refused(shop: Shop) -> None:
    await shop.sold((shop.lamp, STOCK))
    late = await picking_of(shop, await shop.sold((shop.lamp, 1)))
    refused = await shop.refusal("stock.picking", "button_validate", [late])
    assert (refused.name, "quantidades reservadas" in refused.message) == ("UserError", True)


async def test_a_part_of_a_delivery_asks_for_a_backorder_first(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, STOCK + 5))
    picking = await picking_of(shop, order)
    (move,) = await shop.call(
        "stock.move", "search_read", [["picking_id", "=", picking]], ["state", "quantity"]
    )
    assert (move["state"], move["quantity"]) == ("partially_available", STOCK)
    action = await shop.call("stock.picking", "button_validate", [picking])
    assert action["res_model"] == "stock.backorder.confirmation"
    assert await on_hand(shop) == (STOCK, STOCK)
    assert (
        await shop.call("stock.picking", "button_validate", [picking], context={"skip_backorder": True})
        is True
    )
    assert await on_hand(shop) == (0.0, 0.0)
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["done", "confirmed"]
    assert await shop.seen(order, "delivery_status") == "partial"
    (line,) = await shop.lines(order, "qty_delivered")
    assert line["qty_delivered"] == STOCK


async def test_what_arrives_goes_to_those_who_wait(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, STOCK + 5))
    rows = shop.caller.rows
    receipt = rows.add(
        "erp.pickings",
        company_id=COMPANY,
        name="WH/IN/00001",
        kind="incoming",
        partner_id=shop.atacado,
        status="assigned",
    )
    rows.add(
        "erp.moves",
        picking_id=receipt,
        product_id=shop.lamp,
        warehouse_id=shop.warehouse,
        quantity=10,
        status="assigned",
    )
    product = await shop.read("product.product", shop.lamp, "incoming_qty", "virtual_available")
    assert (product["incoming_qty"], product["virtual_available"]) == (10.0, 5.0)
    move = await shop.call(
        "stock.move",
        "search_read",
        [["product_id", "=", shop.lamp], ["picking_code", "=", "incoming"], ["state", "=", "assigned"]],
        ["date", "product_uom_qty", "company_id"],
    )
    assert [row["product_uom_qty"] for row in move] == [10.0]
    assert await shop.call("stock.picking", "button_validate", [receipt]) is True
    assert await on_hand(shop) == (STOCK + 10, STOCK + 5)
    assert await shop.call("stock.picking", "button_validate", [await picking_of(shop, order)]) is True
    assert await on_hand(shop) == (5.0, 0.0)


async def test_changed_quantities_of_a_confirmed_order_change_its_moves(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 5))
    (line,) = await shop.lines(order, "id")
    for quantity, free in ((8, STOCK - 8), (3, STOCK - 3), (0, STOCK)):
        await shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": quantity})
        assert await shop.free() == free
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["cancel"]


async def test_a_line_added_to_a_confirmed_order_is_shipped_with_it(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 5))
    await shop.call("sale.order.line", "create", {"order_id": order, "product_id": shop.card})
    (picking,) = await shop.pickings(order, "move_ids")
    assert len(picking["move_ids"]) == 2


async def test_more_of_what_is_delivered_already_is_another_delivery_and_less_is_refused(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 5))
    await shop.call("stock.picking", "button_validate", [await picking_of(shop, order)])
    (line,) = await shop.lines(order, "id")
    refused = await shop.refusal("sale.order.line", "write", [line["id"]], {"product_uom_qty": 4})
    assert refused.name == "UserError"
    await shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": 6})
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["done", "assigned"]
    assert await on_hand(shop) == (STOCK - 5, 1.0)


async def test_a_cancelled_picking_frees_its_goods_and_can_be_looked_for_again(shop: Shop) -> None:
    first = await picking_of(shop, await shop.sold((shop.lamp, STOCK)))
    second = await picking_of(shop, await shop.sold((shop.lamp, 1)))
    assert await shop.call("stock.picking", "action_cancel", [first]) is True
    assert await shop.free() == STOCK
    assert await shop.call("stock.picking", "action_assign", [second]) is True
    assert await shop.free() == STOCK - 1
    found = await shop.read("stock.picking", second, "state")
    assert found["state"] == "assigned"


async def test_trap_a_count_is_applied_without_a_result(shop: Shop) -> None:
    (quant,) = await shop.call("stock.quant", "search", [["product_id", "=", shop.lamp]])
    before = await shop.read("stock.quant", quant, "inventory_quantity_set")
    assert before["inventory_quantity_set"] is False
    await shop.call("stock.quant", "write", [quant], {"inventory_quantity": 7})
    assert await on_hand(shop) == (STOCK, 0.0)
    answer = await shop.caller.answer("stock.quant", "action_apply_inventory", [quant])
    assert answer == {"jsonrpc": "2.0", "id": 1}
    assert await on_hand(shop) == (7.0, 0.0)
    assert await shop.free() == 7.0


async def test_a_new_count_of_a_known_place_takes_the_quant_that_is_there(shop: Shop) -> None:
    (known,) = await shop.call("stock.quant", "search", [["product_id", "=", shop.lamp]])
    count = {"product_id": shop.lamp, "location_id": shop.warehouse, "inventory_quantity": 3}
    assert await shop.call("stock.quant", "create", count) == known
    rows = shop.caller.rows
    new = rows.product("Abajur", "9.00", rows.category("Novos"))
    made = await shop.call("stock.quant", "create", {"product_id": new, "inventory_quantity": 3})
    await shop.caller.answer("stock.quant", "action_apply_inventory", [made])
    assert await shop.free(new) == 3.0


async def test_tracking_is_written_by_the_warehouse(shop: Shop) -> None:
    picking = await picking_of(shop, await shop.sold((shop.lamp, 1)))
    await shop.call("stock.picking", "write", [picking], {"carrier_tracking_ref": "BR123"})
    found = await shop.read("stock.picking", picking, "carrier_tracking_ref")
    assert found["carrier_tracking_ref"] == "BR123"


async def test_a_seller_without_the_warehouse_only_looks(shop: Shop) -> None:
    picking = await picking_of(shop, await shop.sold((shop.lamp, 1)))
    seller = shop.caller.as_user(VERDE)
    assert await seller.call("stock.picking", "read", [picking], ["state"]) == [
        {"id": picking, "state": "assigned"}
    ]
    (quant,) = await seller.call("stock.quant", "search", [["product_id", "=", shop.lamp]])
    for model, method, args in (
        ("stock.picking", "button_validate", [[picking]]),
        ("stock.picking", "action_cancel", [[picking]]),
        ("stock.quant", "write", [[quant], {"inventory_quantity": 1}]),
        ("stock.quant", "action_apply_inventory", [[quant]]),
        ("stock.quant", "create", [{"product_id": shop.lamp}]),
    ):
        with pytest.raises(Refused) as caught:
            await seller.call(model, method, *args)
        assert caught.value.name == "AccessError", (model, method)


async def test_an_internal_user_without_a_role_sees_neither_orders_nor_moves(shop: Shop) -> None:
    shop.caller.rows.groups_of(ADMINISTRATOR.login, "internal")
    plain = shop.caller.as_user(ADMINISTRATOR)
    for model in ("sale.order", "sale.order.line", "stock.move", "stock.picking", "stock.quant"):
        with pytest.raises(Refused) as caught:
            await plain.call(model, "search", [])
        assert caught.value.name == "AccessError", model
