from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.crews.dialogues.opening import (
    closing,
    holiday,
    is_open,
    next_opening,
    periods_on,
    spoken,
    spoken_day,
)
from chatwootai.crews.understanding.days import Asked, When, asked_days
from chatwootai.domain.profiles import BusinessHours, OpenPeriod

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("America/Sao_Paulo")
DAY = (OpenPeriod(time(9), time(18)),)
HOURS = BusinessHours(
    ZONE, {**dict.fromkeys(range(5), DAY), 5: (OpenPeriod(time(9), time(13)),)}, holidays_state="SP"
)
WEDNESDAY = date(2026, 11, 25)
MOMENTS = st.datetimes(
    min_value=datetime(2025, 1, 1),  # noqa: DTZ001 the strategy adds the zone itself
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001 the strategy adds the zone itself
    timezones=st.just(ZoneInfo("UTC")),
)


@pytest.fixture(scope="module", autouse=True)
def _calendar_is_loaded() -> None:
    """The first look at a holiday imports the calendars, longer than a property may take."""
    holiday(HOURS, WEDNESDAY)


@st.composite
def weeks(draw: st.DrawFn) -> BusinessHours:
    week: dict[int, tuple[OpenPeriod, ...]] = {}
    for day in range(7):
        hours = sorted(draw(st.sets(st.integers(0, 23), max_size=4)))
        pairs = zip(hours[::2], hours[1::2], strict=False)
        week[day] = tuple(OpenPeriod(time(opens), time(closes)) for opens, closes in pairs)
    return BusinessHours(ZONE, week, closed_on_holidays=draw(st.booleans()))


@given(weeks(), MOMENTS)
def test_the_next_opening_is_later_and_opens(hours: BusinessHours, at: datetime) -> None:
    opens = next_opening(hours, at)
    if opens is None:
        assert not any(periods_on(hours, at.date() + timedelta(days=offset)) for offset in range(1, 30))
        return
    assert opens > at
    assert is_open(hours, opens)
    assert (
        not is_open(hours, opens - timedelta(microseconds=1))
        or closing(hours, opens - timedelta(seconds=1)) == opens
    )


@given(weeks(), MOMENTS)
def test_open_means_that_it_will_close(hours: BusinessHours, at: datetime) -> None:
    closes = closing(hours, at)
    assert is_open(hours, at) == (closes is not None)
    if closes is not None:
        assert closes > at
        assert closes - at < timedelta(days=1)


@given(weeks(), MOMENTS)
def test_nothing_opens_between_now_and_the_next_opening(hours: BusinessHours, at: datetime) -> None:
    opens = next_opening(hours, at)
    if opens is None or is_open(hours, at):
        return
    halfway = at + (opens - at) / 2
    assert not is_open(hours, halfway)


@pytest.mark.parametrize(
    ("at", "is_it"),
    [
        (datetime(2026, 11, 25, 9, 0, tzinfo=ZONE), True),
        (datetime(2026, 11, 25, 8, 59, tzinfo=ZONE), False),
        (datetime(2026, 11, 25, 18, 0, tzinfo=ZONE), False),
        (datetime(2026, 11, 28, 12, 59, tzinfo=ZONE), True),
        (datetime(2026, 11, 29, 12, 0, tzinfo=ZONE), False),
        (datetime(2026, 12, 25, 12, 0, tzinfo=ZONE), False),
        (datetime(2026, 7, 9, 12, 0, tzinfo=ZONE), False),
        (datetime(2026, 11, 25, 12, 30, tzinfo=ZoneInfo("UTC")), True),
    ],
)
def test_the_shop_is_open_when_it_says(at: datetime, is_it: bool) -> None:
    assert is_open(HOURS, at) is is_it


def test_a_holiday_of_another_state_does_not_close() -> None:
    assert is_open(replace(HOURS, holidays_state="PR"), datetime(2026, 7, 9, 12, 0, tzinfo=ZONE))


def test_a_holiday_of_the_city_closes() -> None:
    anniversary = datetime(2027, 1, 25, 12, 0, tzinfo=ZONE)
    assert is_open(HOURS, anniversary)
    assert not is_open(replace(HOURS, holidays_city="São Paulo"), anniversary)
    assert not is_open(replace(HOURS, municipal_holidays=((1, 25),)), anniversary)
    assert is_open(replace(HOURS, holidays_city="São Paulo", municipal_holidays=()), anniversary)


def test_a_shop_that_opens_on_holidays_is_open() -> None:
    hours = replace(HOURS, closed_on_holidays=False)
    assert is_open(hours, datetime(2026, 12, 25, 12, 0, tzinfo=ZONE))
    assert holiday(hours, date(2026, 12, 25)) == "Natal"


def test_an_extra_closed_day_is_closed() -> None:
    hours = replace(HOURS, closed_on=frozenset({WEDNESDAY}))
    assert next_opening(hours, datetime(2026, 11, 24, 20, 0, tzinfo=ZONE)) == datetime(
        2026, 11, 26, 9, tzinfo=ZONE
    )


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (HOURS.week, "de segunda a sexta, das 9h às 18h, e sábado, das 9h às 13h"),
        ({0: DAY, 1: DAY}, "segunda e terça, das 9h às 18h"),
        (
            {0: (OpenPeriod(time(9, 30), time(12)), OpenPeriod(time(13), time(19)))},
            "segunda, das 9h30 às 12h e das 13h às 19h",
        ),
        ({5: (OpenPeriod(time(0), time(1)),)}, "sábado, da 0h à 1h"),
        ({}, ""),
    ],
)
def test_a_week_is_spoken_as_people_do(week: dict[int, tuple[OpenPeriod, ...]], said: str) -> None:
    assert spoken(BusinessHours(ZONE, week)) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (WEDNESDAY, "hoje"),
        (date(2026, 11, 26), "amanhã"),
        (date(2026, 11, 28), "sábado"),
        (date(2026, 12, 2), "quarta (02/12)"),
        (date(2026, 12, 25), "sexta (25/12)"),
    ],
)
def test_a_day_is_spoken_as_people_do(day: date, said: str) -> None:
    assert spoken_day(day, WEDNESDAY) == said


def on(day: date) -> Asked:
    return Asked(When.DAY, day)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("que horas vcs abrem?", ()),
        ("tá aberto agora?", (Asked(When.NOW),)),
        ("abre hj?", (on(WEDNESDAY),)),
        ("e amanhã?", (on(date(2026, 11, 26)),)),
        ("depois de amanhã abre?", (on(date(2026, 11, 27)),)),
        ("abrem sábado e domingo?", (on(date(2026, 11, 28)), on(date(2026, 11, 29)))),
        ("fim de semana", (on(date(2026, 11, 28)), on(date(2026, 11, 29)))),
        ("quarta-feira", (on(WEDNESDAY),)),
        ("segunda feira", (on(date(2026, 11, 30)),)),
        ("dia 24/12", (on(date(2026, 12, 24)),)),
        ("dia 25/12", (on(date(2026, 12, 25)),)),
        ("dia 2", (on(date(2026, 12, 2)),)),
        ("dia 30", (on(date(2026, 11, 30)),)),
        ("dia 3 de janeiro", (on(date(2027, 1, 3)),)),
        ("dia 31/11", ()),
        ("no feriado", (Asked(When.HOLIDAY),)),
        ("no natal", (Asked(When.HOLIDAY, name="Natal"),)),
        ("véspera de natal", (on(date(2026, 12, 24)),)),
        ("sexta-feira santa", (Asked(When.HOLIDAY, name="Santa"),)),
    ],
)
def test_the_days_of_a_question_are_found(text: str, asked: tuple[Asked, ...]) -> None:
    assert asked_days(text, WEDNESDAY) == asked


@given(st.text(max_size=100), st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_any_text_may_be_searched_for_days(text: str, today: date) -> None:
    assert all(asked.day is None or asked.day >= today for asked in asked_days(text, today))


@given(
    st.integers(0, 99), st.integers(0, 99), st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))
)
def test_any_written_date_is_in_the_future_or_none(day: int, month: int, today: date) -> None:
    assert all(asked.day is None or asked.day >= today for asked in asked_days(f"dia {day}/{month}", today))
