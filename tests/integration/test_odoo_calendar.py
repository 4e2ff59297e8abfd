"""The calendar over the simulated Odoo's tables: mail, zones, leaves, and what people enter by themselves."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import psycopg
import pytest
import pytest_asyncio
from tests.contract.clinics import CODE, RULE, add_professional, add_service, add_timetable, rules_for
from tests.fixtures.discreet_odoo import DiscreetClient
from tests.fixtures.odoo import BELA, VERDE, RunningOdoo, running_odoo
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.calendars import SchedulingRules, ServiceRule, Slot
from chatwootai.domain.errors import BusinessRefusal
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.client import OdooClient

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

ZONE, BRUSSELS = ZoneInfo("America/Sao_Paulo"), ZoneInfo("Europe/Brussels")
TODAY = datetime.now(ZONE).date()
MONDAY = TODAY + timedelta(days=(7 - TODAY.weekday()) + 7)
HOUR = timedelta(hours=1)


def at(hour: int, minute: int = 0, day: date = MONDAY, zone: ZoneInfo = ZONE) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


@dataclass(slots=True)
class Shop:
    """Shares its service with the shops of other tests; the people and the bookings are its own.

    `family` is the name of its professionals, and `mails` how many Odoo had sent before.
    """

    odoo: RunningOdoo
    calendar: OdooCalendar
    client: OdooClient
    rows: Rows
    ana: int
    bia: int
    service: int
    maria: int
    family: str
    mails: int

    def key(self, place: int = 1) -> str:
        """A key that no other shop has."""
        return f"a{place}-{self.family}"

    def slot(self, hour: int, professional: int | None = None) -> Slot:
        return Slot(at(hour), at(hour) + RULE.duration, professional or self.ana)

    async def free(self, *, of: int | None = None, ignoring: int | None = None) -> list[str]:
        """The free starts on Monday, on the shop's clock."""
        slots = await self.calendar.slots(
            self.service, at(0), at(0) + 24 * HOUR, professional_id=of or self.ana, ignoring=ignoring
        )
        return [slot.start.astimezone(ZONE).strftime("%H:%M") for slot in slots]

    def with_rules(self, rules: SchedulingRules) -> Shop:
        calendar = OdooCalendar(self.client, rules, now=lambda: datetime.now(UTC))
        return replace(self, calendar=calendar)

    def event(self, start: datetime, stop: datetime, *professionals: int, **more: str | bool) -> int:
        """What somebody entered in the ERP."""
        event = self.rows.add(
            "public.appointments",
            name="Reunião",
            starts_at=start.isoformat(),
            ends_at=stop.isoformat(),
            **more,
        )
        for professional in professionals:
            self.invite(event, self.partner(professional))
        return event

    def invite(self, event: int, partner: int) -> None:
        with psycopg.connect(self.rows.dsn) as connection:
            connection.execute(
                "INSERT INTO erp.appointment_partners (appointment_id, partner_id) VALUES (%s, %s)",
                (event, partner),
            )

    def partner(self, professional: int) -> int:
        query = "SELECT u.partner_id FROM public.professionals p JOIN erp.users u ON u.id = p.user_id"
        return int(str(self.rows.value(f"{query} WHERE p.id = %s", professional)))

    def mailed(self) -> list[int]:
        """The partners whom Odoo mailed."""
        with psycopg.connect(self.rows.dsn) as connection:
            sent = connection.execute("SELECT partner_id FROM erp.mails ORDER BY id OFFSET %s", (self.mails,))
            return [row[0] for row in sent]


@pytest.fixture(scope="module")
def service(shared_odoo_database: str) -> int:
    return add_service(Rows(shared_odoo_database))


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[16, 18, 19])
async def odoo(request: pytest.FixtureRequest, shared_odoo_database: str) -> AsyncIterator[RunningOdoo]:
    async with running_odoo(shared_odoo_database, series=request.param) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def shop(odoo: RunningOdoo, shared_odoo_database: str, service: int) -> AsyncIterator[Shop]:
    rows = Rows(shared_odoo_database)
    family, timetable = uuid.uuid4().hex[:8], add_timetable(rows)
    ana, bia = (add_professional(rows, f"Dra. {name} {family}", timetable) for name in ("Ana", "Bia"))
    maria = rows.customer("Maria da Silva", email="maria@example.com")
    mails = int(str(rows.value("SELECT count(*) FROM erp.mails")))
    async with aiohttp.ClientSession() as session:
        client = DiscreetClient(session, odoo.access(BELA))
        calendar = OdooCalendar(client, rules_for([CODE]), now=lambda: datetime.now(UTC))
        yield Shop(odoo, calendar, client, rows, ana, bia, service, maria, family, mails)


async def test_a_day_has_the_working_hours_without_the_break(shop: Shop) -> None:
    assert await shop.free() == [
        *("09:00", "09:30", "10:00", "10:30", "11:00"),
        *("13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00"),
    ]


async def test_no_customer_is_ever_mailed_and_nobody_at_all_where_odoo_can_be_silenced(shop: Shop) -> None:
    booked = await shop.calendar.book(shop.key(), shop.service, shop.slot(9), shop.maria, "Limpeza – Maria")
    await shop.calendar.reschedule(booked.id, shop.slot(14))
    await shop.calendar.reschedule(booked.id, shop.slot(15, shop.bia))
    await shop.calendar.cancel(booked.id)
    assert shop.maria not in shop.mailed()
    if (await shop.client.series()).can_silence_attendees:
        assert shop.mailed() == []


async def test_the_mark_tells_people_who_comes_and_why(shop: Shop) -> None:
    booked = await shop.calendar.book(shop.key(), shop.service, shop.slot(9), shop.maria, "Limpeza – Maria")
    description = shop.rows.value("SELECT description FROM public.appointments WHERE id = %s", booked.id)
    assert description == (
        f"<p>Agendado pelo atendimento. Referência: [{shop.key()}]. Serviço: [LIMPEZA]."
        f" Cliente: [{shop.maria}] Maria da Silva.</p>"
    )


async def test_a_customer_whom_people_put_in_the_place_of_another_is_the_customer(shop: Shop) -> None:
    booked = await shop.calendar.book(shop.key(), shop.service, shop.slot(9), shop.maria, "Limpeza")
    joana = shop.rows.customer("Joana")
    with psycopg.connect(shop.rows.dsn) as connection:
        connection.execute("DELETE FROM erp.appointment_partners WHERE partner_id = %s", (shop.maria,))
    shop.invite(booked.id, joana)
    now = datetime.now(UTC)
    assert [known.id for known in await shop.calendar.of_customer(joana, now)] == [booked.id]
    assert list(await shop.calendar.of_customer(shop.maria, now)) == []


async def test_hours_are_those_of_the_calendars_own_zone(shop: Shop) -> None:
    brussels = shop.rows.add("erp.calendars", name="Bruxelas", company_id=1, zone="Europe/Brussels")
    shop.rows.add(
        "public.working_hours",
        name="Manhã",
        calendar_id=brussels,
        weekday=0,
        hour_from=14,
        hour_to=16,
        day_period="morning",
    )
    carla = add_professional(shop.rows, "Dra. Carla", brussels)
    slots = await shop.calendar.slots(shop.service, at(0), at(0) + 24 * HOUR, professional_id=carla)
    assert [slot.start for slot in slots] == [
        at(14, zone=BRUSSELS),
        at(14, 30, zone=BRUSSELS),
        at(15, zone=BRUSSELS),
    ]


async def test_leaves_of_one_are_hers_and_leaves_of_the_calendar_are_everybodys(shop: Shop) -> None:
    own = shop.rows.value("SELECT calendar_id FROM public.professionals WHERE id = %s", shop.ana)
    leave = {"company_id": 1, "calendar_id": int(str(own))}
    shop.rows.add(
        "public.leaves",
        name="Médico",
        professional_id=shop.ana,
        starts_at=at(0).isoformat(),
        ends_at=at(16).isoformat(),
        **leave,
    )
    shop.rows.add(
        "public.leaves",
        name="Dedetização",
        starts_at=at(15).isoformat(),
        ends_at=at(17).isoformat(),
        **leave,
    )
    assert await shop.free() == ["17:00"]
    assert await shop.free(of=shop.bia) == [
        *("09:00", "09:30", "10:00", "10:30", "11:00"),
        *("13:00", "13:30", "14:00", "17:00"),
    ]


async def test_what_people_enter_is_busy_for_those_who_attend(shop: Shop) -> None:
    shop.event(at(9), at(12), shop.ana)
    shop.event(at(14), at(18), shop.ana, shop.bia)
    # The service needs half an hour after it, which a meeting at two o'clock does not leave.
    assert await shop.free() == []
    assert await shop.free(of=shop.bia) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


async def test_what_is_shown_as_free_or_was_archived_takes_no_time(shop: Shop) -> None:
    everything = await shop.free()
    shop.event(at(9), at(12), shop.ana, show_as="free")
    shop.event(at(13), at(18), shop.ana, active=False)
    assert await shop.free() == everything


async def test_a_private_event_takes_the_time_of_those_who_attend_and_of_nobody_else(shop: Shop) -> None:
    everything = await shop.free(of=shop.bia)
    event = shop.event(at(9), at(12), shop.ana, privacy="private")
    assert await shop.free() == [
        "13:00",
        "13:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
        "16:00",
        "16:30",
        "17:00",
    ]
    assert await shop.free(of=shop.bia) == everything
    (seen,) = await shop.calendar.conflicts(shop.slot(10))
    assert (seen.id, seen.key, seen.customer_id) == (event, "", None)
    assert (seen.slot.start, seen.slot.end, seen.slot.professional_id) == (at(9), at(12), shop.ana)


async def test_an_event_of_all_day_takes_the_shops_whole_day(shop: Shop) -> None:
    # As Odoo keeps it: from 8 to 18 o'clock of UTC, whatever the zone.
    morning = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 8, tzinfo=UTC)
    event = shop.event(morning, morning + 10 * HOUR, shop.ana, all_day=True)
    assert await shop.free() == []
    (seen,) = await shop.calendar.conflicts(shop.slot(17))
    assert (seen.id, seen.slot.start, seen.slot.end) == (event, at(0), at(0) + 24 * HOUR)


async def test_meetings_of_colleagues_have_no_customer(shop: Shop) -> None:
    event = shop.event(at(9), at(10), shop.ana, shop.bia)
    reception = shop.rows.add("erp.partners", name="Recepção")
    shop.rows.add(
        "erp.users",
        login=f"recepcao-{shop.family}@clinica.example",
        name="Recepção",
        partner_id=reception,
        company_id=1,
        company_ids=[1],
        groups=["internal"],
    )
    shop.invite(event, reception)
    found = await shop.calendar.get(event)
    assert found is not None
    assert (found.customer_id, found.key) == (None, "")
    now = datetime.now(UTC)
    assert list(await shop.calendar.of_customer(shop.partner(shop.bia), now)) == []


async def test_what_people_booked_for_a_customer_is_hers_too(shop: Shop) -> None:
    event = shop.event(at(9), at(10), shop.ana)
    shop.invite(event, shop.maria)
    (found,) = await shop.calendar.of_customer(shop.maria, datetime.now(UTC))
    assert (found.id, found.customer_id, found.key) == (event, shop.maria, "")


async def test_events_without_a_professional_of_the_company_are_none_of_ours(shop: Shop) -> None:
    event = shop.event(at(9), at(10))
    shop.invite(event, shop.maria)
    assert await shop.calendar.get(event) is None
    assert list(await shop.calendar.of_customer(shop.maria, datetime.now(UTC))) == []


async def test_the_booking_of_another_company_with_the_same_key_is_none_of_ours(shop: Shop) -> None:
    async with aiohttp.ClientSession() as session:
        others = Rows(shop.rows.dsn, company=2)
        carla = add_professional(
            others, "Dra. Carla", others.add("erp.calendars", name="Verde", company_id=2)
        )
        category = int(str(others.value("SELECT min(id) FROM erp.categories")))
        corte = others.product(
            "Corte", "50.00", category, default_code=f"CORTE-{shop.family}", kind="service", is_storable=False
        )
        client = OdooClient(session, shop.odoo.access(VERDE))
        calendar = OdooCalendar(client, rules_for([f"CORTE-{shop.family}"]), now=lambda: datetime.now(UTC))
        hers = await calendar.book(shop.key(), corte, shop.slot(9, carla), others.customer("Bia"), "Corte")
        assert await shop.calendar.find(shop.key()) is None
        ours = await shop.calendar.book(shop.key(), shop.service, shop.slot(9), shop.maria, "Limpeza – Maria")
        assert await shop.calendar.find(shop.key()) == ours
        assert await calendar.find(shop.key()) == hers


async def test_closed_days_and_the_rules_professionals_bound_the_offer(shop: Shop) -> None:
    only_bia = SchedulingRules(
        ZONE, {"LIMPEZA": ServiceRule(HOUR, (f"  dra. bia {shop.family} ",))}, closed_on=frozenset({MONDAY})
    )
    other = shop.with_rules(only_bia)
    assert [p.name for p in await other.calendar.professionals(shop.service)] == [f"Dra. Bia {shop.family}"]
    assert await other.free() == []
    assert await other.free(of=shop.bia) == []


async def test_who_left_is_not_offered_but_her_appointments_are_still_known(shop: Shop) -> None:
    booked = await shop.calendar.book(shop.key(), shop.service, shop.slot(9), shop.maria, "Limpeza")
    shop.rows.change("public.professionals", shop.ana, active=False)
    names = [professional.name for professional in await shop.calendar.professionals(shop.service)]
    assert [f"Dra. {name} {shop.family}" in names for name in ("Ana", "Bia")] == [False, True]
    assert await shop.calendar.find(shop.key()) == booked


async def test_a_product_that_the_profile_does_not_name_is_no_service(shop: Shop) -> None:
    other = shop.with_rules(rules_for(["OUTRO"]))
    assert list(await other.calendar.services()) == []
    with pytest.raises(BusinessRefusal):
        await other.free()


async def test_a_booking_for_nobody_or_with_nobody_is_refused(shop: Shop) -> None:
    unknown = 2_000_000_000
    with pytest.raises(BusinessRefusal):
        await shop.calendar.book(shop.key(), shop.service, shop.slot(9), unknown, "Limpeza")
    with pytest.raises(BusinessRefusal):
        await shop.calendar.book(shop.key(2), shop.service, shop.slot(9, unknown), shop.maria, "Limpeza")
    with pytest.raises(BusinessRefusal):
        await shop.calendar.book(shop.key(3), unknown, shop.slot(9), shop.maria, "Limpeza")
    assert await shop.calendar.find(shop.key()) is None
