"""Who works when in a sample shop, who is away, and what is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chatwootai.simulators.odoo.samples.people import add_partner, plain
from chatwootai.simulators.odoo.samples.rows import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chatwootai.simulators.odoo.samples.clock import Span
    from chatwootai.simulators.odoo.samples.goods import Product
    from chatwootai.simulators.odoo.samples.people import Customer
    from chatwootai.simulators.odoo.samples.plans import Leave, Person, WorkingTime
    from chatwootai.simulators.odoo.samples.rows import Rows
    from chatwootai.simulators.odoo.samples.shop import Shop

_PAST, _AHEAD = 30, 21  # days with appointments
_STEP = timedelta(minutes=30)
_WEEKDAYS = (
    "Segunda-feira",
    "Terça-feira",
    "Quarta-feira",
    "Quinta-feira",
    "Sexta-feira",
    "Sábado",
    "Domingo",
)
_PERIODS = {"morning": "manhã", "lunch": "almoço", "afternoon": "tarde"}
_NOON = Decimal("12.5")


@dataclass(frozen=True, slots=True)
class Professional:
    id: int
    plan: Person
    user_id: int
    partner_id: int
    calendar: WorkingTime
    services: tuple[Product, ...]


def add_calendars(shop: Shop) -> dict[str, int]:
    """Calendars with their working hours; their ids by name."""
    ids = {}
    for plan in shop.plan.calendars:
        ids[plan.name] = shop.rows.add(
            "erp.calendars",
            company_id=shop.company,
            name=plan.name,
            zone=plan.zone or shop.plan.zone,
        )
        for period in plan.periods:
            part = "lunch" if period.lunch else "morning" if period.opens < _NOON else "afternoon"
            for weekday in period.days:
                add_hours(shop.rows, ids[plan.name], weekday, part, period.opens, period.closes)
    return ids


def add_hours(
    rows: Rows, calendar: int, weekday: int, part: str, opens: Decimal | int, closes: Decimal | int
) -> None:
    """One row of working hours; `part` is "morning", "lunch" or "afternoon"."""
    rows.add(
        "public.working_hours",
        calendar_id=calendar,
        name=f"{_WEEKDAYS[weekday]}: {_PERIODS[part]}",
        weekday=weekday,
        hour_from=opens,
        hour_to=closes,
        day_period=part,
    )


def add_seller(shop: Shop, name: str) -> tuple[int, int]:
    """Somebody whose orders are. The ids of the partner and of the user."""
    login = ".".join(plain(name).split()) + f"@{shop.plan.domain}"
    return add_user(shop, name, login, ["internal", "sale_own"])


def add_staff(shop: Shop, calendars: dict[str, int], services: dict[str, Product]) -> list[Professional]:
    """Professionals: users without a key, so that nobody can log in as one."""
    offered = [(row.professions.split(";"), services[row.code]) for row in shop.plan.services]
    by_name = {plan.name: plan for plan in shop.plan.calendars}
    staff = []
    for plan in shop.plan.staff:
        partner, user = add_user(shop, plan.name, plan.login, ["internal"])
        id_ = shop.rows.add(
            "public.professionals",
            company_id=shop.company,
            name=plan.name,
            user_id=user,
            calendar_id=calendars[plan.calendar],
            specialty=plan.profession,
            registration=plan.registration or None,
        )
        own = tuple(service for professions, service in offered if plan.profession in professions)
        for service in own:
            shop.rows.add("public.professional_services", professional_id=id_, service_id=service.id)
        staff.append(Professional(id_, plan, user, partner, by_name[plan.calendar], own))
    return staff


def add_user(shop: Shop, name: str, login: str, groups: list[str]) -> tuple[int, int]:
    """The ids of the partner and of the user."""
    partner = add_partner(shop, name, email=login)
    user = shop.rows.add(
        "erp.users",
        login=login,
        name=name,
        partner_id=partner,
        company_id=shop.company,
        company_ids=[shop.company],
        groups=groups,
    )
    return partner, user


def add_leaves(shop: Shop, calendars: dict[str, int], staff: list[Professional]) -> dict[str, list[Span]]:
    """When each professional is away, by name."""
    away: dict[str, list[Span]] = {professional.plan.name: [] for professional in staff}
    for leave in shop.plan.leaves:
        who = next((each for each in staff if each.plan.name == leave.who), None)
        span = _leave_span(shop, leave, _zone(shop, who.calendar) if who else shop.zone)
        shop.rows.add(
            "public.leaves",
            **made(min(span[0], shop.clock.ago(shop.chance, 50))),
            company_id=shop.company,
            name=leave.name,
            calendar_id=calendars[who.plan.calendar] if who else None,
            professional_id=who.id if who else None,
            starts_at=span[0],
            ends_at=span[1],
        )
        for name in [who.plan.name] if who else away:
            away[name].append(span)
    return away


def _leave_span(shop: Shop, leave: Leave, zone: ZoneInfo) -> Span:
    first, last = shop.clock.day(leave.start), shop.clock.day(leave.start + leave.days)
    return shop.clock.at(first, Decimal(0), zone), shop.clock.at(last, Decimal(0), zone)


def add_appointments(
    shop: Shop, staff: list[Professional], customers: list[Customer], away: dict[str, list[Span]]
) -> None:
    """Some slots of each professional, never two at once; nobody has two appointments on one day."""
    taken: set[tuple[int, date]] = set()
    for professional in staff:
        for start, end in _shifts(shop, professional):
            if any(start < until and end > since for since, until in away[professional.plan.name]):
                continue
            _fill_shift(shop, professional, customers, taken, (start, end))
    _add_birthday(shop, staff)


def _shifts(shop: Shop, professional: Professional) -> Iterator[Span]:
    zone = _zone(shop, professional.calendar)
    for offset in range(-_PAST, _AHEAD):
        day = shop.clock.day(offset)
        for period in professional.calendar.periods:
            if day.weekday() in period.days and not period.lunch:
                yield shop.clock.at(day, period.opens, zone), shop.clock.at(day, period.closes, zone)


def _fill_shift(
    shop: Shop,
    professional: Professional,
    customers: list[Customer],
    taken: set[tuple[int, date]],
    shift: Span,
) -> None:
    start, end = shift
    minutes = {row.code: row.minutes for row in shop.plan.services}
    while start < end:
        service = shop.chance.choice(professional.services)
        until = start + timedelta(minutes=minutes[service.code])
        busy = shop.chance.random() < (0.24 if start.date() < shop.clock.today else 0.18)
        customer = shop.chance.choice(customers)
        booked_at = min(shop.clock.now, start) - timedelta(hours=shop.chance.randint(1, 400))
        fits = until <= end and customer.since <= booked_at and (customer.id, start.date()) not in taken
        if not (busy and fits):
            start += _STEP
            continue
        taken.add((customer.id, start.date()))
        _add_appointment(shop, professional, customer, service, (start, until), booked_at)
        while start < until:
            start += _STEP


def _add_appointment(
    shop: Shop,
    professional: Professional,
    customer: Customer,
    service: Product,
    span: Span,
    booked_at: datetime,
) -> None:
    id_ = shop.rows.add(
        "public.appointments",
        **made(booked_at),
        name=f"{service.name} – {customer.name}",
        starts_at=span[0],
        ends_at=span[1],
        all_day=False,
        show_as="busy",
        location="Videochamada" if "vídeo" in service.name else shop.plan.address,
        user_id=professional.user_id,
        customer_id=customer.id,
        professional_id=professional.id,
        service_id=service.id,
        active=shop.chance.random() > 0.07,
    )
    for partner in (professional.partner_id, customer.id):
        shop.rows.add("erp.appointment_partners", appointment_id=id_, partner_id=partner, added_at=booked_at)


def _add_birthday(shop: Shop, staff: list[Professional]) -> None:
    """An entry that everybody has and that keeps nobody from working."""
    # Odoo keeps whole days as midnight to midnight in UTC, whatever the zone.
    midnight = datetime.combine(shop.clock.day(6), datetime.min.time(), ZoneInfo("UTC"))
    entered_at = shop.clock.ago(shop.chance, 20)
    id_ = shop.rows.add(
        "public.appointments",
        **made(entered_at),
        name=f"Aniversário da {shop.plan.name}",
        starts_at=midnight,
        ends_at=midnight + timedelta(hours=23, minutes=59),
        all_day=True,
        show_as="free",
        location=shop.plan.address,
        user_id=staff[0].user_id,
        customer_id=None,
        professional_id=None,
        service_id=None,
        active=True,
    )
    for professional in staff:
        shop.rows.add(
            "erp.appointment_partners",
            appointment_id=id_,
            partner_id=professional.partner_id,
            added_at=entered_at,
        )


def _zone(shop: Shop, calendar: WorkingTime) -> ZoneInfo:
    return ZoneInfo(calendar.zone) if calendar.zone else shop.zone
