"""Days and times of a text, put together into moments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from chatwootai.crews.understanding.calendar_days import days_between
from chatwootai.crews.understanding.clock_times import DAY_TAKEN, NOON, clock_parts
from chatwootai.crews.understanding.day_phrases import day_parts
from chatwootai.crews.understanding.day_times import vague_parts
from chatwootai.crews.understanding.moment_parts import ClockPart, DayPart
from chatwootai.crews.understanding.readable import TAKEN, Readable, Span
from chatwootai.domain.requests import Impossible, Moment

ALTERNATIVE = re.compile(
    r"\s*(?:,|/|ou|e|,? ?ou(?: entao)?|,? ?e)\s*(?:n?[ao]s?|para|pra|de|d[ao]s?|la|pelas)?\s*"
)
APART = re.compile(r"[.?!;\n\x00]|\b(?:ou|mas|porque|pq)\b|^,? e ")
FARTHEST = 40
"""Characters between a day and its time: "sábado eu consigo às 11"."""
TO_DAY = re.compile(r" ?(?:-|ao?|ate(?: [ao])?|(?P<e>e))(?: o)? ?")
BETWEEN = re.compile(r"\b(?:(?P<entre>entre)(?: [ao]s?| os)?|d[aeo]s?) ?$")
BESIDE = re.compile(r"[\s,(\-]*(?:dia|d[aeo]|no|na)?[\s,(\-]*")


@dataclass(frozen=True, slots=True)
class Moments:
    """What was read, and where it stands."""

    moments: tuple[Moment, ...]
    impossible: tuple[Impossible, ...]
    spans: tuple[Span, ...]


def read_moments(text: Readable, now: datetime) -> Moments:
    """The moments of `text`, seen from `now` in the shop's zone."""
    days = day_parts(text.folded, now.date())
    rest = _without(text.folded, ((day.start, day.end) for day in days))
    clocks = clock_parts(text.surface, rest, now)
    vague = vague_parts(_without(rest, ((part.start, part.end) for part in clocks), TAKEN))
    times = sorted((*vague, *clocks), key=lambda part: part.start)
    parts: tuple[DayPart | ClockPart, ...] = (*days, *times)
    everything = sorted(parts, key=lambda part: part.start)
    joined = _joined(
        text.folded,
        _one_day_each(text.folded, [day for day in days if day.impossible is None]),
        [part for part in times if part.impossible is None],
    )
    return Moments(
        tuple(_moment(text.surface, group, now) for group in joined),
        tuple(dict.fromkeys(part.impossible for part in everything if part.impossible is not None)),
        tuple((part.start, part.end) for part in everything),
    )


def _without(folded: str, spans: Iterable[Span], sign: str = DAY_TAKEN) -> str:
    letters = list(folded)
    for start, end in spans:
        letters[start:end] = sign * (end - start)
    return "".join(letters)


def _one_day_each(folded: str, days: list[DayPart]) -> list[DayPart]:
    """ "Sexta, dia 4" is one day: the date goes before the name, and where they differ nothing is sure."""
    merged: list[DayPart] = []
    for day in days:
        spread = _span_of_days(folded, merged[-1], day) if merged else None
        if spread is not None:
            merged[-1] = spread
            continue
        if merged and BESIDE.fullmatch(folded, merged[-1].end, day.start):
            one = _same_day(merged[-1], day)
            if one is not None:
                merged[-1] = one
                continue
        merged.append(day)
    return merged


def _span_of_days(folded: str, first: DayPart, second: DayPart) -> DayPart | None:
    """ "Do dia 10 ao dia 15", "entre os dias 5 e 8"."""
    to = TO_DAY.fullmatch(folded, first.end, second.start)
    if to is None or len(first.days) != 1 or len(second.days) != 1 or first.days > second.days:
        return None
    before = BETWEEN.search(folded, max(0, first.start - FARTHEST), first.start)
    if before is None or (before["entre"] is None and to["e"]):
        return None
    days = days_between(first.days[0], second.days[0])
    return replace(first, end=second.end, days=days, sure=first.sure and second.sure, weekday=None)


def _same_day(first: DayPart, second: DayPart) -> DayPart | None:
    if first.weekday is None and second.weekday is None:
        both = tuple(day for day in second.days if day in first.days)
        return replace(first, end=second.end, days=both) if both else None
    named, dated = (first, second) if first.weekday is not None else (second, first)
    if dated.weekday is not None:
        return None
    fitting = tuple(day for day in dated.days if day.weekday() == named.weekday)
    return DayPart(
        first.start, second.end, fitting or dated.days, sure=dated.sure and (bool(fitting) or not dated.days)
    )


@dataclass(slots=True)
class _Group:
    start: int
    end: int
    day: DayPart | None = None
    clock: ClockPart | None = None


def _joined(folded: str, days: list[DayPart], times: list[ClockPart]) -> list[_Group]:
    groups: list[_Group] = []
    parts: tuple[DayPart | ClockPart, ...] = (*days, *times)
    for part in sorted(parts, key=lambda part: part.start):
        before = groups[-1] if groups else None
        if before is None or not _taken_up(before, part, folded[before.end : part.start]):
            groups.append(_group(part, before, folded))
    _share_time(folded, groups)
    return groups


def _taken_up(group: _Group, part: DayPart | ClockPart, gap: str) -> bool:
    """Whether `part` completes `group`, which it then does."""
    if len(gap) > FARTHEST or APART.search(gap):
        return False
    if isinstance(part, DayPart):
        if group.day is not None or (
            re.search(r"\b(?:para|pra|pro)\b", gap) and not gap.strip().startswith("p")
        ):
            return False
        group.day = part
    elif group.clock is None:
        group.clock = part
    else:
        both = _both(group.clock, part)
        if both is None:
            return False
        group.clock = both
    group.end = part.end
    return True


def _both(first: ClockPart, second: ClockPart) -> ClockPart | None:
    """ "De manhã, às 9", "depois das 14, antes das 16"."""
    if first.at is not None and second.at is not None:
        return None
    if first.at is not None or second.at is not None:
        exact, vague = (first, second) if first.at is not None else (second, first)
        if vague.part is None or vague.not_before or vague.not_after:
            return _within(exact, vague)
        return _in_part(exact, vague)
    if (first.not_before and second.not_before) or (first.not_after and second.not_after):
        return None
    return replace(
        first,
        part=first.part or second.part,
        not_before=first.not_before or second.not_before,
        not_after=first.not_after or second.not_after,
        sure=first.sure and second.sure,
    )


def _within(exact: ClockPart, vague: ClockPart) -> ClockPart | None:
    """ "Depois do expediente, tipo 18:30": the hour says it all, unless it lies outside."""
    at = exact.at or time(0)
    outside = (vague.not_before and at < vague.not_before) or (vague.not_after and at > vague.not_after)
    return None if outside else exact


def _in_part(exact: ClockPart, vague: ClockPart) -> ClockPart:
    at = exact.at or time(0)
    if vague.part == "morning" and NOON < at.hour < 19 and not exact.sure:
        at = at.replace(hour=at.hour - NOON)
    if vague.part != "morning" and at.hour < NOON and exact.half_day:
        at = at.replace(hour=at.hour + NOON)
    return replace(exact, at=at, sure=True, half_day=False)


def _group(part: DayPart | ClockPart, before: _Group | None, folded: str) -> _Group:
    if isinstance(part, DayPart):
        return _Group(part.start, part.end, day=part)
    follows = before is not None and ALTERNATIVE.fullmatch(folded, before.end, part.start)
    # "Quarta às 14 ou 15h": the second time is of the same day.
    return _Group(part.start, part.end, day=before.day if before and follows else None, clock=part)


def _share_time(folded: str, groups: list[_Group]) -> None:
    """ "Quarta ou quinta às 15h": the hour is meant for both."""
    for first, second in zip(groups[-2::-1], groups[:0:-1], strict=True):
        alone = first.clock is None and second.day is not None and second.clock is not None
        if alone and ALTERNATIVE.fullmatch(folded, first.end, second.start):
            first.clock = second.clock


def _moment(surface: str, group: _Group, now: datetime) -> Moment:
    day, clock = group.day, group.clock
    days: tuple[date, ...] = day.days if day else ()
    sure = (day is None or day.sure) and (clock is None or clock.sure)
    said = " ".join(surface[group.start : group.end].split())
    if clock is None:
        return Moment(said, days, sure=sure)
    at = clock.at
    if at is not None and clock.half_day and days == (now.date(),) and at < now.time() < _later(at):
        at, sure = _later(at), False
    return Moment(said, days, at, clock.part, clock.not_before, clock.not_after, sure)


def _later(at: time) -> time:
    return at.replace(hour=at.hour + NOON) if at.hour < NOON else at
