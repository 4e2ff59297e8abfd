"""What the tools of scheduling return: facts that may be told, in the shop's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from chatwootai.domain.calendars import Slot
from chatwootai.domain.proposals import ProposalKind

BOOKABLE_YEARS: Final = range(2000, 2200)
"""Far from the ends of the calendar, where another zone or an hour more is no time at all."""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """`price` is what this customer pays."""

    id: int
    name: str
    code: str
    minutes: int
    price: Decimal
    category: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class ProfessionalFacts:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """A free time. `key` names it in choices and in calls of other tools; `start` is local."""

    key: str
    start: datetime
    professional_id: int
    professional: str


class NotThen(StrEnum):
    """Why not at the time that was wished."""

    PAST = "past"
    TOO_SOON = "too_soon"
    BEYOND = "beyond"
    """Further ahead than the calendar is open."""
    HOLIDAY = "holiday"
    CLOSED = "closed"
    FULL = "full"
    """Nothing is free on that day."""
    NOT_AT = "not_at"
    """That day has free times, but not this one."""
    NOBODY = "nobody"
    """No time at all, as far as the calendar is open."""
    TAKEN = "taken"
    """Somebody else took it just now."""
    OWN = "own"
    """She has another appointment herself then."""
    DAILY_LIMIT = "daily_limit"


@dataclass(frozen=True, slots=True)
class Times:
    """`slots` are as wished when `reason` is None, else the nearest that can be had."""

    slots: tuple[SlotFacts, ...]
    reason: NotThen | None = None
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """`service_id` is 0 where people entered it in words that name no service. Times are local."""

    id: int
    service_id: int
    service: str
    patient: str
    start: datetime
    end: datetime
    professional_id: int
    professional: str


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What a yes would do. `start` is the new time; `before` the present one, where it moves.

    `fee` is None where nothing is charged, `percent` is its share of the price.
    """

    id: str
    kind: ProposalKind
    service: str
    professional: str
    start: datetime
    price: Decimal
    patient: str = ""
    before: datetime | None = None
    fee: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DoneFacts:
    """What was committed; `start` is as the calendar has it. `preparation` as the shop tells it."""

    kind: ProposalKind
    service_id: int
    service: str
    professional: str
    start: datetime
    patient: str = ""
    preparation: str = ""
    fee: Decimal | None = None


class Why(StrEnum):
    """Why a proposal could not be made, or was not carried out."""

    NO_YES = "no_yes"
    """She has not said yes to what was shown."""
    EXPIRED = "expired"
    TIME = "time"
    """The time cannot be had; `times` tells why and what can."""
    PRICE = "price"
    """The price is another by now."""
    CHANGED = "changed"
    """People changed or cancelled the appointment in between."""
    PEOPLE = "people"
    """Only people do that: so late, or a treatment that the calendar does not know."""
    UNKNOWN = "unknown"
    """No such appointment of hers, or no such treatment."""


@dataclass(frozen=True, slots=True)
class NotDone:
    why: Why
    times: Times | None = None
    now: datetime | None = None
    """When the appointment is now, where people moved it."""


def slot_key(slot: Slot) -> str:
    """ "slot:20261127T170000:904" """
    return f"slot:{slot.start.astimezone(UTC):%Y%m%dT%H%M%S}:{slot.professional_id}"


def slot_named(key: str) -> tuple[datetime, int] | None:
    """The start in UTC and the professional of a key, None for what is none."""
    kind, _, rest = key.partition(":")
    moment, _, professional = rest.partition(":")
    if kind != "slot" or not professional.isdecimal():
        return None
    try:
        start = datetime.strptime(moment, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (start, int(professional)) if start.year in BOOKABLE_YEARS else None
