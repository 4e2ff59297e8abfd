"""Which slots are free: working hours minus leaves, closed days and what is booked, after the rules.

Pure arithmetic, for calendars that keep hours and appointments but know no slots. Working hours are times on
the clocks of a zone; steps and durations are elapsed time, so that a slot is as long as it says on the night
when clocks change, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chatwootai.domain.calendars import SchedulingRules, ServiceRule, Slot

_DAY = timedelta(days=1)
_MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to `end`, the end not included. Given aware, kept in UTC, where sums are elapsed time."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    def overlaps(self, other: Span) -> bool:
        """Whether both have a moment in common; touching is not overlapping."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class WorkingPeriod:
    """A stretch of work on a weekday, 0 being Monday, without a break in it.

    `begins` and `ends` are minutes since midnight, `ends` at most 1440. `first` and `last` are the days, both
    included, that it holds for. `week` is 0 or 1 where weeks alternate; the first week of year 1 is a 0.
    """

    weekday: int
    begins: int
    ends: int
    first: date | None = None
    last: date | None = None
    week: int | None = None

    def is_on(self, day: date) -> bool:
        """Whether it is worked on this day."""
        return (
            day.weekday() == self.weekday
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and (self.week is None or self.week == (day.toordinal() - 1) // 7 % 2)
        )


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The periods of somebody's week, on the clocks of `zone`."""

    zone: ZoneInfo
    periods: tuple[WorkingPeriod, ...]

    def spans(self, window: Span) -> Iterator[Span]:
        """What is worked, in UTC: every period that has a moment in the window, uncut."""
        # A day more on both sides: the window's days in UTC may be others in the zone.
        day = window.start.astimezone(self.zone).date() - _DAY
        last = window.end.astimezone(self.zone).date() + _DAY
        while day <= last:
            for period in self.periods:
                if period.is_on(day):
                    span = Span(self._at(day, period.begins), self._at(day, period.ends))
                    if span.overlaps(window):
                        yield span
            day += _DAY

    def _at(self, day: date, minutes: int) -> datetime:
        days, minutes = divmod(minutes, _MINUTES_OF_DAY)
        wall = time(minutes // 60, minutes % 60, tzinfo=self.zone)
        return datetime.combine(day + timedelta(days=days), wall)


def free_slots(
    hours: WorkingHours,
    service: ServiceRule,
    rules: SchedulingRules,
    window: Span,
    *,
    now: datetime,
    professional_id: int,
    leaves: Sequence[Span] = (),
    booked: Sequence[Span] = (),
) -> list[Slot]:
    """The professional's free slots of a service that begin in the window, by time and each once.

    `booked` also keeps the gap after the service free; what comes before a slot has its own gap in it
    already. Raises `ValueError` for a step or a duration that is not longer than nothing.
    """
    if rules.step <= timedelta(0) or service.duration <= timedelta(0):
        raise ValueError(f"no slots of {service.duration} every {rules.step}")
    now = now.astimezone(UTC)
    earliest, latest = max(window.start, now + rules.notice), now + rules.horizon
    if earliest >= window.end:
        return []
    taken = _Taken(
        [
            *(Span(leave.start - service.duration, leave.end) for leave in leaves),
            *(Span(event.start - service.duration - service.gap, event.end) for event in booked),
        ]
    )
    found: set[Slot] = set()
    for span in hours.spans(Span(earliest, window.end)):
        # Rounded up to the next multiple of the step since the period began.
        start = span.start + max(-((span.start - earliest) // rules.step), 0) * rules.step
        while start < window.end and start <= latest and start + service.duration <= span.end:
            slot = Slot(start, start + service.duration, professional_id)
            if start not in taken and not _is_closed(slot, rules):
                found.add(slot)
            start += rules.step
    return sorted(found)


def _is_closed(slot: Slot, rules: SchedulingRules) -> bool:
    first = slot.start.astimezone(rules.zone).date()
    last = (slot.end - timedelta.resolution).astimezone(rules.zone).date()
    return any(first <= day <= last for day in rules.closed_on)


class _Taken:
    """The starts that are not free: stretches whose ends, both, are free again."""

    def __init__(self, stretches: Sequence[Span]) -> None:
        self._spans: list[Span] = []
        for stretch in sorted(stretches):
            last = self._spans[-1] if self._spans else None
            if last is not None and stretch.start < last.end:
                self._spans[-1] = Span(last.start, max(last.end, stretch.end))
            else:
                self._spans.append(stretch)

    def __contains__(self, start: datetime) -> bool:
        before = bisect_left(self._spans, start, key=lambda span: span.start) - 1
        return before >= 0 and start < self._spans[before].end
