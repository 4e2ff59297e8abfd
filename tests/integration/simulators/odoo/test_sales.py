"""Orders over the wire: what Odoo computes, what it accepts although it should not, what it refuses."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.fixtures.odoo import VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Refused
from tests.integration.simulators.odoo.sale_shop import STOCK, Refusal, Shop, sale_shop

pytestmark = pytest.mark.integration

SILENT = {"disable_cancel_warning": True, "lang": "pt_BR"}
CREATE, UPDATE, DELETE = 0, 1, 2


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with sale_shop(odoo_database) as found:
        yield found


async def test_a_draft_is_named_priced_and_dated_by_the_server(shop: Shop) -> None:
    order = await shop.read(
        "sale.order",
        await shop.order((shop.lamp, 2), (shop.painting, 1.5)),
        *("name", "state", "amount_untaxed", "amount_tax", "amount_total", "pricelist_id", "locked"),
        *("delivery_status", "invoice_status", "picking_ids", "client_order_ref"),
    )
    assert re.fullmatch(r"S\d{5}", order["name"])
    assert (order["state"], order["locked"], order["pricelist_id"]) == ("draft", False, shop.retail)
    assert (order["amount_untaxed"], order["amount_tax"], order["amount_total"]) == (320.0, 0.0, 320.0)
    assert (order["delivery_status"], order["invoice_status"], order["picking_ids"]) == (False, "no", [])
    assert order["client_order_ref"] is False


async def test_totals_are_never_the_clients(shop: Shop) -> None:
    line = {"product_id": shop.lamp, "product_uom_qty": 3, "price_subtotal": 1, "price_total": 1}
    order = await shop.call(
        "sale.order",
        "create",
        {"partner_id": shop.maria, "amount_total": 1, "order_line": [[CREATE, 0, line]]},
    )
    assert await shop.seen(order, "amount_total") == 210.0
    await shop.call("sale.order", "write", [order], {"amount_total": 5})
    assert await shop.seen(order, "amount_total") == 210.0


async def test_a_line_costs_what_the_customers_list_says_for_that_many(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2), partner=shop.atacado)
    (line,) = await shop.lines(order, "price_unit", "name", "product_uom", "tax_id", "is_reward_line")
    assert (line["price_unit"], line["name"], line["tax_id"]) == (70.0, "Luminária", [])
    assert (line["product_uom"], line["is_reward_line"]) == (1, False)
    await shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": 3})
    (line,) = await shop.lines(order, "price_unit", "price_subtotal", "price_total", "price_tax")
    assert (line["price_unit"], line["price_subtotal"], line["price_tax"]) == (59.9, 179.7, 0.0)
    assert await shop.seen(order, "amount_total") == 179.7


async def test_a_price_set_by_hand_stays_when_the_quantity_changes(shop: Shop) -> None:
    line = {"product_id": shop.lamp, "product_uom_qty": 1, "price_unit": 10, "discount": 5}
    order = await shop.order(partner=shop.atacado)
    await shop.call("sale.order", "write", [order], {"order_line": [[CREATE, 0, line]]})
    (made,) = await shop.lines(order, "price_unit")
    await shop.call("sale.order.line", "write", [made["id"]], {"product_uom_qty": 4})
    (made,) = await shop.lines(order, "price_unit", "price_subtotal")
    assert (made["price_unit"], made["price_subtotal"]) == (10.0, 38.0)


async def test_a_price_that_came_with_the_tables_counts_as_computed(shop: Shop) -> None:
    order = shop.caller.rows.order(shop.atacado, (shop.lamp, 2, "70.00"), price_list_id=shop.wholesale)
    (line,) = await shop.lines(order, "technical_price_unit")
    assert line["technical_price_unit"] == 70.0
    await shop.call("sale.order.line", "write", [line["id"]], {"product_uom_qty": 3})
    assert await shop.seen(order, "amount_total") == 179.7


async def test_lines_are_changed_and_removed_by_commands(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 1), (shop.painting, 1))
    lamp, painting = [line["id"] for line in await shop.lines(order, "id")]
    changes = [[UPDATE, lamp, {"product_uom_qty": 2}], [DELETE, painting, 0]]
    await shop.call("sale.order", "write", [order], {"order_line": changes})
    assert await shop.seen(order, "order_line") == [lamp]
    assert await shop.seen(order, "amount_total") == 140.0


async def test_another_customer_of_a_draft_brings_another_price_list(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 5))
    await shop.call("sale.order", "write", [order], {"partner_id": shop.atacado})
    assert await shop.seen(order, "pricelist_id") == shop.wholesale
    # Odoo waits for "update prices" before it touches lines that are there.
    assert await shop.seen(order, "amount_total") == 350.0


async def test_prices_are_taken_from_the_list_again_when_asked_for(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 5))
    await shop.call("sale.order", "write", [order], {"partner_id": shop.atacado})
    assert "result" not in await shop.caller.answer("sale.order", "action_update_prices", [order])
    assert await shop.seen(order, "amount_total") == 299.5


async def test_another_product_in_a_line_brings_its_name_and_price(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2))
    (line,) = await shop.lines(order, "id")
    await shop.call("sale.order.line", "write", [line["id"]], {"product_id": shop.card})
    (line,) = await shop.lines(order, "name", "price_unit")
    assert (line["name"], line["price_unit"]) == ("Cartão", 5.0)
    assert await shop.seen(order, "amount_total") == 10.0


async def test_a_copy_is_a_new_draft_with_the_same_lines(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    copy = await shop.call("sale.order", "copy", [order], {"client_order_ref": "de novo"})
    found = await shop.read("sale.order", copy, "state", "amount_total", "picking_ids", "client_order_ref")
    assert found == {
        "id": copy,
        "state": "draft",
        "amount_total": 140.0,
        "picking_ids": [],
        "client_order_ref": "de novo",
    }


async def test_client_order_ref_is_not_unique(shop: Shop) -> None:
    await shop.order(client_order_ref="conv-2")
    await shop.order(client_order_ref="conv-2")
    assert await shop.call("sale.order", "search_count", [["client_order_ref", "=", "conv-2"]]) == 2


async def test_web_save_creates_and_answers_in_one_call(shop: Shop) -> None:
    line = {"product_id": shop.lamp, "product_uom_qty": 2}
    values = {"partner_id": shop.maria, "client_order_ref": "conv-2", "order_line": [[CREATE, 0, line]]}
    wanted: dict[str, object] = {
        "state": {},
        "amount_total": {},
        "currency_id": {"fields": {"display_name": {}}},
    }
    (saved,) = await shop.call("sale.order", "web_save", [], values, specification=wanted)
    assert (saved["state"], saved["amount_total"]) == ("draft", 140.0)
    assert saved["currency_id"]["display_name"] == "BRL"


async def test_a_missing_customer_is_a_validation_error_and_a_gone_one_a_missing_error(shop: Shop) -> None:
    assert (await shop.refusal("sale.order", "create", {})).name == "ValidationError"
    assert (await shop.refusal("sale.order", "create", {"partner_id": 10**6})).name == "MissingError"
    unknown = await shop.refusal("sale.order", "create", {"partner_id": shop.maria, "colour": 1})
    assert unknown.name == "ValueError"


# Confirming ------------------------------------------------------------------------------------------------


async def test_confirming_dates_ships_reserves_and_subscribes(shop: Shop) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    order = await shop.order((shop.lamp, 2), date_order="2026-01-02 03:04:05")
    assert await shop.call("sale.order", "action_confirm", [order]) is True
    found = await shop.read(
        "sale.order", order, "state", "date_order", "delivery_status", "invoice_status", "message_partner_ids"
    )
    dated = datetime.strptime(f"{found['date_order']}+0000", "%Y-%m-%d %H:%M:%S%z")
    assert before <= dated <= before + timedelta(minutes=1)
    assert (found["state"], found["delivery_status"], found["invoice_status"]) == (
        "sale",
        "pending",
        "to invoice",
    )
    assert found["message_partner_ids"] == [shop.maria]
    (picking,) = await shop.pickings(order, "name", "state", "partner_id", "picking_type_code", "origin")
    assert re.fullmatch(r"WH/OUT/\d{5}", picking["name"])
    assert (picking["state"], picking["partner_id"], picking["picking_type_code"]) == (
        "assigned",
        shop.maria,
        "outgoing",
    )
    assert await shop.free() == STOCK - 2


async def test_confirming_twice_is_refused_in_the_callers_language(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 1))
    refused = await shop.refusal("sale.order", "action_confirm", [order], context={})
    assert refused == Refusal("UserError", "Some orders are not in a state requiring confirmation.")
    refused = await shop.refusal("sale.order", "action_confirm", [order])
    assert refused.message.startswith("Alguns pedidos não estão")
    assert len(await shop.pickings(order, "id")) == 1


async def test_trap_it_confirms_without_stock(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 100))
    (picking,) = await shop.pickings(order, "state")
    product = await shop.read("product.product", shop.lamp, "free_qty", "virtual_available", "qty_available")
    assert (product["free_qty"], product["virtual_available"], product["qty_available"]) == (0.0, -75.0, 25.0)
    assert picking["state"] == "assigned"
    nothing = await shop.sold((shop.lamp, 1))
    assert [row["state"] for row in await shop.pickings(nothing, "state")] == ["confirmed"]
    assert await shop.free() == 0.0


async def test_trap_it_confirms_with_no_lines(shop: Shop) -> None:
    order = await shop.sold()
    assert await shop.seen(order, "amount_total") == 0.0
    assert await shop.pickings(order, "id") == []
    assert await shop.seen(order, "delivery_status") is False


async def test_services_are_not_shipped_and_goods_that_nobody_counts_are(shop: Shop) -> None:
    assert await shop.pickings(await shop.sold((shop.painting, 1)), "id") == []
    (picking,) = await shop.pickings(
        await shop.sold((shop.card, 900), (shop.painting, 1)), "state", "move_ids"
    )
    assert (picking["state"], len(picking["move_ids"])) == ("assigned", 1)


async def test_trap_writing_the_state_is_accepted_and_ships_nothing(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2))
    assert await shop.call("sale.order", "write", [order], {"state": "sale"}) is True
    assert await shop.seen(order, "state") == "sale"
    assert await shop.pickings(order, "id") == []
    assert await shop.free() == STOCK
    assert (await shop.refusal("sale.order", "write", [order], {"state": "done"})).name == "ValueError"


@pytest.mark.parametrize("state", ["cancel", "locked"])
async def test_trap_lines_are_added_to_a_cancelled_or_locked_order(shop: Shop, state: str) -> None:
    order = await shop.sold((shop.lamp, 1))
    if state == "cancel":
        await shop.call("sale.order", "action_cancel", [order], context=SILENT)
    else:
        await shop.caller.answer("sale.order", "action_lock", [order])
    line = [CREATE, 0, {"product_id": shop.lamp, "product_uom_qty": 2}]
    assert await shop.call("sale.order", "write", [order], {"order_line": [line]}) is True
    assert await shop.seen(order, "amount_total") == 210.0
    assert await shop.free() == (STOCK if state == "cancel" else STOCK - 1)


async def test_a_line_of_a_locked_order_cannot_be_changed(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 1))
    await shop.caller.answer("sale.order", "action_lock", [order])
    (line,) = await shop.lines(order, "id")
    refused = await shop.refusal("sale.order.line", "write", [line["id"]], {"product_uom_qty": 2})
    assert refused == Refusal(
        "UserError", "É proibido modificar os seguintes campos em um pedido bloqueado:\nQuantidade"
    )


# Cancelling ------------------------------------------------------------------------------------------------


async def test_trap_cancelling_a_confirmed_order_answers_with_a_wizard_and_does_nothing(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    answer = await shop.call("sale.order", "action_cancel", [order])
    assert (answer["res_model"], answer["type"]) == ("sale.order.cancel", "ir.actions.act_window")
    assert await shop.seen(order, "state") == "sale"
    assert await shop.free() == STOCK - 2


async def test_the_wizard_cancels(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    action = await shop.call("sale.order", "action_cancel", [order])
    wizard = await shop.call("sale.order.cancel", "create", {}, context=action["context"])
    assert await shop.call("sale.order.cancel", "action_cancel", [wizard]) is True
    assert await shop.seen(order, "state") == "cancel"
    wizard = await shop.call("sale.order.cancel", "create", {"order_id": order})
    assert await shop.call("sale.order.cancel", "action_cancel", [wizard]) is True


async def test_cancelling_without_warning_frees_what_was_reserved(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    assert await shop.call("sale.order", "action_cancel", [order], context=SILENT) is True
    assert await shop.seen(order, "state") == "cancel"
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["cancel"]
    assert await shop.seen(order, "delivery_status") is False
    assert await shop.free() == STOCK
    assert await shop.call("sale.order", "action_cancel", [order], context=SILENT) is True


async def test_a_draft_is_cancelled_without_a_question_and_made_a_draft_again(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2))
    assert await shop.call("sale.order", "action_cancel", [order]) is True
    assert await shop.seen(order, "state") == "cancel"
    assert await shop.call("sale.order", "action_draft", [order]) is True
    assert await shop.call("sale.order", "action_confirm", [order]) is True
    assert await shop.free() == STOCK - 2


async def test_an_order_confirmed_again_ships_again(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    await shop.call("sale.order", "action_cancel", [order], context=SILENT)
    await shop.call("sale.order", "action_draft", [order])
    await shop.call("sale.order", "action_confirm", [order])
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["cancel", "assigned"]
    assert await shop.free() == STOCK - 2


async def test_trap_a_delivered_order_cancels_and_stays_delivered(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    (picking,) = await shop.pickings(order, "id")
    assert await shop.call("stock.picking", "button_validate", [picking["id"]]) is True
    assert await shop.call("sale.order", "action_cancel", [order], context=SILENT) is True
    assert [row["state"] for row in await shop.pickings(order, "state")] == ["done"]
    assert await shop.seen(order, "state") == "cancel"
    assert await shop.free() == STOCK - 2


async def test_a_locked_order_is_not_cancelled(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 2))
    await shop.caller.answer("sale.order", "action_lock", [order])
    refused = await shop.refusal("sale.order", "action_cancel", [order], context=SILENT)
    assert refused == Refusal(
        "UserError", "Não é possível cancelar um pedido bloqueado. Desbloqueie-o primeiro."
    )


async def test_trap_locking_answers_without_a_result(shop: Shop) -> None:
    order = await shop.sold()
    assert await shop.caller.answer("sale.order", "action_lock", [order]) == {"jsonrpc": "2.0", "id": 1}
    assert await shop.seen(order, "locked") is True
    assert "result" not in await shop.caller.answer("sale.order", "action_unlock", [order])
    assert await shop.seen(order, "locked") is False


# The rest --------------------------------------------------------------------------------------------------


async def test_sending_a_quotation_answers_with_a_composer_and_sends_nothing(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 1))
    action = await shop.call("sale.order", "action_quotation_send", [order])
    assert (action["res_model"], action["type"]) == ("mail.compose.message", "ir.actions.act_window")
    assert await shop.seen(order, "state") == "draft"
    assert shop.caller.mails() == []


async def test_the_portal_url_carries_a_token_that_no_field_shows(shop: Shop) -> None:
    order = await shop.order()
    url = await shop.call("sale.order", "get_portal_url", [order])
    assert re.fullmatch(rf"/my/orders/{order}\?access_token=[0-9a-f-]{{36}}", url)
    assert (await shop.refusal("sale.order", "read", [order], ["access_token"])).name == "ValueError"


async def test_sellers_cancel_and_administrators_delete(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 1))
    assert (await shop.refusal("sale.order", "unlink", [order])).name == "AccessError"
    sold = await shop.sold((shop.lamp, 1))
    administrator = shop.caller.as_user(ADMINISTRATOR)
    with pytest.raises(Refused, match="UserError"):
        await administrator.call("sale.order", "unlink", [sold])
    assert await administrator.call("sale.order", "unlink", [order]) is True


async def test_a_seller_of_own_documents_sees_no_others(shop: Shop) -> None:
    theirs = await shop.order((shop.lamp, 1))
    seller = shop.caller.as_user(VERDE)
    line = [CREATE, 0, {"product_id": shop.lamp}]
    own = await seller.call("sale.order", "create", {"partner_id": shop.maria, "order_line": [line]})
    assert await seller.call("sale.order", "search", []) == [own]
    assert len(await seller.call("sale.order.line", "search", [])) == 1
    for method, args in (
        ("read", [["name"]]),
        ("write", [{"note": "x"}]),
        ("action_confirm", []),
        ("action_cancel", []),
    ):
        with pytest.raises(Refused) as caught:
            await seller.call("sale.order", method, [theirs], *args)
        assert caught.value.name == "AccessError", method
    assert await seller.call("sale.order", "action_confirm", [own]) is True
    found = await seller.call("stock.picking", "search_read", [["sale_id", "=", own]], ["state"])
    assert [row["state"] for row in found] == ["assigned"]


async def test_a_line_of_a_confirmed_order_cannot_be_deleted(shop: Shop) -> None:
    order = await shop.sold((shop.lamp, 1))
    (line,) = await shop.lines(order, "id")
    assert (await shop.refusal("sale.order.line", "unlink", [line["id"]])).name == "UserError"


async def test_orders_of_a_companys_contacts_are_found_below_it(shop: Shop) -> None:
    rows = shop.caller.rows
    child = rows.customer("Comprador", parent_id=shop.atacado)
    order = await shop.order(partner=child)
    assert await shop.call("sale.order", "search", [["partner_id", "child_of", shop.atacado]]) == [order]
