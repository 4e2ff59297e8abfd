"""Rows of working schedules, and whom a leave concerns."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from chatwootai.domain.slots import Span, WorkingPeriod
from chatwootai.integrations.odoo.working_hours import Leave, period_of

pytestmark = pytest.mark.unit

MORNING = {"dayofweek": "0", "hour_from": 9.0, "hour_to": 12.5, "day_period": "morning"}
DAY = Span(datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))


def test_a_row_is_a_period_in_minutes_of_the_day() -> None:
    assert period_of({**MORNING, "date_from": False, "date_to": False}) == WorkingPeriod(0, 540, 750)


def test_hours_that_a_float_cannot_hold_are_the_minute_that_was_meant() -> None:
    twenty_past = period_of({**MORNING, "hour_from": 8.333333333333334, "hour_to": 11.666666666666666})
    assert twenty_past == WorkingPeriod(0, 500, 700)


def test_a_row_may_hold_for_some_days_or_every_other_week_only() -> None:
    row = {**MORNING, "date_from": "2026-01-01", "date_to": "2026-06-30", "week_type": "1"}
    assert period_of(row) == WorkingPeriod(0, 540, 750, date(2026, 1, 1), date(2026, 6, 30), 1)


@pytest.mark.parametrize(
    "other",
    [
        {"day_period": "lunch"},
        {"display_type": "line_section"},
        {"hour_to": 9.0},
        {"dayofweek": False},
    ],
)
def test_breaks_titles_and_empty_rows_are_no_periods(other: dict[str, object]) -> None:
    assert period_of({**MORNING, **other}) is None


@pytest.mark.parametrize(
    ("resource", "calendar", "concerned"),
    [(5, 1, True), (6, 1, False), (5, None, True), (None, 1, True), (None, 2, False), (None, None, True)],
)
def test_a_leave_is_of_one_of_a_calendar_or_of_all(
    resource: int | None, calendar: int | None, concerned: bool
) -> None:
    assert Leave(DAY, resource, calendar).concerns(resource=5, calendar=1) is concerned


def test_a_leave_of_one_holds_whatever_calendar_it_names() -> None:
    assert Leave(DAY, 5, 2).concerns(resource=5, calendar=1)
