"""Moving an appointment: to the slot that was accepted, or back where it was."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.calendars import Appointment, Calendar, Slot
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.holds import Hold, SlotClaim
from chatwootai.hub.appointment_writes import AppointmentWrites
from chatwootai.hub.booking_results import Booked, Refused
from chatwootai.hub.free_slots import FreeSlots, Wish, claim_of


@dataclass(frozen=True, slots=True)
class Moves:
    """To be used alone with the professionals of both slots.

    The slot that an appointment leaves is held together with the one it moves to, as the second claim: it
    can go back, now or after a crash.
    """

    calendar: Calendar
    slots: FreeSlots
    writes: AppointmentWrites

    async def move(self, appointment_id: int, wish: Wish) -> Booked | Refused:
        """Where it stands at the slot already, an earlier run came this far, or a person did."""
        now = await self.calendar.get(appointment_id)
        if now is None or now.is_cancelled:
            return Refused(Refusal.APPOINTMENT_CANCELLED, appointment=now)
        try:
            return await self._move(now, wish)
        except BusinessRefusal as refusal:
            now = await self.calendar.get(appointment_id)
            is_gone = now is None or now.is_cancelled
            reason = Refusal.APPOINTMENT_CANCELLED if is_gone else refusal.reason
            return Refused(reason, appointment=now)

    async def _move(self, appointment: Appointment, wish: Wish) -> Booked | Refused:
        if appointment.slot == wish.slot:
            left = _slot_left(await self.slots.holds.get(self.slots.account, wish.key))
            return await self._checked(appointment, left) if left else Booked(appointment)
        reason = await self.slots.refusal(wish)
        if reason is not None:
            return Refused(reason, appointment=appointment)
        await self.slots.hold(wish, claim_of(appointment.slot))
        return await self._checked(await self.writes.move(appointment, wish.slot), appointment.slot)

    async def _checked(self, moved: Appointment, left: Slot) -> Booked | Refused:
        """Ours yields to whatever others entered in the same moment: it is the older one, so ids tell
        nothing about who came first."""
        now = await self.calendar.get(moved.id)
        if now is None or now.is_cancelled:
            return Refused(Refusal.APPOINTMENT_CANCELLED, appointment=now)
        if now.slot != moved.slot:
            return Booked(now)  # a person moved it since: it is hers
        others = await self.calendar.conflicts(now.slot)
        if all(other.id == now.id for other in others):
            return Booked(now)
        return Refused(Refusal.SLOT_TAKEN, appointment=await self.writes.move(now, left))


def _slot_left(hold: Hold | None) -> Slot | None:
    match hold:
        case Hold(claims=(_, SlotClaim(professional_id, start, end))):
            return Slot(start, end, professional_id)
    return None
