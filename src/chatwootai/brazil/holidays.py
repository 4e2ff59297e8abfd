"""Public holidays of a place: of the nation, of its state, of its city.

The optional days of the public service (Carnaval, Quarta-feira de Cinzas, Corpus Christi, Dia do Servidor
Público, the eves of Natal and Ano-Novo) are out: they bind offices of the state, and shops are open. In are
those that a law has made a holiday: Carnaval's Tuesday in the state of Rio de Janeiro, Corpus Christi in the
cities that have it so, and whichever of them a profile lists for its city.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from chatwootai.brazil.cities import City, known_city
from chatwootai.brazil.postal import STATES
from chatwootai.domain.profiles import Feast, MonthDay

MUNICIPAL = "feriado municipal"
"""The name of a listed holiday, of which only the day is known."""

BY_LAW = {"3550308": "São Paulo Capital"}
"""Cities of which `holidays` keeps the laws themselves, by IBGE's number; it goes before workalendar."""

Day = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop is. A city counts by what `municipal` lists, which replaces what is known of it."""

    state: str | None = None
    """UF; None for the nation's holidays alone."""
    city: str | None = None
    municipal: tuple[MonthDay | Feast, ...] | None = None
    """All holidays of the city; None for those of `known_city`, empty where it has none of its own."""

    def __post_init__(self) -> None:
        if self.state is not None and self.state not in STATES:
            raise ValueError(f"{self.state!r} is no Brazilian state")


@lru_cache(maxsize=256)
def holiday_names(place: Place, year: int) -> Mapping[date, str]:
    """The holidays of a year in their order, by their Portuguese names."""
    names = dict(_by_law(place.state, year))
    known = known_city(place.state, place.city) if place.city else None
    own = tuple(_known(known, year, frozenset(names.values()))) if known else ()
    listed = own if place.municipal is None else _listed(place.municipal, dict(own), year)
    for day, name in listed:
        names.setdefault(day, name)
    return MappingProxyType(dict(sorted(names.items())))


def _by_law(subdivision: str | None, year: int, category: str = "public") -> Iterator[Day]:
    # Imported at first use: it takes up to 0.4 s, which no command line should wait for.
    from holidays import country_holidays

    found = country_holidays("BR", subdivision, years=year, language="pt_BR", categories=(category,))
    for day, name in found.items():
        yield day, name.replace("; ", " e ")


def _known(city: City, year: int, told: frozenset[str]) -> Iterator[Day]:
    """What the city adds to its state, but for feasts that the state has `told` on their movable day."""
    if city.ibge in BY_LAW:
        yield from _by_law(BY_LAW[city.ibge], year)
        return
    from workalendar.america.brazil import IBGE_REGISTER  # type: ignore[import-untyped]  # it ships no types

    of_the_state = dict(IBGE_REGISTER[f"BR-IBGE-{city.ibge[:2]}"]().holidays(year))
    for day, name in IBGE_REGISTER[f"BR-IBGE-{city.ibge}"]().holidays(year):
        if day not in of_the_state and name not in told:
            yield day, str(name)


def _listed(listed: tuple[MonthDay | Feast, ...], known: Mapping[date, str], year: int) -> Iterator[Day]:
    for item in listed:
        if isinstance(item, Feast):
            yield from ((day, name) for day, name in _by_law(None, year, "optional") if name == item)
        elif (day := _dated(year, *item)) is not None:
            yield day, known.get(day, MUNICIPAL)


def _dated(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        # 29 February, in the years that have none.
        return None
