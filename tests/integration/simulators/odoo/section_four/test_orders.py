"""Carts, confirmation, cancellation, status and notes, call by call (section 4)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.integration.simulators.odoo.callers import Refused
from tests.integration.simulators.odoo.section_four.clients import JSON_2, JSON_RPC, XML_RPC, Erp
from tests.integration.simulators.odoo.section_four.goods import lotion, numbered

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

ORDER, LINE, PICKING = "sale.order", "sale.order.line", "stock.picking"
SILENT = {"disable_cancel_warning": True}
CREATE, UPDATE, DELETE = 0, 1, 2


async def drafted(erp: Erp, good: int, quantity: int = 2, **values: object) -> int:
    line = [CREATE, 0, {"product_id": good, "product_uom_qty": quantity}]
    return await erp.create(ORDER, partner_id=erp.rows.customer(), order_line=[line], **values)


async def seen(erp: Erp, order: int, field: str) -> Any:
    return (await erp.read(ORDER, order, field))[field]


async def pickings(erp: Erp, order: int, *fields: str) -> list[dict[str, Any]]:
    return await erp.found(PICKING, [["sale_id", "=", order]], *fields, order="id")


async def test_order_create_looks_for_the_own_key_and_saves_and_reads_in_one_call(erp: Erp) -> None:
    good, key = lotion(erp, stock=5), numbered("conv-")
    assert await erp.found(ORDER, [["client_order_ref", "=", key]], "name") == []
    line = [CREATE, 0, {"product_id": good, "product_uom_qty": 2}]
    values = {"partner_id": erp.rows.customer(), "client_order_ref": key, "order_line": [line]}
    wanted: dict[str, Any] = {
        "name": {},
        "state": {},
        "amount_total": {},
        "currency_id": {"fields": {"display_name": {}}},
    }
    (saved,) = await erp.call(ORDER, "web_save", [], vals=values, specification=wanted)
    assert (saved["state"], saved["amount_total"]) == ("draft", 70.0)
    assert saved["currency_id"]["display_name"] == "BRL"
    (found,) = await erp.found(ORDER, [["client_order_ref", "=", key]], "name")
    assert found == {"id": saved["id"], "name": saved["name"]}


async def test_a_cart_is_changed_by_commands(erp: Erp) -> None:
    good, other = lotion(erp, stock=5), lotion(erp, stock=5)
    order = await drafted(erp, good)
    await erp.call(ORDER, "write", [order], vals={"order_line": [[CREATE, 0, {"product_id": other}]]})
    first, second = (row["id"] for row in await erp.found(LINE, [["order_id", "=", order]], "id", order="id"))
    commands = [[UPDATE, first, {"product_uom_qty": 3}], [DELETE, second, 0]]
    await erp.call(ORDER, "write", [order], vals={"order_line": commands})
    lines = await erp.found(LINE, [["order_id", "=", order]], "product_id", "product_uom_qty")
    assert lines == [{"id": first, "product_id": good, "product_uom_qty": 3.0}]
    assert await seen(erp, order, "amount_total") == 105.0


async def test_confirm_compares_first_and_reads_the_state_again(erp: Erp) -> None:
    good = lotion(erp, stock=5)
    order = await drafted(erp, good)
    before = await erp.read(ORDER, order, "state", "amount_total", "order_line")
    assert (before["state"], before["amount_total"], len(before["order_line"])) == ("draft", 70.0, 1)
    assert (await erp.read("product.product", good, "free_qty"))["free_qty"] == 5.0
    assert await erp.call(ORDER, "action_confirm", [order]) is True
    assert await seen(erp, order, "state") == "sale"
    assert (await erp.read("product.product", good, "free_qty"))["free_qty"] == 3.0
    with pytest.raises(Refused, match="Alguns pedidos não estão") as refused:
        await erp.call(ORDER, "action_confirm", [order])
    assert refused.value.name == erp.client.name_of("UserError")


async def test_cancel_does_nothing_but_ask_unless_the_warning_is_disabled(erp: Erp) -> None:
    good = lotion(erp, stock=5)
    order = await drafted(erp, good)
    await erp.call(ORDER, "action_confirm", [order])
    before = await erp.read(ORDER, order, "state", "locked", "delivery_status")
    assert before == {"id": order, "state": "sale", "locked": False, "delivery_status": "pending"}
    asked = await erp.call(ORDER, "action_cancel", [order])
    assert (asked["type"], asked["res_model"]) == ("ir.actions.act_window", "sale.order.cancel")
    assert await seen(erp, order, "state") == "sale"
    assert await erp.call(ORDER, "action_cancel", [order], context=SILENT) is True
    assert await seen(erp, order, "state") == "cancel"
    assert [row["state"] for row in await pickings(erp, order, "state")] == ["cancel"]
    assert (await erp.read("product.product", good, "free_qty"))["free_qty"] == 5.0


async def test_what_is_locked_is_locked_without_a_result(erp: Erp) -> None:
    order = await drafted(erp, lotion(erp, stock=5))
    await erp.call(ORDER, "action_confirm", [order])
    await erp.without_result(ORDER, "action_lock", [order])
    assert await seen(erp, order, "locked") is True
    with pytest.raises(Refused, match="pedido bloqueado") as refused:
        await erp.call(ORDER, "action_cancel", [order], context=SILENT)
    assert refused.value.name == erp.client.name_of("UserError")


async def test_status_tells_of_order_delivery_and_payment(erp: Erp) -> None:
    order = await drafted(erp, lotion(erp, stock=5), commitment_date="2026-12-01 15:00:00")
    await erp.call(ORDER, "action_confirm", [order])
    fields = ("name", "state", "locked", "delivery_status", "invoice_status", "amount_total")
    told = await erp.read(ORDER, order, *fields, "commitment_date")
    assert [told[name] for name in fields[1:]] == ["sale", False, "pending", "to invoice", 70.0]
    assert told["commitment_date"] == "2026-12-01 15:00:00"
    (picking,) = await pickings(erp, order, "state", "scheduled_date", "date_done", "carrier_tracking_ref")
    assert (picking["state"], picking["date_done"]) == ("assigned", False)
    await erp.call(PICKING, "write", [picking["id"]], vals={"carrier_tracking_ref": "BR123"})
    assert await erp.call(PICKING, "button_validate", [picking["id"]]) is True
    (picking,) = await pickings(erp, order, "state", "date_done", "carrier_tracking_ref")
    assert (picking["state"], picking["carrier_tracking_ref"]) == ("done", "BR123")
    assert picking["date_done"]
    assert await seen(erp, order, "delivery_status") == "full"
    buyer = erp.rows.value("SELECT customer_id FROM public.orders WHERE id = %s", order)
    assert isinstance(buyer, int)
    erp.rows.add(
        "erp.invoices",
        company_id=1,
        name=numbered("FAT/"),
        order_id=order,
        partner_id=buyer,
        payment_state="paid",
        total_amount=70,
        currency="BRL",
    )
    invoices = [["invoice_origin", "=", told["name"]]]
    paid = await erp.found("account.move", invoices, "payment_state")
    assert [row["payment_state"] for row in paid] == ["paid"]


async def test_a_note_on_an_order_mails_nobody(erp: Erp) -> None:
    order = await drafted(erp, lotion(erp, stock=5))
    message = await erp.call(
        ORDER, "message_post", [order], body="Cliente pediu <b>desconto</b>", subtype_xmlid="mail.mt_note"
    )
    row = await erp.read("mail.message", message, "body", "model", "res_id")
    assert row["body"] == "<p>Cliente pediu &lt;b&gt;desconto&lt;/b&gt;</p>"
    assert (row["model"], row["res_id"]) == (ORDER, order)
    assert erp.rows.value("SELECT count(*) FROM erp.mails WHERE res_id = %s", order) == 0


async def test_a_hand_off_is_a_text_over_json_rpc_and_a_fault_over_xml_rpc(erp: Erp) -> None:
    order = await drafted(erp, lotion(erp, stock=5))
    me = erp.rows.value("SELECT id FROM erp.users WHERE login = 'agente@bela.example'")
    given = {
        "act_type_xmlid": "mail.mail_activity_data_todo",
        "date_deadline": "2026-12-24",
        "summary": "Ligar para o cliente",
        "user_id": me,
    }
    told = None
    if erp.transport == XML_RPC:
        with pytest.raises(Refused, match="cannot marshal <class") as refused:
            await erp.call(ORDER, "activity_schedule", [order], **given)
        assert refused.value.name == "1"
    else:
        told = await erp.call(ORDER, "activity_schedule", [order], **given)
    planned = [["res_model", "=", ORDER], ["res_id", "=", order]]
    (activity,) = await erp.found("mail.activity", planned, "summary", "date_deadline", "user_id")
    assert (activity["summary"], activity["date_deadline"]) == ("Ligar para o cliente", "2026-12-24")
    assert activity["user_id"] == me
    number = activity["id"]
    assert told == {JSON_RPC: f"mail.activity({number},)", XML_RPC: None, JSON_2: [number]}[erp.transport]


async def test_an_activity_cannot_be_created_because_models_are_for_administrators(erp: Erp) -> None:
    with pytest.raises(Refused) as refused:
        await erp.found("ir.model", [["model", "=", ORDER]], "name")
    assert refused.value.name == erp.client.name_of("AccessError")
    order = await drafted(erp, lotion(erp, stock=5))
    with pytest.raises(Refused, match="res_model_id") as refused:
        await erp.create("mail.activity", res_model=ORDER, res_id=order, date_deadline="2026-12-24")
    assert refused.value.name == erp.client.name_of("ValidationError")
