"""A city's holidays as its shop owners write them: "25/01", or the name of a day that moves with Easter."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz, process

from chatwootai.brazil.cities import CITIES, known_city
from chatwootai.domain.profiles import Feast, MonthDay

DAY_PATTERN = r"^\d{1,2}/\d{1,2}$"
LEAP_YEAR = 2024
LIKELY = 70
"""Likeness (0 to 100) from which a name that exists is offered for one that does not."""

EXAMPLE = 'municipais: ["25/01", "Corpus Christi"]'
MUNICIPAL_SCHEMA: dict[str, object] = {
    "anyOf": [
        {"type": "string", "pattern": DAY_PATTERN, "examples": ["25/01"]},
        {"enum": [feast.value for feast in Feast]},
    ],
}


def municipal_holiday(written: object) -> MonthDay | Feast:
    """Raises ValueError, in Portuguese, for what is neither a day of a year nor a movable one."""
    text = str(written).strip()
    for feast in Feast:
        if text.casefold() == feast.casefold():
            return feast
    if re.match(DAY_PATTERN, text, re.ASCII):
        day, month = (int(part) for part in text.split("/"))
        try:
            existing = date(LEAP_YEAR, month, day)
        except ValueError as error:
            raise ValueError(f'"{text}" não existe no calendário; escreva dia/mês, como 25/01') from error
        return existing.month, existing.day
    feasts = ", ".join(feast.value for feast in Feast)
    hint = _hint(text, [feast.value for feast in Feast])
    raise ValueError(f'"{text}" não é um feriado; escreva dia/mês, como 25/01, ou um destes: {feasts}.{hint}')


def require_known(city: str, state: str | None) -> None:
    """Raises ValueError, in Portuguese, where the holidays of that city have to be listed."""
    if state is None:
        raise ValueError(f'para usar os feriados de "{city}", escreva também a uf')
    if known_city(state, city) is not None:
        return
    elsewhere = next((known.state for known in CITIES if known_city(known.state, city)), None)
    hint = f" Ela fica em outro estado: {elsewhere}?" if elsewhere else _hint(city, _cities_of(state))
    raise ValueError(
        f'não conhecemos os feriados de "{city}" ({state}); escreva a lista, como {EXAMPLE}.{hint}'
    )


def _cities_of(state: str) -> list[str]:
    return [known.name for known in CITIES if known.state == state]


def _hint(written: str, names: list[str]) -> str:
    near = process.extractOne(written, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKELY)
    return f' Você quis dizer "{near[0]}"?' if near else ""
