"""Products, prices, stock and promotions, call by call as a shop's robot asks for them (section 4)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.integration.simulators.odoo.callers import Refused
from tests.integration.simulators.odoo.section_four.clients import XML_RPC, Erp
from tests.integration.simulators.odoo.section_four.goods import lotion, numbered

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

FOUND = ("display_name", "default_code", "free_qty", "is_storable", "product_template_attribute_value_ids")
TOTALS: dict[str, Any] = {"amount_untaxed": {}, "amount_tax": {}, "amount_total": {}}


def looked_up(text: str) -> list[Any]:
    return [
        ["sale_ok", "=", True],
        *("|", "|", ["name", "ilike", text], ["default_code", "=ilike", text], ["barcode", "=", text]),
    ]


async def test_product_search_by_name_code_and_barcode(erp: Erp) -> None:
    code, barcode = numbered("LOC"), numbered("789")
    good = lotion(erp, stock=12, name="Loção Quaresmeira", default_code=code, barcode=barcode)
    expected = {
        "id": good,
        "display_name": f"[{code}] Loção Quaresmeira",
        "default_code": code,
        "free_qty": 12.0,
        "is_storable": True,
        "product_template_attribute_value_ids": [],
    }
    for text in (code.lower(), barcode):
        assert await erp.found("product.product", looked_up(text), *FOUND) == [expected]
    assert expected in await erp.found("product.product", looked_up("locao quaresm"), *FOUND, order="id")


async def test_product_search_in_another_language_when_nothing_is_found(erp: Erp) -> None:
    word = numbered("Glowing")
    good = lotion(erp, stock=1, name_en=f"{word} lotion")
    assert await erp.found("product.product", looked_up(word), "display_name") == []
    english = await erp.found("product.product", looked_up(word), "display_name", context={"lang": "en_US"})
    assert [row["id"] for row in english] == [good]


async def test_price_with_pricelist_as_a_quote_and_as_a_draft(erp: Erp) -> None:
    rows = erp.rows
    good = lotion(erp, stock=12)
    wholesale = rows.price_list("Atacado")
    rule = rows.add(
        "public.price_list_items",
        price_list_id=wholesale,
        applied_on="1_product",
        product_id=good,
        min_quantity=3,
        fixed_price="29.90",
    )
    buyer = rows.customer("Empório", price_list_id=wholesale)
    values = {
        "partner_id": buyer,
        "order_line": [[0, "v1", {"product_id": good, "product_uom_qty": 3}]],
    }
    quote = await erp.call(
        "sale.order",
        "onchange",
        [],
        values=values,
        field_names=["partner_id", "order_line"],
        fields_spec=TOTALS | {"pricelist_id": {"fields": {"display_name": {}}}},
    )
    assert quote == {
        "value": {
            "pricelist_id": {"id": wholesale, "display_name": "Atacado (BRL)"},
            "amount_untaxed": 89.7,
            "amount_total": 89.7,
        }
    }
    order = await erp.create("sale.order", **values)
    (line,) = await erp.found("sale.order.line", [["order_id", "=", order]], "price_unit", "price_total")
    assert (line["price_unit"], line["price_total"]) == (29.9, 89.7)
    told = await erp.found(
        "product.pricelist.item", [["pricelist_id", "=", wholesale]], "name", "price", "min_quantity"
    )
    assert [(item["id"], item["price"], item["min_quantity"]) for item in told] == [(rule, "R$ 29,90", 3.0)]


async def test_stock_here_free_to_come_and_by_warehouse(erp: Erp) -> None:
    rows = erp.rows
    good = lotion(erp, stock=0)
    near, far = rows.warehouse("Perto"), rows.warehouse("Longe")
    rows.stock(good, near, 9, reserved=2)
    rows.stock(good, far, 5)
    arriving = rows.add(
        "erp.pickings", company_id=1, name=numbered("IN"), kind="incoming", partner_id=1, status="assigned"
    )
    rows.add(
        "erp.moves",
        picking_id=arriving,
        product_id=good,
        warehouse_id=near,
        quantity=4,
        status="assigned",
    )
    fields = ("free_qty", "qty_available", "virtual_available", "incoming_qty", "is_storable")
    everywhere = await erp.read("product.product", good, *fields)
    assert [everywhere[name] for name in fields] == [12.0, 14.0, 18.0, 4.0, True]
    here = await erp.read("product.product", good, *fields, warehouse_id=near)
    assert [here[name] for name in fields] == [7.0, 9.0, 13.0, 4.0, True]


async def test_promotions_are_read_and_a_code_is_applied_and_claimed(erp: Erp) -> None:
    rows, code = erp.rows, numbered("DEZ")
    good = lotion(erp, stock=12)
    gift = rows.product("Desconto", "0", rows.category(numbered("Descontos")), kind="service")
    program = rows.coupon(gift, code)
    (rule,) = await erp.found("loyalty.rule", [["code", "=", code]], "program_id", "minimum_amount")
    (reward,) = await erp.found("loyalty.reward", [["program_id", "=", program]], "discount", "description")
    (told,) = await erp.found("loyalty.program", [["id", "=", program]], "name", "trigger", "company_id")
    assert (rule["program_id"], reward["discount"], told["trigger"]) == (program, 10.0, "with_code")
    line = [0, 0, {"product_id": good, "product_uom_qty": 2, "price_unit": 70}]
    order = await erp.create("sale.order", partner_id=rows.customer(), order_line=[line])
    wizard = await erp.create("sale.loyalty.coupon.wizard", order_id=order, coupon_code=code)
    await erp.call("sale.loyalty.coupon.wizard", "action_apply", [wizard])
    assert (await erp.read("sale.order", order, "amount_total"))["amount_total"] == 140.0
    assert await erp.call("sale.order", "action_open_reward_wizard", [order]) is True
    assert (await erp.read("sale.order", order, "amount_total"))["amount_total"] == 126.0


async def test_a_bad_code_is_refused_in_portuguese(erp: Erp) -> None:
    order = await erp.create("sale.order", partner_id=erp.rows.customer())
    wizard = await erp.create("sale.loyalty.coupon.wizard", order_id=order, coupon_code="BAD")
    with pytest.raises(Refused) as refused:
        await erp.call("sale.loyalty.coupon.wizard", "action_apply", [wizard])
    assert refused.value.name == erp.client.name_of("ValidationError")
    assert refused.value.message == "Este cupom é inválido (BAD)."


async def test_policies_are_in_the_records_of_the_shop(erp: Erp) -> None:
    rows, terms = erp.rows, "Troca em até 7 dias."
    rows.change("erp.companies", 1, invoice_terms=terms)
    good = lotion(erp, stock=1, description_sale="Para peles secas.")
    carrier = rows.add(
        "erp.carriers",
        name="Motoboy",
        company_id=1,
        fixed_price=12,
        free_over=True,
        amount=150,
        product_id=good,
    )
    term = rows.add("erp.payment_terms", name="30 dias", company_id=1)
    company = await erp.read("res.company", 1, "invoice_terms", "invoice_terms_html")
    assert (company["invoice_terms"], company["invoice_terms_html"]) == (terms, f"<p>{terms}</p>")
    assert (await erp.read("product.product", good, "description_sale"))["description_sale"] == (
        "Para peles secas."
    )
    delivery = await erp.read("delivery.carrier", carrier, "name", "fixed_price", "free_over", "amount")
    assert (delivery["fixed_price"], delivery["free_over"], delivery["amount"]) == (12.0, True, 150.0)
    assert (await erp.read("account.payment.term", term, "name"))["name"] == "30 dias"


async def test_knowledge_and_helpdesk_do_not_exist_in_the_community_edition(erp: Erp) -> None:
    for model in ("knowledge.article", "helpdesk.ticket", "appointment.type"):
        with pytest.raises(Refused) as refused:
            await erp.found(model, [], "name")
        assert model in refused.value.message
        assert refused.value.name in (erp.client.name_of("UserError"), "NotFound")
        assert erp.transport != XML_RPC or refused.value.message == f"Object {model} doesn't exist"
