from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.brazil.dates import format_date, format_numeric

pytestmark = pytest.mark.unit

WEDNESDAY = date(2026, 11, 25)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def test_a_date_in_digits_has_its_day_first() -> None:
    assert format_numeric(date(2026, 1, 5)) == "05/01/2026"


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
