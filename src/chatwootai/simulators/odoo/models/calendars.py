"""calendar.event: appointments. Nothing keeps two of them from taking the same time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.event_times import Span, new_span
from chatwootai.simulators.odoo.models.invitations import attendees, changes_only, invite, tell_new_date
from chatwootai.simulators.odoo.models.recurrences import recurrence_fields, repeat, rule_of, times
from chatwootai.simulators.odoo.models.threads import Thread, thread_fields
from chatwootai.simulators.odoo.orm.fields import Field, Kind, Link
from chatwootai.simulators.odoo.orm.model import Model, record
from chatwootai.simulators.odoo.orm.values import written_time

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_TIMES = ("start", "stop", "duration")
_SHOWN = (("busy", "Ocupado"), ("free", "Disponível"))
_PRIVACY = (("public", "Público"), ("private", "Privado"), ("confidential", "Somente usuários internos"))
_OWN_ATTENDEE = "(SELECT u.partner_id FROM erp.users u WHERE u.id = r.user_id)"


class Event(Thread):
    """Mails attendees at once, and keeps the columns that people read in step with the attendees."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        span = new_span(values, datetime.now(UTC).replace(microsecond=0))
        span.check(values.get("name"))
        rule = rule_of(values, span.start)
        if rule:
            # The first event is on the first day of the rule, which need not be the one that was given.
            first = next(iter(times(rule, span.start)), span.start)
            span = Span(first, first + (span.stop - span.start))
            values["rule_kept"] = rule
        values |= {"start": written_time(span.start), "stop": written_time(span.stop)}
        values.pop("duration", None)

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        if "partner_ids" in values:
            values["partner_ids"] = await changes_only(records, ids, values["partner_ids"])
        if not any(values.get(name) for name in _TIMES):
            return
        rows = await records.rows(
            "SELECT id, name, starts_at, ends_at FROM public.appointments WHERE id = ANY(%s)", (ids,)
        )
        for row in rows:
            span = Span(row["starts_at"], row["ends_at"]).changed(values)
            span.check(row["name"])
            await records.rows(
                "UPDATE public.appointments SET starts_at = %s, ends_at = %s WHERE id = %s",
                (span.start, span.stop, row["id"]),
            )

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if "start" in names:
            await tell_new_date(records, await attendees(records, ids, new=False))
        await invite(records, await attendees(records, ids, new=True))
        if "rule_kept" in names:
            await repeat(records, ids)
        await _name_the_people(records, ids)


async def _name_the_people(records: Records, ids: list[int]) -> None:
    await records.rows(
        "UPDATE public.appointments a SET"
        " customer_id = (SELECT min(c.id) FROM public.customers c"
        "   JOIN erp.appointment_partners l ON l.partner_id = c.id WHERE l.appointment_id = a.id),"
        " professional_id = (SELECT min(p.id) FROM public.professionals p"
        "   JOIN erp.users u ON u.id = p.user_id"
        "   JOIN erp.appointment_partners l ON l.partner_id = u.partner_id WHERE l.appointment_id = a.id)"
        " WHERE a.id = ANY(%s)",
        (ids,),
    )


async def _caller(records: Records) -> Json:
    return records.env.user.id


async def _caller_attends(records: Records) -> Json:
    return [[6, 0, [records.env.user.partner_id]]]


def _when() -> dict[str, Field]:
    return {
        "start": Field(Kind.DATETIME, "Início", "r.starts_at", column="starts_at", required=True),
        "stop": Field(Kind.DATETIME, "Parar", "r.ends_at", column="ends_at", required=True),
        "duration": Field(
            Kind.FLOAT, "Duração", "round(extract(epoch FROM r.ends_at - r.starts_at) / 3600, 4)"
        ),
        "allday": Field(Kind.BOOLEAN, "O dia todo", "r.all_day", column="all_day", default=False),
        "show_as": Field(
            Kind.SELECTION,
            "Mostrar como",
            "r.show_as",
            column="show_as",
            selection=_SHOWN,
            required=True,
            default="busy",
        ),
    }


def _who_and_what() -> dict[str, Field]:
    return {
        "name": Field(Kind.CHAR, "Assunto da reunião", "r.name", column="name", required=True),
        "description": Field(Kind.HTML, "Descrição", "r.description", column="description"),
        "location": Field(Kind.CHAR, "Local", "r.location", column="location"),
        "privacy": Field(
            Kind.SELECTION, "Privacidade", "r.privacy", column="privacy", selection=_PRIVACY, default="public"
        ),
        "user_id": Field(
            Kind.MANY2ONE, "Organizador", "r.user_id", column="user_id", relation="res.users", default=_caller
        ),
        "partner_id": Field(
            Kind.MANY2ONE, "Agendado por", _OWN_ATTENDEE, stored=False, relation="res.partner"
        ),
        "partner_ids": Field(
            Kind.MANY2MANY,
            "Participantes",
            relation="res.partner",
            link=Link("erp.appointment_partners", "appointment_id", "partner_id"),
            default=_caller_attends,
        ),
        "res_model": Field(Kind.CHAR, "Nome do modelo do documento", "NULL::text"),
        "res_id": Field(Kind.INTEGER, "ID do documento", "NULL::integer"),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
    }


MODELS = (
    Model(
        name="calendar.event",
        label="Evento do calendário",
        table="public.appointments",
        title="r.name",
        order="start desc, id",
        fields=record("r.name")
        | _who_and_what()
        | _when()
        | recurrence_fields()
        | thread_fields("calendar.event"),
        access={"internal": "rwcd"},
        behaviour=Event(),
    ),
)
