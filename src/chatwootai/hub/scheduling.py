"""The rules of the calendar, out of what a profile says."""

from __future__ import annotations

from datetime import date

from chatwootai.brazil.holidays import Place, holiday_names
from chatwootai.domain.calendars import SchedulingRules
from chatwootai.domain.profiles import BusinessHours, Profile

YEARS = 3
"""Years from this one on whose holidays are known: a horizon is a year at most, and a worker that began in
this year may still run in the next."""


def scheduling_rules(profile: Profile, today: date) -> SchedulingRules:
    """How this business is booked, nobody working on its closed days."""
    booking, hours = profile.booking, profile.hours
    return SchedulingRules(
        zone=hours.zone,
        services=booking.services,
        step=booking.step,
        notice=booking.notice,
        horizon=booking.horizon,
        closed_on=hours.closed_on | _holidays(hours, today),
    )


def _holidays(hours: BusinessHours, today: date) -> frozenset[date]:
    if not hours.closed_on_holidays:
        return frozenset()
    place = Place(hours.holidays_state, hours.holidays_city, hours.municipal_holidays)
    years = range(today.year, today.year + YEARS)
    return frozenset(day for year in years for day in holiday_names(place, year))
