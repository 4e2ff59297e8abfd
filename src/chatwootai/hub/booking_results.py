"""What a booking comes to, in facts that may be told to the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chatwootai.domain.calendars import Appointment, Slot
from chatwootai.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Held:
    """Nobody else of ours gets this slot until `expires_at`."""

    key: str
    slot: Slot
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment is in the ERP. Tell the time it has there: a person may have moved it since."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Cancelled:
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not, and the next slots that are free after what is held for others, each at another time.

    `appointment` is ours as the ERP has it now, where there is one.
    """

    reason: Refusal
    alternatives: tuple[Slot, ...] = ()
    appointment: Appointment | None = None
