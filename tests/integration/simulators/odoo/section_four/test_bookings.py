"""Appointments and leads, call by call as a shop's robot makes them (section 4)."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from tests.integration.simulators.odoo.section_four.clients import Erp
from tests.integration.simulators.odoo.section_four.goods import numbered, phone

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

EVENT = "calendar.event"
QUIET = {"no_mail_to_attendees": True}
MONDAY = "2030-03-04"


class Professional(NamedTuple):
    """Somebody with working hours; `partner` attends for her."""

    resource: int
    partner: int
    calendar: int


def professional(erp: Erp) -> Professional:
    """She works on Mondays from 9 to 18 with a lunch, in São Paulo, and is away at Easter."""
    rows, name = erp.rows, numbered("Dra. Ana ")
    partner = rows.add("erp.partners", name=name, email="ana@example.com")
    user = rows.add(
        "erp.users",
        login=f"{numbered('ana')}@clinica.example",
        name=name,
        partner_id=partner,
        company_id=1,
        company_ids=[1],
        groups=["internal"],
    )
    calendar = rows.add("erp.calendars", name=name, company_id=1)
    for period, begins, ends in (("morning", 9, 12), ("lunch", 12, 13), ("afternoon", 13, 18)):
        rows.add(
            "public.working_hours",
            calendar_id=calendar,
            name="Segunda",
            weekday=0,
            hour_from=begins,
            hour_to=ends,
            day_period=period,
        )
    rows.add(
        "public.leaves",
        company_id=1,
        name="Páscoa",
        calendar_id=calendar,
        starts_at="2030-04-19 03:00:00+00",
        ends_at="2030-04-22 03:00:00+00",
    )
    person = rows.add("public.professionals", name=name, company_id=1, user_id=user, calendar_id=calendar)
    return Professional(person, partner, calendar)


def at(hour: str) -> str:
    return f"{MONDAY} {hour}:00"


async def booked(erp: Erp, who: Professional, start: str, stop: str, **context: object) -> int:
    attendees = [[6, 0, [who.partner, erp.rows.customer(email="maria@example.com")]]]
    values = {"name": "Consulta", "start": at(start), "stop": at(stop), "partner_ids": attendees}
    made = await erp.call(EVENT, "create", vals_list=values, context=QUIET | context)
    assert isinstance(made, int)
    return made


async def busy(erp: Erp, who: Professional, start: str, stop: str) -> list[int]:
    overlapping = [["start", "<", at(stop)], ["stop", ">", at(start)]]
    whose = [["partner_ids", "in", [who.partner]], ["show_as", "=", "busy"]]
    return [row["id"] for row in await erp.found(EVENT, overlapping + whose, "start", order="id")]


def mails(erp: Erp, event: int) -> Any:
    return erp.rows.value("SELECT count(*) FROM erp.mails WHERE model = %s AND res_id = %s", EVENT, event)


async def test_slots_come_from_hours_leaves_and_what_is_booked(erp: Erp) -> None:
    who = professional(erp)
    resource = await erp.read("resource.resource", who.resource, "calendar_id", "tz")
    assert (resource["calendar_id"], resource["tz"]) == (who.calendar, "America/Sao_Paulo")
    own = [["calendar_id", "=", who.calendar]]
    hours = await erp.found(
        "resource.calendar.attendance",
        [*own, ["dayofweek", "=", "0"], ["day_period", "!=", "lunch"]],
        *("hour_from", "hour_to"),
        order="hour_from",
    )
    assert [(row["hour_from"], row["hour_to"]) for row in hours] == [(9.0, 12.0), (13.0, 18.0)]
    leaves = await erp.found("resource.calendar.leaves", own, "date_from", "date_to", "resource_id")
    told = [(row["date_from"], row["date_to"], row["resource_id"]) for row in leaves]
    assert told == [("2030-04-19 03:00:00", "2030-04-22 03:00:00", False)]
    event = await booked(erp, who, "13:00", "14:00")
    assert await busy(erp, who, "13:30", "14:30") == [event]
    assert await busy(erp, who, "14:00", "15:00") == []


async def test_booking_is_checked_afterwards_because_nothing_stops_a_second_one(erp: Erp) -> None:
    who = professional(erp)
    first = await booked(erp, who, "12:00", "13:00")
    second = await booked(erp, who, "12:00", "13:00")
    assert await busy(erp, who, "12:00", "13:00") == [first, second]
    assert await erp.call(EVENT, "unlink", [second]) is True
    assert await busy(erp, who, "12:00", "13:00") == [first]
    assert mails(erp, first) == 0


async def test_rescheduling_moves_the_end_with_the_start(erp: Erp) -> None:
    event = await booked(erp, professional(erp), "12:00", "13:30")
    await erp.call(EVENT, "write", [event], vals={"start": at("17:00")}, context=QUIET)
    row = await erp.read(EVENT, event, "start", "stop")
    assert (row["start"], row["stop"]) == (at("17:00"), at("18:30"))
    assert mails(erp, event) == 0


async def test_cancelling_archives_without_a_result(erp: Erp) -> None:
    who = professional(erp)
    event = await booked(erp, who, "12:00", "13:00")
    await erp.without_result(EVENT, "action_archive", [event])
    assert await busy(erp, who, "12:00", "13:00") == []
    assert (await erp.read(EVENT, event, "active"))["active"] is False
    assert mails(erp, event) == 0


async def test_without_the_key_of_the_context_customer_and_professional_are_mailed(erp: Erp) -> None:
    event = await booked(erp, professional(erp), "12:00", "13:00", no_mail_to_attendees=False)
    assert mails(erp, event) == 2


async def test_a_lead_is_created_with_its_transcript(erp: Erp) -> None:
    number, name = phone(), numbered("Sofá sob medida ")
    lead = await erp.create(
        "crm.lead",
        name=name,
        type="opportunity",
        contact_name="Maria",
        phone=number,
        email_from="Maria@Example.com",
        description="Quer em linho",
        expected_revenue=1500,
    )
    row = await erp.read(
        "crm.lead", lead, "phone_sanitized", "email_normalized", "expected_revenue", "user_id", "team_id"
    )
    assert (row["phone_sanitized"], row["email_normalized"]) == (number, "maria@example.com")
    assert (row["expected_revenue"], bool(row["user_id"])) == (1500.0, True)
    message = await erp.call(
        "crm.lead", "message_post", [lead], body="Oi\nOlá!", subtype_xmlid="mail.mt_note"
    )
    told = await erp.read("mail.message", message, "res_id", "is_internal")
    assert (told["res_id"], told["is_internal"]) == (lead, True)
    assert await erp.call("crm.lead", "action_set_won", [lead]) is True
    await erp.without_result("crm.lead", "action_set_lost", [lead])
    assert (await erp.read("crm.lead", lead, "active"))["active"] is False
