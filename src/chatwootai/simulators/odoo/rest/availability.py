"""What the tables tell of a professional's time: working hours, leaves, and what is booked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chatwootai.simulators.odoo.rest.schedules import Shift, Span, shifts_between, whole_days

if TYPE_CHECKING:
    from decimal import Decimal

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

_SHIFTS = """
SELECT h.weekday, h.hour_from, h.hour_to, h.date_from, h.date_to FROM public.working_hours h
WHERE h.calendar_id = %(calendar)s AND h.day_period <> 'lunch'
"""
# A leave without a professional is everybody's of that calendar, without a calendar the whole company's.
_LEAVES = """
SELECT l.starts_at, l.ends_at FROM public.leaves l
WHERE l.ends_at > %(start)s AND l.starts_at < %(end)s AND (
    l.professional_id = %(professional)s
    OR l.professional_id IS NULL AND (
        l.calendar_id = %(calendar)s
        OR l.calendar_id IS NULL AND coalesce(l.company_id, %(owner)s) = %(owner)s))
"""
# Events made over Odoo's wire may have several attendees who are professionals.
_BOOKED = """
SELECT greatest(a.starts_at, %(start)s) AS starts_at, least(a.ends_at, %(end)s) AS ends_at, a.all_day
FROM public.appointments a
WHERE a.active AND a.show_as = 'busy' AND a.id <> %(besides)s
    AND a.ends_at > %(start)s AND a.starts_at < %(end)s
    AND (a.professional_id = %(professional)s OR EXISTS (
        SELECT FROM erp.appointment_partners l
        JOIN erp.users u ON u.partner_id = l.partner_id
        JOIN public.professionals p ON p.user_id = u.id
        WHERE l.appointment_id = a.id AND p.id = %(professional)s))
"""
_MARGIN = timedelta(days=2)  # all-day events and zones reach beyond the days that are asked for


@dataclass(frozen=True, slots=True)
class Availability:
    """One professional's shifts, absences and bookings over some days."""

    shifts: list[Span]
    leaves: list[Span]
    booked: list[Span]


async def availability(
    shop: Shop, professional: DictRow, first: date, last: date, *, besides: int = 0
) -> Availability:
    """For the days from `first` to `last` in the calendar's zone, leaving the appointment `besides` out.

    `professional` needs `id`, `calendar_id`, `company_id` and `zone`.
    """
    zone = ZoneInfo(professional["zone"])
    named = {
        "professional": professional["id"],
        "calendar": professional["calendar_id"],
        "owner": professional["company_id"],
        "start": datetime.combine(first, datetime.min.time(), UTC) - _MARGIN,
        "end": datetime.combine(last, datetime.min.time(), UTC) + _MARGIN,
        "besides": besides,
    }
    shifts = [_shift(row) for row in await shop.rows(_SHIFTS, named)]
    leaves = [Span(row["starts_at"], row["ends_at"]) for row in await shop.rows(_LEAVES, named)]
    booked = [_booking(row, zone) for row in await shop.rows(_BOOKED, named)]
    return Availability(shifts_between(shifts, first, last, zone), leaves, booked)


def minutes_of(hours: Decimal) -> int:
    """Minutes since midnight of Odoo's decimal hours: 13.5 is 13:30, and 8.33 means 8:20."""
    return round(hours * 60)


def _shift(row: DictRow) -> Shift:
    opens, closes = minutes_of(row["hour_from"]), minutes_of(row["hour_to"])
    return Shift(row["weekday"], opens, closes, row["date_from"], row["date_to"])


def _booking(row: DictRow, zone: ZoneInfo) -> Span:
    span = Span(row["starts_at"].astimezone(UTC), row["ends_at"].astimezone(UTC))
    return whole_days(span, zone) if row["all_day"] else span
