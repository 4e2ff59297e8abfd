"""Which slots are really free: the ERP's calendar without what is held for others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatwootai.domain.calendars import Calendar, SchedulingRules, Slot
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.holds import Hold, HoldStore, SlotClaim

MOST_ALTERNATIVES = 3
NEAR = timedelta(days=7)
"""How far after the wanted slot alternatives are looked for, before any other time is."""
NO_GAP = timedelta(0)


@dataclass(frozen=True, slots=True)
class Wish:
    """A slot that somebody wants. `moving` is the appointment that it is to replace."""

    key: str
    service_id: int
    slot: Slot
    moving: int | None = None


@dataclass(frozen=True, slots=True)
class FreeSlots:
    """The free slots of one account, and keeping one. What a key holds itself is never in its way."""

    account: str
    calendar: Calendar
    holds: HoldStore
    rules: SchedulingRules
    clock: Callable[[], datetime]
    hold_seconds: float

    async def between(
        self,
        service_id: int,
        start: datetime,
        end: datetime,
        *,
        professional_id: int | None = None,
        moving: int | None = None,
        key: str = "",
    ) -> Sequence[Slot]:
        """Free slots that begin in [start, end), by time; `UNKNOWN_RECORD` as `Calendar.slots` says."""
        slots = await self.calendar.slots(
            service_id, start, end, professional_id=professional_id, ignoring=moving
        )
        if not slots:
            return ()
        gap = await self._gap(service_id)
        held = await self.holds.slots_held(
            self.account,
            sorted({slot.professional_id for slot in slots}),
            min(slot.start for slot in slots),
            max(slot.end for slot in slots) + gap,
            ignoring=key,
        )
        return [slot for slot in slots if not any(_overlap(claim_of(slot, gap), other) for other in held)]

    async def refusal(self, wish: Wish) -> Refusal | None:
        """Why the slot cannot be had, None when it can.

        One that the key has held in time may still be had when the notice has begun, but not its start. The
        service or the professional may be gone since they were shown: `UNKNOWN_RECORD`.
        """
        try:
            return await self._refusal(wish)
        except BusinessRefusal as refusal:
            return refusal.reason

    async def hold(self, wish: Wish, *others: SlotClaim) -> Hold:
        """Keep the slot with the time that stays free after it, and `others`."""
        claims = [claim_of(wish.slot, await self._gap(wish.service_id)), *others]
        return await self.holds.place(self.account, wish.key, claims, timedelta(seconds=self.hold_seconds))

    async def alternatives(self, wish: Wish) -> tuple[Slot, ...]:
        """The next free slots after the wanted one, each at another time, else the first that there are."""
        try:
            return await self._alternatives(wish)
        except BusinessRefusal:
            return ()

    async def _refusal(self, wish: Wish) -> Refusal | None:
        slot = wish.slot
        free = await self.between(
            wish.service_id,
            slot.start,
            slot.end,
            professional_id=slot.professional_id,
            moving=wish.moving,
            key=wish.key,
        )
        if slot in free:
            return None
        if await self._is_taken(wish):
            return Refusal.SLOT_TAKEN
        now = self.clock()
        if slot.start >= now + self.rules.notice:
            return Refusal.OUTSIDE_HOURS
        own = await self.holds.get(self.account, wish.key)
        if own is None or not _keeps(own, slot) or slot.start <= now:
            return Refusal.TOO_SOON
        # The calendar tells no slots within the notice, so a leave entered since then is not seen.
        offering = {person.id for person in await self.calendar.professionals(wish.service_id)}
        return None if slot.professional_id in offering else Refusal.OUTSIDE_HOURS

    async def _alternatives(self, wish: Wish) -> tuple[Slot, ...]:
        now = self.clock()
        near = max(now, wish.slot.start)
        for start, end in ((near, near + NEAR), (now, now + self.rules.horizon)):
            free = await self.between(wish.service_id, start, end, moving=wish.moving, key=wish.key)
            others = [slot for slot in free if slot != wish.slot]
            if others:
                return _each_time_once(others, wish.slot.professional_id)[:MOST_ALTERNATIVES]
        return ()

    async def _is_taken(self, wish: Wish) -> bool:
        slot = wish.slot
        booked = await self.calendar.conflicts(slot)
        if any(appointment.id != wish.moving for appointment in booked):
            return True
        end = slot.end + await self._gap(wish.service_id)
        professionals = [slot.professional_id]
        return bool(
            await self.holds.slots_held(self.account, professionals, slot.start, end, ignoring=wish.key)
        )

    async def _gap(self, service_id: int) -> timedelta:
        if not any(rule.gap for rule in self.rules.services.values()):
            return NO_GAP
        services = await self.calendar.services()
        code = next((service.code for service in services if service.id == service_id), "")
        rule = self.rules.services.get(code)
        return rule.gap if rule else NO_GAP


def claim_of(slot: Slot, gap: timedelta = NO_GAP) -> SlotClaim:
    return SlotClaim(slot.professional_id, slot.start, slot.end + gap)


def _overlap(one: SlotClaim, other: SlotClaim) -> bool:
    return one.professional_id == other.professional_id and one.start < other.end and other.start < one.end


def _keeps(hold: Hold, slot: Slot) -> bool:
    return any(
        isinstance(claim, SlotClaim)
        and (claim.professional_id, claim.start) == (slot.professional_id, slot.start)
        and claim.end >= slot.end
        for claim in hold.claims
    )


def _each_time_once(slots: Sequence[Slot], preferred: int) -> tuple[Slot, ...]:
    """At each time with the professional who was wanted, where she is free."""
    by_time: dict[datetime, Slot] = {}
    for slot in sorted(slots, key=lambda slot: (slot.start, slot.professional_id != preferred)):
        by_time.setdefault(slot.start, slot)
    return tuple(by_time.values())
