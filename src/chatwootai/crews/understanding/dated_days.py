"""Days named by number, by distance, or by a feast: "dia 5", "05/12", "daqui a 3 dias", "no natal"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from chatwootai.crews.understanding.calendar_days import (
    SUNDAY,
    black_friday,
    coming,
    coming_feast,
    coming_in_month,
    days_between,
    fixed,
    from_easter,
    month_after,
    month_days,
    next_holiday,
    nth_weekday,
    on,
)
from chatwootai.crews.understanding.moment_parts import DayPart
from chatwootai.crews.understanding.numerals import NUMBER, number
from chatwootai.crews.understanding.weekdays import MONTH, NEXT, month_of
from chatwootai.domain.requests import Impossible

PAST = re.compile(
    r"\b(?:ontem|onteem|anteontem|antes de ontem|(?:mes|ano|fim de semana) passado|no outro dia"
    rf"|(?:ha|faz)(?: uns| umas| mais de)? {NUMBER} (?:dias?|semanas?|mes|meses|anos?)"
    rf"|{NUMBER} (?:dias?|semanas?|mes|meses|anos?) atras)\b"
)
SOON = re.compile(r"\b(?:(?P<after>(?:depois|dps|dpois) de )?(?:amanhan?a?|amnha?|amn)|hoje|hj|hoj|oje)\b")
AHEAD = re.compile(
    rf"\b(?:daqui(?: ha| a)?|em|dentro de|dai a)(?: uns| umas)? (?P<count>{NUMBER}) ?"
    r"(?P<unit>dias?|semanas?|mes|meses|quinzenas?)\b(?! ute)"
)
FAR = 300
"""Days from which a date without its year may rather be the one that is over."""

UNIT_DAYS = {"d": 1, "s": 7, "q": 15}
NUMERIC = re.compile(
    r"(?<![\w/.,$-])(?:(?P<named>dia|em"
    r"|no dia) )?(?P<day>[0-9]{1,2})(?:(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}"
    r"|[0-9]{2}))?|(?P<do>o? do )(?P<of>[0-9]{1,2}))(?![\w/]|[.,-][0-9])"
)
ISO = re.compile(r"(?<![\w-])(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![\w-])")
WRITTEN = re.compile(
    rf"\b(?:dias? )?(?P<day>[0-9]{{1,2}}(?!:)|primeiro|{NUMBER})[o]?(?: de| do| agora de)? (?:mes de )?"
    rf"(?P<month>{MONTH})(?:(?: de| do)? (?P<year>20[0-9]{{2}}))?"
)
FROM_TO = re.compile(
    r"\b(?:(?P<between>entre)(?: os)?|do|dos|de)? ?(?:dias? )?(?P<first>[0-9]{1,2}) (?P<link>ao?|ate(?: o)?"
    r"|e)(?: dia)?"
    rf" (?P<last>[0-9]{{1,2}}) de (?P<month>{MONTH})"
)
MONTH_FIRST = re.compile(
    rf"\b(?P<month>{MONTH}|mes {NEXT}|proximo mes),? (?:no |o |la pelo )?dia (?P<day>[0-9]{{1,2}})\b(?!/)"
)
NUMBERED = re.compile(
    rf"\b(?:dia|dias) (?P<day>{NUMBER}|primeiro)[o]?(?![0-9]|[/.-][0-9])(?! (?:reais|cremes|vezes))"
    rf"(?:,? d[eo] (?:(?P<next>mes {NEXT}|proximo mes|outro mes)|(?P<this>mes\b|corrente\b))"
    r"|,? (?P<of>dess?t?e mes))?"
)
ALSO = re.compile(r" ?(?:e|ou|,) ?(?:o |no |dia )?(?P<day>[0-9]{1,2})\b(?![:/h,.]| ?h)")
STREET = re.compile(r"\b(?:rua|r|av|avenida|praca|travessa|alameda|largo)\.? (?:\w+ )?$")
WHOLE_MONTH = re.compile(
    r"(?:\b(?P<third>inicio|comeco|comecinho|meio|meados|fim|final|finzinho) d[eoa] )?"
    rf"(?:\b(?P<next>mes {NEXT}|mes seguinte\b|proximo mes\b)|\b(?P<this>(?:n?esse|n?este|desse|deste) mes\b)"
    rf"|(?:\b(?:em|so em|para|pra|no mes de|ate|a partir de) |(?<=\bde ))(?P<month>{MONTH})(?! [0-9]))"
)
MONTH_END = re.compile(r"\b(?:fim|final|finzinho) do mes\b")
LAST_DAY = re.compile(rf"\bultimo dia (?:do mes\b(?! que)|d[eo] (?P<month>{MONTH}))")
THIRDS = {"i": (1, 10), "c": (1, 10), "m": (11, 20), "f": (21, 31)}

FEASTS: MappingProxyType[str, Callable[[int], date]] = MappingProxyType(
    {
        "vespera d[eo] natal": fixed(12, 24),
        "vespera d[eo] ano novo": fixed(12, 31),
        "natal": fixed(12, 25),
        "(?:reveillon|virada do ano|vespera do reveillon)": fixed(12, 31),
        "(?:dia d[eo] )?ano novo": fixed(1, 1),
        "(?:terca (?:feira )?de )?carnaval": from_easter(-47),
        "quarta(?:[ -]feira)? de cinzas": from_easter(-46),
        "sexta(?:[ -]feira)? santa": from_easter(-2),
        "(?:domingo de )?pascoa": from_easter(0),
        "corpus christi": from_easter(60),
        "tiradentes": fixed(4, 21),
        "dia d[oe] trabalh(?:o|ador)": fixed(5, 1),
        "dia das maes": lambda year: nth_weekday(year, 5, SUNDAY, 2),
        "dia dos namorados": fixed(6, 12),
        "dia dos pais": lambda year: nth_weekday(year, 8, SUNDAY, 2),
        "(?:sete|7) de setembro|dia da independencia": fixed(9, 7),
        "dia das criancas|nossa senhora aparecida": fixed(10, 12),
        "finados": fixed(11, 2),
        "proclamacao da republica": fixed(11, 15),
        "consciencia negra": fixed(11, 20),
        "black ?friday": black_friday,
    }
)
FEAST = re.compile("|".join(rf"(?P<f{place}>\b(?:{said})\b)" for place, said in enumerate(FEASTS)))
FEAST_DATES = tuple(FEASTS.values())
CHRISTMAS_BEFORE = re.compile(
    r"(?:\b(?:no|pro|ao|o|do|ate|apos|antes de|depois de|(?:dia|feriado|semana|noite) de)|^) ?$"
)
"""A gift is "de Natal", and "em Natal" is the city."""
HOLIDAY = re.compile(r"\b(?:(?:proximo )?feriad(?:o|ao)|vespera d[eo] feriad(?:o|ao))\b")


def past(match: re.Match[str], _today: date) -> DayPart:
    return DayPart(*match.span(), impossible=Impossible.PAST)


def soon(match: re.Match[str], today: date) -> DayPart:
    offset = 0 if match.group()[0] in "ho" else 1 + bool(match["after"])
    return DayPart(*match.span(), (today + timedelta(days=offset),))


def ahead(match: re.Match[str], today: date) -> DayPart | None:
    count, unit = number(match["count"]), match["unit"][0]
    if count > 400:
        return None
    if unit == "m":
        year, month = month_after(today, count)
        return DayPart(*match.span(), (date(year, month, min(today.day, monthrange(year, month)[1])),))
    return DayPart(*match.span(), (today + timedelta(days=count * UNIT_DAYS[unit]),))


def numeric(match: re.Match[str], today: date) -> DayPart | None:
    """ "05/12", "5/12/26", "dia 5.12", "dia 10 do 12"; a fraction or a voltage is none."""
    day, month = int(match["day"]), int(match["month"] or match["of"])
    if (match["mark"] != "/" and not match["year"] and not match["named"]) or match.group() == "24/7":
        return None
    if day > 31 and month > 12:
        return None
    return _dated(match, today, day, month, match["year"])


def iso(match: re.Match[str], today: date) -> DayPart:
    """ "2026-12-05", as forms and other programs write it."""
    return _dated(match, today, int(match["day"]), int(match["month"]), match["year"])


def written(match: re.Match[str], today: date) -> DayPart | None:
    if STREET.search(match.string, 0, match.start()):
        return None
    return _dated(match, today, _day_number(match["day"]), month_of(match["month"]), match["year"])


def from_to(match: re.Match[str], today: date) -> DayPart | None:
    """ "De 10 a 15 de dezembro"."""
    if match["link"] == "e" and not match["between"]:
        return None
    month = month_of(match["month"])
    last = coming(today, month, int(match["last"]))
    first = on(last.year, month, int(match["first"])) if last else None
    if first is None or last is None or first > last:
        return DayPart(*match.span(), impossible=Impossible.DAY)
    return DayPart(*match.span(), days_between(max(first, today), last))


def month_first(match: re.Match[str], today: date) -> DayPart:
    named = match["month"]
    month = month_after(today, 1)[1] if "mes" in named else month_of(named)
    return _dated(match, today, int(match["day"]), month, None)


def numbered(match: re.Match[str], today: date) -> DayPart:
    """ "Dia 5", "dia 31 desse mês", "dia 3 do mês que vem"."""
    day = _day_number(match["day"])
    if match["next"] or match["of"] or match["this"]:
        found = on(*month_after(today, 1 if match["next"] else 0), day)
        if found is not None and found < today:
            return DayPart(*match.span(), impossible=Impossible.PAST)
    else:
        found = coming_in_month(today, day)
    return _possible(match.span(), found)


def whole_month(match: re.Match[str], today: date) -> DayPart | None:
    if match["month"] and re.search(r"[0-9] de $", match.string[: match.start()]):
        return None
    if match["month"]:
        month = month_of(match["month"])
        if match["month"] in ("mar", "set", "out", "dez", "mai") or STREET.search(
            match.string, 0, match.start()
        ):
            return None
        year = today.year + (month < today.month)
    else:
        year, month = month_after(today, 1 if match["next"] else 0)
    return _third_of_month(match.span(), today, (year, month), (match["third"] or " ")[0])


def month_end(match: re.Match[str], today: date) -> DayPart:
    return _third_of_month(match.span(), today, (today.year, today.month), "f")


def last_day(match: re.Match[str], today: date) -> DayPart:
    month = month_of(match["month"]) if match["month"] else today.month
    return DayPart(*match.span(), (month_days(today.year + (month < today.month), month)[-1],))


def feast(match: re.Match[str], today: date) -> DayPart | None:
    if STREET.search(match.string, 0, match.start()):
        return None
    if match.group() == "natal" and not CHRISTMAS_BEFORE.search(match.string, 0, match.start()):
        return None
    said = match.lastgroup or "f0"
    return DayPart(*match.span(), (coming_feast(today, FEAST_DATES[int(said[1:])]),))


def holiday(match: re.Match[str], today: date) -> DayPart:
    """Unsure, for which holidays the shop keeps is not known to a reader of words."""
    day = next_holiday(today)
    return DayPart(*match.span(), (day - timedelta(days="vespera" in match.group()),), sure=False)


def _dated(match: re.Match[str], today: date, day: int, month: int, year: str | None) -> DayPart:
    if not 1 <= month <= 12:
        return DayPart(*match.span(), impossible=Impossible.DAY)
    if year is None:
        found = coming(today, month, day)
        far = found is not None and (found - today).days > FAR
        return replace(_possible(match.span(), found), sure=not far)
    found = on(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    if found is not None and found < today:
        return DayPart(*match.span(), impossible=Impossible.PAST)
    return _possible(match.span(), found)


def _possible(span: tuple[int, int], day: date | None) -> DayPart:
    return DayPart(*span, impossible=Impossible.DAY) if day is None else DayPart(*span, (day,))


def _day_number(said: str) -> int:
    return 1 if said.startswith("primeir") else number(said)


def _third_of_month(span: tuple[int, int], today: date, month: tuple[int, int], third: str) -> DayPart:
    first, last = THIRDS.get(third, (1, 31))
    days = tuple(day for day in month_days(*month) if day >= today and first <= day.day <= last)
    return DayPart(*span, days) if days else DayPart(*span, impossible=Impossible.PAST)
