"""The profile of a business: who it is, when it is open, how it speaks, to whom it hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

MonthDay = tuple[int, int]
"""Month and day of a holiday that comes every year."""


class Feast(StrEnum):
    """Days that move with Easter and are a holiday where a city has made them one."""

    CARNIVAL = "Carnaval"
    """Monday and Tuesday."""
    ASH_WEDNESDAY = "Quarta-feira de Cinzas"
    CORPUS_CHRISTI = "Corpus Christi"


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """From `opens` until `closes` on one day; `closes` is after `opens`, and neither crosses midnight."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When people are there. Weekdays as in `date.weekday()`: 0 is Monday. Times are in `zone`."""

    zone: ZoneInfo
    week: Mapping[int, tuple[OpenPeriod, ...]]
    closed_on: frozenset[date] = frozenset()
    """Extra closed days, besides the public holidays."""
    holidays_state: str | None = None
    """State (UF) whose public holidays close the shop; None for national holidays alone."""
    holidays_city: str | None = None
    """City of that state whose own holidays close the shop as well."""
    municipal_holidays: tuple[MonthDay | Feast, ...] | None = None
    """All holidays of the city, instead of those that are known of it; None for the known ones."""
    closed_on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class HandoffRules:
    """Where conversations go. An agent wins over a team; with neither, anybody may take it."""

    team_id: int | None = None
    agent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    """Short name: the file's stem."""
    business: str
    """As customers know it."""
    assistant: str
    """The name with which the bot introduces itself."""
    hours: BusinessHours
    handoff: HandoffRules = field(default_factory=HandoffRules)
    address: str | None = None
    currency: str = "BRL"
    emoji: bool = True
    """Whether replies may carry an emoji."""
