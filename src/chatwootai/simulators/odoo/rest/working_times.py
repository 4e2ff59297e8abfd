"""The working hours of a professional: a calendar, which several professionals may share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from chatwootai.simulators.odoo.rest.availability import minutes_of
from chatwootai.simulators.odoo.rest.fields import Body
from chatwootai.simulators.odoo.rest.messages import worded
from chatwootai.simulators.odoo.rest.queries import insert
from chatwootai.simulators.odoo.rest.refusals import invalid

if TYPE_CHECKING:
    from decimal import Decimal

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

_DAYS = ("Segunda-feira", "Terça-feira", "Quarta-feira", "Quinta-feira", "Sexta-feira", "Sábado", "Domingo")
_NOON = 12 * 60 + 30
_HOURS = """
SELECT h.weekday, h.hour_from, h.hour_to FROM public.working_hours h
WHERE h.calendar_id = %(calendar)s AND h.day_period <> 'lunch' ORDER BY h.weekday, h.hour_from, h.id
"""
_KNOWN = "SELECT id FROM erp.calendars WHERE id = %(calendar)s AND company_id = ANY(%(companies)s)"
_SHARED = """
SELECT 1 FROM public.professionals WHERE calendar_id = %(calendar)s AND id <> %(professional)s LIMIT 1
"""
_CLEAR = "DELETE FROM public.working_hours WHERE calendar_id = %(calendar)s"

Clock = Annotated[
    str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"), Field(examples=["08:30"])
]


class WorkingTime(Body):
    """A shift that comes back every week; weekday 0 is Monday, as in Odoo."""

    weekday: int = Field(ge=0, le=6)
    opens: Clock
    closes: Clock

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.closes <= self.opens:
            raise worded("O fim do turno deve ser depois do início.")
        return self


class Shift(BaseModel):
    """A shift as it is told; what came over Odoo's wire need not make sense."""

    weekday: int
    opens: str
    closes: str


def _apart(times: list[WorkingTime]) -> list[WorkingTime]:
    ordered = sorted(times, key=lambda time: (time.weekday, time.opens))
    if any(a.weekday == b.weekday and b.opens < a.closes for a, b in pairwise(ordered)):
        raise worded("Há turnos sobrepostos no mesmo dia.")
    return ordered


WorkingTimes = Annotated[list[WorkingTime], Field(max_length=50), AfterValidator(_apart)]


async def working_times(shop: Shop, calendar: int) -> list[Shift]:
    """The shifts of a calendar."""
    return [_shift(row) for row in await shop.rows(_HOURS, {"calendar": calendar})]


async def known_calendar(shop: Shop, calendar: int) -> int:
    """The calendar, if the caller's companies have it."""
    if not await shop.rows(_KNOWN, {"calendar": calendar}):
        raise invalid("body.calendar_id", "O calendário não existe.")
    return calendar


async def new_calendar(shop: Shop, owner: int, name: str, times: list[WorkingTime]) -> int:
    """A calendar for one professional."""
    values = {"company_id": owner, "name": f"Horário de {name}", "zone": str(shop.zone)}
    calendar = await insert(shop, "erp.calendars", values)
    await _fill(shop, calendar, times)
    return calendar


async def changed_calendar(shop: Shop, professional: DictRow, times: list[WorkingTime]) -> int:
    """The professional's calendar with these shifts; one that others share is left alone for a new one."""
    named = {"calendar": professional["calendar_id"], "professional": professional["id"]}
    if await shop.rows(_SHARED, named):
        return await new_calendar(shop, professional["company_id"], professional["name"], times)
    await shop.rows(_CLEAR, named)
    await _fill(shop, professional["calendar_id"], times)
    return int(professional["calendar_id"])


async def _fill(shop: Shop, calendar: int, times: list[WorkingTime]) -> None:
    for time in times:
        opens = _minutes(time.opens)
        morning = opens < _NOON
        values = {
            "calendar_id": calendar,
            "name": f"{_DAYS[time.weekday]}: {'manhã' if morning else 'tarde'}",
            "weekday": time.weekday,
            "hour_from": opens / 60,
            "hour_to": _minutes(time.closes) / 60,
            "day_period": "morning" if morning else "afternoon",
        }
        await insert(shop, "public.working_hours", values)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _shift(row: DictRow) -> Shift:
    return Shift(weekday=row["weekday"], opens=_clock(row["hour_from"]), closes=_clock(row["hour_to"]))


def _clock(hours: Decimal) -> str:
    return "{:02}:{:02}".format(*divmod(minutes_of(hours), 60))
