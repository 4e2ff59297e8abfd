from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workalendar.america.brazil import IBGE_REGISTER  # type: ignore[import-untyped]  # it ships no types

from chatwootai.brazil.cities import CITIES, City, known_city
from chatwootai.brazil.holidays import MUNICIPAL, Place, holiday_names
from chatwootai.brazil.postal import STATES
from chatwootai.domain.profiles import Feast

pytestmark = pytest.mark.unit

EASTER = {2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28)}
NATIONAL = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))
"""Leis 662/1949, 6.802/1980, 10.607/2002 and 14.759/2023."""


@pytest.fixture(scope="module", autouse=True)
def _calendars_are_loaded() -> None:
    """The first look imports both libraries, longer than a property may take."""
    holiday_names(Place("SC", "Joinville"), 2026)


@pytest.mark.parametrize("year", EASTER)
@pytest.mark.parametrize("state", [None, *sorted(STATES)])
def test_the_holidays_of_the_nation_are_kept_everywhere(state: str | None, year: int) -> None:
    names = holiday_names(Place(state), year)
    assert {date(year, month, day) for month, day in NATIONAL} | {EASTER[year] - timedelta(days=2)} <= set(
        names
    )


def test_a_state_adds_its_own() -> None:
    assert holiday_names(Place("SP"), 2026)[date(2026, 7, 9)] == "Revolução Constitucionalista"
    assert date(2026, 7, 9) not in holiday_names(Place("PR"), 2026)
    assert holiday_names(Place("RJ"), 2026)[date(2026, 2, 17)] == "Carnaval"


@pytest.mark.parametrize("place", [Place(), Place("SP"), Place("PR", "Curitiba")])
def test_optional_days_of_the_public_service_are_none(place: Place) -> None:
    names = holiday_names(place, 2026)
    for day in ((2, 16), (2, 17), (2, 18), (6, 4), (10, 28), (12, 24), (12, 31)):
        assert date(2026, *day) not in names


def test_the_capital_adds_what_its_law_says() -> None:
    added = holiday_names(Place("SP", "são paulo"), 2026).items() - holiday_names(Place("SP"), 2026).items()
    assert dict(added) == {
        date(2026, 1, 25): "Aniversário da Cidade de São Paulo",
        date(2026, 6, 4): "Corpus Christi",
    }


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        (Place("SC", "Joinville"), date(2026, 3, 9), "Aniversário de Joinville"),
        (Place("MT", "cuiaba"), date(2026, 6, 4), "Corpus Christi"),
        (Place("ES", "Vitória"), date(2026, 9, 8), "Aniversário de Vitória"),
        (Place("ES", "Vitória"), date(2026, 4, 3), "Sexta-feira Santa"),
        (Place("ES", "Vitória"), date(2026, 4, 13), "Nossa Senhora da Penha"),
    ],
)
def test_a_known_city_adds_its_own_under_portuguese_names(place: Place, day: date, name: str) -> None:
    assert holiday_names(place, day.year)[day] == name


def test_a_feast_that_moves_is_not_kept_on_a_fixed_day_as_well() -> None:
    assert list(holiday_names(Place("ES", "Vitória"), 2026).values()).count("Nossa Senhora da Penha") == 1


def test_what_is_listed_replaces_what_is_known() -> None:
    place = Place("SC", "Joinville", ((9, 8), (2, 29), Feast.CORPUS_CHRISTI, Feast.CARNIVAL))
    names = holiday_names(place, 2026)
    assert names[date(2026, 9, 8)] == MUNICIPAL
    assert names[date(2026, 6, 4)] == "Corpus Christi"
    assert names[date(2026, 2, 16)] == names[date(2026, 2, 17)] == "Carnaval"
    assert date(2026, 3, 9) not in names
    assert holiday_names(Place("SC", "Joinville", ()), 2026) == holiday_names(Place("SC"), 2026)


def test_a_listed_day_keeps_the_name_it_is_known_by() -> None:
    assert (
        holiday_names(Place("SC", "Joinville", ((3, 9),)), 2026)[date(2026, 3, 9)]
        == "Aniversário de Joinville"
    )
    assert holiday_names(Place("PR", None, ((12, 25),)), 2026)[date(2026, 12, 25)] == "Natal"


def test_a_place_outside_brazil_is_refused() -> None:
    with pytest.raises(ValueError, match="'XX' is no Brazilian state"):
        Place("XX")


@given(st.sampled_from(CITIES), st.integers(1996, 2098))
def test_every_known_city_has_holidays_of_its_own_beside_those_of_its_state(known: City, year: int) -> None:
    names = holiday_names(Place(known.state, known.name), year)
    assert holiday_names(Place(known.state), year).keys() <= names.keys()
    # Its only one may fall on one of the state's, as in Florianópolis in 2046, but not year after year.
    assert any(
        holiday_names(Place(known.state), near).keys()
        < holiday_names(Place(known.state, known.name), near).keys()
        for near in (year, year + 1)
    )
    assert all(day.year == year for day in names)
    assert list(names) == sorted(names)
    assert not {"Carnaval Monday", "Easter Sunday"} & set(names.values())


@pytest.mark.parametrize("known", CITIES, ids=lambda known: known.name)
def test_every_known_city_is_the_one_that_the_library_numbers(known: City) -> None:
    assert IBGE_REGISTER[f"BR-IBGE-{known.ibge}"].__doc__ == f"Brazil {known.name} City"
    assert known_city(known.state, f" {known.name.upper()} ") is known


@given(st.text(), st.text())
def test_no_text_is_too_strange(state: str, name: str) -> None:
    city = known_city(state, name)
    assert city is None or city in CITIES


def test_the_calendars_are_imported_when_they_are_asked_for() -> None:
    asked = "import sys, chatwootai.brazil.holidays; print({'holidays', 'workalendar'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
