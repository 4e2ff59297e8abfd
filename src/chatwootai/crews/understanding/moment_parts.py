"""What moments are put together from: a day, and a time of day, each with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from chatwootai.domain.requests import Impossible, PartOfDay


@dataclass(frozen=True, slots=True)
class DayPart:
    """`weekday` is the day of the week where nothing but its name was said: a date beside it goes first."""

    start: int
    end: int
    days: tuple[date, ...] = ()
    sure: bool = True
    weekday: int | None = None
    impossible: Impossible | None = None


@dataclass(frozen=True, slots=True)
class ClockPart:
    """`half_day` tells that the hour may as well be the one twelve hours later: "às 8"."""

    start: int
    end: int
    at: time | None = None
    part: PartOfDay | None = None
    not_before: time | None = None
    not_after: time | None = None
    sure: bool = True
    half_day: bool = False
    impossible: Impossible | None = None
