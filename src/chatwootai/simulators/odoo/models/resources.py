"""Working hours and leaves: resource.calendar with its lines, and resource.resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_DAYS = ("Segunda-feira", "Terça-feira", "Quarta-feira", "Quinta-feira", "Sexta-feira", "Sábado", "Domingo")
_PERIODS = (("morning", "Manhã"), ("lunch", "Pausa"), ("afternoon", "Tarde"))
_CALENDAR_COMPANY: LiteralString = "(SELECT c.company_id FROM erp.calendars c WHERE c.id = r.calendar_id)"
_LEAVE_COMPANY: LiteralString = """coalesce(r.company_id,
    (SELECT c.company_id FROM erp.calendars c WHERE c.id = r.calendar_id),
    (SELECT p.company_id FROM public.professionals p WHERE p.id = r.professional_id))"""
_ADMINISTRATED = {"internal": "r", "system": "rwcd"}


class Leaves(Behaviour):
    """A leave has a beginning and, later, an end."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        del records
        if str(values.get("date_from") or "") > str(values.get("date_to") or ""):
            raise ValidationError("A data de início da folga deve ser anterior à data de término.")


async def _company(records: Records) -> Json:
    return records.env.company


_CALENDAR_FIELDS = {
    "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
    "tz": Field(
        Kind.CHAR, "Fuso horário", "r.zone", column="zone", required=True, default="America/Sao_Paulo"
    ),
    "company_id": Field(
        Kind.MANY2ONE,
        "Empresa",
        "r.company_id",
        column="company_id",
        relation="res.company",
        default=_company,
    ),
    "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
    "attendance_ids": Field(
        Kind.ONE2MANY,
        "Horário de trabalho",
        relation="resource.calendar.attendance",
        inverse="calendar_id",
    ),
    "leave_ids": Field(
        Kind.ONE2MANY,
        "Folgas",
        relation="resource.calendar.leaves",
        inverse="calendar_id",
    ),
    "global_leave_ids": Field(
        Kind.ONE2MANY,
        "Folgas globais",
        "ARRAY(SELECT l.id FROM public.leaves l WHERE l.calendar_id = r.id AND l.professional_id IS NULL"
        " ORDER BY l.starts_at, l.id)",
        stored=False,
        relation="resource.calendar.leaves",
    ),
}
_ATTENDANCE_FIELDS = {
    "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
    # Odoo's weekday is a text, "0" is Monday.
    "dayofweek": Field(
        Kind.SELECTION,
        "Dia da semana",
        "r.weekday::text",
        column="weekday",
        selection=tuple((str(number), day) for number, day in enumerate(_DAYS)),
        required=True,
        default="0",
    ),
    "hour_from": Field(Kind.FLOAT, "Trabalha de", "r.hour_from", column="hour_from", required=True),
    "hour_to": Field(Kind.FLOAT, "Trabalha até", "r.hour_to", column="hour_to", required=True),
    "day_period": Field(
        Kind.SELECTION,
        "Período do dia",
        "r.day_period",
        column="day_period",
        selection=_PERIODS,
        required=True,
        default="morning",
    ),
    "date_from": Field(Kind.DATE, "Data de início", "r.date_from", column="date_from"),
    "date_to": Field(Kind.DATE, "Data de término", "r.date_to", column="date_to"),
    "calendar_id": Field(
        Kind.MANY2ONE,
        "Calendário do recurso",
        "r.calendar_id",
        column="calendar_id",
        relation="resource.calendar",
        required=True,
    ),
    "resource_id": Field(Kind.MANY2ONE, "Recurso", "NULL::integer", relation="resource.resource"),
}
_LEAVE_FIELDS = {
    "name": Field(Kind.CHAR, "Motivo", "r.name", column="name", default=""),
    "calendar_id": Field(
        Kind.MANY2ONE,
        "Horário de trabalho",
        "r.calendar_id",
        column="calendar_id",
        relation="resource.calendar",
    ),
    "resource_id": Field(
        Kind.MANY2ONE, "Recurso", "r.professional_id", column="professional_id", relation="resource.resource"
    ),
    "company_id": Field(
        Kind.MANY2ONE,
        "Empresa",
        "r.company_id",
        column="company_id",
        relation="res.company",
        default=_company,
    ),
    "date_from": Field(Kind.DATETIME, "Data de início", "r.starts_at", column="starts_at", required=True),
    "date_to": Field(Kind.DATETIME, "Data de término", "r.ends_at", column="ends_at", required=True),
    "time_type": Field(
        Kind.SELECTION,
        "Tipo de tempo",
        "'leave'",
        selection=(("leave", "Folga"), ("other", "Outro")),
    ),
}
_RESOURCE_FIELDS = {
    "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
    "user_id": Field(Kind.MANY2ONE, "Usuário", "r.user_id", column="user_id", relation="res.users"),
    "calendar_id": Field(
        Kind.MANY2ONE,
        "Horário de trabalho",
        "r.calendar_id",
        column="calendar_id",
        relation="resource.calendar",
    ),
    "company_id": Field(
        Kind.MANY2ONE,
        "Empresa",
        "r.company_id",
        column="company_id",
        relation="res.company",
        default=_company,
    ),
    "resource_type": Field(
        Kind.SELECTION, "Tipo", "'user'", selection=(("user", "Humano"), ("material", "Material"))
    ),
    "tz": Field(Kind.CHAR, "Fuso horário", "(SELECT c.zone FROM erp.calendars c WHERE c.id = r.calendar_id)"),
    "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
}

MODELS = (
    Model(
        name="resource.calendar",
        label="Horário de trabalho do recurso",
        table="erp.calendars",
        title="r.name",
        order="name, id",
        fields=record("r.name") | _CALENDAR_FIELDS,
        company="r.company_id",
        access=_ADMINISTRATED,
    ),
    Model(
        name="resource.calendar.attendance",
        label="Detalhe do trabalho",
        table="public.working_hours",
        title="r.name",
        order="dayofweek, hour_from, id",
        fields=record("r.name") | _ATTENDANCE_FIELDS,
        company=_CALENDAR_COMPANY,
        access=_ADMINISTRATED,
    ),
    Model(
        name="resource.calendar.leaves",
        label="Detalhe das folgas do recurso",
        table="public.leaves",
        title="r.name",
        order="date_from, id",
        fields=record("r.name") | _LEAVE_FIELDS,
        company=_LEAVE_COMPANY,
        access=_ADMINISTRATED,
        behaviour=Leaves(),
    ),
    Model(
        name="resource.resource",
        label="Recursos",
        table="public.professionals",
        title="r.name",
        order="name, id",
        fields=record("r.name") | _RESOURCE_FIELDS,
        company="r.company_id",
        access=_ADMINISTRATED,
    ),
)
