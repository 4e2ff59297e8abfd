"""When somebody works, and what is left of it: pure reckoning with aware times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

STEP = timedelta(minutes=30)
"""Slots begin every half hour from the beginning of a shift on, as in the sample shops."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to just before `end`, both in UTC."""

    start: datetime
    end: datetime

    def meets(self, other: Span) -> bool:
        """Whether both have a moment in common."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies in this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Shift:
    """A row of working hours; minutes count from midnight, weekday 0 is Monday, dates are included."""

    weekday: int
    opens: int
    closes: int
    first: date | None = None
    last: date | None = None

    def on(self, day: date, zone: ZoneInfo) -> Span | None:
        """The shift on that day, None where it is not worked."""
        if day.weekday() != self.weekday or day < (self.first or day) or day > (self.last or day):
            return None
        return Span(_moment(day, self.opens, zone), _moment(day, self.closes, zone))


def shifts_between(shifts: Iterable[Shift], first: date, last: date, zone: ZoneInfo) -> list[Span]:
    """All that is worked on these days, in order."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    kept = list(shifts)
    return sorted(span for day in days for shift in kept if (span := shift.on(day, zone)))


def whole_days(span: Span, zone: ZoneInfo) -> Span:
    """Odoo keeps all-day events from midnight to midnight in UTC; they mean the days of the zone."""
    after = span.end.date() + timedelta(days=1)
    return Span(_moment(span.start.date(), 0, zone), _moment(after, 0, zone))


def slots_in(
    shifts: Iterable[Span], taken: Iterable[Span], length: timedelta, now: datetime
) -> Iterator[Span]:
    """The slots of that length that begin after `now`, fit into a shift, and meet nothing that is taken."""
    busy = list(taken)
    for shift in shifts:
        start = shift.start
        while start + length <= shift.end:
            slot = Span(start, start + length)
            if start > now and not any(slot.meets(other) for other in busy):
                yield slot
            start += STEP


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    # Minutes are added before the zone is looked at: 24:00 is the next midnight, also when clocks change.
    local = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return local.replace(tzinfo=zone).astimezone(UTC)
