"""Dates as Brazilians write them, in digits and in words. `crews.understanding` reads them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date as babel_date


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
