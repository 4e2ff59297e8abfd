"""When the shop is open: pure functions over its business hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby

from chatwootai.brazil.holidays import Place, holiday_names
from chatwootai.domain.profiles import BusinessHours, OpenPeriod

HORIZON = 400
"""Days to look ahead for an opening; a shop closed for longer has none."""

WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")


def is_open(hours: BusinessHours, at: datetime) -> bool:
    """Whether people are there at `at` (aware); the closing minute is already closed."""
    return closing(hours, at) is not None


def closing(hours: BusinessHours, at: datetime) -> datetime | None:
    """When the period that runs at `at` ends, in the shop's zone; None when closed."""
    local = at.astimezone(hours.zone)
    for period in periods_on(hours, local.date()):
        if period.opens <= local.time() < period.closes:
            return datetime.combine(local.date(), period.closes, hours.zone)
    return None


def next_opening(hours: BusinessHours, at: datetime) -> datetime | None:
    """The first start of a period after `at`, in the shop's zone; None when there is none for a year."""
    local = at.astimezone(hours.zone)
    for offset in range(HORIZON):
        day = local.date() + timedelta(days=offset)
        for period in periods_on(hours, day):
            if offset or period.opens > local.time():
                return datetime.combine(day, period.opens, hours.zone)
    return None


def periods_on(hours: BusinessHours, day: date) -> tuple[OpenPeriod, ...]:
    """The open periods of one date, in order; none on closed days and, if so set, on public holidays."""
    if day in hours.closed_on:
        return ()
    if hours.closed_on_holidays and holiday(hours, day) is not None:
        return ()
    return hours.week.get(day.weekday(), ())


def holiday(hours: BusinessHours, day: date) -> str | None:
    """The Portuguese name of a public holiday, of the nation or of the shop's state or city."""
    place = Place(hours.holidays_state, hours.holidays_city, hours.municipal_holidays)
    return holiday_names(place, day.year).get(day)


def next_holiday(hours: BusinessHours, day: date, *, named: str = "") -> tuple[date, str] | None:
    """The first public holiday from `day` on, or the first whose name contains `named`."""
    for offset in range(HORIZON):
        candidate = day + timedelta(days=offset)
        name = holiday(hours, candidate)
        if name and named.lower() in name.lower():
            return candidate, name
    return None


def spoken(hours: BusinessHours) -> str:
    """The week in words: "de segunda a sexta, das 9h às 18h, e sábado, das 9h às 13h"."""
    days = [(day, hours.week.get(day, ())) for day in range(7)]
    runs = [
        ([day for day, _ in run], periods)
        for periods, run in groupby(days, key=lambda item: item[1])
        if periods
    ]
    parts = [f"{_days(run)}, {spoken_periods(periods)}" for run, periods in runs]
    return joined(parts, ", e ")


def spoken_periods(periods: tuple[OpenPeriod, ...]) -> str:
    """ "das 9h às 12h e das 14h às 18h" """
    return joined([f"{_from(period.opens)} {until(period.closes)}" for period in periods], " e ")


def spoken_time(at: time) -> str:
    """ "9h", "13h30": as Brazilians write it."""
    return f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"


def until(at: time) -> str:
    """ "às 18h", "à 1h" """
    return f"{'à' if at.hour <= 1 else 'às'} {spoken_time(at)}"


def spoken_day(day: date, today: date) -> str:
    """ "hoje", "amanhã", "sábado", or with its date when it is a week or more away."""
    distance = (day - today).days
    if distance in (0, 1):
        return ("hoje", "amanhã")[distance]
    name = WEEKDAYS[day.weekday()]
    return name if 0 < distance < 7 else f"{name} ({day:%d/%m})"


def joined(parts: list[str], last: str) -> str:
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _from(at: time) -> str:
    return f"{'da' if at.hour <= 1 else 'das'} {spoken_time(at)}"


def _days(run: list[int]) -> str:
    first, last = WEEKDAYS[run[0]], WEEKDAYS[run[-1]]
    if len(run) == 1:
        return first
    return f"{first} e {last}" if len(run) == 2 else f"de {first} a {last}"
