"""Port to the ERP's calendar: who offers what, when they are free, and what is booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from chatwootai.domain.money import Money


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """How a service is booked. The ERP knows its name and price, the profile the rest.

    `professionals` are names as the ERP has them; empty means everybody. `gap` is kept free after it.
    """

    duration: timedelta
    professionals: tuple[str, ...] = ()
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class SchedulingRules:
    """`services` by the product's code. A slot starts on a multiple of `step` since its period began,
    at the earliest `notice` from now and at the latest `horizon` from now. `closed_on` are days, in `zone`,
    on which nobody works: holidays and the shop's own."""

    zone: ZoneInfo
    services: Mapping[str, ServiceRule] = field(default_factory=dict)
    step: timedelta = timedelta(minutes=30)
    notice: timedelta = timedelta(hours=2)
    horizon: timedelta = timedelta(days=60)
    closed_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Professional:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be booked. `id` is that of its product."""

    id: int
    name: str
    code: str
    duration: timedelta
    price: Money


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """`start` and `end` are aware, in UTC."""

    start: datetime
    end: datetime
    professional_id: int


@dataclass(frozen=True, slots=True)
class Appointment:
    """`key` is ours, empty for one that people made. `customer_id` is None for their private entries."""

    id: int
    key: str
    title: str
    slot: Slot
    customer_id: int | None
    is_cancelled: bool = False


class Calendar(Protocol):
    """Bound to one account's company and its scheduling rules. Never makes the ERP mail a customer.

    Raises `ServiceUnavailable`, `RequestRefused`; writes raise `OutcomeUnknown` when no answer came. It does
    not protect against double booking: `hub.bookings` does.
    """

    async def services(self) -> Sequence[Service]:
        """What can be booked, by name."""
        ...

    async def professionals(self, service_id: int) -> Sequence[Professional]:
        """Who offers a service, by name."""
        ...

    async def slots(
        self,
        service_id: int,
        start: datetime,
        end: datetime,
        *,
        professional_id: int | None = None,
        ignoring: int | None = None,
    ) -> Sequence[Slot]:
        """Free slots that begin in [start, end), by time: working hours minus leaves, closed days and
        what is booked, after the rules. `ignoring` is an appointment that is about to move.

        `UNKNOWN_RECORD` for a service that cannot be booked; of an unknown professional there are none.
        """
        ...

    async def book(self, key: str, service_id: int, slot: Slot, customer_id: int, title: str) -> Appointment:
        """The appointment of this key, entered if there is none."""
        ...

    async def reschedule(self, appointment_id: int, slot: Slot) -> Appointment:
        """Move an appointment; `UNKNOWN_RECORD` for one that is gone or cancelled."""
        ...

    async def cancel(self, appointment_id: int) -> Appointment:
        """Cancel an appointment; one that is cancelled already is returned."""
        ...

    async def find(self, key: str) -> Appointment | None:
        """The appointment of our key, cancelled or not. Of several: the oldest that is not cancelled."""
        ...

    async def get(self, appointment_id: int) -> Appointment | None:
        """An appointment, cancelled or not."""
        ...

    async def conflicts(self, slot: Slot) -> Sequence[Appointment]:
        """What is booked with this professional and overlaps the slot, by id.

        `UNKNOWN_RECORD` for somebody who is no professional.
        """
        ...

    async def of_customer(self, customer_id: int, after: datetime) -> Sequence[Appointment]:
        """The customer's appointments that end after this time and are not cancelled, by time."""
        ...
