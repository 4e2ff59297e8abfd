"""The REST face: products, services, and what a shop tells its customers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.integration.simulators.odoo.rest_shop import Shop, rest_shop

pytestmark = pytest.mark.integration


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with rest_shop(odoo_database) as shop:
        yield shop


async def test_a_product_is_made_changed_found_and_removed(shop: Shop) -> None:
    body = {"name": "Vela de açaí", "category": shop.has.category, "price": "19.9", "code": "VEL-1",
            "stock_quantity": 4}  # fmt: skip
    made = await shop.done("POST", "/products", body)
    assert (made["price"], made["currency"], made["stock_quantity"]) == ("19.90", "BRL", "4.000")
    path = f"/products/{made['id']}"
    changed = await shop.done("PATCH", path, {"price": 25, "stock_quantity": 0, "code": None})
    assert (changed["price"], changed["stock_quantity"], changed["code"]) == ("25.00", "0.000", None)
    assert changed["name"] == "Vela de açaí"
    found = await shop.done("GET", "/products", text="ACAI", active="true", in_stock="false")
    assert [item["id"] for item in found["items"]] == [made["id"]]
    assert await shop.done("DELETE", path) is None
    await shop.refused(404, "GET", path)


async def test_products_are_filtered_by_category_and_price(shop: Shop) -> None:
    found = await shop.done(
        "GET", "/products", category=shop.has.category.upper(), price_from=60, price_to=80
    )
    assert [item["name"] for item in found["items"]] == ["Luminária"]


async def test_what_must_not_be_empty_stays(shop: Shop) -> None:
    path = f"/products/{shop.has.lamp}"
    assert "Não pode ficar vazio: name, price." in await shop.refused(
        422, "PATCH", path, {"name": None, "price": None}
    )


async def test_unknown_categories_and_taken_barcodes_are_refused(shop: Shop) -> None:
    body = {"name": "Vela", "category": "Inexistente", "price": 1}
    assert "body.category: A categoria não existe." in await shop.refused(422, "POST", "/products", body)
    body |= {"category": shop.has.category, "barcode": "789"}
    await shop.done("POST", "/products", body)
    assert "código de barras" in await shop.refused(409, "POST", "/products", body)


async def test_a_product_with_order_items_stays(shop: Shop) -> None:
    order = await shop.order()
    told = await shop.refused(409, "DELETE", f"/products/{order['items'][0]['product_id']}")
    assert "itens de pedidos" in told


async def test_stock_that_is_not_kept_cannot_be_set(shop: Shop) -> None:
    body = {"name": "Vale", "category": shop.has.category, "price": 1, "tracks_stock": False}
    made = await shop.done("POST", "/products", body)
    await shop.refused(409, "PATCH", f"/products/{made['id']}", {"stock_quantity": 1})


async def test_services_are_no_products_of_this_list(shop: Shop) -> None:
    await shop.refused(404, "GET", f"/products/{shop.has.cut}")


async def test_a_service_is_made_changed_and_removed(shop: Shop) -> None:
    body = {
        "name": "Sobrancelha de teste",
        "category": shop.has.category,
        "price": 80,
        "duration_minutes": 30,
    }
    made = await shop.done("POST", "/services", body)
    path = f"/services/{made['id']}"
    changed = await shop.done("PATCH", path, {"price": "90.50", "duration_minutes": 40})
    assert (changed["price"], changed["duration_minutes"]) == ("90.50", 40)
    assert "no mínimo 5" in await shop.refused(422, "PATCH", path, {"duration_minutes": 0})
    assert (await shop.done("GET", "/services", text="sobrancelha DE teste"))["total"] == 1
    await shop.done("DELETE", path)
    await shop.refused(404, "GET", path)


async def test_rules_are_found_by_the_day_they_are_in_force(shop: Shop) -> None:
    body = {"kind": "frete", "name": "Frete grátis", "text": "Acima de R$ 200", "valid_from": "2026-03-01",
            "valid_until": "2026-03-31"}  # fmt: skip
    made = await shop.done("POST", "/business-rules", body)
    for day, total in (("2026-02-28", 0), ("2026-03-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)):
        assert (await shop.done("GET", "/business-rules", kind="frete", in_force_on=day))["total"] == total
    path = f"/business-rules/{made['id']}"
    assert "valid_from" in await shop.refused(422, "PATCH", path, {"valid_until": "2026-02-01"})
    changed = await shop.done("PATCH", path, {"valid_until": None, "active": False})
    assert (changed["valid_until"], changed["active"]) == (None, False)
    await shop.done("DELETE", path)
