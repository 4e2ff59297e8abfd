"""Rules by which appointments repeat."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.models.recurrences import rule_of, times

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("America/Sao_Paulo")
STARTS = st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001 - the zone comes next
    lambda moment: moment.replace(microsecond=0, tzinfo=ZONE).astimezone(UTC)
)
KINDS = st.sampled_from(["daily", "weekly", "monthly", "yearly"])


@given(STARTS, KINDS, st.integers(1, 40), st.integers(1, 4))
def test_a_rule_makes_as_many_events_as_it_counts_one_after_the_other(
    start: datetime, kind: str, count: int, interval: int
) -> None:
    rule = rule_of({"recurrency": True, "rrule_type": kind, "count": count, "interval": interval}, start)
    assert rule is not None
    found = times(rule, start)
    assert len(found) == count
    assert found == sorted(set(found))


@given(STARTS, st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1))
def test_weekdays_are_those_of_the_shops_zone(start: datetime, days: set[str]) -> None:
    rule = rule_of({"recurrency": True, "count": 15} | dict.fromkeys(days, True), start)
    assert rule is not None
    assert {moment.astimezone(ZONE).strftime("%a").lower() for moment in times(rule, start)} == days


def test_the_hour_of_the_shop_stays_when_the_clocks_change() -> None:
    start = datetime(2018, 11, 2, 12, tzinfo=UTC)  # nine o'clock, two days before the last summer time
    rule = rule_of({"recurrency": True, "rrule_type": "daily", "count": 4}, start)
    assert rule is not None
    assert [moment.hour for moment in times(rule, start)] == [12, 12, 11, 11]


def test_what_happens_once_has_no_rule() -> None:
    assert rule_of({"rrule_type": "weekly", "count": 3}, datetime(2030, 1, 4, tzinfo=UTC)) is None
