"""Quotes by onchange: computed, not saved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.integration.simulators.odoo.sale_shop import Shop, sale_shop

pytestmark = pytest.mark.integration

TOTALS: dict[str, object] = {"amount_untaxed": {}, "amount_tax": {}, "amount_total": {}}
NAMED: dict[str, object] = {"fields": {"display_name": {}}}


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with sale_shop(odoo_database) as found:
        yield found


async def quoted(shop: Shop, values: dict[str, object], names: list[str], spec: dict[str, object]) -> Any:
    answer = await shop.call("sale.order", "onchange", [], values, names, spec)
    assert set(answer) == {"value"}
    return answer["value"]


def basket(shop: Shop, quantity: float) -> list[object]:
    return [[0, "v1", {"product_id": shop.lamp, "product_uom_qty": quantity}]]


async def test_a_quote_tells_the_list_and_the_total_and_leaves_out_what_did_not_change(shop: Shop) -> None:
    spec = TOTALS | {
        "pricelist_id": NAMED,
        "order_line": {"fields": {"product_id": {}, "product_uom_qty": {}}},
    }
    values = {"partner_id": shop.atacado, "order_line": basket(shop, 3)}
    assert await quoted(shop, values, ["partner_id", "order_line"], spec) == {
        "pricelist_id": {"id": shop.wholesale, "display_name": "Atacado (BRL)"},
        "amount_untaxed": 179.7,
        "amount_total": 179.7,
    }


async def test_a_quote_leaves_no_trace(shop: Shop) -> None:
    before = shop.caller.rows.value("SELECT last_value FROM erp.order_numbers")
    await quoted(shop, {"partner_id": shop.maria, "order_line": basket(shop, 3)}, ["partner_id"], TOTALS)
    assert await shop.call("sale.order", "search_count", []) == 0
    assert shop.caller.rows.value("SELECT last_value FROM erp.order_numbers") == before


async def test_the_quantity_decides_the_price(shop: Shop) -> None:
    for quantity, total in ((2, 140.0), (3, 179.7), (2.5, 175.0)):
        values = {"partner_id": shop.atacado, "order_line": basket(shop, quantity)}
        value = await quoted(shop, values, ["partner_id", "order_line"], TOTALS)
        assert value["amount_total"] == total


async def test_a_form_in_which_nothing_was_changed_yet_is_told_everything(shop: Shop) -> None:
    values = {"partner_id": shop.atacado, "order_line": basket(shop, 3)}
    value = await quoted(shop, values, [], TOTALS | {"pricelist_id": {}})
    assert value == {
        "amount_untaxed": 179.7,
        "amount_tax": 0.0,
        "amount_total": 179.7,
        "pricelist_id": shop.wholesale,
    }


async def test_a_link_without_fields_in_the_specification_is_a_bare_id(shop: Shop) -> None:
    spec: dict[str, object] = {"pricelist_id": {}, "partner_shipping_id": {}, "currency_id": {}}
    value = await quoted(shop, {"partner_id": shop.maria}, ["partner_id"], spec)
    assert value == {"pricelist_id": shop.retail, "partner_shipping_id": shop.maria}


async def test_a_new_form_is_told_its_lines_whole_and_a_changed_one_none(shop: Shop) -> None:
    wanted: dict[str, object] = {"product_id": {}, "price_unit": {}, "price_subtotal": {}, "discount": {}}
    values = {
        "partner_id": shop.atacado,
        "order_line": [*basket(shop, 3), [0, "v2", {"product_id": shop.card}]],
    }
    spec: dict[str, object] = {"order_line": {"fields": wanted}}
    lamp = {"product_id": shop.lamp, "price_unit": 59.9, "price_subtotal": 179.7, "discount": 0.0}
    card = {"product_id": shop.card, "price_unit": 5.0, "price_subtotal": 0.0, "discount": 0.0}
    told = await quoted(shop, values, [], spec)
    assert told["order_line"] == [[0, "v1", lamp], [0, "v2", card]]
    assert await quoted(shop, values, ["partner_id", "order_line"], spec) == {}


async def test_a_price_in_the_form_is_kept(shop: Shop) -> None:
    line = [0, "v1", {"product_id": shop.lamp, "product_uom_qty": 2, "price_unit": 10, "discount": 50}]
    value = await quoted(shop, {"partner_id": shop.maria, "order_line": [line]}, ["order_line"], TOTALS)
    assert value == {"amount_untaxed": 10.0, "amount_total": 10.0}


async def test_a_list_chosen_by_hand_stays(shop: Shop) -> None:
    values = {"partner_id": shop.maria, "pricelist_id": shop.wholesale, "order_line": basket(shop, 3)}
    names = ["partner_id", "pricelist_id", "order_line"]
    assert (await quoted(shop, values, names, TOTALS))["amount_total"] == 179.7


async def test_a_saved_order_is_quoted_with_other_lines(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2))
    (line,) = await shop.lines(order, "id")
    commands = [
        [1, line["id"], {"product_uom_qty": 4}],
        [0, "v1", {"product_id": shop.painting, "product_uom_qty": 1}],
    ]
    answer = await shop.call(
        "sale.order", "onchange", [order], {"order_line": commands}, ["order_line"], TOTALS
    )
    assert answer == {"value": {"amount_untaxed": 400.0, "amount_total": 400.0}}
    assert await shop.seen(order, "amount_total") == 140.0


@pytest.mark.parametrize("named", ["price list", "partner"])
async def test_one_line_is_priced_with_its_order_as_an_object(shop: Shop, named: str) -> None:
    parent = {"partner_id": shop.atacado} if named == "partner" else {"pricelist_id": shop.wholesale}
    values = {"order_id": parent, "product_id": shop.lamp, "product_uom_qty": 3}
    spec: dict[str, object] = {"price_unit": {}, "price_subtotal": {}, "name": {}, "discount": {}}
    answer = await shop.call(
        "sale.order.line", "onchange", [], values, ["product_id", "product_uom_qty"], spec
    )
    assert answer == {"value": {"price_unit": 59.9, "price_subtotal": 179.7, "name": "Luminária"}}


async def test_products_that_are_gone_and_unknown_fields_are_refused(shop: Shop) -> None:
    values = {"partner_id": shop.maria, "order_line": [[0, "v1", {"product_id": 10**6}]]}
    gone = await shop.refusal("sale.order", "onchange", [], values, ["order_line"], TOTALS)
    assert gone.name == "MissingError"
    unknown = await shop.refusal("sale.order", "onchange", [], {"colour": 1}, [], TOTALS)
    assert unknown.name == "ValueError"
