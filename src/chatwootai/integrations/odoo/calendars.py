"""The shop's calendar in its Odoo, which has events and working schedules, but neither services nor slots."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from chatwootai.domain.calendars import (
    Appointment,
    Professional,
    SchedulingRules,
    Service,
    ServiceRule,
    Slot,
)
from chatwootai.domain.errors import BusinessRefusal, Refusal, RequestRefused
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.domain.slots import Span, free_slots
from chatwootai.integrations.odoo.appointments import (
    EVENT,
    NO_PROFESSIONAL,
    Event,
    as_appointments,
    read_busy,
    read_events,
)
from chatwootai.integrations.odoo.booking_marks import BookingMark, with_customer, with_key
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.products import LARGEST_ID, MODEL, NAMES, product
from chatwootai.integrations.odoo.quotes import Quotes
from chatwootai.integrations.odoo.staff import Member, member_with, offering, read_staff
from chatwootai.integrations.odoo.values import created, records, text, written
from chatwootai.integrations.odoo.working_hours import Timetables

_SILENT = {"no_mail_to_attendees": True, "mail_auto_subscribe_no_notify": True}
"""Odoo invites attendees by mail, and tells them of a new time, as soon as an event is written."""


class OdooCalendar:
    """`domain.calendars.Calendar` of the company of Odoo's user; `docs/decisions/0008-bookings.md` says how.

    `currency` is the shop's (ISO 4217), `now` an aware clock.
    """

    def __init__(
        self,
        client: OdooClient,
        rules: SchedulingRules,
        *,
        currency: str = "BRL",
        now: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._rules = rules
        self._currency = currency
        self._now = now
        self._quotes = Quotes(client, currency)
        self._timetables = Timetables(client, rules.zone)

    async def services(self) -> Sequence[Service]:
        offered = await self._offered([["default_code", "in", sorted(self._rules.services)]])
        if not offered:
            return ()
        items = [Item(id_, Decimal(1)) for id_ in offered]
        prices = {line.item.product_id: line.total for line in await self._quotes.prices(items, None)}
        found = (
            Service(
                id=id_,
                name=name,
                code=code,
                duration=self._rules.services[code].duration,
                price=Money(prices[id_], self._currency),
            )
            for id_, (name, code) in offered.items()
        )
        return tuple(sorted(found, key=lambda service: (service.name.casefold(), service.id)))

    async def professionals(self, service_id: int) -> Sequence[Professional]:
        _, rule = await self._rule(service_id)
        members = offering(rule, await read_staff(self._client))
        return tuple(Professional(member.id, member.name) for member in members)

    async def slots(
        self,
        service_id: int,
        start: datetime,
        end: datetime,
        *,
        professional_id: int | None = None,
        ignoring: int | None = None,
    ) -> Sequence[Slot]:
        now = self._now()
        window = Span(
            max(start, now + self._rules.notice),
            min(end, now + self._rules.horizon + timedelta.resolution),
        )
        _, rule = await self._rule(service_id)
        members = [
            member
            for member in offering(rule, await read_staff(self._client))
            if professional_id in (None, member.id) and member.calendar is not None
        ]
        if window.start >= window.end or not members:
            return ()
        return await self._free(members, rule, window, now, ignoring)

    async def book(self, key: str, service_id: int, slot: Slot, customer_id: int, title: str) -> Appointment:
        known = await self.find(key)
        if known is not None:
            return known
        code, _ = await self._rule(service_id)
        staff = await read_staff(self._client)
        member = member_with(staff, slot.professional_id)
        mark = BookingMark(key, code, customer_id)
        attendees = [member.partner]
        if (await self._client.series()).can_silence_attendees:
            attendees.insert(0, customer_id)
        values = {
            "name": title,
            "start": written(slot.start),
            "stop": written(slot.end),
            "partner_ids": [[6, 0, attendees]],
            "user_id": member.user,
            "description": mark.written(await self._name(customer_id)),
            # A professional's own default may be private: then Odoo hides the mark from us.
            "privacy": "public",
        }
        made = created(await self._client.write(EVENT, "create", context=_SILENT, vals_list=values))
        first = await self._find(key, staff)
        if first is not None and first.id == made:
            return first
        if first is not None and not first.is_cancelled:
            # The same key was booked twice at once: the older one stays.
            await self._client.write(EVENT, "action_archive", [made], context=_SILENT)
            return first
        return await self._read(made)

    async def reschedule(self, appointment_id: int, slot: Slot) -> Appointment:
        staff = await read_staff(self._client)
        appointment = await self._get(appointment_id, staff)
        if appointment is None or appointment.is_cancelled:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"appointment:{appointment_id}")
        values: dict[str, object] = {"start": written(slot.start), "stop": written(slot.end)}
        if slot.professional_id != appointment.slot.professional_id:
            old = member_with(staff, appointment.slot.professional_id)
            new = member_with(staff, slot.professional_id)
            values |= {"partner_ids": [[3, old.partner, 0], [4, new.partner, 0]], "user_id": new.user}
        await self._client.write(EVENT, "write", [appointment_id], context=_SILENT, vals=values)
        moved = await self._read(appointment_id)
        if moved.slot != slot:
            raise RequestRefused(SERVICE, f"event {appointment_id} was not moved")
        return moved

    async def cancel(self, appointment_id: int) -> Appointment:
        appointment = await self._read(appointment_id)
        if appointment.is_cancelled:
            return appointment
        await self._client.write(EVENT, "action_archive", [appointment_id], context=_SILENT)
        appointment = await self._read(appointment_id)
        if not appointment.is_cancelled:
            raise RequestRefused(SERVICE, f"event {appointment_id} was not archived")
        return appointment

    async def find(self, key: str) -> Appointment | None:
        return await self._find(key, None) if key else None

    async def _find(self, key: str, staff: Sequence[Member] | None) -> Appointment | None:
        found = await read_events(self._client, [with_key(key)], self._rules.zone, archived_too=True)
        same = [
            appointment
            for appointment in await self._told([event for event in found if event.key == key], staff)
            # Without one of our professionals it is another company's: events have no company.
            if appointment.slot.professional_id != NO_PROFESSIONAL
        ]
        return min(same, key=lambda appointment: (appointment.is_cancelled, appointment.id), default=None)

    async def get(self, appointment_id: int) -> Appointment | None:
        return await self._get(appointment_id, await read_staff(self._client))

    async def conflicts(self, slot: Slot) -> Sequence[Appointment]:
        staff = await read_staff(self._client)
        member, span = member_with(staff, slot.professional_id), Span(slot.start, slot.end)
        events = await read_busy(self._client, span, [member.partner], self._rules.zone)
        overlapping = [event for event in events if event.span.overlaps(span)]
        return tuple(await as_appointments(self._client, overlapping, staff))

    async def of_customer(self, customer_id: int, after: datetime) -> Sequence[Appointment]:
        hers = ["|", ["partner_ids", "in", [customer_id]], with_customer(customer_id)]
        # A day more: an all-day event ends, for Odoo, at 18 o'clock of UTC.
        domain: list[object] = [["stop", ">", written(after - timedelta(days=1))], *hers]
        events = await read_events(self._client, domain, self._rules.zone)
        told = await self._told([event for event in events if event.span.end > after])
        found = (
            appointment
            for appointment in told
            if appointment.customer_id == customer_id and appointment.slot.professional_id != NO_PROFESSIONAL
        )
        return tuple(sorted(found, key=lambda appointment: (appointment.slot, appointment.id)))

    async def _free(
        self, members: Sequence[Member], rule: ServiceRule, window: Span, now: datetime, ignoring: int | None
    ) -> tuple[Slot, ...]:
        whole = Span(window.start, window.end + rule.duration + rule.gap)
        hours, leaves, busy = await asyncio.gather(
            self._timetables.hours({member.calendar for member in members if member.calendar is not None}),
            self._timetables.leaves(whole),
            read_busy(self._client, whole, [member.partner for member in members], self._rules.zone),
        )
        found: set[Slot] = set()
        for member in members:
            if member.calendar is None or member.calendar not in hours:
                continue
            found.update(
                free_slots(
                    hours[member.calendar],
                    rule,
                    self._rules,
                    window,
                    now=now,
                    professional_id=member.id,
                    leaves=[leave.span for leave in leaves if leave.concerns(member.id, member.calendar)],
                    booked=[
                        self._kept(event)
                        for event in busy
                        if member.partner in event.attendees and event.id != ignoring
                    ],
                )
            )
        return tuple(sorted(found))

    def _kept(self, event: Event) -> Span:
        """The event and the gap after it, which is known where we booked it ourselves."""
        rule = self._rules.services.get(event.mark.service) if event.mark else None
        return Span(event.span.start, event.span.end + rule.gap) if rule else event.span

    async def _offered(self, which: list[object]) -> dict[int, tuple[str, str]]:
        """Name and code of products that can be booked, by their id."""
        rows = records(
            await self._client.read(
                MODEL,
                "search_read",
                domain=[["type", "=", "service"], ["sale_ok", "=", True], *which],
                fields=NAMES,
                order="id",
            )
        )
        found = (product(row) for row in rows)
        return {known.id: (known.name, known.code) for known in found if known.code in self._rules.services}

    async def _rule(self, service_id: int) -> tuple[str, ServiceRule]:
        """The code and the rule of a service; `UNKNOWN_RECORD` for what cannot be booked."""
        known = 0 < service_id <= LARGEST_ID and (await self._offered([["id", "=", service_id]]))
        if not known:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"service:{service_id}")
        _, code = known[service_id]
        return code, self._rules.services[code]

    async def _name(self, customer_id: int) -> str:
        rows = records(
            await self._client.read(
                "res.partner", "search_read", domain=[["id", "=", customer_id]], fields=["name"]
            )
        )
        if not rows:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"customer:{customer_id}")
        return text(rows[0], "name")

    async def _read(self, appointment_id: int) -> Appointment:
        appointment = await self.get(appointment_id)
        if appointment is None:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"appointment:{appointment_id}")
        return appointment

    async def _get(self, appointment_id: int, staff: Sequence[Member]) -> Appointment | None:
        if not 0 < appointment_id <= LARGEST_ID:
            return None
        domain: list[object] = [["id", "=", appointment_id]]
        events = await read_events(self._client, domain, self._rules.zone, archived_too=True)
        found = await as_appointments(self._client, events, staff)
        # Without one of our professionals it is another company's, or somebody's own affair.
        return found[0] if found and found[0].slot.professional_id != NO_PROFESSIONAL else None

    async def _told(
        self, events: Sequence[Event], staff: Sequence[Member] | None = None
    ) -> list[Appointment]:
        """`staff` is read where it is not known yet."""
        if not events:
            return []
        return await as_appointments(self._client, events, staff or await read_staff(self._client))
