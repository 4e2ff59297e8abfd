"""Appointments: repetition, attendance, and what nothing prevents (reference, section 3.11)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
import pytest_asyncio
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Caller, Refused, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

EVENT = "calendar.event"
QUIET = {"no_mail_to_attendees": True}
FRIDAY = date(2030, 1, 4)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(shared_odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(shared_odoo_database) as caller:
        yield caller


async def repeated(shop: Caller, name: str, **values: object) -> list[dict[str, Any]]:
    """The events that came of one that repeats, from Friday at nine in São Paulo on for half an hour."""
    given = {"name": name, "start": f"{FRIDAY} 12:00:00", "stop": f"{FRIDAY} 12:30:00", "recurrency": True}
    await shop.call(EVENT, "create", given | values, context=QUIET)
    fields = ["start", "stop", "recurrency", "partner_ids"]
    found: list[dict[str, Any]] = await shop.call(
        EVENT, "search_read", [["name", "=", name]], fields, order="id"
    )
    return found


async def test_a_recurrence_makes_as_many_events_as_it_counts(shop: Caller) -> None:
    buyer = shop.rows.customer()
    attending: list[object] = [[6, 0, [buyer]]]
    rule = {"rrule_type": "weekly", "mon": True, "fri": True, "end_type": "count", "count": 4}
    events = await repeated(shop, "Fisioterapia", **rule, rrule_type_ui="weekly", partner_ids=attending)
    days = [FRIDAY + timedelta(days=more) for more in (0, 3, 7, 10)]
    assert [event["start"] for event in events] == [f"{day} 12:00:00" for day in days]
    assert [event["stop"] for event in events] == [f"{day} 12:30:00" for day in days]
    assert all(event["recurrency"] and event["partner_ids"] == [buyer] for event in events)


async def test_without_flags_the_day_of_the_start_repeats(shop: Caller) -> None:
    events = await repeated(shop, "Terapia", rrule_type="weekly", count=2)
    assert [event["start"][:10] for event in events] == ["2030-01-04", "2030-01-11"]


async def test_a_start_on_another_day_moves_to_the_first_of_the_rule(shop: Caller) -> None:
    events = await repeated(shop, "Yoga", rrule_type="weekly", tue=True, count=2)
    assert [event["start"] for event in events] == ["2030-01-08 12:00:00", "2030-01-15 12:00:00"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ({"rrule_type": "daily", "end_type": "end_date", "until": "2030-01-07"}, 4),
        ({"rrule_type": "daily", "interval": 2, "count": 3}, 3),
        ({"rrule_type": "monthly", "count": 12}, 12),
        ({"rrule_type": "yearly", "count": 2}, 2),
        ({"rrule_type": "weekly"}, 1),
    ],
)
async def test_recurrences_have_kinds_and_ends(shop: Caller, rule: dict[str, object], count: int) -> None:
    assert len(await repeated(shop, f"Série {rule}", **rule)) == count


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ({"rrule_type": "hourly"}, "ValueError"),
        ({"end_type": "never"}, "ValueError"),
        ({"end_type": "end_date", "until": "amanhã"}, "ValueError"),
        ({"count": "muitas"}, "ValueError"),
        ({"count": -1}, "UserError"),
    ],
)
async def test_a_recurrence_that_makes_no_sense_is_refused(
    shop: Caller, rule: dict[str, object], name: str
) -> None:
    with pytest.raises(Refused) as refused:
        await repeated(shop, "Nunca", **rule)
    assert refused.value.name == name
    assert await shop.call(EVENT, "search_count", [["name", "=", "Nunca"]]) == 0


async def test_an_event_of_a_series_is_moved_and_cancelled_alone(shop: Caller) -> None:
    first, second = await repeated(shop, "Pilates", rrule_type="weekly", count=2)
    await shop.call(EVENT, "write", [first["id"]], {"start": "2030-01-05 15:00:00"}, context=QUIET)
    await shop.answer(EVENT, "action_archive", [second["id"]])
    left = await shop.call(EVENT, "search_read", [["name", "=", "Pilates"]], ["start"])
    assert left == [{"id": first["id"], "start": "2030-01-05 15:00:00"}]


async def test_an_event_that_happens_once_does_not_repeat(shop: Caller) -> None:
    event = await shop.call(EVENT, "create", {"name": "Uma vez", "start": "2030-01-04 12:00:00"})
    assert (await shop.read(EVENT, event, "recurrency", "rrule"))["recurrency"] is False


async def test_a_calendar_may_be_in_another_zone_than_the_shop(shop: Caller) -> None:
    given = {"name": "Demonstração", "tz": "Europe/Brussels"}
    calendar = await shop.as_user(ADMINISTRATOR).call("resource.calendar", "create", given)
    assert (await shop.read("resource.calendar", calendar, "tz", tz="America/Sao_Paulo"))["tz"] == (
        "Europe/Brussels"
    )
