"""When somebody wants to come, as far as she has said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from chatwootai.domain.crews import Json
from chatwootai.domain.requests import Moment, PartOfDay

NOON: Final = 12
EVENING: Final = 18
EARLIEST_SAID: Final = 8
"""Hours below this may be those after noon: "às 2" is 14h in any shop."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`days` are any of which she takes one, none for any day. Times are of the day, in the shop's zone.

    `sure` is false where Brazilians themselves would ask which day was meant.
    """

    days: tuple[date, ...] = ()
    at: time | None = None
    part: PartOfDay | None = None
    not_before: time | None = None
    not_after: time | None = None
    sure: bool = True

    @property
    def has_clock(self) -> bool:
        return any((self.at, self.part, self.not_before, self.not_after))

    def fits(self, start: datetime) -> bool:
        """Whether a local start is at a time that she wants, whatever the day."""
        clock = start.time()
        if self.at is not None:
            return clock in meanings(self.at)
        if self.part is not None and part_of(clock) is not self.part:
            return False
        return (self.not_before is None or clock >= self.not_before) and (
            self.not_after is None or clock <= self.not_after
        )

    def on(self, days: Sequence[date]) -> Wish:
        return Wish(tuple(days), self.at, self.part, self.not_before, self.not_after, self.sure)

    def with_moments(self, moments: Sequence[Moment]) -> Wish:
        """What she says now goes before what she said; what she leaves out stays."""
        if not moments:
            return self
        days = tuple(dict.fromkeys(day for moment in moments for day in moment.days))
        clock = next((each for each in reversed(moments) if _has_clock(each)), None)
        sure = all(moment.sure for moment in moments)
        if clock is None:
            return Wish(days, self.at, self.part, self.not_before, self.not_after, sure)
        return Wish(days or self.days, clock.at, clock.part, clock.not_before, clock.not_after, sure)

    def kept(self) -> dict[str, Json]:
        """As memory keeps it; the defaults left out."""
        clocks = {"at": self.at, "not_before": self.not_before, "not_after": self.not_after}
        written: dict[str, Json] = {name: clock.isoformat() for name, clock in clocks.items() if clock}
        if self.days:
            written["days"] = [day.isoformat() for day in self.days]
        if self.part:
            written["part"] = self.part.value
        return written if self.sure else {**written, "sure": False}


def wish_of(kept: Json) -> Wish:
    """What `Wish.kept` wrote."""
    if not isinstance(kept, Mapping):
        return Wish()
    days, part = kept.get("days"), kept.get("part")
    return Wish(
        tuple(date.fromisoformat(str(day)) for day in days) if isinstance(days, Sequence) else (),
        _time(kept.get("at")),
        PartOfDay(str(part)) if part else None,
        _time(kept.get("not_before")),
        _time(kept.get("not_after")),
        kept.get("sure") is not False,
    )


def meanings(at: time) -> tuple[time, ...]:
    """ "às 2" is two in the afternoon, too."""
    return (at, at.replace(hour=at.hour + NOON)) if 0 < at.hour < EARLIEST_SAID else (at,)


def part_of(clock: time) -> PartOfDay:
    if clock.hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if clock.hour < EVENING else PartOfDay.EVENING


def _has_clock(moment: Moment) -> bool:
    return any((moment.at, moment.part, moment.not_before, moment.not_after))


def _time(kept: Json) -> time | None:
    return time.fromisoformat(str(kept)) if kept else None
