"""When people work: the periods of Odoo's working schedules, and the leaves that cut into them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.slots import Span, WorkingHours, WorkingPeriod
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.values import (
    Record,
    day,
    decimal,
    linked_id,
    moment,
    number,
    records,
    text,
    written,
)

_CALENDAR = "resource.calendar"
_ATTENDANCE = "resource.calendar.attendance"
_ATTENDANCE_FIELDS = [
    "calendar_id",
    "dayofweek",
    "hour_from",
    "hour_to",
    "day_period",
    "date_from",
    "date_to",
]
_SOME_SERIES_ONLY = ["week_type", "display_type", "resource_id"]
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Leave:
    """Of one resource, of everybody with a calendar, or, without either, of the whole company."""

    span: Span
    resource: int | None
    calendar: int | None

    def concerns(self, resource: int, calendar: int) -> bool:
        """Whether somebody is away because of it."""
        return self.resource in (None, resource) and (
            self.resource is not None or self.calendar in (None, calendar)
        )


class Timetables:
    """The working schedules of one Odoo; `zone` is the shop's, for a schedule that names none."""

    def __init__(self, client: OdooClient, zone: ZoneInfo) -> None:
        self._client = client
        self._zone = zone
        self._some_series_only = KnownFields(client, _ATTENDANCE, _SOME_SERIES_ONLY)

    async def hours(self, calendars: Collection[int]) -> dict[int, WorkingHours]:
        """The working hours of each calendar, in its own zone, without breaks for lunch."""
        wanted = sorted(calendars)
        if not wanted:
            return {}
        zones = {
            number(row, "id"): self._zone_of(row)
            for row in records(
                await self._client.read(
                    _CALENDAR, "search_read", domain=[["id", "in", wanted]], fields=["name", "tz"]
                )
            )
        }
        periods: dict[int, list[WorkingPeriod]] = {id_: [] for id_ in zones}
        for row in await self._attendances(wanted):
            calendar, period = linked_id(row, "calendar_id"), period_of(row)
            if calendar in periods and period is not None:
                periods[calendar].append(period)
        return {id_: WorkingHours(zone, tuple(periods[id_])) for id_, zone in zones.items()}

    async def leaves(self, window: Span) -> list[Leave]:
        """Every leave in the company that has a moment in the window."""
        company = (await self._client.identity()).company
        rows = records(
            await self._client.read(
                "resource.calendar.leaves",
                "search_read",
                domain=[
                    ["date_from", "<", written(window.end)],
                    ["date_to", ">", written(window.start)],
                    ["time_type", "=", "leave"],
                    "|",
                    ["company_id", "=", company],
                    ["company_id", "=", False],
                ],
                fields=["date_from", "date_to", "resource_id", "calendar_id"],
                order="id",
            )
        )
        return [
            Leave(Span(begin, end), linked_id(row, "resource_id"), linked_id(row, "calendar_id"))
            for row in rows
            if (begin := moment(row, "date_from")) and (end := moment(row, "date_to"))
        ]

    async def _attendances(self, calendars: list[int]) -> list[Record]:
        rows = records(
            await self._client.read(
                _ATTENDANCE,
                "search_read",
                domain=[["calendar_id", "in", calendars]],
                fields=[*_ATTENDANCE_FIELDS, *await self._some_series_only.names()],
                order="id",
            )
        )
        # A row of one resource alone is a left-over that Odoo's own forms do not show.
        return [row for row in rows if linked_id(row, "resource_id") is None]

    def _zone_of(self, calendar: Record) -> ZoneInfo:
        name = text(calendar, "tz")
        if not name:
            return self._zone
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            known = text(calendar, "name")
            raise RequestRefused(SERVICE, f"the calendar {known!r} has the unknown zone {name!r}") from error


def period_of(row: Record) -> WorkingPeriod | None:
    """The period of an attendance row; None for a break and for a row that is only a title."""
    if text(row, "day_period") == "lunch" or text(row, "display_type"):
        return None
    begins, ends = _minutes(decimal(row, "hour_from")), _minutes(decimal(row, "hour_to"))
    weekday, week = text(row, "dayofweek"), text(row, "week_type")
    if not weekday.isdigit() or not 0 <= begins < ends:
        return None
    return WorkingPeriod(
        weekday=int(weekday),
        begins=begins,
        ends=min(ends, _MIDNIGHT),
        first=day(row, "date_from"),
        last=day(row, "date_to"),
        week=int(week) if week.isdigit() else None,
    )


def _minutes(hours: Decimal) -> int:
    """Odoo keeps hours as a float: 8.3333 is twenty past eight."""
    return int((hours * 60).to_integral_value())
