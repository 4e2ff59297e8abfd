"""Working hours and leaves, as slots are computed from."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Caller, Refused, calling

pytestmark = pytest.mark.integration

CALENDAR = "resource.calendar"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


async def opened(shop: Caller, **values: object) -> int:
    lines = [
        [0, 0, {"name": "Manhã", "dayofweek": "0", "hour_from": 9, "hour_to": 12.5, "day_period": "morning"}],
        [
            0,
            0,
            {"name": "Almoço", "dayofweek": "0", "hour_from": 12.5, "hour_to": 13.5, "day_period": "lunch"},
        ],
    ]
    given = {"name": "Loja", "tz": "America/Sao_Paulo", "attendance_ids": lines} | values
    calendar = await shop.as_user(ADMINISTRATOR).call(CALENDAR, "create", given)
    assert isinstance(calendar, int)
    return calendar


async def test_hours_are_floats_on_days_that_are_texts(shop: Caller) -> None:
    calendar = await opened(shop)
    fields = ["dayofweek", "hour_from", "hour_to", "day_period", "date_from", "resource_id", "calendar_id"]
    rows = await shop.call(
        "resource.calendar.attendance", "search_read", [["calendar_id", "=", calendar]], fields
    )
    morning, lunch = rows
    assert (morning["dayofweek"], morning["hour_from"], morning["hour_to"]) == ("0", 9.0, 12.5)
    assert (morning["date_from"], morning["resource_id"]) == (False, False)
    assert morning["calendar_id"] == [calendar, "Loja"]
    assert lunch["day_period"] == "lunch"


async def test_days_are_found_by_their_text(shop: Caller) -> None:
    lines = [["calendar_id", "=", await opened(shop)]]
    attendance = "resource.calendar.attendance"
    assert await shop.call(attendance, "search_count", [*lines, ["dayofweek", "=", "0"]]) == 2
    assert await shop.call(attendance, "search_count", [*lines, ["dayofweek", "in", ["5", "6"]]]) == 0


async def test_the_zone_is_the_calendars_own(shop: Caller) -> None:
    calendar = await opened(shop, tz="Europe/Brussels")
    assert (await shop.read(CALENDAR, calendar, "tz"))["tz"] == "Europe/Brussels"


async def test_leaves_of_all_and_of_one_are_told_apart(shop: Caller) -> None:
    calendar = await opened(shop)
    person = shop.rows.add("public.professionals", name="Ana", company_id=1, calendar_id=calendar)
    admin = shop.as_user(ADMINISTRATOR)
    leaves = "resource.calendar.leaves"
    dates = {"date_from": "2026-12-25 03:00:00", "date_to": "2026-12-26 02:59:59", "calendar_id": calendar}
    holiday = await admin.call(leaves, "create", {"name": "Natal"} | dates)
    own = await admin.call(leaves, "create", {"name": "Férias", "resource_id": person} | dates)
    row = await shop.read(CALENDAR, calendar, "leave_ids", "global_leave_ids")
    assert (row["leave_ids"], row["global_leave_ids"]) == ([holiday, own], [holiday])
    told = await shop.read(leaves, own, "date_from", "date_to", "resource_id", "company_id", "time_type")
    assert (told["date_from"], told["resource_id"]) == ("2026-12-25 03:00:00", [person, "Ana"])
    assert told["time_type"] == "leave"


async def test_a_leave_does_not_end_before_it_begins(shop: Caller) -> None:
    dates = {"date_from": "2026-12-25 03:00:00", "date_to": "2026-12-24 03:00:00"}
    with pytest.raises(Refused) as refused:
        await shop.as_user(ADMINISTRATOR).call("resource.calendar.leaves", "create", {"name": "x"} | dates)
    assert refused.value.name == "ValidationError"


async def test_people_who_work_have_a_user_and_a_calendar(shop: Caller) -> None:
    calendar = await opened(shop)
    person = shop.rows.add("public.professionals", name="Ana", company_id=1, calendar_id=calendar)
    row = await shop.read(
        "resource.resource", person, "name", "user_id", "calendar_id", "resource_type", "tz"
    )
    assert (row["user_id"], row["calendar_id"]) == (False, [calendar, "Loja"])
    assert (row["resource_type"], row["tz"]) == ("user", "America/Sao_Paulo")


async def test_sellers_read_hours_and_do_not_change_them(shop: Caller) -> None:
    calendar = await opened(shop)
    with pytest.raises(Refused) as refused:
        await shop.call(CALENDAR, "write", [calendar], {"name": "Outra"})
    assert refused.value.name == "AccessError"


async def test_another_company_does_not_see_the_hours(shop: Caller) -> None:
    calendar = await opened(shop, company_id=1)
    verde = shop.as_user(VERDE)
    assert await verde.call(CALENDAR, "search", [["id", "=", calendar]]) == []
    lines = [["calendar_id", "=", calendar]]
    assert await verde.call("resource.calendar.attendance", "search", lines) == []
