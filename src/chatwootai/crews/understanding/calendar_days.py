"""Days of the calendar by reckoning: the next Wednesday, the first Monday of a month, the days of a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter  # type: ignore[import-untyped]  # it ships no types

from chatwootai.brazil.holidays import Place, holiday_names

WEEK = 7
LONGEST_WAIT = 8
"""Years from one 29 February to the next where a century leaves one out."""

THURSDAY, FRIDAY, SUNDAY = 3, 4, 6


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Both included; empty where `last` is before `first`."""
    return tuple(first + timedelta(days=offset) for offset in range((last - first).days + 1))


def next_weekday(today: date, weekday: int) -> date:
    """From tomorrow on."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % WEEK + 1)


def monday_of(today: date, weeks: int = 0) -> date:
    return today + timedelta(days=weeks * WEEK - today.weekday())


def on(year: int, month: int, day: int) -> date | None:
    """None where the calendar has no such day, or no customer means the year."""
    if not 1900 <= year <= 2199:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(today: date, month: int, day: int) -> date | None:
    """The next such day of a year, today included; None where no year has it, such as 31/11."""
    years = range(today.year, today.year + LONGEST_WAIT + 1)
    found = (on(year, month, day) for year in years)
    return next((one for one in found if one is not None and one >= today), None)


def coming_in_month(today: date, day: int) -> date | None:
    """The next day of that number, today included: "dia 31" said in November is that of December."""
    for offset in range(3):
        year, month = month_after(today, offset)
        found = on(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def month_after(today: date, months: int) -> tuple[int, int]:
    """Year and month, `months` after that of today."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def month_days(year: int, month: int) -> tuple[date, ...]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return days_between(date(year, month, 1), following - timedelta(days=1))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first is 1, the last is 0; the fifth, where there is none, is the last."""
    found = [day for day in month_days(year, month) if day.weekday() == weekday]
    return found[min(nth, len(found)) - 1]


def coming_feast(today: date, dated: Callable[[int], date]) -> date:
    this_year = dated(today.year)
    return this_year if this_year >= today else dated(today.year + 1)


def fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def from_easter(days: int) -> Callable[[int], date]:
    def dated(year: int) -> date:
        sunday: date = easter(year)
        return sunday + timedelta(days=days)

    return dated


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    return nth_weekday(year, 11, THURSDAY, 4) + timedelta(days=1)


@lru_cache(maxsize=16)
def next_holiday(today: date) -> date:
    """The nation's next public holiday after today: which of a city's the shop keeps is not known here."""
    years = (today.year, today.year + 1)
    return min(day for year in years for day in holiday_names(Place(), year) if day > today)
