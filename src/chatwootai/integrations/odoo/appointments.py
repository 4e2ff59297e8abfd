"""Odoo's events as appointments: who attends as professional, who as customer, and whose key it bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chatwootai.domain.calendars import Appointment, Slot
from chatwootai.domain.slots import Span
from chatwootai.integrations.odoo.booking_marks import BookingMark, found_mark
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.staff import Member, colleagues_among
from chatwootai.integrations.odoo.values import Record, flag, ids, moment, number, records, text, written

EVENT = "calendar.event"
_FIELDS = ["name", "start", "stop", "allday", "active", "partner_ids", "description"]
_DAY = timedelta(days=1)
NO_PROFESSIONAL = 0


@dataclass(frozen=True, slots=True)
class Event:
    """A row of Odoo, read. `mark` is ours, None for an event that people made."""

    id: int
    title: str
    span: Span
    attendees: tuple[int, ...]
    is_active: bool
    mark: BookingMark | None

    @property
    def key(self) -> str:
        return self.mark.key if self.mark else ""


async def read_events(
    client: OdooClient, domain: list[object], zone: ZoneInfo, *, archived_too: bool = False
) -> list[Event]:
    """Events by id; `zone` is where the days of all-day events begin."""
    rows = records(
        await client.read(
            EVENT,
            "search_read",
            context={"active_test": False} if archived_too else {},
            domain=domain,
            fields=_FIELDS,
            order="id",
        )
    )
    return [
        Event(
            number(row, "id"),
            text(row, "name"),
            span,
            tuple(ids(row, "partner_ids")),
            flag(row, "active"),
            found_mark(text(row, "description")),
        )
        for row in rows
        if (span := _span(row, zone)) is not None
    ]


async def read_busy(client: OdooClient, window: Span, partners: Sequence[int], zone: ZoneInfo) -> list[Event]:
    """What keeps these partners busy at some moment of the window, by id."""
    # A day more on both sides: an all-day event has office hours of UTC in `start` and `stop`.
    around = Span(window.start - _DAY, window.end + _DAY)
    domain: list[object] = [
        ["start", "<", written(around.end)],
        ["stop", ">", written(around.start)],
        ["partner_ids", "in", list(partners)],
        ["show_as", "=", "busy"],
    ]
    return await _with_attendees(client, await read_events(client, domain, zone), partners)


async def _with_attendees(
    client: OdooClient, events: Sequence[Event], partners: Sequence[int]
) -> list[Event]:
    """Odoo does not let us read who attends other people's private events, but search by it.

    Source: `_read` and `_fetch_query` of its calendar, read in 16 and 18, not measured.
    """
    hidden = [event.id for event in events if not event.attendees]
    found: dict[int, list[int]] = {id_: [] for id_ in hidden}
    for partner in partners if hidden else ():
        domain: list[object] = [["id", "in", hidden], ["partner_ids", "in", [partner]]]
        for row in records(await client.read(EVENT, "search_read", domain=domain, fields=["active"])):
            found[number(row, "id")].append(partner)
    return [replace(event, attendees=tuple(found.get(event.id, event.attendees))) for event in events]


async def as_appointments(
    client: OdooClient, events: Sequence[Event], staff: Sequence[Member]
) -> list[Appointment]:
    """The events as the domain tells them; without one of `staff` in it, the professional is number 0."""
    by_partner = {member.partner: member for member in reversed(staff)}
    unsure = {partner for event in events for partner in _guests(event, by_partner) if not _is_ours(event)}
    colleagues = await colleagues_among(client, unsure)
    return [_appointment(event, by_partner, colleagues) for event in events]


def _appointment(event: Event, by_partner: dict[int, Member], colleagues: set[int]) -> Appointment:
    professionals = [by_partner[partner].id for partner in event.attendees if partner in by_partner]
    customers = [partner for partner in _guests(event, by_partner) if partner not in colleagues]
    customer = min(customers, default=None)
    if event.mark is not None and (_is_ours(event) or customer is None):
        customer = event.mark.customer
    return Appointment(
        id=event.id,
        key=event.key,
        title=event.title,
        slot=Slot(event.span.start, event.span.end, min(professionals, default=NO_PROFESSIONAL)),
        customer_id=customer,
        is_cancelled=not event.is_active,
    )


def _is_ours(event: Event) -> bool:
    """Whether the mark's customer still attends: people may have put another one in her place."""
    return event.mark is not None and event.mark.customer in event.attendees


def _guests(event: Event, by_partner: dict[int, Member]) -> list[int]:
    return [partner for partner in event.attendees if partner not in by_partner]


def _span(row: Record, zone: ZoneInfo) -> Span | None:
    start, stop = moment(row, "start"), moment(row, "stop")
    if start is None or stop is None:
        return None
    if not flag(row, "allday"):
        return Span(start, stop)
    return Span(_midnight(start, zone), _midnight(stop + _DAY, zone))


def _midnight(at: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(at.astimezone(UTC).date(), time.min, zone)
