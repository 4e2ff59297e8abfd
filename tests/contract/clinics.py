"""A clinic whose calendar is held to its port: in memory, simulated, or the Odoo that was named."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import psycopg
import pytest
from tests.contract.odoos import ZONE, OdooUnderTest, odoo_under_test
from tests.fakes.calendars import FakeCalendar
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.calendars import (
    Appointment,
    Calendar,
    Professional,
    SchedulingRules,
    Service,
    ServiceRule,
    Slot,
)
from chatwootai.domain.money import Money
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.staff import read_staff
from chatwootai.integrations.odoo.values import created, number, records, text

FAKE = "the fake"
CODE = "LIMPEZA"
NOTICE = timedelta(hours=2)
RULE = ServiceRule(timedelta(minutes=60), gap=timedelta(minutes=30))


@dataclass(slots=True)
class Clinic:
    """`service` can be booked; `maria` and `joana` are customers whom nobody else books for."""

    calendar: Calendar
    rules: SchedulingRules
    service: int
    maria: int
    joana: int
    odoo: OdooUnderTest | None

    def key(self) -> str:
        return f"teste-{uuid.uuid4().hex[:12]}"

    async def free(self, *, professional: int | None = None, ignoring: int | None = None) -> list[Slot]:
        """Free slots of the next days that lie apart from one another, gap included."""
        start = datetime.now(UTC) + timedelta(days=2)
        found = await self.calendar.slots(
            self.service,
            start,
            start + timedelta(days=14),
            professional_id=professional,
            ignoring=ignoring,
        )
        return list(found)

    async def apart(self) -> list[Slot]:
        """Free slots of one professional of which each leaves the others free."""
        chosen: list[Slot] = []
        for slot in await self.free():
            first = chosen[0] if chosen else slot
            if slot.professional_id == first.professional_id and (
                not chosen or slot.start >= chosen[-1].end + RULE.gap
            ):
                chosen.append(slot)
        return chosen

    async def book(
        self, slot: Slot, *, key: str = "", customer: int | None = None, title: str = "Limpeza de pele"
    ) -> Appointment:
        booked = await self.calendar.book(
            key or self.key(), self.service, slot, customer or self.maria, title
        )
        if self.odoo is not None and ("calendar.event", booked.id) not in self.odoo.made:
            self.odoo.remember("calendar.event", booked.id)
        return booked


@asynccontextmanager
async def clinics_odoo(request: pytest.FixtureRequest) -> AsyncIterator[OdooUnderTest | None]:
    """What the clinic of a fixture's parameter is in: nothing for `FAKE`, or one of `ODOOS`."""
    if request.param == FAKE:
        yield None
        return
    async with odoo_under_test(request) as odoo:
        if odoo.dsn is not None and not _has_clinic(Rows(odoo.dsn)):
            add_clinic(Rows(odoo.dsn))
        yield odoo


def _has_clinic(rows: Rows) -> bool:
    """Whether another series added it to the database that they share."""
    return bool(rows.value("SELECT count(*) FROM public.products WHERE default_code = %s", CODE))


@asynccontextmanager
async def clinic(odoo: OdooUnderTest | None) -> AsyncIterator[Clinic]:
    """A clinic in memory, or in this Odoo: with customers of its own, and every booking of it goes again."""
    if odoo is None:
        yield _fake()
        return
    try:
        yield await in_odoo(odoo)
    finally:
        await odoo.remove_made()


def rules_for(codes: Sequence[str]) -> SchedulingRules:
    """Every code is booked after `RULE`."""
    return SchedulingRules(ZONE, dict.fromkeys(codes, RULE), notice=NOTICE)


async def in_odoo(odoo: OdooUnderTest) -> Clinic:
    """The first service and the professionals that this Odoo has; two customers of our own."""
    services = records(
        await odoo.client.read(
            "product.product",
            "search_read",
            domain=[["type", "=", "service"], ["sale_ok", "=", True], ["default_code", "!=", False]],
            fields=["default_code"],
            order="id desc",
            limit=1,
        )
    )
    if not services or not any(member.is_active for member in await read_staff(odoo.client)):
        pytest.skip("this Odoo has no service with a code, or nobody who could be booked")
    rules = rules_for([text(services[0], "default_code")])
    calendar = OdooCalendar(odoo.client, rules, now=lambda: datetime.now(UTC))
    customers = [await _customer(odoo, name) for name in ("Maria", "Joana")]
    return Clinic(calendar, rules, number(services[0], "id"), customers[0], customers[1], odoo)


async def _customer(odoo: OdooUnderTest, name: str) -> int:
    values = {"name": f"{name} <{odoo.key()}>", "email": f"{name.lower()}@example.com", "lang": "pt_BR"}
    return odoo.remember(
        "res.partner", created(await odoo.client.write("res.partner", "create", vals_list=values))
    )


def add_clinic(rows: Rows) -> tuple[int, int]:
    """Two professionals who work from Monday to Saturday with a break, and a service; returns the former."""
    calendar = add_timetable(rows)
    add_service(rows)
    ana, bia = (add_professional(rows, name, calendar) for name in ("Dra. Ana", "Dra. Bia"))
    return ana, bia


def add_timetable(rows: Rows) -> int:
    """From Monday to Saturday from nine to six o'clock, with a break at noon."""
    calendar = rows.add("erp.calendars", name="Consultório", company_id=rows.company)
    periods = (("morning", 9, 12), ("lunch", 12, 13), ("afternoon", 13, 18))
    # Over one connection: each costs as much as all these rows.
    with psycopg.connect(rows.dsn) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO public.working_hours (calendar_id, weekday, name, day_period, hour_from, hour_to)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (calendar, weekday, period, period, begin, end)
                for weekday in range(6)
                for period, begin, end in periods
            ],
        )
    return calendar


def add_service(rows: Rows) -> int:
    """A product with the code `CODE`."""
    return rows.product(
        "Limpeza de pele",
        "120.00",
        rows.category("Estética"),
        default_code=CODE,
        kind="service",
        is_storable=False,
    )


def add_professional(rows: Rows, name: str, calendar: int) -> int:
    """A resource with a user whose partner has an e-mail address."""
    login = f"{uuid.uuid4().hex[:8]}@clinica.example"
    partner = rows.add("erp.partners", name=name, email=login)
    user = rows.add(
        "erp.users",
        login=login,
        name=name,
        partner_id=partner,
        company_id=rows.company,
        company_ids=[rows.company],
        groups=["internal"],
    )
    return rows.add(
        "public.professionals", name=name, company_id=rows.company, user_id=user, calendar_id=calendar
    )


def _fake() -> Clinic:
    service = Service(3, "Limpeza de pele", CODE, RULE.duration, Money(Decimal(120)))
    rules = rules_for([service.code])
    today = datetime.now(ZONE).date()
    days = [today + timedelta(days=passed) for passed in range(30)]
    hours = [
        (datetime.combine(day, time(begin), ZONE).astimezone(UTC), datetime.combine(day, time(end), ZONE))
        for day in days
        for begin, end in ((9, 12), (13, 18))
    ]
    people = {Professional(1, "Dra. Ana"): hours, Professional(2, "Dra. Bia"): hours}
    return Clinic(FakeCalendar(rules, [service], people), rules, service.id, 71, 72, None)
