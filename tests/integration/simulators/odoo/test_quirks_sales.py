"""Orders, prices and stock as no client expects them (reference, sections 3.6 to 3.9 and 3.14)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from tests.integration.simulators.odoo.callers import PORTUGUESE, Caller, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

ORDER = "sale.order"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(shared_odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(shared_odoo_database) as caller:
        yield caller


def lamp(shop: Caller, stock: int = 25) -> int:
    rows = shop.rows
    known = rows.value("SELECT min(id) FROM erp.categories")
    assert isinstance(known, int)
    good = rows.product("Luminária", "70.00", known)
    # Orders are delivered from the first warehouse of their company.
    warehouse = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = 1")
    assert isinstance(warehouse, int)
    rows.stock(good, warehouse, stock)
    return good


async def ordered(shop: Caller, good: int, quantity: int = 2, **values: object) -> int:
    line = [0, 0, {"product_id": good, "product_uom_qty": quantity}]
    given = {"partner_id": shop.rows.customer(), "order_line": [line]} | values
    order = await shop.call(ORDER, "create", given)
    assert isinstance(order, int)
    return order


@pytest.mark.parametrize(
    ("model", "method", "values"),
    [
        ("res.partner", "action_archive", {"name": "Ana"}),
        ("calendar.event", "action_archive", {"name": "Visita", "start": "2030-01-01 12:00:00"}),
        ("crm.lead", "action_set_lost", {"name": "Quer velas"}),
    ],
)
async def test_none_is_an_answer_without_a_result(
    shop: Caller, model: str, method: str, values: dict[str, object]
) -> None:
    record = await shop.call(model, "create", values)
    assert await shop.answer(model, method, [record]) == {"jsonrpc": "2.0", "id": 1}
    assert (await shop.read(model, record, "active"))["active"] is False


async def test_the_saving_call_of_the_reference_answers_as_the_reference_says(shop: Caller) -> None:
    values = {
        "partner_id": shop.rows.customer(),
        "client_order_ref": "conv-2",
        "order_line": [[0, 0, {"product_id": lamp(shop), "product_uom_qty": 2}]],
    }
    wanted: dict[str, Any] = {
        "name": {},
        "state": {},
        "amount_total": {},
        "currency_id": {"fields": {"display_name": {}}},
    }
    (saved,) = await shop.call(ORDER, "web_save", [], values, specification=wanted)
    number = saved["currency_id"]["id"]
    assert saved == {
        "id": saved["id"],
        "name": saved["name"],
        "state": "draft",
        "amount_total": 140.0,
        "currency_id": {"id": number, "display_name": "BRL"},
    }


async def test_the_states_of_an_order_its_delivery_and_its_invoices(shop: Caller) -> None:
    names = ["state", "delivery_status", "invoice_status", "locked"]
    told = await shop.call(ORDER, "fields_get", names, ["type", "selection"])
    keys = {name: [key for key, _ in told[name].get("selection", [])] for name in names}
    assert keys["state"] == ["draft", "sent", "sale", "cancel"]
    assert keys["delivery_status"] == ["pending", "started", "partial", "full"]
    assert sorted(keys["invoice_status"]) == ["invoiced", "no", "to invoice", "upselling"]
    assert told["locked"]["type"] == "boolean"


async def test_a_comment_on_an_order_mails_the_customer_who_follows_it(shop: Caller) -> None:
    buyer = shop.rows.customer(email="maria@example.com")
    order = await ordered(shop, lamp(shop), partner_id=buyer)
    await shop.call(ORDER, "action_confirm", [order])
    before = len(shop.mails())
    await shop.call(ORDER, "message_post", [order], body="Oi", subtype_xmlid="mail.mt_note")
    assert len(shop.mails()) == before
    await shop.call(ORDER, "message_post", [order], body="Oi", subtype_xmlid="mail.mt_comment")
    assert len(shop.mails()) == before + 1


async def test_lines_know_the_rule_that_made_their_price(shop: Caller) -> None:
    good = lamp(shop)
    wholesale = shop.rows.price_list("Atacado")
    rule = shop.rows.add(
        "public.price_list_items",
        price_list_id=wholesale,
        applied_on="1_product",
        product_id=good,
        fixed_price="59.90",
    )
    order = await ordered(shop, good, partner_id=shop.rows.customer(price_list_id=wholesale))
    lines, fields = [["order_id", "=", order]], ["price_unit", "pricelist_item_id", "tax_id"]
    (line,) = await shop.call("sale.order.line", "search_read", lines, fields, load="")
    assert (line["price_unit"], line["pricelist_item_id"], line["tax_id"]) == (59.9, rule, [])
    shop.rows.change("public.price_list_items", rule, min_quantity=5)
    await shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": 3})
    (line,) = await shop.call("sale.order.line", "search_read", lines, fields, load="")
    assert (line["price_unit"], line["pricelist_item_id"]) == (70.0, False)


async def test_one_line_is_quoted_without_an_order(shop: Caller) -> None:
    good = lamp(shop)
    wholesale = shop.rows.price_list("Atacado")
    shop.rows.add("public.price_list_items", price_list_id=wholesale, fixed_price="29.90")
    parent = {"partner_id": shop.rows.customer(), "pricelist_id": wholesale}
    values = {"order_id": parent, "product_id": good, "product_uom_qty": 3}
    answer = await shop.call(
        "sale.order.line", "onchange", [], values, ["product_id", "product_uom_qty"], {"price_unit": {}}
    )
    assert answer == {"value": {"price_unit": 29.9}}


async def test_free_quantity_excludes_confirmed_orders_but_not_drafts(shop: Caller) -> None:
    good = lamp(shop, stock=25)

    async def free() -> Any:
        return (await shop.read("product.product", good, "free_qty"))["free_qty"]

    order = await ordered(shop, good, 10)
    assert await free() == 25.0
    await shop.call(ORDER, "action_confirm", [order])
    assert await free() == 15.0


async def test_services_and_what_nobody_counts_have_no_stock_and_are_sold_all_the_same(shop: Caller) -> None:
    known = shop.rows.value("SELECT min(id) FROM erp.categories")
    assert isinstance(known, int)
    service = shop.rows.product("Pintura", "120.00", known, kind="service", is_storable=False)
    row = await shop.read("product.product", service, "type", "is_storable", "free_qty", "virtual_available")
    assert row == {
        "id": service,
        "type": "service",
        "is_storable": False,
        "free_qty": 0.0,
        "virtual_available": 0.0,
    }
    assert await shop.call(ORDER, "action_confirm", [await ordered(shop, service)]) is True


async def test_loading_an_order_again_doubles_its_lines(shop: Caller) -> None:
    good, buyer = lamp(shop), shop.rows.customer()
    fields = ["id", "partner_id/.id", "order_line/product_id/.id", "order_line/product_uom_qty"]
    row = ["__agent__.conv_180", str(buyer), str(good), "2"]
    totals = []
    for _ in range(2):
        told = await shop.call(ORDER, "load", fields, [row], context=PORTUGUESE)
        assert told["messages"] == []
        totals.append((await shop.read(ORDER, told["ids"][0], "amount_total"))["amount_total"])
    assert totals == [140.0, 280.0]
