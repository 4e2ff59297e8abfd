"""A few of many free times, so that she can choose: apart from one another, near what she wished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from chatwootai.crews.scheduling.wishes import Wish, meanings
from chatwootai.domain.calendars import Slot

MOST: Final = 4


def spread(slots: Sequence[Slot], wish: Wish, zone: ZoneInfo, preferred: int = 0) -> tuple[Slot, ...]:
    """At most `MOST`, by time, each at another time, with the preferred professional where she is free."""
    distinct = each_time_once(slots, preferred)
    if len(distinct) <= MOST:
        return distinct
    by_day = [list(day) for _, day in groupby(distinct, key=lambda slot: _day(slot, zone))]
    if len(by_day) == 1:
        return _of_day(by_day[0], wish, zone, MOST)
    few = by_day[: MOST - 1]
    counts = [MOST // len(few) + (place < MOST % len(few)) for place in range(len(few))]
    picked = [
        slot for day, count in zip(few, counts, strict=True) for slot in _of_day(day, wish, zone, count)
    ]
    return tuple(picked[:MOST])


def each_time_once(slots: Sequence[Slot], preferred: int = 0) -> tuple[Slot, ...]:
    """By time; at each time one professional."""
    by_time: dict[datetime, Slot] = {}
    for slot in sorted(slots, key=lambda slot: (slot.start, slot.professional_id != preferred)):
        by_time.setdefault(slot.start, slot)
    return tuple(by_time.values())


def _of_day(slots: Sequence[Slot], wish: Wish, zone: ZoneInfo, count: int) -> tuple[Slot, ...]:
    if len(slots) <= count:
        return tuple(slots)
    if wish.at is not None:
        near = sorted(slots, key=lambda slot: _distance(slot, wish, zone))[:count]
        return tuple(sorted(near))
    if count == 1:
        return (slots[0],)
    places = [round(place * (len(slots) - 1) / (count - 1)) for place in range(count)]
    return tuple(slots[place] for place in dict.fromkeys(places))


def _distance(slot: Slot, wish: Wish, zone: ZoneInfo) -> timedelta:
    start = slot.start.astimezone(zone)
    clocks = meanings(wish.at) if wish.at else ()
    return min(
        (abs(start - start.replace(hour=clock.hour, minute=clock.minute)) for clock in clocks),
        default=timedelta(0),
    )


def _day(slot: Slot, zone: ZoneInfo) -> date:
    return slot.start.astimezone(zone).date()
