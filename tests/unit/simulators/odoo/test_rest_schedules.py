"""Shifts and slots: what is worked, what is left."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.rest.schedules import Shift, Span, shifts_between, slots_in, whole_days

pytestmark = pytest.mark.unit

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
MONDAY = date(2026, 11, 30)
EARLY = datetime(2000, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
NINE = datetime(2026, 11, 30, 12, tzinfo=UTC)  # in São Paulo


def test_a_shift_is_worked_on_its_weekday_between_its_dates() -> None:
    shift = Shift(0, 9 * 60, 12 * 60, first=MONDAY, last=MONDAY + timedelta(days=7))
    days = [
        span.start
        for span in shifts_between(
            [shift], MONDAY - timedelta(days=30), MONDAY + timedelta(days=30), SAO_PAULO
        )
    ]
    assert days == [NINE, NINE + timedelta(days=7)]


def test_a_shift_may_last_until_midnight() -> None:
    span = Shift(0, 22 * 60, 24 * 60).on(MONDAY, SAO_PAULO)
    assert span == Span(NINE + 13 * HOUR, NINE + 15 * HOUR)


def test_a_shift_keeps_its_clock_when_clocks_change() -> None:
    # Nobody in Brazil changes clocks any more; in 2018 São Paulo did on the 4th of November.
    shift = Shift(0, 9 * 60, 10 * 60)
    before, after = shifts_between([shift], date(2018, 10, 29), date(2018, 11, 5), SAO_PAULO)
    assert (before.start.hour, after.start.hour) == (12, 11)


def test_whole_days_are_those_of_the_zone() -> None:
    midnight = datetime(2026, 11, 30, tzinfo=UTC)
    day = whole_days(Span(midnight, midnight + timedelta(hours=23, minutes=59)), SAO_PAULO)
    assert day == Span(midnight + 3 * HOUR, midnight + 27 * HOUR)


def test_slots_begin_every_half_hour_after_now() -> None:
    shift = Span(NINE, NINE + 2 * HOUR)
    slots = list(slots_in([shift], [], timedelta(minutes=45), NINE))
    assert [(slot.start - NINE).seconds // 60 for slot in slots] == [30, 60]


SPANS = st.builds(
    lambda start, length: Span(NINE + timedelta(minutes=start), NINE + timedelta(minutes=start + length)),
    st.integers(-200, 600),
    st.integers(1, 300),
)


@given(shifts=st.lists(SPANS, max_size=3), taken=st.lists(SPANS, max_size=4), minutes=st.integers(5, 120))
def test_no_slot_leaves_its_shift_or_meets_what_is_taken(
    shifts: list[Span], taken: list[Span], minutes: int
) -> None:
    for slot in slots_in(shifts, taken, timedelta(minutes=minutes), EARLY):
        assert slot.end - slot.start == timedelta(minutes=minutes)
        assert any(shift.holds(slot) for shift in shifts)
        assert not any(slot.meets(other) or other.meets(slot) for other in taken)
