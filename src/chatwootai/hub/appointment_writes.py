"""Writes to the calendar that end in something known: what got no answer is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.calendars import Appointment, Calendar, Slot
from chatwootai.hub.free_slots import Wish
from chatwootai.hub.lookups import Lookups


@dataclass(frozen=True, slots=True)
class AppointmentWrites:
    """Each raises `BusinessRefusal`, and `OutcomeUnknown` where nothing was found."""

    calendar: Calendar
    lookups: Lookups

    async def book(self, wish: Wish, customer_id: int, title: str) -> Appointment:
        return await self.lookups.settle(
            lambda: self.calendar.book(wish.key, wish.service_id, wish.slot, customer_id, title),
            lambda: self.calendar.find(wish.key),
        )

    async def move(self, appointment: Appointment, slot: Slot) -> Appointment:
        async def seen() -> Appointment | None:
            found = await self.calendar.get(appointment.id)
            return found if found and (found.slot == slot or found.is_cancelled) else None

        return await self.lookups.settle(lambda: self.calendar.reschedule(appointment.id, slot), seen)

    async def cancel(self, appointment: Appointment) -> Appointment:
        async def seen() -> Appointment | None:
            found = await self.calendar.get(appointment.id)
            return found if found and found.is_cancelled else None

        return await self.lookups.settle(lambda: self.calendar.cancel(appointment.id), seen)

    async def cancel_doubles(self, appointment: Appointment) -> None:
        """Cancel later entries of the same key: a write that got no answer may come after its repetition."""
        for other in await self.calendar.conflicts(appointment.slot):
            if appointment.key and other.key == appointment.key and other.id != appointment.id:
                await self.cancel(other)
