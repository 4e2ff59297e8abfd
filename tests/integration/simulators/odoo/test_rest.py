"""The REST face: keys, lists, and what every resource keeps people from."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import BOTH, VERDE, set_faults
from tests.integration.simulators.odoo.rest_shop import Shop, monday, rest_shop

pytestmark = pytest.mark.integration

RESOURCES = (
    "/products",
    "/customers",
    "/orders",
    "/services",
    "/professionals",
    "/appointments",
    "/business-rules",
)
HUGE = 2**63
LAST = 2**31 - 1


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with rest_shop(odoo_database) as shop:
        yield shop


async def test_every_list_needs_a_key(shop: Shop) -> None:
    for path in RESOURCES:
        for headers in ({}, {"X-API-Key": "errada"}, {"Authorization": "Bearer çã"}, {"X-API-Key": ""}):
            async with shop.session.get(shop.odoo.url + path, headers=headers) as response:
                assert response.status == 401
                assert response.headers["WWW-Authenticate"] == "Bearer"
                assert "Chave de API" in (await response.json())["detail"]


async def test_a_key_may_come_as_bearer(shop: Shop) -> None:
    headers = {"Authorization": f"bearer {shop.login.key}"}
    async with shop.session.get(f"{shop.odoo.url}/products", headers=headers) as response:
        assert response.status == 200


async def test_the_key_is_looked_at_before_the_body(shop: Shop) -> None:
    status, _ = await shop.raw("POST", "/orders", b"{", **{"X-API-Key": "errada"})
    assert status == 401


async def test_lists_come_in_pages_with_a_total(shop: Shop) -> None:
    whole = await shop.done("GET", "/products", limit=200)
    assert whole["total"] == len(whole["items"]) > 3
    assert [product["name"] for product in whole["items"]]
    parts = [await shop.done("GET", "/products", limit=2, offset=offset) for offset in (0, 2)]
    assert [part["total"] for part in parts] == [whole["total"]] * 2
    assert [*parts[0]["items"], *parts[1]["items"]] == whole["items"][:4]
    beyond = await shop.done("GET", "/products", offset=LAST)
    assert (beyond["items"], beyond["total"]) == ([], whole["total"])


async def test_pages_have_bounds_and_unknown_filters_are_refused(shop: Shop) -> None:
    assert "no máximo 200" in await shop.refused(422, "GET", "/products", limit=201)
    assert "no mínimo 0" in await shop.refused(422, "GET", "/products", offset=-1)
    assert "query.preco: Campo desconhecido." in await shop.refused(422, "GET", "/products", preco=1)


async def test_another_company_sees_and_touches_nothing(shop: Shop) -> None:
    order = await shop.order()
    rule = await shop.done("POST", "/business-rules", {"kind": "troca", "name": "Troca", "text": "7 dias"})
    verde = shop.as_user(VERDE)
    paths = {
        "/products": shop.has.lamp,
        "/customers": shop.has.maria,
        "/orders": order["id"],
        "/services": shop.has.cut,
        "/professionals": shop.has.ana,
        "/business-rules": rule["id"],
    }
    for path, number in paths.items():
        listed = await verde.done("GET", path, limit=200)
        assert number not in [item["id"] for item in listed["items"]]
        assert "não existe" in await verde.refused(404, "GET", f"{path}/{number}")
        await verde.refused(404, "PATCH", f"{path}/{number}", {})
        await verde.refused(404, "DELETE", f"{path}/{number}")
    for act in ("confirm", "cancel"):
        await verde.refused(404, "POST", f"/orders/{order['id']}/{act}")
    items = [{"product_id": shop.has.lamp, "quantity": 1}]
    told = await verde.refused(422, "POST", "/orders", {"customer_id": shop.has.maria, "items": items})
    assert "body.customer_id" in told


async def test_a_key_of_two_companies_sees_both(shop: Shop) -> None:
    both = await shop.as_user(BOTH).done("GET", "/products", limit=200)
    one = await shop.done("GET", "/products", limit=200)
    assert both["total"] > one["total"]


async def test_what_all_companies_share_is_read_only(shop: Shop) -> None:
    category = shop.rows.category("De todos")
    shared = shop.rows.product("Sacola", "1.00", category, company_id=None)
    assert (await shop.done("GET", f"/products/{shared}"))["name"] == "Sacola"
    assert "todas as empresas" in await shop.refused(403, "PATCH", f"/products/{shared}", {"price": 2})
    await shop.refused(403, "DELETE", f"/products/{shared}")


async def test_unknown_fields_are_refused_and_ids_that_no_row_has_are_not_found(shop: Shop) -> None:
    for path in RESOURCES:
        told = await shop.refused(422, "POST", path, {"total_amount": 1})
        assert "body.total_amount: Campo desconhecido." in told
        for method in ("GET", "DELETE"):
            await shop.refused(404, method, f"{path}/{LAST}")
            await shop.refused(422, method, f"{path}/{HUGE}")
            await shop.refused(422, method, f"{path}/0")
        await shop.refused(422, "GET", f"{path}/{'9' * 5000}")


async def test_bodies_that_nobody_can_read_are_400(shop: Shop) -> None:
    for body in (b"{", b"", b'"\xff"', b"[" * 100_000, b'{"price": ' + b"9" * 5000 + b"}", b"nada"):
        status, answer = await shop.raw("POST", "/products", body)
        assert status in (400, 422), body[:20]
        assert answer["detail"]
    assert (await shop.raw("POST", "/products", b"{"))[0] == 400
    assert (await shop.raw("POST", "/products", b'"\xff"'))[0] == 400


async def test_bodies_that_are_too_long_are_413(shop: Shop) -> None:
    status, answer = await shop.raw("POST", "/products", b" " * (16 * 1024 * 1024 + 1))
    assert (status, answer["detail"]) == (413, "O corpo da requisição é grande demais.")


async def test_texts_that_cannot_be_kept_are_refused(shop: Shop) -> None:
    for name in ("a\x00b", "\ud800", "", "   ", 7, None, ["x"], "x" * 201):
        body = {"kind": "troca", "name": name, "text": "x"}
        assert "body.name" in await shop.refused(422, "POST", "/business-rules", body)


async def test_searches_for_texts_that_cannot_be_kept_are_refused(shop: Shop) -> None:
    assert "caracteres inválidos" in await shop.refused(422, "GET", "/products", text="a\x00")
    assert (await shop.done("GET", "/products", text="100%_'\\"))["total"] == 0


async def test_prices_that_are_none_are_refused(shop: Shop) -> None:
    wrong: list[object] = [-1, "-0.01", "1e999", 10**40, "49.999", "NaN", "Infinity", True, None, {}]
    for price in wrong:
        body = {"name": "Vela", "category": shop.has.category, "price": price}
        assert "body.price" in await shop.refused(422, "POST", "/products", body)
    body_of_no_number = b'{"name": "V", "category": "Artigos de teste", "price": NaN}'
    assert (await shop.raw("POST", "/products", body_of_no_number))[0] == 422


async def test_a_database_that_is_away_is_503_in_words(shop: Shop) -> None:
    await set_faults(shop.session, shop.odoo, database_down=True)
    assert "banco de dados" in await shop.refused(503, "GET", "/products")


async def test_the_description_needs_no_key_and_nothing_from_elsewhere(shop: Shop) -> None:
    async with shop.session.get(f"{shop.odoo.url}/openapi.json") as response:
        described = await response.json()
    assert set(RESOURCES) < set(described["paths"])
    assert "/jsonrpc" not in described["paths"]
    for methods in described["paths"].values():
        for operation in methods.values():
            assert operation["tags"]
            assert operation["description"]
            assert {"400", "401", "422", "503"} < set(operation["responses"])
    async with shop.session.get(f"{shop.odoo.url}/docs") as response:
        page = await response.text()
    assert "POST /orders/{order_id}/confirm" in page
    assert "://" not in page
    assert "<script" not in page


async def test_odd_records_of_the_wire_do_not_break_lists(shop: Shop) -> None:
    far = {"starts_at": "9999-12-31 23:00:00+00", "ends_at": "9999-12-31 23:59:59+00"}
    early = {"starts_at": "0001-01-01 00:00:00+00", "ends_at": "9999-12-31 23:59:59+00"}
    for times in (far, early):
        shop.rows.add("public.appointments", name="?", professional_id=shop.has.ana, all_day=True, **times)
    shop.rows.add("public.working_hours", calendar_id=shop.has.calendar, name="?", weekday=0,
                  hour_from="8.000", hour_to="8.01")  # fmt: skip
    shop.rows.order(shop.has.maria, ordered_at="0001-01-01 00:00:00+00")
    for path in RESOURCES:
        await shop.done("GET", path, limit=200)
    day = monday()
    assert await shop.slots(day) == []


@pytest.mark.parametrize("series", [16, 19])
async def test_the_face_is_the_same_in_every_series(odoo_database: str, series: int) -> None:
    async with rest_shop(odoo_database, series) as shop:
        path = f"/orders/{(await shop.order(3, coupon_code='BEMVINDA'))['id']}"
        assert (await shop.done("POST", f"{path}/confirm"))["total_amount"] == "161.73"
        assert (await shop.done("POST", f"{path}/cancel"))["status"] == "cancel"
