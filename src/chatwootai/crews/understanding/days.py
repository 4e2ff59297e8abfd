"""Which days a question about opening hours means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chatwootai.crews.understanding.words import norms_of


class When(StrEnum):
    NOW = "now"
    DAY = "day"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Asked:
    """`day` for DAY. `name` is how a holiday's official name is recognised, "" for holidays as such."""

    when: When
    day: date | None = None
    name: str = ""


WEEKDAY = re.compile(r"\b(segunda|terca|quarta|quinta|sexta|sabado|domingo)s?\b")
WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})\b|\bdia (\d{1,2})(?![\d/])(?: de (\w+))?\b")
LONGEST_MONTH = 31
MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
HOLIDAYS = {
    "natal": "Natal",
    "ano novo": "Confraternização",
    "reveillon": "Confraternização",
    "sexta feira santa": "Santa",
    "sexta santa": "Santa",
    "tiradentes": "Tiradentes",
    "finados": "Finados",
    "consciencia negra": "Consciência Negra",
    "independencia": "Independência",
    "proclamacao": "Proclamação",
    "dia do trabalho": "Trabalhador",
    "dia do trabalhador": "Trabalhador",
    "aparecida": "Aparecida",
}


def asked_days(text: str, today: date) -> tuple[Asked, ...]:
    """Every moment that `text` asks for, in its order; a weekday means the next one, today included."""
    spoken = " ".join(norms_of(text))
    found: list[tuple[int, Asked]] = []
    for phrase, name in HOLIDAYS.items():
        for match in re.finditer(rf"\b{phrase}\b", spoken):
            found.append((match.start(), _holiday_or_eve(spoken, match.start(), name, today)))
            spoken = spoken[: match.start()] + "·" * len(phrase) + spoken[match.end() :]
    found += [(match.start(), Asked(When.HOLIDAY)) for match in re.finditer(r"\bferiados?\b", spoken)]
    found += [(match.start(), Asked(When.NOW)) for match in re.finditer(r"\b(?:agora|ainda)\b", spoken)]
    for word, offset in (("hoje", 0), ("amanha", 1)):
        for match in re.finditer(rf"\b{word}\b", spoken):
            after = bool(re.search(r"depois de $", spoken[: match.start()]))
            found.append((match.start(), _day(today + timedelta(days=offset + after))))
    for match in re.finditer(r"\b(?:fim|fi[mn]s|finais) de semana\b", spoken):
        found += [(match.start(), _day(_next(today, weekday))) for weekday in (5, 6)]
    found += [
        (match.start(), _day(_next(today, WEEKDAYS.index(match.group(1)))))
        for match in WEEKDAY.finditer(spoken)
    ]
    found += [(match.start(), _day(day)) for match in DATE.finditer(spoken) if (day := _dated(match, today))]
    return tuple(dict.fromkeys(asked for _, asked in sorted(found, key=lambda item: item[0])))


def _holiday_or_eve(spoken: str, start: int, name: str, today: date) -> Asked:
    if not re.search(r"vespera d[eo] $", spoken[:start]):
        return Asked(When.HOLIDAY, name=name)
    eve = {"Natal": (12, 24), "Confraternização": (12, 31)}.get(name)
    return _day(_coming(today, *eve)) if eve else Asked(When.HOLIDAY, name=name)


def _day(day: date) -> Asked:
    return Asked(When.DAY, day)


def _next(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _dated(match: re.Match[str], today: date) -> date | None:
    if match.group(1):
        day, month = int(match.group(1)), int(match.group(2))
    else:
        day = int(match.group(3))
        named = match.group(4)
        month = MONTHS.index(named) + 1 if named in MONTHS else today.month + (day < today.day)
    try:
        return _coming(today, (month - 1) % 12 + 1, day)
    except ValueError:
        # "dia 31" said in November is that of December.
        return None if match.group(1) or match.group(4) else _in_next_month(today, month, day)


def _in_next_month(today: date, month: int, day: int) -> date | None:
    return _coming(today, month % 12 + 1, day) if 1 <= day <= LONGEST_MONTH else None


def _coming(today: date, month: int, day: int) -> date:
    """The next such day of a year; raises ValueError where the calendar has none, such as 31/11."""
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
