"""The REST face: orders, whose prices and totals the shop reckons."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest
from tests.integration.simulators.odoo.rest_shop import STOCK, Shop, rest_shop

pytestmark = pytest.mark.integration

LAST = 2**31 - 1


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with rest_shop(odoo_database) as shop:
        yield shop


async def free(shop: Shop) -> Decimal:
    lamp = await shop.done("GET", f"/products/{shop.has.lamp}")
    return Decimal(lamp["stock_quantity"]) - Decimal(lamp["reserved_quantity"])


async def test_the_price_comes_from_the_price_list(shop: Shop) -> None:
    two = await shop.order(2)
    assert (two["status"], two["total_amount"], two["currency"]) == ("draft", "140.00", "BRL")
    three = await shop.order(3, reference="conversa-1", note="Presente")
    assert [item["unit_price"] for item in three["items"]] == ["59.90"]
    assert (three["total_amount"], three["reference"], three["note"]) == ("179.70", "conversa-1", "Presente")
    assert three == await shop.done("GET", f"/orders/{three['id']}")


async def test_prices_are_not_taken_from_the_client(shop: Shop) -> None:
    for field in ("unit_price", "price", "subtotal", "discount"):
        item = {"product_id": shop.has.lamp, "quantity": 1, field: "0.01"}
        told = await shop.refused(422, "POST", "/orders", {"customer_id": shop.has.maria, "items": [item]})
        assert f"body.items.0.{field}: Campo desconhecido." in told
    items = [{"product_id": shop.has.lamp, "quantity": 1}]
    body = {"customer_id": shop.has.maria, "items": items, "total_amount": 1}
    assert "body.total_amount" in await shop.refused(422, "POST", "/orders", body)


async def test_quantities_that_nobody_buys_are_refused(shop: Shop) -> None:
    for quantity in (0, -1, 10_000, 10**30, 1.5, "2", True, None):
        body = {"customer_id": shop.has.maria, "items": [{"product_id": shop.has.lamp, "quantity": quantity}]}
        assert "body.items.0.quantity" in await shop.refused(422, "POST", "/orders", body)


async def test_totals_that_no_column_holds_are_refused(shop: Shop) -> None:
    body = {"name": "Diamante", "category": shop.has.category, "price": "9999999999.99"}
    diamond = await shop.done("POST", "/products", body)
    order = {"customer_id": shop.has.maria, "items": [{"product_id": diamond["id"], "quantity": 9999}]}
    assert "não pode ser gravado" in await shop.refused(422, "POST", "/orders", order)


async def test_the_largest_quantity_is_taken(shop: Shop) -> None:
    assert (await shop.order(9999))["total_amount"] == "598940.10"


async def test_who_and_what_the_shop_does_not_have_is_refused(shop: Shop) -> None:
    unsold = shop.rows.product("Fora de linha", "1.00", shop.rows.category("Antigos"), active=False)
    foreign = shop.rows.value("SELECT min(id) FROM public.products WHERE company_id = 2")
    for product in (unsold, foreign, LAST):
        body = {"customer_id": shop.has.maria, "items": [{"product_id": product, "quantity": 1}]}
        assert "body.items.0.product_id" in await shop.refused(422, "POST", "/orders", body)
    items = [{"product_id": shop.has.lamp, "quantity": 1}]
    for customer in (LAST, shop.rows.customer("Antiga", active=False)):
        told = await shop.refused(422, "POST", "/orders", {"customer_id": customer, "items": items})
        assert "body.customer_id" in told
    assert "body.items" in await shop.refused(
        422, "POST", "/orders", {"customer_id": shop.has.maria, "items": []}
    )


async def test_a_coupon_takes_its_discount_off(shop: Shop) -> None:
    order = await shop.order(1, coupon_code="BEMVINDA")
    assert (order["total_amount"], order["coupon_codes"]) == ("63.00", ["BEMVINDA"])
    assert [item["subtotal"] for item in order["items"] if item["is_discount"]] == ["-7.00"]
    path = f"/orders/{order['id']}"
    items = [{"product_id": shop.has.lamp, "quantity": 2}]
    assert (await shop.done("PATCH", path, {"items": items}))["total_amount"] == "126.00"


async def test_a_coupon_that_is_not_in_force_makes_no_order(shop: Shop) -> None:
    before = (await shop.done("GET", "/orders"))["total"]
    body = {"customer_id": shop.has.maria, "items": [{"product_id": shop.has.lamp, "quantity": 1}]}
    assert "FALSO" in await shop.refused(422, "POST", "/orders", body | {"coupon_code": "FALSO"})
    assert (await shop.done("GET", "/orders"))["total"] == before


async def test_orders_are_found(shop: Shop) -> None:
    order = await shop.order(1, reference="conversa-7")
    today = order["ordered_at"][:10]
    for query in (
        {"reference": "conversa-7"},
        {"text": "CONVERSA-7"},
        {"text": order["name"], "status": "draft"},
        {"customer_id": shop.has.maria, "date_from": today, "date_to": today},
        {"product_id": shop.has.lamp},
    ):
        found = await shop.done("GET", "/orders", **query)
        assert [item["id"] for item in found["items"]] == [order["id"]], query
    assert (await shop.done("GET", "/orders", customer_id=shop.has.maria, date_to="2000-01-01"))["total"] == 0
    assert "use 'draft'" in await shop.refused(422, "GET", "/orders", status="pago")


async def test_confirming_keeps_the_goods_and_cancelling_frees_them(shop: Shop) -> None:
    order = await shop.order(4)
    path = f"/orders/{order['id']}"
    for _ in range(2):
        assert (await shop.done("POST", f"{path}/confirm"))["status"] == "sale"
        assert await free(shop) == STOCK - 4
    for _ in range(2):
        assert (await shop.done("POST", f"{path}/cancel"))["status"] == "cancel"
        assert await free(shop) == STOCK
    assert "cancelado" in await shop.refused(409, "POST", f"{path}/confirm")


async def test_no_more_is_confirmed_than_there_is(shop: Shop) -> None:
    order = await shop.order(STOCK + 1)
    told = await shop.refused(409, "POST", f"/orders/{order['id']}/confirm")
    assert "Luminária: 10 de 11" in told
    assert await free(shop) == STOCK


async def test_rivals_for_the_last_goods_do_not_both_get_them(shop: Shop) -> None:
    orders = [await shop.order(STOCK) for _ in range(4)]
    answers = await asyncio.gather(*(shop.ask("POST", f"/orders/{order['id']}/confirm") for order in orders))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert await free(shop) == 0


async def test_an_order_without_items_is_not_confirmed(shop: Shop) -> None:
    empty = shop.rows.order(shop.has.maria)
    assert "não tem itens" in await shop.refused(409, "POST", f"/orders/{empty}/confirm")


async def test_what_is_confirmed_is_cancelled_not_deleted(shop: Shop) -> None:
    order = await shop.order()
    path = f"/orders/{order['id']}"
    await shop.done("POST", f"{path}/confirm")
    assert "cancele-o" in await shop.refused(409, "DELETE", path)
    items = [{"product_id": shop.has.lamp, "quantity": 2}]
    assert "não mudam mais" in await shop.refused(409, "PATCH", path, {"items": items})
    assert (await shop.done("PATCH", path, {"note": "Portaria"}))["note"] == "Portaria"
    await shop.done("POST", f"{path}/cancel")
    await shop.refused(409, "PATCH", path, {"note": "x"})
    await shop.done("DELETE", path)
    await shop.refused(404, "GET", path)


async def test_a_draft_may_be_deleted(shop: Shop) -> None:
    order = await shop.order()
    await shop.done("DELETE", f"/orders/{order['id']}")


async def test_what_is_delivered_or_locked_is_not_cancelled(shop: Shop) -> None:
    order = await shop.order()
    path = f"/orders/{order['id']}"
    await shop.done("POST", f"{path}/confirm")
    shop.rows.change("public.orders", order["id"], locked=True)
    assert "bloqueado" in await shop.refused(409, "POST", f"{path}/cancel")
    shop.rows.change("public.orders", order["id"], locked=False)
    picking = shop.rows.value("SELECT id FROM erp.pickings WHERE order_id = %s", order["id"])
    assert isinstance(picking, int)
    shop.rows.change("erp.pickings", picking, status="done")
    assert "entregue" in await shop.refused(409, "POST", f"{path}/cancel")
