"""A calendar in memory that behaves as `domain.calendars.Calendar` promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.fakes.script import Script

from chatwootai.domain.calendars import (
    Appointment,
    Calendar,
    Professional,
    SchedulingRules,
    Service,
    ServiceRule,
    Slot,
)
from chatwootai.domain.errors import BusinessRefusal, Refusal

Period = tuple[datetime, datetime]


class FakeCalendar:
    """`Calendar`. `working` are periods by professional; as in the ERP nothing prevents a double booking.

    `script` says what is to happen. What follows "People's acts" is done in the ERP by others.
    """

    def __init__(
        self,
        rules: SchedulingRules,
        services: Iterable[Service],
        working: Mapping[Professional, Sequence[Period]],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        script: Script | None = None,
    ) -> None:
        self.rules, self.now = rules, now
        self.script = script or Script()
        self._services = {service.id: service for service in services}
        self._working = {person.id: (person, tuple(periods)) for person, periods in working.items()}
        self._appointments: dict[int, Appointment] = {}
        self._gaps: dict[int, timedelta] = {}
        self._left: set[int] = set()

    async def services(self) -> Sequence[Service]:
        def known() -> Sequence[Service]:
            return tuple(sorted(self._services.values(), key=lambda service: service.name))

        return await self.script.run("services", known)

    async def professionals(self, service_id: int) -> Sequence[Professional]:
        return await self.script.run("professionals", lambda: self._offering(service_id))

    async def slots(
        self,
        service_id: int,
        start: datetime,
        end: datetime,
        *,
        professional_id: int | None = None,
        ignoring: int | None = None,
    ) -> Sequence[Slot]:
        def free() -> Sequence[Slot]:
            people = [
                p.id for p in self._offering(service_id) if professional_id is None or p.id == professional_id
            ]
            found = (slot for person in people for slot in self._free(service_id, person, ignoring))
            return tuple(sorted(slot for slot in found if start <= slot.start < end))

        return await self.script.run("slots", free)

    async def book(self, key: str, service_id: int, slot: Slot, customer_id: int, title: str) -> Appointment:
        return await self.script.run("book", lambda: self._book(key, service_id, slot, customer_id, title))

    async def reschedule(self, appointment_id: int, slot: Slot) -> Appointment:
        return await self.script.run("reschedule", lambda: self.move_by_hand(appointment_id, slot))

    async def cancel(self, appointment_id: int) -> Appointment:
        return await self.script.run("cancel", lambda: self.cancel_by_hand(appointment_id))

    async def find(self, key: str) -> Appointment | None:
        return await self.script.run("find", lambda: self._find(key))

    async def get(self, appointment_id: int) -> Appointment | None:
        return await self.script.run("get", lambda: self._appointments.get(appointment_id))

    async def conflicts(self, slot: Slot) -> Sequence[Appointment]:
        def overlapping() -> Sequence[Appointment]:
            if slot.professional_id not in self._working:
                raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"professional {slot.professional_id}")
            same = [a for a in self.booked() if a.slot.professional_id == slot.professional_id]
            return tuple(a for a in same if a.slot.start < slot.end and slot.start < a.slot.end)

        return await self.script.run("conflicts", overlapping)

    async def of_customer(self, customer_id: int, after: datetime) -> Sequence[Appointment]:
        def still_to_come() -> Sequence[Appointment]:
            found = [a for a in self.booked() if a.customer_id == customer_id and a.slot.end > after]
            return tuple(sorted(found, key=lambda appointment: appointment.slot))

        return await self.script.run("of_customer", still_to_come)

    # People's acts, and what a test asks.

    def all(self) -> list[Appointment]:
        """Every appointment, oldest first."""
        return list(self._appointments.values())

    def booked(self) -> list[Appointment]:
        return [appointment for appointment in self.all() if not appointment.is_cancelled]

    def enter(
        self, slot: Slot, key: str = "", customer_id: int | None = None, title: str = ""
    ) -> Appointment:
        """Somebody enters something, whatever is there already."""
        id_ = len(self._appointments) + 1
        self._appointments[id_] = Appointment(id_, key, title, slot, customer_id)
        return self._appointments[id_]

    def archive(self, professional_id: int) -> None:
        """Somebody who worked here left."""
        self._left.add(professional_id)

    def forget_service(self, service_id: int) -> None:
        """Somebody archives a service, or gives it another code."""
        del self._services[service_id]

    def move_by_hand(self, appointment_id: int, slot: Slot) -> Appointment:
        appointment = self._appointments.get(appointment_id)
        if appointment is None or appointment.is_cancelled:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"appointment {appointment_id}")
        self._appointments[appointment_id] = replace(appointment, slot=slot)
        return self._appointments[appointment_id]

    def cancel_by_hand(self, appointment_id: int) -> Appointment:
        if appointment_id not in self._appointments:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"appointment {appointment_id}")
        cancelled = replace(self._appointments[appointment_id], is_cancelled=True)
        self._appointments[appointment_id] = cancelled
        return cancelled

    # What the ERP does.

    def _offering(self, service_id: int) -> tuple[Professional, ...]:
        names = self._rule(service_id).professionals
        people = (person for person, _ in self._working.values() if not names or person.name in names)
        return tuple(sorted((p for p in people if p.id not in self._left), key=lambda person: person.name))

    def _rule(self, service_id: int) -> ServiceRule:
        service = self._services.get(service_id)
        if service is None:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"service {service_id}")
        return self.rules.services.get(service.code, ServiceRule(service.duration))

    def _free(self, service_id: int, person: int, ignoring: int | None) -> Iterable[Slot]:
        rule, now = self._rule(service_id), self.now()
        earliest, latest = now + self.rules.notice, now + self.rules.horizon
        for begin, end in self._working[person][1]:
            start = begin
            while start + rule.duration <= end:
                slot = Slot(start, start + rule.duration, person)
                is_open = start.astimezone(self.rules.zone).date() not in self.rules.closed_on
                if is_open and earliest <= start <= latest and not self._is_busy(slot, rule.gap, ignoring):
                    yield slot
                start += self.rules.step

    def _is_busy(self, slot: Slot, gap: timedelta, ignoring: int | None) -> bool:
        return any(
            booked.slot.professional_id == slot.professional_id
            and booked.slot.start < slot.end + gap
            and slot.start < booked.slot.end + self._gaps.get(booked.id, timedelta(0))
            for booked in self.booked()
            if booked.id != ignoring
        )

    def _book(self, key: str, service_id: int, slot: Slot, customer_id: int, title: str) -> Appointment:
        found = self._find(key)
        if found is not None:
            return found
        booked = self.enter(slot, key, customer_id, title)
        self._gaps[booked.id] = self._rule(service_id).gap
        return booked

    def _find(self, key: str) -> Appointment | None:
        found = [appointment for appointment in self.all() if key and appointment.key == key]
        return min(found, key=lambda a: (a.is_cancelled, a.id), default=None)


def _keeps_to_the_port(calendar: FakeCalendar) -> Calendar:
    return calendar
