"""Start, stop and duration of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.errors import BadValue, ValidationError
from chatwootai.simulators.odoo.models.event_times import Span, new_span

pytestmark = pytest.mark.unit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
# Whole seconds of the years around ours.
MOMENTS = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


def written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


@given(start=MOMENTS, minutes=st.integers(1, 600), new=MOMENTS)
def test_a_new_start_alone_keeps_the_duration(start: datetime, minutes: int, new: datetime) -> None:
    length = timedelta(minutes=minutes)
    moved = Span(start, start + length).changed({"start": written(new)})
    assert moved == Span(new, new + length)


@given(start=MOMENTS, minutes=st.integers(1, 600))
def test_a_duration_in_hours_gives_the_stop_to_the_minute(start: datetime, minutes: int) -> None:
    span = new_span({"start": written(start), "duration": minutes / 60}, NOON)
    assert span.stop - span.start == timedelta(minutes=minutes)


@given(now=MOMENTS)
def test_without_a_start_it_is_the_next_half_hour_for_one_hour(now: datetime) -> None:
    span = new_span({}, now)
    assert span.start - now < timedelta(minutes=30)
    assert span.start.minute in (0, 30)
    assert span.start.second == 0
    assert span.stop - span.start == timedelta(hours=1)


def test_a_stop_beats_a_duration() -> None:
    span = new_span({"start": written(NOON), "stop": "2026-11-23 14:00:00", "duration": 0.5}, NOON)
    assert span == Span(NOON, NOON + timedelta(hours=2))


def test_it_may_end_when_it_begins_but_not_before() -> None:
    Span(NOON, NOON).check("Consulta")
    with pytest.raises(ValidationError, match="Consulta"):
        Span(NOON, NOON - timedelta(seconds=1)).check("Consulta")


@pytest.mark.parametrize("start", ["2026-11-23T12:00:00Z", "amanhã", "23/11/2026 12:00:00"])
def test_other_ways_of_writing_a_time_are_refused(start: str) -> None:
    with pytest.raises(BadValue, match="does not match format"):
        new_span({"start": start}, NOON)
