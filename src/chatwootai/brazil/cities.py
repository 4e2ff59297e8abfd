"""Cities whose own holidays are known without being listed in a profile.

`workalendar` knows more of them, but for some it takes the day of foundation for a holiday where the law of
the city has none (Curitiba, Salvador, Recife, Maceió, Belo Horizonte), takes another day than the law (Boa
Vista, Guarapari), or adds nothing to the state (Goiânia, Natal, João Pessoa). A shop that is said to be
closed when it is not loses customers: only cities whose days stand are here, the others go into profiles.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.brazil.letters import folded


@dataclass(frozen=True, slots=True)
class City:
    """A city as IBGE names and numbers it: the first two of the seven digits are its state's."""

    name: str
    state: str
    ibge: str


CITIES = (
    City("Aracaju", "SE", "2800308"),
    City("Belém", "PA", "1501402"),
    City("Campo Grande", "MS", "5002704"),
    City("Chapecó", "SC", "4204202"),
    City("Cuiabá", "MT", "5103403"),
    City("Florianópolis", "SC", "4205407"),
    City("Joinville", "SC", "4209102"),
    City("Macapá", "AP", "1600303"),
    City("Manaus", "AM", "1302603"),
    City("Palmas", "TO", "1721000"),
    City("Porto Velho", "RO", "1100205"),
    City("Rio Branco", "AC", "1200401"),
    City("São Paulo", "SP", "3550308"),
    City("Sorocaba", "SP", "3552205"),
    City("Teresina", "PI", "2211001"),
    City("Vila Velha", "ES", "3205200"),
    City("Vitória", "ES", "3205309"),
)


def _spelling(name: str) -> str:
    return " ".join(folded(name).split())


_BY_SPELLING = {(city.state, _spelling(city.name)): city for city in CITIES}


def known_city(state: str | None, name: str) -> City | None:
    """The city of that state, however capitalised or accented; None where its holidays are not known."""
    return _BY_SPELLING.get((state or "", _spelling(name)))
