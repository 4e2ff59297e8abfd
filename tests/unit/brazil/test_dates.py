from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.brazil.dates import EARLIEST, LATEST, format_date, format_numeric, parse_date

pytestmark = pytest.mark.unit

WEDNESDAY = date(2026, 11, 25)
DAYS = st.dates(date(EARLIEST, 1, 1), date(LATEST - 9, 12, 31))
"""Far enough from the last year for the next 29 February to be before it."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("25/12", date(2026, 12, 25)),
        ("25/12/26", date(2026, 12, 25)),
        ("25/12/2026", date(2026, 12, 25)),
        ("25.12.2026", date(2026, 12, 25)),
        ("25-12-2026", date(2026, 12, 25)),
        (" dia 25/12 ", date(2026, 12, 25)),
        ("25/11", WEDNESDAY),
        ("24/11", date(2027, 11, 24)),
        ("5/1", date(2027, 1, 5)),
        ("29/02", date(2028, 2, 29)),
        ("dia 25", WEDNESDAY),
        ("no dia 24", date(2026, 12, 24)),
        ("dia 31", date(2026, 12, 31)),
        ("dia 1º", date(2026, 12, 1)),
        ("1º/12", date(2026, 12, 1)),
        ("24/11/2026", date(2026, 11, 24)),
    ],
)
def test_a_date_in_digits_is_the_next_one_that_fits(written: str, meant: date) -> None:
    assert parse_date(written, WEDNESDAY) == meant


@pytest.mark.parametrize(
    "written",
    ["", "25", "32/12", "31/11", "29/02/2027", "12/25/2026", "2026-12-25", "25/12-2026", "12.50", "dia 0",
     "dia 32",
     "amanhã", "25/12/1200", "1/2/3", "25/12/226"],
)  # fmt: skip
def test_what_is_no_date_is_none(written: str) -> None:
    assert parse_date(written, WEDNESDAY) is None


@given(DAYS, DAYS)
def test_a_date_in_digits_reads_as_itself(day: date, today: date) -> None:
    assert parse_date(format_numeric(day), today) == day


@given(DAYS, DAYS)
def test_without_a_year_it_is_the_next_such_day(day: date, today: date) -> None:
    meant = parse_date(f"{day.day}/{day.month}", today)
    assert meant is not None
    assert (meant.day, meant.month) == (day.day, day.month)
    assert today <= meant <= today + timedelta(days=366 * 8)


@given(DAYS, st.integers(1, 31))
def test_without_a_month_it_comes_within_two(today: date, day: int) -> None:
    meant = parse_date(f"dia {day}", today)
    assert meant is not None
    assert meant.day == day
    assert timedelta(0) <= meant - today < timedelta(days=62)


@given(st.text() | st.text("0123456789/.-ºdia ", max_size=14), st.dates())
def test_no_text_is_too_strange(text: str, today: date) -> None:
    meant = parse_date(text, today)
    assert meant is None or EARLIEST <= meant.year <= LATEST


@pytest.mark.parametrize(
    ("day", "weekday", "said"),
    [
        (date(2026, 12, 25), False, "25 de dezembro"),
        (date(2026, 11, 27), True, "sexta-feira, 27 de novembro"),
        (date(2026, 12, 1), False, "1º de dezembro"),
        (date(2027, 1, 8), True, "sexta-feira, 8 de janeiro de 2027"),
        (date(2027, 3, 1), False, "1º de março de 2027"),
    ],
)
def test_a_date_is_said_in_words(day: date, weekday: bool, said: str) -> None:
    assert format_date(day, WEDNESDAY, weekday=weekday) == said


@given(DAYS, DAYS)
def test_the_year_is_said_when_it_is_another(day: date, today: date) -> None:
    assert format_date(day, today).endswith(str(day.year)) is (day.year != today.year)
