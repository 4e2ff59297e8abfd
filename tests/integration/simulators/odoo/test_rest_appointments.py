"""The REST face: free slots, and appointments that take them once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.fixtures.odoo import VERDE
from tests.integration.simulators.odoo.rest_shop import Shop, at, monday, rest_shop

pytestmark = pytest.mark.integration

DAY = monday()
MORNING = [f"{DAY:%d/%m} {clock}" for clock in ("09:00", "09:30", "10:00", "10:30", "11:00")]
AFTERNOON = [
    f"{DAY:%d/%m} {clock}" for clock in ("13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00")
]
WEEK = timedelta(days=7)
LAST = 2**31 - 1


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with rest_shop(odoo_database) as shop:
        yield shop


def span(start: datetime, end: datetime) -> dict[str, str]:
    return {"starts_at": start.isoformat(), "ends_at": end.isoformat()}


async def book(shop: Shop, clock: str, **more: object) -> Any:
    return await shop.done("POST", "/appointments", shop.booking(at(DAY, clock), **more))


async def refused(shop: Shop, status: int, clock: str, **more: object) -> str:
    return await shop.refused(status, "POST", "/appointments", shop.booking(at(DAY, clock), **more))


async def test_slots_are_working_hours_in_the_length_of_the_service(shop: Shop) -> None:
    assert await shop.slots(DAY) == MORNING + AFTERNOON
    assert await shop.slots(DAY, DAY + timedelta(days=6)) == MORNING + AFTERNOON
    assert len(await shop.slots(DAY, DAY + WEEK)) == 2 * len(MORNING + AFTERNOON)
    assert await shop.slots(DAY + timedelta(days=1)) == []


async def test_slots_come_with_who_and_until_when_in_pages(shop: Shop) -> None:
    query = {"service_id": shop.has.cut, "date_from": DAY, "date_to": DAY, "offset": 1, "limit": 1}
    page = await shop.done("GET", "/appointments/available-slots", **query)
    (slot,) = page["items"]
    start, end = datetime.fromisoformat(slot["starts_at"]), datetime.fromisoformat(slot["ends_at"])
    assert (start, end - start) == (at(DAY, "09:30"), timedelta(minutes=45))
    assert (slot["professional_id"], slot["professional_name"]) == (shop.has.ana, "Ana Prado")
    assert page["total"] == len(MORNING + AFTERNOON)


async def test_leaves_and_appointments_take_slots_away(shop: Shop) -> None:
    away = span(at(DAY, "13:00"), at(DAY, "23:00"))
    shop.rows.add("public.leaves", company_id=1, name="Feriado", **away)
    await book(shop, "10:00")
    assert await shop.slots(DAY) == [MORNING[0], MORNING[4]]


async def test_leaves_of_others_take_nothing_away(shop: Shop) -> None:
    other = await shop.done("POST", "/professionals", {"name": "Bia", "working_times": []})
    for more in ({"company_id": 2}, {"company_id": 1, "professional_id": other["id"]}):
        away = span(at(DAY, "00:00"), at(DAY, "23:00"))
        shop.rows.add("public.leaves", name="Férias", **away, **more)
    assert await shop.slots(DAY) == MORNING + AFTERNOON


async def test_all_day_events_take_the_days_of_the_zone(shop: Shop) -> None:
    midnight = datetime.combine(DAY, datetime.min.time(), UTC)
    for number, show_as in enumerate(("free", "busy")):
        start = midnight + number * WEEK
        times = span(start, start + timedelta(hours=23, minutes=59))
        shop.rows.add("public.appointments", name="Curso", all_day=True, show_as=show_as,
                      professional_id=shop.has.ana, **times)  # fmt: skip
    assert await shop.slots(DAY, DAY + WEEK) == MORNING + AFTERNOON


async def test_slots_that_are_over_are_not_offered(shop: Shop) -> None:
    assert await shop.slots(DAY - 5 * WEEK, DAY - 5 * WEEK) == []


async def test_slots_are_asked_for_a_month_at_most(shop: Shop) -> None:
    await shop.slots(DAY, DAY + timedelta(days=30))
    path, service = "/appointments/available-slots", shop.has.cut
    told = await shop.refused(
        422, "GET", path, service_id=service, date_from=DAY, date_to=DAY + timedelta(days=31)
    )
    assert "no máximo 31 dias" in told
    await shop.refused(422, "GET", path, service_id=service, date_from=DAY, date_to=DAY - timedelta(days=1))
    await shop.refused(422, "GET", path, service_id=service, date_from="9999-12-31", date_to="9999-12-31")
    await shop.refused(422, "GET", path, service_id=LAST, date_from=DAY, date_to=DAY)
    await shop.refused(422, "GET", path, service_id=service, professional_id=LAST, date_from=DAY, date_to=DAY)
    told = await shop.as_user(VERDE).refused(422, "GET", path, service_id=service, date_from=DAY, date_to=DAY)
    assert "query.service_id" in told


async def test_an_appointment_is_made_told_and_found(shop: Shop) -> None:
    made = await book(shop, "09:10", description="Franja")
    assert (made["name"], made["status"]) == ("Corte – Maria da Silva", "scheduled")
    assert datetime.fromisoformat(made["starts_at"]) == at(DAY, "09:10")
    assert datetime.fromisoformat(made["ends_at"]) == at(DAY, "09:55")
    assert made["starts_at"].endswith("-03:00")
    query = {"customer_id": shop.has.maria, "professional_id": shop.has.ana, "service_id": shop.has.cut}
    found = await shop.done("GET", "/appointments", **query, date_from=DAY, date_to=DAY, status="scheduled")
    assert found["items"] == [made]
    assert (await shop.done("GET", "/appointments", **query, date_to=DAY - WEEK))["total"] == 0
    await shop.as_user(VERDE).refused(404, "GET", f"/appointments/{made['id']}")


async def test_who_attends_is_told_on_the_wire_and_nobody_is_mailed(shop: Shop) -> None:
    made = await book(shop, "09:00")
    attending = shop.rows.value(
        "SELECT count(*) FROM erp.appointment_partners WHERE appointment_id = %s", made["id"]
    )
    assert attending == 2
    assert shop.rows.value("SELECT count(*) FROM erp.mails WHERE res_id = %s", made["id"]) == 0


async def test_a_time_is_booked_once(shop: Shop) -> None:
    await book(shop, "09:00")
    for clock in ("09:00", "09:44"):
        assert "já tem um agendamento" in await refused(shop, 409, clock)
    await book(shop, "09:45")


async def test_rivals_for_one_time_do_not_both_get_it(shop: Shop) -> None:
    body = shop.booking(at(DAY, "09:00"))
    answers = await asyncio.gather(*(shop.ask("POST", "/appointments", body) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]


async def test_times_that_nobody_works_are_refused(shop: Shop) -> None:
    for clock in ("08:30", "11:30", "12:15", "16:30", "23:50"):
        assert "Fora do horário" in await refused(shop, 409, clock)
    away = span(at(DAY, "09:00"), at(DAY, "10:00"))
    shop.rows.add("public.leaves", name="Férias", professional_id=shop.has.ana, **away)
    assert "ausente" in await refused(shop, 409, "09:45")


async def test_appointments_that_make_no_sense_are_refused(shop: Shop) -> None:
    other = await shop.done("POST", "/professionals", {"name": "Bia"})
    assert "não oferece" in await refused(shop, 422, "09:00", professional_id=other["id"])
    for name in ("customer_id", "professional_id", "service_id"):
        assert f"body.{name}" in await refused(shop, 422, "09:00", **{name: LAST})
    for start in (
        "2020-01-06T09:00:00-03:00",
        "9999-12-31T23:59:59-14:00",
        "2026-01-01T09:00",
        "ontem",
        1e300,
    ):
        body = shop.booking(at(DAY, "09:00"), starts_at=start)
        assert "body.starts_at" in await shop.refused(422, "POST", "/appointments", body)


async def test_an_appointment_is_moved_within_the_same_checks(shop: Shop) -> None:
    await book(shop, "10:00")
    path = f"/appointments/{(await book(shop, '09:00'))['id']}"
    moved = await shop.done("PATCH", path, {"starts_at": at(DAY, "09:15").isoformat()})
    assert datetime.fromisoformat(moved["ends_at"]) == at(DAY, "10:00")
    assert "já tem" in await shop.refused(409, "PATCH", path, {"starts_at": at(DAY, "09:30").isoformat()})
    assert (await shop.done("PATCH", path, {"description": "Franja"}))["description"] == "Franja"
    times = [{"weekday": 0, "opens": "09:00", "closes": "12:00"}]
    body = {"name": "Bia", "working_times": times, "service_ids": [shop.has.cut]}
    bia = await shop.done("POST", "/professionals", body)
    handed = await shop.done("PATCH", path, {"professional_id": bia["id"]})
    assert handed["professional_name"] == "Bia"
    assert MORNING[0] in await shop.slots(DAY, professional_id=shop.has.ana)


async def test_cancelling_frees_the_time_and_may_be_repeated(shop: Shop) -> None:
    path = f"/appointments/{(await book(shop, '09:00'))['id']}"
    for _ in range(2):
        assert (await shop.done("POST", f"{path}/cancel"))["status"] == "cancelled"
    assert MORNING[0] in await shop.slots(DAY)
    assert "cancelado" in await shop.refused(409, "PATCH", path, {"description": "x"})
    await shop.done("DELETE", path)
    await shop.refused(404, "GET", path)


async def test_what_is_over_stays(shop: Shop) -> None:
    past = at(DAY - 4 * WEEK, "09:00")
    times = span(past, past + timedelta(hours=1))
    number = shop.rows.add("public.appointments", name="Corte", professional_id=shop.has.ana, **times)
    assert "histórico" in await shop.refused(409, "DELETE", f"/appointments/{number}")
    assert "terminou" in await shop.refused(409, "POST", f"/appointments/{number}/cancel")


async def test_who_has_appointments_stays(shop: Shop) -> None:
    await book(shop, "09:00")
    for path in (
        f"/services/{shop.has.cut}", f"/professionals/{shop.has.ana}", f"/customers/{shop.has.maria}"
    ):  # fmt: skip
        assert "agendamentos" in await shop.refused(409, "DELETE", path)
