"""Where the series of Odoo differ in sales."""

from __future__ import annotations

import pytest
from tests.integration.simulators.odoo.sale_shop import sale_shop

pytestmark = pytest.mark.integration

PRICE: dict[str, object] = {"amount_total": {}}


def states(shop_fields: dict[str, dict[str, list[list[str]]]]) -> list[str]:
    return [key for key, _ in shop_fields["state"]["selection"]]


async def test_in_16_a_locked_order_is_done_and_onchange_has_another_signature(odoo_database: str) -> None:
    async with sale_shop(odoo_database, 16) as shop:
        order = await shop.sold((shop.lamp, 1))
        assert await shop.call("sale.order", "action_done", [order]) is True
        assert await shop.seen(order, "state") == "done"
        assert await shop.call("sale.order", "search", [["state", "in", ["sale", "done"]]]) == [order]
        (line,) = await shop.lines(order, "state")
        assert line["state"] == "done"
        assert (await shop.refusal("sale.order", "read", [order], ["locked"])).name == "ValueError"
        assert (await shop.refusal("sale.order", "action_lock", [order])).name == "AttributeError"
        assert "done" in states(await shop.call("sale.order", "fields_get", ["state"]))
        assert "result" not in await shop.caller.answer("sale.order", "action_unlock", [order])
        await shop.call("sale.order", "write", [order], {"state": "done"})
        assert await shop.seen(order, "state") == "done"
        quote = await shop.refusal("sale.order", "onchange", [], {}, ["partner_id"], PRICE)
        assert quote.name == "TypeError"


async def test_in_18_there_is_no_done(odoo_database: str) -> None:
    async with sale_shop(odoo_database, 18) as shop:
        assert "done" not in states(await shop.call("sale.order", "fields_get", ["state"]))
        order = await shop.sold()
        assert (await shop.refusal("sale.order", "action_done", [order])).name == "AttributeError"


async def test_in_19_unit_and_taxes_of_a_line_have_other_names(odoo_database: str) -> None:
    async with sale_shop(odoo_database, 19) as shop:
        order = await shop.order((shop.lamp, 1))
        (line,) = await shop.lines(order, "product_uom_id", "tax_ids")
        assert (line["product_uom_id"], line["tax_ids"]) == (1, [])
        refused = await shop.refusal("sale.order.line", "read", [line["id"]], ["product_uom"])
        assert refused.name == "ValueError"
