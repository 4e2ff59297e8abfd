"""Looking for times: as wished, else the nearest that are free, and why not as wished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from chatwootai.crews.dialogues.hello import first_name
from chatwootai.crews.dialogues.opening import holiday, periods_on
from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.facts import NotThen, Times
from chatwootai.crews.scheduling.spreading import spread
from chatwootai.crews.scheduling.wishes import Wish, meanings
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.calendars import Appointment, Slot

NEAR: Final = timedelta(days=14)
"""How far alternatives are looked for first."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Search:
    """`professional_id` and `moving` are 0 for none. `preferred` is whom she gets where several are free.

    `own` tells whether she comes herself: then her other appointments are in the way.
    """

    service_id: int
    wish: Wish
    professional_id: int = 0
    moving: int = 0
    preferred: int = 0
    own: bool = True


async def find_times(bench: Bench, search: Search) -> Times:
    """What is free as wished, well spread; else what comes nearest, with the reason."""
    wish = search.wish
    last = (bench.now + bench.rules.horizon).date()
    days = [day for day in wish.days if bench.today <= day <= last]
    if wish.days and not days:
        reason = NotThen.PAST if max(wish.days) < bench.today else NotThen.BEYOND
        near = bench.today if reason is NotThen.PAST else last - NEAR
        return await _nearest(bench, search, near, reason)
    busy = await _own_appointments(bench, search)
    free = await _free(bench, search, min(days, default=bench.today), _end(days, bench.today))
    on_days = [s for s in free if not days or bench.local(s.start).date() in days]
    open_to_her = [slot for slot in on_days if not _overlaps(slot, busy)]
    fitting = [slot for slot in open_to_her if wish.fits(bench.local(slot.start))]
    if fitting:
        return await _told(bench, search, fitting)
    if days and open_to_her:
        reason = _why_not_at(bench, search, days, on_days, open_to_her)
        return await _told(bench, search, open_to_her, reason)
    reason = _why_not_on(bench, days, on_days)
    return await _nearest(bench, search, max(days, default=bench.today), reason)


def _end(days: Sequence[date], today: date) -> date:
    return max(days) + DAY if days else today + NEAR


async def _free(bench: Bench, search: Search, first: date, end: date) -> Sequence[Slot]:
    zone = bench.briefing.profile.hours.zone
    return await bench.desk.bookings.free_slots(
        search.service_id,
        datetime.combine(first, time(), zone),
        datetime.combine(end, time(), zone),
        professional_id=search.professional_id or None,
        ignoring=search.moving or None,
    )


async def _nearest(bench: Bench, search: Search, day: date, reason: NotThen) -> Times:
    """Other days: soon after the wished one, else as soon as can be."""
    busy = await _own_appointments(bench, search)
    last = (bench.now + bench.rules.horizon).date() + DAY
    for first, end in ((day, min(day + NEAR, last)), (bench.today, last)):
        free = [s for s in await _free(bench, search, first, end) if not _overlaps(s, busy)]
        fitting = [slot for slot in free if search.wish.fits(bench.local(slot.start))]
        if fitting or free:
            return await _told(bench, search, fitting or free, reason, day)
    return Times((), NotThen.NOBODY)


async def _told(
    bench: Bench,
    search: Search,
    slots: Sequence[Slot],
    reason: NotThen | None = None,
    day: date | None = None,
) -> Times:
    zone = bench.briefing.profile.hours.zone
    picked = spread(slots, search.wish, zone, search.preferred or search.professional_id)
    name = holiday(bench.briefing.profile.hours, day) if day and reason is NotThen.HOLIDAY else None
    bench.say(name or "")
    return Times(tuple([await bench.slot(search.service_id, slot) for slot in picked]), reason, name or "")


def _why_not_at(
    bench: Bench, search: Search, days: Sequence[date], on_days: Sequence[Slot], free: Sequence[Slot]
) -> NotThen:
    wish = search.wish
    if len(free) < len(on_days) and any(wish.fits(bench.local(slot.start)) for slot in on_days):
        return NotThen.OWN
    if bench.today in days and len(days) == 1:
        clocks = meanings(wish.at) if wish.at else ((wish.not_after,) if wish.not_after else ())
        zone = bench.briefing.profile.hours.zone
        moments = [datetime.combine(bench.today, clock, zone) for clock in clocks]
        if moments and max(moments) < bench.now:
            return NotThen.PAST
        if moments and max(moments) < bench.now + bench.rules.notice:
            return NotThen.TOO_SOON
    return NotThen.NOT_AT


def _why_not_on(bench: Bench, days: Sequence[date], on_days: Sequence[Slot]) -> NotThen:
    if not days:
        return NotThen.FULL
    if on_days:
        return NotThen.OWN
    hours = bench.briefing.profile.hours
    if all(not periods_on(hours, day) for day in days):
        return NotThen.HOLIDAY if holiday(hours, days[-1]) else NotThen.CLOSED
    if list(days) == [bench.today]:
        closes = max((period.closes for period in periods_on(hours, bench.today)), default=time())
        if datetime.combine(bench.today, closes, hours.zone) < bench.now + bench.rules.notice:
            return NotThen.TOO_SOON
    return NotThen.FULL


async def _own_appointments(bench: Bench, search: Search) -> Sequence[Appointment]:
    customer = await bench.customer()
    if customer is None or not search.own:
        return ()
    booked = await bench.desk.calendar.of_customer(customer.id, bench.now)
    name = first_name(customer.name)
    return [each for each in booked if each.id != search.moving and _is_hers(each, name)]


def _is_hers(appointment: Appointment, name: str) -> bool:
    """What she booked for somebody else is not in her way."""
    _, _, patient = appointment.title.partition(":")
    return not patient.strip() or fold(first_name(patient)) == fold(name)


def _overlaps(slot: Slot, booked: Sequence[Appointment]) -> bool:
    return any(each.slot.start < slot.end and slot.start < each.slot.end for each in booked)
