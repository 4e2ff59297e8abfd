"""Booking: no slot twice and each appointment once, although the ERP prevents neither.

Promises P4 and P11. Whatever decides happens alone with the professionals, in whatever process. The hold of a
key is given back at the very end: while it is there, an appointment of this key was not checked yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from chatwootai.domain.calendars import Appointment, Calendar, SchedulingRules, Slot
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.holds import HoldStore
from chatwootai.hub.appointment_writes import AppointmentWrites
from chatwootai.hub.booking_results import Booked, Cancelled, Held, Refused
from chatwootai.hub.free_slots import FreeSlots, Wish, claim_of
from chatwootai.hub.lookups import Lookups
from chatwootai.hub.moves import Moves

__all__ = ["Booked", "Bookings", "Cancelled", "Held", "Refused"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Bookings:
    """One account's bookings. `hold_seconds` is how long a proposal keeps its slot.

    A key is one proposal's, never used for another: the same call with the same key may be repeated whatever
    happened. Raises `ServiceUnavailable`, `RequestRefused`, and `OutcomeUnknown` when a write got no answer
    and was not found: the same call, later, ends right.
    """

    account: str
    calendar: Calendar
    holds: HoldStore
    rules: SchedulingRules
    hold_seconds: float = 900.0
    lookups: Lookups = field(default_factory=Lookups)
    clock: Callable[[], datetime] = _now

    async def free_slots(
        self,
        service_id: int,
        start: datetime,
        end: datetime,
        *,
        professional_id: int | None = None,
        ignoring: int | None = None,
        key: str = "",
    ) -> Sequence[Slot]:
        """Free slots that begin in [start, end), by time, without what others than `key` hold.

        `ignoring` is an appointment that is about to move. `UNKNOWN_RECORD` as `Calendar.slots` says.
        """
        return await self._slots.between(
            service_id, start, end, professional_id=professional_id, moving=ignoring, key=key
        )

    async def reserve(
        self, key: str, service_id: int, slot: Slot, *, ignoring: int | None = None
    ) -> Held | Refused:
        """Keep a slot for this key. `ignoring` is an appointment that is about to move there."""
        wish = Wish(key, service_id, slot, ignoring)
        async with self._alone(slot):
            reason = await self._slots.refusal(wish)
            if reason is None:
                return Held(key, slot, (await self._slots.hold(wish)).expires_at)
            await self.holds.release(self.account, key)
        return await self._advised(Refused(reason), wish)

    async def confirm(
        self, key: str, service_id: int, slot: Slot, customer_id: int, title: str
    ) -> Booked | Refused:
        """Enter the appointment to which the customer said yes.

        What was begun here is ended here: after an error call this again, not `reserve`.
        """
        wish = Wish(key, service_id, slot)
        async with self._alone(slot):
            outcome = await self._confirm(wish, customer_id, title)
            await self.holds.release(self.account, key)
        return await self._advised(outcome, wish) if isinstance(outcome, Refused) else outcome

    async def reschedule(
        self, key: str, appointment_id: int, service_id: int, slot: Slot
    ) -> Booked | Refused:
        """Move an appointment to the slot to which the customer said yes; refused, it stays where it was."""
        appointment = await self.calendar.get(appointment_id)
        if appointment is None:
            return Refused(Refusal.UNKNOWN_RECORD)
        wish = Wish(key, service_id, slot, appointment_id)
        async with self._alone(appointment.slot, slot):
            outcome = await Moves(self.calendar, self._slots, self._writes).move(appointment_id, wish)
            await self.holds.release(self.account, key)
        return await self._advised(outcome, wish) if isinstance(outcome, Refused) else outcome

    async def abandon(self, key: str) -> None:
        """Give back what a proposal keeps: the customer said no, or wants something else instead.

        Without it her own proposal is in the way of her next one. What was booked stays.
        """
        await self.holds.release(self.account, key)

    async def cancel(self, appointment_id: int) -> Cancelled | Refused:
        """Cancel an appointment; one that is cancelled already is `Cancelled`."""
        appointment = await self.calendar.get(appointment_id)
        if appointment is None:
            return Refused(Refusal.UNKNOWN_RECORD)
        try:
            cancelled = await self._writes.cancel(appointment)
            await self._writes.cancel_doubles(cancelled)
        except BusinessRefusal as refusal:
            return Refused(refusal.reason, appointment=await self.calendar.get(appointment_id))
        if appointment.key:
            await self.holds.release(self.account, appointment.key)
        return Cancelled(cancelled)

    @property
    def _slots(self) -> FreeSlots:
        return FreeSlots(self.account, self.calendar, self.holds, self.rules, self.clock, self.hold_seconds)

    @property
    def _writes(self) -> AppointmentWrites:
        return AppointmentWrites(self.calendar, self.lookups)

    def _alone(self, *slots: Slot) -> AbstractAsyncContextManager[None]:
        return self.holds.alone(self.account, [claim_of(slot).subject for slot in slots])

    async def _confirm(self, wish: Wish, customer_id: int, title: str) -> Booked | Refused:
        try:
            return await self._entered(wish, customer_id, title)
        except BusinessRefusal as refusal:
            return Refused(refusal.reason, appointment=await self.calendar.find(wish.key))

    async def _entered(self, wish: Wish, customer_id: int, title: str) -> Booked | Refused:
        found = await self.calendar.find(wish.key)
        if found is not None:
            return await self._met_again(found, wish)
        reason = await self._slots.refusal(wish)
        if reason is not None:
            # An earlier run's entry may have come just now: then it is ours that is in the way.
            found = await self.calendar.find(wish.key)
            return await self._met_again(found, wish) if found else Refused(reason)
        await self._slots.hold(wish)
        return await self._checked(await self._writes.book(wish, customer_id, title))

    async def _met_again(self, found: Appointment, wish: Wish) -> Booked | Refused:
        """An earlier run came this far. Where a person moved it since, it is hers."""
        if not found.is_cancelled:
            own = await self.holds.get(self.account, wish.key)
            if own is None or found.slot != wish.slot:
                return Booked(found)
        return await self._checked(found)

    async def _checked(self, appointment: Appointment) -> Booked | Refused:
        """The appointment as it is now. Of two that overlap the lower id wins, whoever entered it."""
        now = await self.calendar.get(appointment.id)
        others = await self.calendar.conflicts(now.slot if now else appointment.slot)
        earlier = [other for other in others if other.id < appointment.id and other.key != appointment.key]
        if now is None or now.is_cancelled:
            return Refused(Refusal.SLOT_TAKEN if earlier else Refusal.APPOINTMENT_CANCELLED, appointment=now)
        await self._writes.cancel_doubles(now)
        if earlier:
            return Refused(Refusal.SLOT_TAKEN, appointment=await self._writes.cancel(now))
        return Booked(now)

    async def _advised(self, refused: Refused, wish: Wish) -> Refused:
        return replace(refused, alternatives=await self._slots.alternatives(wish))
