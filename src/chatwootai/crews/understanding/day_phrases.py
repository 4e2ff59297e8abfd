"""Every day that a text names, and what stands around it that widens it or takes it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from chatwootai.crews.understanding import dated_days, weekdays
from chatwootai.crews.understanding.calendar_days import WEEK, coming_in_month, days_between, monday_of
from chatwootai.crews.understanding.moment_parts import DayPart
from chatwootai.crews.understanding.numerals import NUMBER, number
from chatwootai.crews.understanding.readable import TAKEN
from chatwootai.domain.requests import Impossible

Reader = Callable[[re.Match[str], date], DayPart | None]

NAMED: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (dated_days.PAST, dated_days.past),
    (dated_days.SOON, dated_days.soon),
    (dated_days.FEAST, dated_days.feast),
    (dated_days.HOLIDAY, dated_days.holiday),
    (weekdays.WEEKEND, weekdays.weekend),
    (weekdays.NTH_WEEK, weekdays.nth_week),
    (weekdays.NTH, weekdays.nth_of_month),
    (weekdays.RANGE, weekdays.range_of_weekdays),
    (weekdays.WEEKDAY, weekdays.named_weekday),
    (weekdays.WORKDAYS, weekdays.workdays),
    (weekdays.WEEK_PHRASE, weekdays.week),
    (dated_days.AHEAD, dated_days.ahead),
    (dated_days.FROM_TO, dated_days.from_to),
    (dated_days.MONTH_FIRST, dated_days.month_first),
    (dated_days.WRITTEN, dated_days.written),
    (dated_days.NUMBERED, dated_days.numbered),
    (dated_days.ISO, dated_days.iso),
    (dated_days.NUMERIC, dated_days.numeric),
    (dated_days.WHOLE_MONTH, dated_days.whole_month),
    (dated_days.MONTH_END, dated_days.month_end),
    (dated_days.LAST_DAY, dated_days.last_day),
)
MAY_NAME = re.compile(
    r"[0-9]|h[oj]|oje|am[an]|ontem|dia|seg|ter|qu[ai]|sex|sab|dom|dming|seman|fds|find|mes|vem|ano|natal"
    r"|pascoa|carnaval|corpus|tirad|finad|procl|consc|black|virada|reveil|feriad|janei|fever|marco|abri|maio"
    r"|junho|julho|agost|setem|outub|novem|dezem|daqui"
)
GREETING = re.compile(
    r"\b(?:feliz (?:natal|ano novo|pascoa)|bo[am] (?:fi(?:m|nal) de semana|fds|semana|feriado|domingo|sabado)"
    r"|bom dia|boa tarde|boa noite|bons dias|boas tardes)\b"
)
BEFORE = re.compile(r"\b(?:antes d[aeo]s?|anterior(?:es)? [ao])(?: dia| proxim[oa])? ?$")
DAYS_APART = re.compile(rf"\b(?P<count>{NUMBER}) dias? (?P<way>antes|depois) d[aeo]s? ?$")
WEEK_OF = re.compile(r"\bsemana d[aeo] ?$")
UNTIL = re.compile(r"\bate(?: [ao]| n[ao])?(?: proxim[oa])? ?$")
AFTER = re.compile(r"\b(?:depois d[aeo]s?|apos(?: [ao])?|passando [ao]) ?$")
FROM = re.compile(r"\b(?:a partir d[aeo]|de) ?$")
ONWARDS = re.compile(r" (?:em diante|para frente|pra frente)\b")
LEFT_OUT_BEFORE = re.compile(
    r"\b(?:menos|exceto|fora|sem ser|tirando|nao (?:posso|consigo|da|vou poder|quero|pode ser|rola"
    r"|tenho como)(?: ir| ser)?)(?: n?[ao]s?| para| pra| de)? ?$"
)
LEFT_OUT_AFTER = re.compile(
    r" ?(?:eu |ja |pra mim )?(?:nao|n) (?:posso|consigo|da|vou (?:poder|conseguir)|tem como|rola|quero|serve"
    r"|vai dar|pode)\b(?! (?:mais )?(?:ser|marcar)\b)| ?(?:nao|n)\b(?=\s*(?:$|[^\w\s?]))"
)
TOLD = re.compile(
    r"\b(?:comprei|pedi|paguei|recebi|fui|fiz|chegou|veio|estive|encomendei)(?: (?!e\b|mas\b|pr[ao]\b|para\b"
    r"|quero\b)\w+){0,3} ?$"
)
"""What was done on a day that is over: "comprei na sexta"."""

REACH = 32
WIDEST = 31
"""Days that "antes do feriado" covers at most."""


def day_parts(folded: str, today: date) -> tuple[DayPart, ...]:
    """In the order in which they stand, without those that she rules out ("quarta não posso")."""
    rest = GREETING.sub(lambda match: TAKEN * len(match.group()), folded)
    if not MAY_NAME.search(rest):
        return ()
    found: list[DayPart] = []
    for pattern, read in NAMED:
        for match in pattern.finditer(rest):
            part = read(match, today)
            if part is not None:
                found.append(part)
                found += _days_of_same_list(match, pattern, today)
                rest = _blanked(rest, match)
    found.sort(key=lambda part: part.start)
    return tuple(_widened(folded, part, today) for part in found if not _left_out(folded, part))


def _blanked(rest: str, match: re.Match[str]) -> str:
    return rest[: match.start()] + TAKEN * (match.end() - match.start()) + rest[match.end() :]


def _days_of_same_list(match: re.Match[str], pattern: re.Pattern[str], today: date) -> list[DayPart]:
    """ "Dia 5 ou 6": the numbers after the first."""
    if pattern is not dated_days.NUMBERED:
        return []
    more: list[DayPart] = []
    end = match.end()
    while also := dated_days.ALSO.match(match.string, end):
        day = coming_in_month(today, int(also["day"]))
        if day is not None:
            more.append(DayPart(also.start("day"), also.end(), (day,)))
        end = also.end()
    return more


def _left_out(folded: str, part: DayPart) -> bool:
    if LEFT_OUT_BEFORE.search(folded, max(0, part.start - REACH), part.start):
        return True
    return LEFT_OUT_AFTER.match(folded, part.end) is not None


def _widened(folded: str, part: DayPart, today: date) -> DayPart:
    """With the days before or after it: "até sexta", "depois do dia 10", "a partir de segunda"."""
    if not part.days:
        return part
    if today not in part.days and TOLD.search(folded, max(0, part.start - REACH), part.start):
        return DayPart(part.start, part.end, impossible=Impossible.PAST)
    start = max(0, part.start - REACH)
    if WEEK_OF.search(folded, start, part.start):
        return _wide(
            part, max(today, monday_of(part.days[0])), monday_of(part.days[0]) + timedelta(days=WEEK - 1)
        )
    if apart := DAYS_APART.search(folded, start, part.start):
        offset = number(apart["count"]) * (-1 if apart["way"] == "antes" else 1)
        return replace(part, days=(part.days[0] + timedelta(days=min(offset, WIDEST)),), weekday=None)
    if BEFORE.search(folded, start, part.start):
        first = max(today, part.days[0] - timedelta(days=WIDEST))
        return _wide(part, first, part.days[0] - timedelta(days=1))
    if UNTIL.search(folded, start, part.start):
        return _wide(part, max(today, part.days[-1] - timedelta(days=WIDEST)), part.days[-1])
    if AFTER.search(folded, start, part.start):
        return _wide(part, part.days[-1] + timedelta(days=1), part.days[-1] + timedelta(days=WEEK))
    from_here = FROM.search(folded, start, part.start)
    if from_here and (from_here.group().startswith("a") or ONWARDS.match(folded, part.end)):
        return _wide(part, part.days[0], part.days[0] + timedelta(days=WEEK - 1))
    return part


def _wide(part: DayPart, first: date, last: date) -> DayPart:
    days = days_between(first, last)
    return replace(part, days=days, weekday=None) if days else part
