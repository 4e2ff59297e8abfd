"""Dates in digits, day first, as Brazilians write them, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date as babel_date

WRITTEN = re.compile(
    r"\s*(?:(?:no\s+|n?este\s+)?dia\s+)?(?P<day>[0-9]{1,2})[º°o]?"
    r"(?:\s*(?P<mark>[/.-])\s*(?P<month>[0-9]{1,2})(?:\s*(?P=mark)\s*(?P<year>[0-9]{4}|[0-9]{2}))?)?\s*",
    re.IGNORECASE,
)
NAMED_DAY = re.compile(r"\bdia\b|[º°]", re.IGNORECASE)
EARLIEST, LATEST = 1900, 2199
"""Years that a customer can mean."""

CENTURY = 2000
LONGEST_WAIT = 8
"""Years from one 29 February to the next where a century leaves one out."""


def parse_date(text: str, today: date) -> date | None:
    """The date that `text` is: "25/12", "25/12/26", "25.12.2026", "dia 25", "dia 1º/12"; else None.

    Where the year is not said, or the month either, it is the next such day, today included. Two digits are
    a year of this century: the dates are those of bookings and deliveries, not of births.
    """
    match = WRITTEN.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part) if part else None for part in match.group("day", "month", "year"))
    if day is None:
        return None
    if month is None:
        return _next_in_month(day, today) if NAMED_DAY.search(text) else None
    if year is None:
        return _next_in_year(day, month, today)
    return _dated(year if year > 99 else CENTURY + year, month, day)


def format_numeric(day: date) -> str:
    """ "25/12/2026" """
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_date(day: date, today: date, *, weekday: bool = False) -> str:
    """ "25 de dezembro", or "sexta-feira, 25 de dezembro"; with its year when that is not the year of today.

    The first of a month is "1º", which CLDR, and so babel, does not know of.
    """
    number = "'1º'" if day.day == 1 else "d"
    pattern = ("EEEE, " if weekday else "") + f"{number} 'de' MMMM"
    return babel_date(day, pattern if day.year == today.year else f"{pattern} 'de' y", locale="pt_BR")


def _next_in_month(day: int, today: date) -> date | None:
    months = (today.year * 12 + today.month - 1 + offset for offset in range(3))
    return _first_from(today, (_dated(month // 12, month % 12 + 1, day) for month in months))


def _next_in_year(day: int, month: int, today: date) -> date | None:
    years = range(today.year, today.year + LONGEST_WAIT + 1)
    return _first_from(today, (_dated(year, month, day) for year in years))


def _first_from(today: date, candidates: Iterable[date | None]) -> date | None:
    return next((day for day in candidates if day is not None and day >= today), None)


def _dated(year: int, month: int, day: int) -> date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
