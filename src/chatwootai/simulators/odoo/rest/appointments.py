"""Appointments over REST. Unlike on Odoo's wire, nobody is booked twice for the same time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, LiteralString

from fastapi import Query
from pydantic import BaseModel

from chatwootai.simulators.odoo.rest.bookings import attend, checked, leave
from chatwootai.simulators.odoo.rest.customers import CUSTOMERS
from chatwootai.simulators.odoo.rest.fields import (
    Body,
    Change,
    Day,
    Id,
    Moment,
    Name,
    Paging,
    Search,
    Text,
    example,
)
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    insert,
    named_row,
    row_of,
    rows_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import conflict, documented, invalid
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/appointments", "Agendamentos")

_TABLE: LiteralString = "public.appointments"
_TIMES = frozenset({"starts_at", "professional_id", "service_id"})
# The table knows no company: it is that of whoever takes part.
APPOINTMENTS = Source(
    what="Agendamento",
    select="""
SELECT a.id, a.name, a.starts_at, a.ends_at, a.all_day, a.description, a.location,
    CASE WHEN a.active THEN 'scheduled' ELSE 'cancelled' END AS status,
    a.customer_id, c.name AS customer_name, a.professional_id, p.name AS professional_name,
    a.service_id, s.name AS service_name, a.created_at, a.updated_at
FROM public.appointments a
LEFT JOIN public.customers c ON c.id = a.customer_id
LEFT JOIN public.professionals p ON p.id = a.professional_id
LEFT JOIN public.products s ON s.id = a.service_id
LEFT JOIN erp.users u ON u.id = a.user_id
WHERE coalesce(p.company_id, c.company_id, u.company_id) = ANY(%(companies)s)""",
    key="a.id",
    order="a.starts_at, a.id",
    filters={
        "text": holds("a.name", "c.name", "a.description"),
        "status": "a.active = (%(status)s = 'scheduled')",
        "customer_id": "a.customer_id = %(customer_id)s",
        "professional_id": "a.professional_id = %(professional_id)s",
        "service_id": "a.service_id = %(service_id)s",
        "date_from": "(a.starts_at AT TIME ZONE %(zone)s)::date >= %(date_from)s",
        "date_to": "(a.starts_at AT TIME ZONE %(zone)s)::date <= %(date_to)s",
    },
)

Status = Literal["scheduled", "cancelled"]


class Appointment(BaseModel):
    """An appointment, told in the shop's zone; what was made elsewhere may lack people or service."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    status: Status
    customer_id: int | None
    customer_name: str | None
    professional_id: int | None
    professional_name: str | None
    service_id: int | None
    service_name: str | None
    location: str | None
    description: str | None
    created_at: datetime
    updated_at: datetime


class NewAppointment(Body):
    """An appointment to make; it ends when the service's duration is over."""

    model_config = example(
        service_id=12, professional_id=3, customer_id=45, starts_at="2026-11-30T14:00:00-03:00"
    )

    service_id: Id
    professional_id: Id
    customer_id: Id
    starts_at: Moment
    location: Name | None = None
    description: Text | None = None


class AppointmentChanges(Change):
    """What to change of an appointment."""

    kept = _TIMES

    starts_at: Moment | None = None
    professional_id: Id | None = None
    service_id: Id | None = None
    location: Name | None = None
    description: Text | None = None


class AppointmentFilters(Paging):
    """Which appointments to list; days are the shop's."""

    text: Search | None = None
    status: Status | None = None
    customer_id: Id | None = None
    professional_id: Id | None = None
    service_id: Id | None = None
    date_from: Day | None = None
    date_to: Day | None = None


@router.get("", summary="Listar agendamentos")
async def list_appointments(
    shop: CurrentShop, filters: Annotated[AppointmentFilters, Query()]
) -> Page[Appointment]:
    """Agendamentos da empresa da chave, por início. As datas são dias no fuso da loja."""
    rows, total = await rows_of(shop, APPOINTMENTS, filters)
    items = [_shaped(shop, row) for row in rows]
    return Page[Appointment](items=items, total=total, limit=filters.limit, offset=filters.offset)


@router.get("/{appointment_id}", summary="Ver um agendamento", responses=documented(404))
async def read_appointment(shop: CurrentShop, appointment_id: Id) -> Appointment:
    """Um agendamento."""
    return _shaped(shop, await row_of(shop, APPOINTMENTS, appointment_id))


@router.post("", status_code=201, summary="Agendar", responses=documented(409))
async def create_appointment(shop: CurrentShop, body: NewAppointment) -> Appointment:
    """Recusado (409) fora do expediente, durante uma folga ou sobre outro agendamento do profissional."""
    customer = await named_row(shop, CUSTOMERS, body.customer_id, "body.customer_id")
    booking = await checked(shop, body.professional_id, body.service_id, body.starts_at)
    service = booking.service or {}
    values = body.model_dump() | {
        "name": f"{service['name']} – {customer['name']}",
        "starts_at": booking.span.start,
        "ends_at": booking.span.end,
        "user_id": booking.professional["user_id"],
    }
    number = await insert(shop, _TABLE, values)
    await attend(shop, number, body.professional_id, body.customer_id)
    return await read_appointment(shop, number)


@router.patch("/{appointment_id}", summary="Alterar um agendamento", responses=documented(404, 409))
async def change_appointment(shop: CurrentShop, appointment_id: Id, body: AppointmentChanges) -> Appointment:
    """Outro horário, profissional ou serviço passa pelas mesmas verificações de um agendamento novo."""
    row = await row_of(shop, APPOINTMENTS, appointment_id)
    if row["status"] == "cancelled":
        raise conflict("O agendamento está cancelado.")
    values = body.given
    if _TIMES & values.keys():
        values |= await _rebooked(shop, row, body)
    await update(shop, _TABLE, appointment_id, values)
    return await read_appointment(shop, appointment_id)


@router.post("/{appointment_id}/cancel", summary="Cancelar um agendamento", responses=documented(404, 409))
async def cancel_appointment(shop: CurrentShop, appointment_id: Id) -> Appointment:
    """Libera o horário. Cancelar de novo não muda nada; o que já terminou não se cancela."""
    row = await row_of(shop, APPOINTMENTS, appointment_id)
    if row["status"] == "scheduled":
        if row["ends_at"] <= datetime.now(UTC):
            raise conflict("O agendamento já terminou.")
        await update(shop, _TABLE, appointment_id, {"active": False})
    return await read_appointment(shop, appointment_id)


@router.delete(
    "/{appointment_id}", status_code=204, summary="Excluir um agendamento", responses=documented(404, 409)
)
async def delete_appointment(shop: CurrentShop, appointment_id: Id) -> None:
    """Recusado para o que já começou: é parte do histórico do cliente."""
    row = await row_of(shop, APPOINTMENTS, appointment_id)
    if row["status"] == "scheduled" and row["starts_at"] <= datetime.now(UTC):
        raise conflict("O agendamento já começou e faz parte do histórico.")
    await delete(shop, _TABLE, appointment_id)


async def _rebooked(shop: Shop, row: DictRow, body: AppointmentChanges) -> dict[str, object]:
    professional = body.professional_id or row["professional_id"]
    if professional is None:
        raise invalid("body.professional_id", "O agendamento não tem profissional: informe um.")
    length = None if body.service_id else row["ends_at"] - row["starts_at"]
    service = body.service_id or row["service_id"]
    start = body.starts_at or row["starts_at"]
    booking = await checked(shop, professional, service, start, length, row["id"])
    if row["professional_id"] is not None:
        await leave(shop, row["id"], row["professional_id"])
    await attend(shop, row["id"], professional, row["customer_id"])
    values: dict[str, object] = {
        "starts_at": booking.span.start,
        "ends_at": booking.span.end,
        "user_id": booking.professional["user_id"],
    }
    if body.service_id and booking.service:
        values["name"] = " – ".join(filter(None, (booking.service["name"], row["customer_name"])))
    return values


def _shaped(shop: Shop, row: DictRow) -> Appointment:
    times = {name: shop.local(row[name]) for name in ("starts_at", "ends_at")}
    return Appointment.model_validate(row | times)
