"""Appointments that repeat: one event for each time, as Odoo makes them at once.

Measured is that the kind, the flags of weekdays and the number make so many events; the rest is read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil import rrule  # type: ignore[import-untyped]  # comes without types

from chatwootai.simulators.odoo.errors import BadValue, UserError
from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.values import written_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_MOST = 720  # events of one recurrence, Odoo's own limit for those without an end
_ZONE = ZoneInfo("America/Sao_Paulo")  # a nine o'clock stays one whatever UTC does
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KINDS = (("daily", "Dias"), ("weekly", "Semanas"), ("monthly", "Meses"), ("yearly", "Anos"))
_ENDS = (("count", "Número de repetições"), ("end_date", "Data final"), ("forever", "Para sempre"))
_COPIED = ("name", "description", "location", "privacy", "show_as", "allday", "user_id", "partner_ids")
_FREQUENCIES = {
    "daily": rrule.DAILY,
    "weekly": rrule.WEEKLY,
    "monthly": rrule.MONTHLY,
    "yearly": rrule.YEARLY,
}


def recurrence_fields() -> dict[str, Field]:
    """`rrule` tells the rule; what it is made of is only written here."""
    flags = {day: Field(Kind.BOOLEAN, day.capitalize(), "false", stored=False) for day in _DAYS}
    return flags | {
        "recurrency": Field(Kind.BOOLEAN, "Recorrente", "(r.rrule IS NOT NULL)"),
        "rrule": Field(Kind.CHAR, "Regra de recorrência", "r.rrule", stored=False),
        "rule_kept": Field(Kind.CHAR, "Regra de recorrência", "r.rrule", column="rrule", since=HIDDEN),
        "rrule_type": _choice("Recorrência", _KINDS),
        "rrule_type_ui": _choice("Repetir", (*_KINDS, ("custom", "Personalizado")), since=17),
        "end_type": _choice("Término da recorrência", _ENDS),
        "interval": Field(Kind.INTEGER, "Repetir a cada", "NULL::integer", stored=False),
        "count": Field(Kind.INTEGER, "Repetir", "NULL::integer", stored=False),
        "until": Field(Kind.DATE, "Até", "NULL::date", stored=False),
    }


def _choice(label: str, choices: tuple[tuple[str, str], ...], since: int = 0) -> Field:
    return Field(Kind.SELECTION, label, "NULL::text", selection=choices, stored=False, since=since)


def rule_of(values: Mapping[str, Json], start: datetime) -> str | None:
    """The rule that these values describe, from the start on; None for an event that happens once."""
    if not values.get("recurrency"):
        return None
    kind = values.get("rrule_type") or values.get("rrule_type_ui") or "weekly"
    if kind not in _FREQUENCIES:
        raise BadValue(f"Wrong value for calendar.event.rrule_type: {kind!r}")
    local = _local(start)
    days = [number for number, day in enumerate(_DAYS) if values.get(day)] or [local.weekday()]
    rule = rrule.rrule(
        _FREQUENCIES[kind],
        dtstart=local,
        interval=_number(values, "interval"),
        byweekday=days if kind == "weekly" else None,
        **_end(values),
    )
    return str(rule).rpartition("RRULE:")[2]


def _end(values: Mapping[str, Json]) -> dict[str, int | datetime]:
    match values.get("end_type") or "count":
        case "count":
            return {"count": min(_number(values, "count"), _MOST)}
        case "end_date":
            return {"until": datetime.combine(_day(values.get("until")), time.max.replace(microsecond=0))}
        case "forever":
            return {"count": _MOST}
    raise BadValue(f"Wrong value for calendar.event.end_type: {values['end_type']!r}")


def _number(values: Mapping[str, Json], name: str) -> int:
    value = values.get(name) or 1
    if not isinstance(value, int):
        raise BadValue(f"Wrong value for calendar.event.{name}: {value!r}")
    if value < 0:
        raise UserError(f"The {name} cannot be negative.")
    return value


def _day(value: Json) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadValue(f"time data {value!r} does not match format '%Y-%m-%d'") from None


def times(rule: str, start: datetime) -> list[datetime]:
    """When the events of a rule begin, in UTC."""
    found = islice(rrule.rrulestr(rule, dtstart=_local(start)), _MOST)
    return [moment.replace(tzinfo=_ZONE).astimezone(UTC) for moment in found]


async def repeat(records: Records, ids: list[int]) -> None:
    """Make the other events of those that were just made with a rule; nobody is mailed about each of them."""
    quiet = records.in_context(no_mail_to_attendees=True)
    for row in await records.rows(
        "SELECT id, starts_at, ends_at, rrule FROM public.appointments WHERE id = ANY(%s)", (ids,)
    ):
        (copied,) = await records.read([row["id"]], list(_COPIED), load="")
        if not isinstance(copied, dict):
            continue
        shared = {name: copied[name] for name in _COPIED}
        length = row["ends_at"] - row["starts_at"]
        made: list[Json] = []
        for start in times(row["rrule"], row["starts_at"])[1:]:
            span: dict[str, Json] = {"start": written_time(start), "stop": written_time(start + length)}
            made.append(await quiet.create(shared | span | {"partner_ids": [[6, 0, copied["partner_ids"]]]}))
        await records.rows(
            "UPDATE public.appointments SET rrule = %s WHERE id = ANY(%s)", (row["rrule"], made)
        )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(_ZONE).replace(tzinfo=None)
