from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.salon import Salon

from chatwootai.crews.scheduling.wishes import Wish, wish_of
from chatwootai.domain.requests import Moment, PartOfDay

pytestmark = pytest.mark.unit

WISHES = st.builds(
    Wish,
    st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=3).map(tuple),
    st.none() | st.times(),
    st.none() | st.sampled_from(PartOfDay),
    st.none() | st.times(),
    st.none() | st.times(),
    st.booleans(),
)


@given(WISHES)
def test_memory_gives_a_wish_back_as_it_was(wish: Wish) -> None:
    assert wish_of(wish.kept()) == wish


@pytest.mark.parametrize(("at", "fits"), [("15:00", True), ("03:00", True), ("14:00", False)])
def test_three_is_three_in_the_afternoon_too(at: str, fits: bool) -> None:
    assert Wish(at=time.fromisoformat(at)).fits(datetime(2026, 11, 27, 15, 0, tzinfo=UTC)) is fits


def test_a_new_day_keeps_the_time_and_a_new_time_keeps_the_day() -> None:
    wish = Wish((date(2026, 11, 27),), part=PartOfDay.AFTERNOON)
    moved = wish.with_moments([Moment("segunda", (date(2026, 11, 30),))])
    assert moved == Wish((date(2026, 11, 30),), part=PartOfDay.AFTERNOON)
    assert moved.with_moments([Moment("às 10", at=time(10))]) == Wish((date(2026, 11, 30),), time(10))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("marca manicure hoje às 11h", "2 horas de antecedência"),
        ("marca manicure hoje às 8h", "já passou"),
        ("marca manicure sábado", "sábado, 28 de novembro"),
        ("marca manicure dia 25/12", "Natal"),
        ("marca manicure domingo", "domingo, 29 de novembro"),
        ("marca manicure dia 20 de março", "60 dias"),
        ("marca manicure sexta às 20h", "sexta, 27 de novembro"),
        ("marca manicure 31 de fevereiro", "não existe"),
        ("marca manicure sexta às 25h", "xist"),
        ("marca manicure ontem", "já passou|Para trás"),
    ],
)
async def test_what_cannot_be_is_told_with_what_can(salon: Salon, said: str, why: str) -> None:
    answer = await salon.hears(said)
    assert any(each in answer for each in why.split("|")), answer
    assert len(salon.talk.choices) >= 2
    assert salon.lines() == []


async def test_few_times_are_offered_and_each_once(salon: Salon) -> None:
    for said in ("quero marcar manicure", "sexta", "semana que vem", "de manhã"):
        await salon.hears(said)
        titles = [choice.title for choice in salon.talk.choices]
        assert 2 <= len(titles) <= 4
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= 20 for title in titles)


async def test_another_day_and_later_times(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta de manhã")
    later = await salon.hears("mais tarde")
    assert "sex 27/11, 1" in later
    assert "outro dia" in (await salon.hears("nenhum desses")).lower()
    assert "segunda, 30 de novembro" in await salon.hears("segunda")


async def test_two_is_an_hour_and_not_the_second_of_the_list(salon: Salon) -> None:
    assert "às 14h\n" in await salon.hears("quero marcar manicure amanhã", "as 2")


async def test_what_she_rules_out_is_not_offered(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta", "não posso de manhã")
    assert salon.talk.choices
    assert all(choice.title > "sex 27/11, 12h" for choice in salon.talk.choices)


async def test_another_day_is_asked_for_when_she_cannot_come(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta", "não posso sexta")
    assert "segunda, 30 de novembro" in await salon.hears("pode ser segunda")


@pytest.mark.parametrize("said", ["quinta que vem às 15h", "quinta às 15h", "dia 3 às 15h"])
async def test_the_day_is_always_told_as_it_was_understood(salon: Salon, said: str) -> None:
    summary = await salon.hears(f"marca manicure {said}")
    assert "quinta, 26 de novembro, às 15h" in summary or "quinta, 3 de dezembro, às 15h" in summary
