"""Days named by the week: "quarta", "quinta que vem", "fim de semana", "primeira segunda de dezembro"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chatwootai.crews.understanding.calendar_days import (
    SUNDAY,
    WEEK,
    days_between,
    monday_of,
    month_after,
    month_days,
    next_weekday,
    nth_weekday,
)
from chatwootai.crews.understanding.moment_parts import DayPart
from chatwootai.domain.requests import Impossible

WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sab", "dom")
MONTHS = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
MONTH = (
    r"(?:janeiro|fevereiro|marco|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|jan|fev"
    r"|mar|abr|mai|jun|jul|ago|set|out|nov|dez)\b"
)
NAME = (
    r"(?:(?:segunda|terca|quarta|quinta|sexta|seg|ter|qua|qui|sex|[2-6]a)(?:s\b|\b)(?:[ -]*feiras?\b)?"
    r"|(?:sabado|sabdo|domingo|dmingo)s?\b|(?:sab|dom)\b)"
)
NEXT = r"(?:que|q|qe) vem\b"
NOT_DAYS = (
    r"(?! (?:opcao|opcoes|via|vias|parte|unidade|vez|mao|foto|linha|pele|pedido|compra|avenida|rua|cor"
    r"|mensagem|dose|sessao|parcela|etapa|pergunta|duvida|geracao|ml|hora)\b)"
)
WEEKDAY = re.compile(
    r"(?<![\w/])(?:(?P<before>essa|esse|nessa|nesse|esta|este|nesta|neste|dessa|desse|desta|deste|proxim[ao]"
    r"|prox|outr[ao]|ultim[ao]) )?"
    rf"(?P<name>{NAME}){NOT_DAYS}"
    rf"(?: (?P<after>{NEXT}|agora\b|passad[ao]\b|retrasad[ao]\b"
    rf"|d[ae] (?:proxima|outra) semana\b|da semana (?:{NEXT}|passada\b)|da outra\b|seguinte\b|dessa semana\b"
    r"|desta semana\b))?"
)
RANGE = re.compile(rf"\b(?:(?:de|entre) )?(?P<first>{NAME}) (?:a|ate|e|ate a) (?P<last>{NAME})")
NTH = re.compile(
    rf"\b(?P<nth>primeir[ao]|segund[ao]|terceir[ao]|quart[ao]|ultim[ao]) (?P<name>{NAME})"
    rf" (?:d[eo]|em) (?:(?P<next>mes {NEXT}|proximo mes)|(?:mes de )?(?P<month>{MONTH})|(?P<this>mes\b))"
)
NTH_WEEK = re.compile(
    rf"\b(?P<nth>primeira|segunda|terceira|quarta|ultima) semana"
    rf" (?:d[eo] (?P<month>{MONTH})|do (?P<this>mes\b)"
    rf"(?P<next> {NEXT})?)"
)
ORDINALS = ("ultim", "primeir", "segund", "terceir", "quart")
WEEK_PHRASE = re.compile(
    r"(?:\b(?P<third>inicio|comeco|comecinho|meio|meados|fim|final|finzinho) d[ae] )?"
    rf"(?:\b(?P<next>semana (?:{NEXT}|seguinte\b)|(?:proxima|outra|prox) semana\b)"
    r"|\b(?P<this>(?:n?ess[ae]|n?est[ae]|dess[ae]|dest[ae]) semana\b)|\b(?P<past>semana (?:passada"
    r"|retrasada)\b))"
)
WEEKEND = re.compile(
    r"(?:\b(?P<other>outro) |\b(?P<next>proximo) |\b(?:ess[ae]|ness[ae]|est[ae]|nest[ae]) )?\b(?:(?:fim"
    r"|fi[mn]s|final|finais) de semana|fds|finde|findi)\b"
    rf"(?: (?P<after>{NEXT}|passado\b|agora\b))?"
)
WORKDAYS = re.compile(r"\b(?:dias? de semana|durante a semana|(?:no )?meio d[ae] semana)\b")
DOUBTFUL = frozenset(("ter", "dom"))
"""Also words of their own ("to have"), so that they need one before them that a day has."""
BEFORE_DAY = re.compile(r"(?:\b(?:na|no|ate|toda|seg|sab|proxima|nessa|essa)|,|/) ?$")


def range_of_weekdays(match: re.Match[str], today: date) -> DayPart | None:
    """ "De segunda a quinta"; "segunda e quinta" without "entre" are two days."""
    if " e " in match.group() and not match.group().startswith("entre"):
        return None
    first = next_weekday(today, weekday_of(match["first"]))
    last = next_weekday(first, weekday_of(match["last"]))
    return DayPart(*match.span(), days_between(first, last))


def nth_of_month(match: re.Match[str], today: date) -> DayPart:
    weekday, nth = weekday_of(match["name"]), ORDINALS.index(match["nth"][:-1])
    if match["month"]:
        year, month = today.year, month_of(match["month"])
    else:
        year, month = month_after(today, 1 if match["next"] else 0)
    day = nth_weekday(year, month, weekday, nth)
    if day < today and match["this"]:
        return DayPart(*match.span(), impossible=Impossible.PAST)
    return DayPart(*match.span(), (day if day >= today else nth_weekday(year + 1, month, weekday, nth),))


def nth_week(match: re.Match[str], today: date) -> DayPart:
    """Seven days each, the first from the first of the month on."""
    year, month = (
        (today.year, month_of(match["month"])) if match["month"] else month_after(today, bool(match["next"]))
    )
    days = month_days(year + (month < today.month and year == today.year), month)
    nth = ORDINALS.index(match["nth"][:-1])
    chosen = days[(nth - 1) * WEEK : nth * WEEK] if nth else days[-WEEK:]
    coming_days = tuple(day for day in chosen if day >= today)
    return DayPart(*match.span(), coming_days, impossible=None if coming_days else Impossible.PAST)


def week(match: re.Match[str], today: date) -> DayPart:
    if match["past"]:
        return DayPart(*match.span(), impossible=Impossible.PAST)
    monday = monday_of(today, 1 if match["next"] else 0)
    first, last = {"i": (0, 1), "c": (0, 1), "m": (1, 3), "f": (3, 4)}.get((match["third"] or " ")[0], (0, 6))
    begin = max(today, monday + timedelta(days=first))
    return DayPart(*match.span(), days_between(begin, monday + timedelta(days=last)))


def weekend(match: re.Match[str], today: date) -> DayPart:
    """On a Sunday it is that day alone. "Fim de semana que vem" may be this one or the next: the nearer."""
    if match["after"] == "passado":
        return DayPart(*match.span(), impossible=Impossible.PAST)
    sunday = monday_of(today) + timedelta(days=SUNDAY)
    begun = today >= sunday - timedelta(days=1)
    doubtful = bool(match["next"] or (match["after"] and match["after"] != "agora"))
    if match["other"] or (begun and doubtful):
        sunday += timedelta(days=WEEK)
    saturday = sunday - timedelta(days=1)
    return DayPart(*match.span(), days_between(max(today, saturday), sunday), sure=not doubtful)


def workdays(match: re.Match[str], today: date) -> DayPart:
    """The next five from tomorrow on."""
    following = (today + timedelta(days=offset) for offset in range(1, WEEK + 1))
    return DayPart(*match.span(), tuple(day for day in following if day.weekday() < SUNDAY - 1))


def named_weekday(match: re.Match[str], today: date) -> DayPart | None:
    """The next one from tomorrow on, unsure where that is a week from today.

    "Quinta que vem" said on Wednesday is that of next week, for of the nearer one she would say "amanhã";
    said of a later day of this week it may be either, and is read as the nearer.
    """
    name, start = match["name"], match.start("name")
    if name in DOUBTFUL and not BEFORE_DAY.search(match.string, max(0, start - 12), start):
        return None
    weekday = weekday_of(name)
    before, after = match["before"] or "", match["after"] or ""
    near = next_weekday(today, weekday)
    far = near + timedelta(days=WEEK)
    sure = near != today + timedelta(days=WEEK)
    span = match.span()
    if "passad" in after or "retrasad" in after or before.startswith("ultim"):
        return DayPart(*span, impossible=Impossible.PAST)
    if "semana" in after and not after.startswith("des"):
        return DayPart(*span, (monday_of(today, 1) + timedelta(days=weekday),))
    if before.startswith("outr") or after == "da outra":
        return DayPart(*span, (far if sure else near,))
    if before.startswith("prox") or after.endswith(("vem", "seguinte")):
        return _next_named(span, today, near)
    if before or after.startswith("des"):
        return DayPart(*span, (near if sure else today,), sure=sure)
    return DayPart(*span, (near,), sure=sure, weekday=None if after else weekday)


def _next_named(span: tuple[int, int], today: date, near: date) -> DayPart:
    if near == today + timedelta(days=1) and near < monday_of(today, 1):
        return DayPart(*span, (near + timedelta(days=WEEK),), sure=False)
    return DayPart(*span, (near,), sure=near >= monday_of(today, 1))


def weekday_of(name: str) -> int:
    """0 is Monday, as in `date.weekday()`."""
    if name[0].isdigit():
        return int(name[0]) - 2
    return {"dmi": SUNDAY}.get(name[:3]) or WEEKDAYS.index(name[:3])


def month_of(name: str) -> int:
    return MONTHS.index(name[:3]) + 1
