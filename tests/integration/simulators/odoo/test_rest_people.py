"""The REST face: customers and professionals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.integration.simulators.odoo.rest_shop import Shop, rest_shop

pytestmark = pytest.mark.integration

LAST = 2**31 - 1


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with rest_shop(odoo_database) as shop:
        yield shop


async def test_a_customer_is_made_with_her_numbers_checked(shop: Shop) -> None:
    body = {"name": "João Souza", "phone": "11 91234-5678", "document": "123.456.789-09",
            "email": "joao@example.com", "zip": "01310-100", "birth_date": "1990-02-28"}  # fmt: skip
    made = await shop.done("POST", "/customers", body)
    assert made["phone_sanitized"] == "+5511912345678"
    for query in ({"phone": "+55 11 91234 5678"}, {"document": "12345678909"}, {"email": "JOAO@example.com"}):
        found = await shop.done("GET", "/customers", **query)
        assert [item["id"] for item in found["items"]] == [made["id"]]
    changed = await shop.done("PATCH", f"/customers/{made['id']}", {"phone": None, "city": "Águas de Teste"})
    assert (changed["phone_sanitized"], changed["city"]) == (None, "Águas de Teste")
    assert (await shop.done("GET", "/customers", city="aguas de teste"))["total"] == 1
    await shop.done("DELETE", f"/customers/{made['id']}")


async def test_wrong_details_of_customers_are_refused(shop: Shop) -> None:
    wrong: list[tuple[str, object]] = [
        ("phone", "123"),
        ("mobile", "98765-4321"),
        ("document", "123.456.789-00"),
        ("email", "joao"),
        ("zip", "1310"),
        ("state", "ZZ"),
        ("birth_date", "0001-01-01"),
        ("birth_date", "2026-02-30"),
        ("birth_date", 10**30),
    ]
    for field, value in wrong:
        told = await shop.refused(422, "POST", "/customers", {"name": "João", field: value})
        assert f"body.{field}: " in told, value
        assert "Valor inválido" not in told, value


async def test_two_customers_cannot_have_one_document(shop: Shop) -> None:
    await shop.done("POST", "/customers", {"name": "João", "document": "123.456.789-09"})
    body = {"name": "Outro", "document": "12345678909"}
    assert "CPF ou CNPJ" in await shop.refused(409, "POST", "/customers", body)
    path = f"/customers/{shop.has.maria}"
    await shop.refused(409, "PATCH", path, {"document": "12345678909"})


async def test_a_customer_with_orders_or_appointments_stays(shop: Shop) -> None:
    await shop.order()
    assert "pedidos" in await shop.refused(409, "DELETE", f"/customers/{shop.has.maria}")


async def test_two_people_who_make_the_same_customer_make_one(shop: Shop) -> None:
    body = {"name": "João", "document": "123.456.789-09"}
    answers = await asyncio.gather(*(shop.ask("POST", "/customers", body) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]


async def test_a_professional_is_made_with_working_times(shop: Shop) -> None:
    times = [
        {"weekday": 1, "opens": "08:20", "closes": "12:00"},
        {"weekday": 5, "opens": "20:00", "closes": "24:00"},
    ]
    body = {"name": "Bia", "working_times": times, "service_ids": [shop.has.cut]}
    made = await shop.done("POST", "/professionals", body)
    assert (made["working_times"], made["service_ids"]) == (times, [shop.has.cut])
    found = await shop.done("GET", "/professionals", service_id=shop.has.cut, active="true")
    assert {item["id"] for item in found["items"]} == {made["id"], shop.has.ana}
    path = f"/professionals/{made['id']}"
    changed = await shop.done("PATCH", path, {"working_times": times[:1], "service_ids": []})
    assert (changed["working_times"], changed["service_ids"]) == (times[:1], [])
    assert changed["calendar_id"] == made["calendar_id"]
    await shop.done("DELETE", path)


async def test_a_calendar_that_others_share_is_left_alone(shop: Shop) -> None:
    made = await shop.done("POST", "/professionals", {"name": "Bia", "calendar_id": shop.has.calendar})
    times = [{"weekday": 2, "opens": "08:00", "closes": "12:00"}]
    changed = await shop.done("PATCH", f"/professionals/{made['id']}", {"working_times": times})
    assert changed["calendar_id"] != shop.has.calendar
    ana = await shop.done("GET", f"/professionals/{shop.has.ana}")
    assert [time["opens"] for time in ana["working_times"]] == ["09:00", "13:00"]


async def test_working_times_that_make_no_sense_are_refused(shop: Shop) -> None:
    early = {"weekday": 0, "opens": "08:00", "closes": "12:00"}
    for times in (
        [early | {"closes": "08:00"}],
        [early, early | {"opens": "11:59", "closes": "13:00"}],
        [early | {"weekday": 7}],
        [early | {"opens": "8:00"}],
        [early | {"closes": "24:01"}],
    ):
        await shop.refused(422, "POST", "/professionals", {"name": "Bia", "working_times": times})
    both = {"name": "Bia", "working_times": [early], "calendar_id": shop.has.calendar}
    assert "não os dois" in await shop.refused(422, "POST", "/professionals", both)
    for field, value in (("calendar_id", LAST), ("service_ids", [LAST])):
        assert f"body.{field}" in await shop.refused(
            422, "POST", "/professionals", {"name": "B", field: value}
        )
