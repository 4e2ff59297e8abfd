"""Telling when the shop is open: in general, now, on a day, on holidays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from chatwootai.brazil.holidays import MUNICIPAL
from chatwootai.crews.dialogues.opening import (
    closing,
    holiday,
    next_holiday,
    next_opening,
    periods_on,
    spoken,
    spoken_day,
    spoken_periods,
    until,
)
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.understanding.days import Asked, When, asked_days
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.profiles import BusinessHours

WEEK = ("Atendemos {week}.", "Nosso horário: {week}.")
OPEN_NOW = ("Estamos abertos agora, até {closes}.", "Agora estamos abertos, até {closes}.")
CLOSED_NOW = ("No momento estamos fechados; {opens}.", "Agora estamos fechados; {opens}.")
OPEN_DAY = ("{day} atendemos {periods}.", "{day} abrimos {periods}.")
CLOSED_DAY = ("{day} não abrimos.", "{day} estamos fechados.")
CLOSES = ("{day} fechamos {closes}.", "{day} atendemos até {till}.")
OVER = ("Hoje já fechamos, {closes}.", "Por hoje já encerramos, {closes}.")
WHEN_CLOSES = re.compile(r"\bfecha|\bate (?:que|as)\b")
IS_OPEN = re.compile(r"\b(?:abert[oa]s?|ja fech|funcionando|atendendo)")
"""Asks for yes or no, which is then said before the week."""
HOLIDAY_NAMED = "{day} é feriado ({name})"
HOLIDAY_UNNAMED = "{day} é {name}"


def tell_hours(texts: Sequence[str], briefing: Briefing, wording: Wording, ledger: Ledger) -> str:
    """One paragraph for all questions about hours; every time said is in the ledger."""
    hours, now = briefing.profile.hours, briefing.now
    asked = dict.fromkeys(day for text in texts for day in asked_days(text, now.date()))
    general = not asked or any(not asked_days(text, now.date()) for text in texts)
    said = " ".join(norm for text in texts for norm in norms_of(text))
    sentences = [_week(hours, wording), _now(hours, now, wording)] if general else []
    if IS_OPEN.search(said):
        sentences.reverse()
    till = WHEN_CLOSES.search(said) is not None
    days = [day for day in asked if not (general and day.when is When.NOW)]
    sentences += [_sentence(day, hours, now, wording, till=till) for day in days]
    if not general and _all_closed(days, hours, now):
        sentences.append(_again(hours, now, days))
    spoken_sentences = list(dict.fromkeys(sentence for sentence in sentences if sentence))
    ledger.facts.extend(Fact(FactKind.TIME, "hours", sentence) for sentence in spoken_sentences)
    return " ".join(spoken_sentences)


def _week(hours: BusinessHours, wording: Wording) -> str:
    return wording.pick("week", WEEK, {"week": spoken(hours)})


def _now(hours: BusinessHours, now: datetime, wording: Wording) -> str:
    closes = closing(hours, now)
    if closes is not None:
        return wording.pick("open_now", OPEN_NOW, {"closes": _till(closes.time())})
    opens = next_opening(hours, now)
    if opens is None:
        return "No momento estamos fechados."
    return wording.pick("closed_now", CLOSED_NOW, {"opens": f"abrimos {_opening(opens, now.date())}"})


def _sentence(asked: Asked, hours: BusinessHours, now: datetime, wording: Wording, *, till: bool) -> str:
    if asked.when is When.NOW:
        return _now(hours, now, wording)
    if asked.when is When.HOLIDAY:
        return _holiday(asked.name, hours, now.date(), wording)
    return _day(asked.day, hours, now, wording, till=till) if asked.day else ""


def _day(day: date, hours: BusinessHours, now: datetime, wording: Wording, *, till: bool = False) -> str:
    name = holiday(hours, day)
    said = _capital(spoken_day(day, now.date()))
    if name:
        wanted = HOLIDAY_UNNAMED if name == MUNICIPAL else HOLIDAY_NAMED
        said = f"{wanted.format(day=said, name=name)} e"
    periods = periods_on(hours, day)
    if not periods:
        return wording.pick(f"closed_{day.weekday()}", CLOSED_DAY, {"day": said})
    closes = periods[-1].closes
    words = {"day": said, "periods": spoken_periods(periods), "closes": until(closes), "till": _till(closes)}
    if _is_over(day, hours, now):
        return wording.pick("over", OVER, words)
    if till:
        return wording.pick("closes", CLOSES, words)
    return wording.pick(f"open_{day.weekday()}", OPEN_DAY, words)


def _holiday(name: str, hours: BusinessHours, today: date, wording: Wording) -> str:
    coming = next_holiday(hours, today, named=name)
    if name:
        return _day(coming[0], hours, datetime.combine(today, datetime.min.time()), wording) if coming else ""
    rule = (
        "Nos feriados não abrimos."
        if hours.closed_on_holidays
        else "Nos feriados atendemos no horário do dia."
    )
    if coming is None:
        return rule
    return f"{rule} O próximo é {coming[1]}, {spoken_day(coming[0], today)}."


def _all_closed(days: Sequence[Asked], hours: BusinessHours, now: datetime) -> bool:
    dated = [day.day for day in days if day.day is not None]
    return len(dated) == len(days) > 0 and all(
        not periods_on(hours, day) or _is_over(day, hours, now) for day in dated
    )


def _is_over(day: date, hours: BusinessHours, now: datetime) -> bool:
    periods = periods_on(hours, day)
    return day == now.date() and bool(periods) and periods[-1].closes <= now.time()


def _again(hours: BusinessHours, now: datetime, days: Sequence[Asked]) -> str:
    """When it opens after the last of these closed days."""
    last = max(day.day for day in days if day.day is not None)
    after = datetime.combine(last, datetime.max.time(), hours.zone)
    opens = next_opening(hours, max(after, now))
    return f"Voltamos {_opening(opens, now.date())}." if opens else ""


def _opening(opens: datetime, today: date) -> str:
    return f"{spoken_day(opens.date(), today)}, {until(opens.time())}"


def _till(closes: time) -> str:
    return until(closes).replace("às", "as").replace("à", "a")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
