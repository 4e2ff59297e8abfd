"""Free slots: an evaluation minute by minute finds the same, and the rules hold for every input."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.calendars import SchedulingRules, ServiceRule, Slot
from chatwootai.domain.slots import Span, WorkingHours, WorkingPeriod, free_slots

pytestmark = pytest.mark.unit

SAO_PAULO, BRUSSELS = ZoneInfo("America/Sao_Paulo"), ZoneInfo("Europe/Brussels")
MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 23)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FOREVER = timedelta(days=20_000)


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = SAO_PAULO) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def rules(
    step: int = 30, closed: frozenset[date] = frozenset(), zone: ZoneInfo = SAO_PAULO
) -> SchedulingRules:
    return SchedulingRules(
        zone, {}, timedelta(minutes=step), notice=timedelta(0), horizon=FOREVER, closed_on=closed
    )


def minutes(duration: int, gap: int = 0) -> ServiceRule:
    return ServiceRule(timedelta(minutes=duration), gap=timedelta(minutes=gap))


def starts(
    *periods: WorkingPeriod,
    service: ServiceRule | None = None,
    after: SchedulingRules | None = None,
    window: Span | None = None,
    now: datetime = LONG_AGO,
    leaves: list[Span] | None = None,
    booked: list[Span] | None = None,
    zone: ZoneInfo = SAO_PAULO,
) -> list[str]:
    """The free starts on that Monday, as the clock of `zone` shows them."""
    found = free_slots(
        WorkingHours(zone, periods),
        service or minutes(60),
        after or rules(),
        window or Span(at(MONDAY, 0), at(MONDAY + timedelta(days=1), 0)),
        now=now,
        professional_id=4,
        leaves=leaves or [],
        booked=booked or [],
    )
    return [slot.start.astimezone(zone).strftime("%H:%M") for slot in found]


MORNING = WorkingPeriod(0, 9 * 60, 12 * 60)
AFTERNOON = WorkingPeriod(0, 12 * 60, 14 * 60)


def test_slots_fill_a_period_and_end_with_it() -> None:
    assert starts(MORNING) == ["09:00", "09:30", "10:00", "10:30", "11:00"]


def test_no_slot_lies_across_two_periods_that_touch() -> None:
    assert starts(MORNING, AFTERNOON, service=minutes(120)) == ["09:00", "09:30", "10:00", "12:00"]


def test_steps_count_from_the_start_of_the_period() -> None:
    odd = WorkingPeriod(0, 9 * 60 + 10, 11 * 60)
    assert starts(odd, after=rules(step=40)) == ["09:10", "09:50"]


def test_the_gap_after_a_service_is_kept_free_before_the_next_event() -> None:
    booked = [Span(at(MONDAY, 11), at(MONDAY, 12))]
    assert starts(MORNING, service=minutes(60, gap=30), booked=booked) == ["09:00", "09:30"]


def test_the_gap_may_reach_into_a_leave_or_past_the_end_of_work() -> None:
    leaves = [Span(at(MONDAY, 11), at(MONDAY, 12))]
    assert starts(MORNING, service=minutes(60, gap=30), leaves=leaves) == ["09:00", "09:30", "10:00"]


def test_a_slot_may_begin_when_an_event_ends_and_end_when_one_begins() -> None:
    booked = [Span(at(MONDAY, 9), at(MONDAY, 10)), Span(at(MONDAY, 11), at(MONDAY, 12))]
    assert starts(MORNING, booked=booked) == ["10:00"]


def test_notice_and_horizon_bound_the_starts() -> None:
    after = SchedulingRules(
        SAO_PAULO, step=timedelta(minutes=30), notice=timedelta(hours=2), horizon=timedelta(hours=3)
    )
    assert starts(MORNING, after=after, now=at(MONDAY, 7, 40)) == ["10:00", "10:30"]


def test_a_closed_day_is_a_day_of_the_shop_even_where_the_calendar_has_another_zone() -> None:
    # 22:00 of Sunday in São Paulo is 02:00 of Monday in Brussels.
    night = WorkingPeriod(0, 0, 8 * 60)
    monday_in_brussels = Span(at(MONDAY, 0, zone=BRUSSELS), at(MONDAY, 8, zone=BRUSSELS))
    closed = rules(step=60, closed=frozenset({MONDAY}))
    found = starts(night, after=closed, window=monday_in_brussels, zone=BRUSSELS)
    assert found == ["00:00", "01:00", "02:00", "03:00"]


def test_a_period_holds_only_between_its_days() -> None:
    days = timedelta(days=1)
    assert starts(WorkingPeriod(0, 540, 600, first=MONDAY, last=MONDAY)) == ["09:00"]
    assert starts(WorkingPeriod(0, 540, 600, first=MONDAY + days)) == []
    assert starts(WorkingPeriod(0, 540, 600, last=MONDAY - days)) == []


def test_weeks_that_alternate_are_told_apart() -> None:
    each = [WorkingPeriod(0, 540, 600, week=0), WorkingPeriod(0, 660, 720, week=1)]
    this_week = starts(*each)
    next_week = Span(at(MONDAY + timedelta(days=7), 0), at(MONDAY + timedelta(days=8), 0))
    assert {*this_week, *starts(*each, window=next_week)} == {"09:00", "11:00"}
    assert len(this_week) == 1


def test_a_period_until_midnight_ends_there() -> None:
    assert starts(WorkingPeriod(0, 22 * 60, 24 * 60)) == ["22:00", "22:30", "23:00"]


def test_the_night_when_clocks_go_back_has_an_hour_more() -> None:
    sunday = date(2026, 10, 25)
    night = WorkingPeriod(6, 60, 4 * 60)
    window = Span(at(sunday, 0, zone=BRUSSELS), at(sunday, 12, zone=BRUSSELS))
    found = starts(night, after=rules(step=60), window=window, zone=BRUSSELS)
    assert found == ["01:00", "02:00", "02:00", "03:00"]


def test_the_night_when_clocks_go_forward_has_an_hour_less() -> None:
    sunday = date(2026, 3, 29)
    night = WorkingPeriod(6, 60, 4 * 60)
    window = Span(at(sunday, 0, zone=BRUSSELS), at(sunday, 12, zone=BRUSSELS))
    assert starts(night, after=rules(step=60), window=window, zone=BRUSSELS) == ["01:00", "03:00"]


def test_opening_hours_stay_on_the_clock_when_it_changes() -> None:
    friday, monday = date(2026, 3, 27), date(2026, 3, 30)
    shop = [WorkingPeriod(4, 540, 600), WorkingPeriod(0, 540, 600)]
    window = Span(at(friday, 0, zone=BRUSSELS), at(monday, 23, zone=BRUSSELS))
    hours = WorkingHours(BRUSSELS, tuple(shop))
    found = free_slots(hours, minutes(60), rules(), window, now=LONG_AGO, professional_id=1)
    assert [slot.start.hour for slot in found] == [8, 7]


@pytest.mark.parametrize(("step", "duration"), [(0, 30), (30, 0), (-30, 30)])
def test_nonsense_is_refused_instead_of_searched_for_ever(step: int, duration: int) -> None:
    with pytest.raises(ValueError, match="no slots"):
        starts(MORNING, service=minutes(duration), after=rules(step=step))


# A day and a half around the nights when Brussels changes its clocks, and an ordinary one.
BEGINNINGS = st.sampled_from(
    [
        datetime(2026, 3, 28, 20, tzinfo=UTC),
        datetime(2026, 10, 24, 20, tzinfo=UTC),
        datetime(2026, 11, 22, 20, tzinfo=UTC),
    ]
)
WINDOW = timedelta(hours=36)
ZONES = st.sampled_from([SAO_PAULO, BRUSSELS])


@dataclass(frozen=True, slots=True)
class Question:
    hours: WorkingHours
    service: ServiceRule
    rules: SchedulingRules
    window: Span
    now: datetime
    leaves: list[Span]
    booked: list[Span]

    def answer(self) -> list[Slot]:
        return free_slots(
            self.hours,
            self.service,
            self.rules,
            self.window,
            now=self.now,
            professional_id=1,
            leaves=self.leaves,
            booked=self.booked,
        )


@st.composite
def working_periods(draw: st.DrawFn) -> WorkingPeriod:
    # From 4 o'clock on: before that, a minute of the night may come twice or never.
    begins = draw(st.integers(4 * 4, 23 * 4)) * 15
    ends = draw(st.integers(begins // 15 + 1, 24 * 4)) * 15
    return WorkingPeriod(draw(st.sampled_from([5, 6, 0, 1])), begins, ends)


def spans(beginning: datetime) -> st.SearchStrategy[Span]:
    return st.builds(
        lambda start, length: Span(beginning + start * MINUTE, beginning + (start + length) * MINUTE),
        st.integers(-300, 2000),
        st.integers(1, 300),
    )


@st.composite
def questions(draw: st.DrawFn) -> Question:
    beginning = draw(BEGINNINGS)
    asked = SchedulingRules(
        zone=draw(ZONES),
        step=timedelta(minutes=draw(st.sampled_from([10, 15, 30, 45]))),
        notice=timedelta(minutes=draw(st.integers(0, 300))),
        horizon=timedelta(minutes=draw(st.integers(300, 3000))),
        closed_on=draw(st.frozensets(st.sampled_from([beginning.date()]))),
    )
    return Question(
        WorkingHours(draw(ZONES), tuple(draw(st.lists(working_periods(), min_size=1, max_size=4)))),
        minutes(draw(st.integers(5, 180)), draw(st.integers(0, 60))),
        asked,
        Span(beginning, beginning + WINDOW),
        beginning + draw(st.integers(-300, 600)) * MINUTE,
        draw(st.lists(spans(beginning), max_size=2)),
        draw(st.lists(spans(beginning), max_size=3)),
    )


@given(questions())
def test_slots_are_those_that_looking_at_every_minute_finds(question: Question) -> None:
    assert [slot.start for slot in question.answer()] == minute_by_minute(question)


@given(questions())
def test_slots_come_by_time_each_once_and_overlap_nothing(question: Question) -> None:
    found = question.answer()
    assert found == sorted(set(found))
    for slot in found:
        assert slot.start.tzinfo is UTC
        assert slot.end - slot.start == question.service.duration
        span = Span(slot.start, slot.end)
        assert not any(span.overlaps(other) for other in [*question.leaves, *question.booked])
        assert question.window.start <= slot.start < question.window.end
        assert question.now + question.rules.notice <= slot.start <= question.now + question.rules.horizon
        assert slot.start.astimezone(question.rules.zone).date() not in question.rules.closed_on


def minute_by_minute(question: Question) -> list[datetime]:
    """Every minute at which some period has been worked for a multiple of the step and a slot has room."""
    found = set()
    for index in range(len(question.hours.periods)):
        begun: dict[date, datetime] = {}
        for passed in range(-24 * 60, WINDOW // MINUTE):
            minute = question.window.start + passed * MINUTE
            if not _is_worked(question.hours, index, minute):
                continue
            begin = begun.setdefault(minute.astimezone(question.hours.zone).date(), minute)
            if (minute - begin) % question.rules.step == timedelta(0) and _has_room(question, index, minute):
                found.add(minute)
    return sorted(found)


def _is_worked(hours: WorkingHours, index: int, minute: datetime) -> bool:
    period, wall = hours.periods[index], minute.astimezone(hours.zone)
    return period.is_on(wall.date()) and period.begins <= wall.hour * 60 + wall.minute < period.ends


def _has_room(question: Question, index: int, start: datetime) -> bool:
    asked, length = question.rules, question.service.duration // MINUTE
    zone, day = question.hours.zone, start.astimezone(question.hours.zone).date()
    if not max(question.window.start, question.now + asked.notice) <= start <= question.now + asked.horizon:
        return False
    inside = [start + passed * MINUTE for passed in range(length)]
    kept = [start + passed * MINUTE for passed in range(length + question.service.gap // MINUTE)]
    return (
        all(_is_worked(question.hours, index, minute) for minute in inside)
        and all(minute.astimezone(zone).date() == day for minute in inside)
        and all(minute.astimezone(asked.zone).date() not in asked.closed_on for minute in inside)
        and not any(leave.start <= minute < leave.end for leave in question.leaves for minute in inside)
        and not any(event.start <= minute < event.end for event in question.booked for minute in kept)
    )
