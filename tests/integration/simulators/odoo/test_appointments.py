"""Appointments: times, mail that goes out by itself, and the double bookings that nothing prevents."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.fixtures.odoo import BELA, VERDE
from tests.integration.simulators.odoo.callers import Caller, Refused, calling

pytestmark = pytest.mark.integration

EVENT = "calendar.event"
DAY = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
START, STOP = f"{DAY} 12:00:00", f"{DAY} 13:00:00"
QUIET: dict[str, object] = {"no_mail_to_attendees": True}


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


def customer(shop: Caller) -> int:
    return shop.rows.customer(email="maria@example.com")


def professional(shop: Caller) -> tuple[int, int]:
    """A professional and the partner that attends for her."""
    partner = shop.rows.add("erp.partners", name="Dra. Ana", email="ana@example.com")
    user = shop.rows.add(
        "erp.users",
        login="ana@clinica.example",
        name="Dra. Ana",
        partner_id=partner,
        company_id=1,
        company_ids=[1],
        groups=["internal"],
    )
    hours = shop.rows.add("erp.calendars", name="Consultório", company_id=1)
    person = shop.rows.add(
        "public.professionals", name="Dra. Ana", company_id=1, user_id=user, calendar_id=hours
    )
    return person, partner


async def booked(
    shop: Caller, *partners: int, context: dict[str, object] | None = None, **values: object
) -> int:
    given = {"name": "Consulta", "start": START, "stop": STOP, "partner_ids": [[6, 0, list(partners)]]}
    event = await shop.call(EVENT, "create", given | values, context=context or {})
    assert isinstance(event, int)
    return event


async def times(shop: Caller, event: int) -> dict[str, Any]:
    return await shop.read(EVENT, event, "start", "stop", "duration")


async def test_a_new_event_lasts_an_hour_is_the_callers_and_busy(shop: Caller) -> None:
    event = await shop.call(EVENT, "create", {"name": "Reunião", "start": START})
    row = await shop.read(
        EVENT, event, "stop", "show_as", "privacy", "active", "user_id", "partner_ids", "partner_id"
    )
    own = shop.rows.value("SELECT partner_id FROM erp.users WHERE login = %s", BELA.login)
    assert (row["stop"], row["show_as"], row["privacy"], row["active"]) == (STOP, "busy", "public", True)
    assert (row["partner_ids"], row["partner_id"][0]) == ([own], own)
    assert row["user_id"][1] == "agente"
    assert shop.mails() == []


async def test_the_duration_gives_the_end(shop: Caller) -> None:
    event = await shop.call(EVENT, "create", {"name": "Corte", "start": START, "duration": 0.75})
    assert (await times(shop, event))["stop"] == f"{DAY} 12:45:00"


async def test_a_new_start_alone_keeps_the_duration(shop: Caller) -> None:
    event = await booked(shop, stop=f"{DAY} 12:30:00")
    await shop.call(EVENT, "write", [event], {"start": f"{DAY} 15:00:00"})
    row = await times(shop, event)
    assert (row["start"], row["stop"], row["duration"]) == (f"{DAY} 15:00:00", f"{DAY} 15:30:00", 0.5)


async def test_a_new_duration_keeps_the_start(shop: Caller) -> None:
    event = await booked(shop)
    await shop.call(EVENT, "write", [event], {"duration": 2})
    row = await times(shop, event)
    assert (row["start"], row["stop"]) == (START, f"{DAY} 14:00:00")


async def test_events_of_different_length_are_moved_together(shop: Caller) -> None:
    short, long = await booked(shop, stop=f"{DAY} 12:30:00"), await booked(shop)
    await shop.call(EVENT, "write", [short, long], {"start": f"{DAY} 15:00:00"})
    assert (await times(shop, short))["stop"] == f"{DAY} 15:30:00"
    assert (await times(shop, long))["stop"] == f"{DAY} 16:00:00"


async def test_an_event_does_not_end_before_it_begins(shop: Caller) -> None:
    with pytest.raises(Refused, match="não podem ser anteriores") as refused:
        await booked(shop, stop=f"{DAY} 11:00:00")
    assert refused.value.name == "ValidationError"
    event = await booked(shop)
    with pytest.raises(Refused, match="não podem ser anteriores"):
        await shop.call(EVENT, "write", [event], {"stop": f"{DAY} 11:00:00"})
    assert (await times(shop, event))["stop"] == STOP


async def test_times_with_a_zone_are_refused(shop: Caller) -> None:
    with pytest.raises(Refused, match="does not match format '%Y-%m-%d %H:%M:%S'") as refused:
        await booked(shop, start=f"{DAY}T12:00:00Z")
    assert refused.value.name == "ValueError"


async def test_times_are_utc_whatever_the_zone_of_the_context(shop: Caller) -> None:
    event = await booked(shop)
    (row,) = await shop.call(EVENT, "read", [event], ["start"], context={"tz": "America/Sao_Paulo"})
    assert row["start"] == START


async def test_one_slot_is_booked_three_times_at_once(shop: Caller) -> None:
    _, partner = professional(shop)
    await asyncio.gather(*(booked(shop, partner) for _ in range(3)))
    busy = [
        ["start", "<", STOP],
        ["stop", ">", START],
        ["partner_ids", "in", [partner]],
        ["show_as", "=", "busy"],
    ]
    assert await shop.call(EVENT, "search_count", busy) == 3


async def test_an_overlap_is_found_and_a_neighbour_is_not(shop: Caller) -> None:
    _, partner = professional(shop)
    overlapping = await booked(shop, partner, start=f"{DAY} 12:30:00", stop=f"{DAY} 13:30:00")
    await booked(shop, partner, start=STOP, stop=f"{DAY} 14:00:00")
    await booked(shop, start=START)
    busy = [
        ["start", "<", STOP],
        ["stop", ">", START],
        ["partner_ids", "in", [partner]],
        ["show_as", "=", "busy"],
    ]
    assert await shop.call(EVENT, "search", busy) == [overlapping]


async def test_an_attendee_is_mailed_at_once(shop: Caller) -> None:
    await booked(shop, customer(shop))
    assert shop.mails() == [("Maria da Silva", "Convite para Consulta")]


async def test_the_key_of_the_context_keeps_the_invitation_back(shop: Caller) -> None:
    await booked(shop, customer(shop), context=QUIET)
    assert shop.mails() == []


async def test_series_16_does_not_know_the_key_of_the_context(odoo_database: str) -> None:
    async with calling(odoo_database, series=16) as shop:
        await booked(shop, customer(shop), context=QUIET)
        assert len(shop.mails()) == 1


async def test_the_parameter_keeps_all_mail_back(shop: Caller) -> None:
    shop.rows.add("erp.parameters", key="calendar.block_mail", value="True")
    event = await booked(shop, customer(shop))
    await shop.call(EVENT, "write", [event], {"start": f"{DAY} 15:00:00"})
    assert shop.mails() == []


async def test_moving_the_start_mails_the_attendee(shop: Caller) -> None:
    event = await booked(shop, customer(shop), context=QUIET)
    await shop.call(EVENT, "write", [event], {"start": f"{DAY} 15:00:00"})
    assert shop.mails() == [("Maria da Silva", "Data atualizada: Consulta")]


async def test_the_key_of_the_context_keeps_the_new_date_back(shop: Caller) -> None:
    event = await booked(shop, customer(shop), context=QUIET)
    await shop.call(EVENT, "write", [event], {"start": f"{DAY} 15:00:00"}, context=QUIET)
    assert shop.mails() == []


async def test_archiving_answers_none_hides_the_event_and_mails_nobody(shop: Caller) -> None:
    event = await booked(shop, customer(shop), context=QUIET)
    answer = await shop.answer(EVENT, "action_archive", [event])
    assert "result" not in answer
    assert "error" not in answer
    assert await shop.call(EVENT, "search", [["id", "=", event]]) == []
    assert shop.mails() == []


async def test_an_event_can_be_deleted(shop: Caller) -> None:
    event = await booked(shop, customer(shop), context=QUIET)
    assert await shop.call(EVENT, "unlink", [event]) is True
    assert shop.mails() == []


async def test_only_those_who_are_new_are_invited_later(shop: Caller) -> None:
    first = customer(shop)
    event = await booked(shop, first, context=QUIET)
    second = shop.rows.customer("João", email="joao@example.com")
    await shop.call(EVENT, "write", [event], {"partner_ids": [[6, 0, [first, second]]]})
    assert shop.mails() == [("João", "Convite para Consulta")]
    assert sorted((await shop.read(EVENT, event, "partner_ids"))["partner_ids"]) == [first, second]


async def test_who_leaves_is_no_attendee_any_more(shop: Caller) -> None:
    first = customer(shop)
    event = await booked(shop, first, context=QUIET)
    await shop.call(EVENT, "write", [event], {"partner_ids": [[5, 0, 0]]})
    assert (await shop.read(EVENT, event, "partner_ids"))["partner_ids"] == []


async def test_nobody_is_mailed_about_what_is_over(shop: Caller) -> None:
    await booked(shop, customer(shop), start="2020-01-01 12:00:00", stop="2020-01-01 13:00:00")
    assert shop.mails() == []


async def test_the_table_names_customer_and_professional(shop: Caller) -> None:
    person, partner = professional(shop)
    buyer = customer(shop)
    event = await booked(shop, partner, buyer)
    assert shop.rows.value("SELECT customer_id FROM public.appointments WHERE id = %s", event) == buyer
    assert shop.rows.value("SELECT professional_id FROM public.appointments WHERE id = %s", event) == person
    assert shop.rows.value("SELECT service_id FROM public.appointments WHERE id = %s", event) is None
    await shop.call(EVENT, "write", [event], {"partner_ids": [[3, buyer, 0]]})
    assert shop.rows.value("SELECT customer_id FROM public.appointments WHERE id = %s", event) is None


async def test_everybody_inside_makes_events(shop: Caller) -> None:
    shop.rows.groups_of(BELA.login, "internal")
    assert await booked(shop)


async def test_events_belong_to_no_company(shop: Caller) -> None:
    event = await booked(shop)
    assert await shop.as_user(VERDE).call(EVENT, "search", [["id", "=", event]]) == [event]


async def test_who_attends_an_event_of_the_table_hears_of_its_new_date_only(shop: Caller) -> None:
    event = shop.rows.add("public.appointments", name="Consulta", starts_at=f"{START}Z", ends_at=f"{STOP}Z")
    shop.rows.value(
        "INSERT INTO erp.appointment_partners (appointment_id, partner_id)"
        " VALUES (%s, %s) RETURNING partner_id",
        event,
        customer(shop),
    )
    await shop.call(EVENT, "write", [event], {"name": "Retorno"})
    assert shop.mails() == []
    await shop.call(EVENT, "write", [event], {"start": f"{DAY} 15:00:00"})
    assert shop.mails() == [("Maria da Silva", "Data atualizada: Retorno")]
