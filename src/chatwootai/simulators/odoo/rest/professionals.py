"""Professionals over REST: who works when and offers which services."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, LiteralString, Self

from fastapi import Query
from pydantic import BaseModel, Field, model_validator

from chatwootai.simulators.odoo.rest.fields import Body, Change, Id, Name, Paging, Search, example
from chatwootai.simulators.odoo.rest.messages import worded
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    insert,
    own_row,
    refuse_if_used,
    row_of,
    rows_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import documented, invalid
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop
from chatwootai.simulators.odoo.rest.working_times import (
    Shift,
    WorkingTimes,
    changed_calendar,
    known_calendar,
    new_calendar,
    working_times,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/professionals", "Profissionais")

_TABLE: LiteralString = "public.professionals"
PROFESSIONALS = Source(
    what="Profissional",
    select="""
SELECT p.id, p.company_id, p.name, p.specialty, p.registration, p.calendar_id, p.user_id, c.zone, p.active,
    ARRAY(SELECT o.service_id FROM public.professional_services o WHERE o.professional_id = p.id
        ORDER BY o.service_id) AS service_ids,
    p.created_at, p.updated_at
FROM public.professionals p JOIN erp.calendars c ON c.id = p.calendar_id
WHERE p.company_id = ANY(%(companies)s)""",
    key="p.id",
    order="p.name, p.id",
    filters={
        "text": holds("p.name", "p.specialty", "p.registration"),
        "service_id": "EXISTS (SELECT FROM public.professional_services o"
        " WHERE o.professional_id = p.id AND o.service_id = %(service_id)s)",
        "active": "p.active = %(active)s",
    },
)
_ADD_PARTNER = "INSERT INTO erp.partners (name, company_id) VALUES (%(name)s, %(company)s) RETURNING id"
_RETIRE = "UPDATE erp.users SET active = false WHERE id = %(user)s"
_OFFERED = """
SELECT v.id FROM public.services v JOIN public.products p ON p.id = v.id
WHERE v.id = ANY(%(services)s) AND (p.company_id IS NULL OR p.company_id = ANY(%(companies)s))
"""
_OFFER = """
INSERT INTO public.professional_services (professional_id, service_id)
SELECT %(professional)s, unnest(%(services)s::integer[])
"""
_OFFER_NOTHING = "DELETE FROM public.professional_services WHERE professional_id = %(professional)s"
_USES: Mapping[str, LiteralString] = {
    "agendamentos": "SELECT 1 FROM public.appointments a WHERE a.professional_id = %(id)s OR EXISTS ("
    "SELECT FROM erp.appointment_partners l JOIN erp.users u ON u.partner_id = l.partner_id"
    " JOIN public.professionals p ON p.user_id = u.id WHERE l.appointment_id = a.id AND p.id = %(id)s)",
}


class Professional(BaseModel):
    """A professional; `registration` is the number at the council, such as "CRM-SP 123456"."""

    id: int
    name: str
    specialty: str | None
    registration: str | None
    calendar_id: int
    zone: str
    working_times: list[Shift]
    service_ids: list[int]
    active: bool
    created_at: datetime
    updated_at: datetime


class _Times(Body):
    calendar_id: Id | None = None
    working_times: WorkingTimes | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.calendar_id is not None and self.working_times is not None:
            raise worded("Informe calendar_id ou working_times, não os dois.")
        return self


ServiceIds = Annotated[list[Id], Field(max_length=200)]


class NewProfessional(_Times):
    """A professional to add, with working hours of her own, or those of a calendar that exists."""

    model_config = example(
        name="Ana Prado",
        specialty="Esteticista",
        working_times=[{"weekday": 0, "opens": "09:00", "closes": "18:00"}],
    )

    name: Name
    specialty: Name | None = None
    registration: Name | None = None
    service_ids: ServiceIds = Field(default_factory=list)
    active: bool = True


class ProfessionalChanges(_Times, Change):
    """What to change of a professional; lists are replaced as a whole."""

    kept = frozenset({"name", "calendar_id", "working_times", "service_ids", "active"})

    name: Name | None = None
    specialty: Name | None = None
    registration: Name | None = None
    service_ids: ServiceIds | None = None
    active: bool | None = None


class ProfessionalFilters(Paging):
    """Which professionals to list."""

    text: Search | None = None
    service_id: Id | None = None
    active: bool | None = None


@router.get("", summary="Listar profissionais")
async def list_professionals(
    shop: CurrentShop, filters: Annotated[ProfessionalFilters, Query()]
) -> Page[Professional]:
    """Profissionais da empresa da chave, por nome. `service_id`: só quem oferece o serviço."""
    rows, total = await rows_of(shop, PROFESSIONALS, filters)
    items = [await _shaped(shop, row) for row in rows]
    return Page[Professional](items=items, total=total, limit=filters.limit, offset=filters.offset)


@router.get("/{professional_id}", summary="Ver um profissional", responses=documented(404))
async def read_professional(shop: CurrentShop, professional_id: Id) -> Professional:
    """Um profissional, com seus turnos e serviços."""
    return await _shaped(shop, await row_of(shop, PROFESSIONALS, professional_id))


@router.post("", status_code=201, summary="Criar um profissional")
async def create_professional(shop: CurrentShop, body: NewProfessional) -> Professional:
    """Sem `calendar_id`, o profissional ganha um calendário com os turnos de `working_times`."""
    if body.calendar_id is not None:
        calendar = await known_calendar(shop, body.calendar_id)
    else:
        calendar = await new_calendar(shop, shop.company, body.name, body.working_times or [])
    values = body.model_dump(include={"name", "specialty", "registration", "active"})
    own = {"company_id": shop.company, "calendar_id": calendar, "user_id": await _new_user(shop, body.name)}
    number = await insert(shop, _TABLE, values | own)
    await _offer(shop, number, body.service_ids)
    return await read_professional(shop, number)


@router.patch("/{professional_id}", summary="Alterar um profissional", responses=documented(404))
async def change_professional(
    shop: CurrentShop, professional_id: Id, body: ProfessionalChanges
) -> Professional:
    """Altera só os campos informados. Um calendário usado por outros não muda: este ganha o seu."""
    row = await own_row(shop, PROFESSIONALS, professional_id)
    values = body.given
    values.pop("service_ids", None)
    if values.pop("working_times", None) is not None:
        values["calendar_id"] = await changed_calendar(shop, row, body.working_times or [])
    elif body.calendar_id is not None:
        await known_calendar(shop, body.calendar_id)
    await update(shop, _TABLE, professional_id, values)
    if body.service_ids is not None:
        await shop.rows(_OFFER_NOTHING, {"professional": professional_id})
        await _offer(shop, professional_id, body.service_ids)
    return await read_professional(shop, professional_id)


@router.delete(
    "/{professional_id}", status_code=204, summary="Excluir um profissional", responses=documented(404, 409)
)
async def delete_professional(shop: CurrentShop, professional_id: Id) -> None:
    """Recusado se o profissional tem agendamentos."""
    row = await own_row(shop, PROFESSIONALS, professional_id)
    await refuse_if_used(shop, professional_id, _USES, 'Para esconder, altere "active" para false.')
    await delete(shop, _TABLE, professional_id)
    await shop.rows(_RETIRE, {"user": row["user_id"]})


async def _shaped(shop: Shop, row: DictRow) -> Professional:
    return Professional.model_validate(row | {"working_times": await working_times(shop, row["calendar_id"])})


async def _new_user(shop: Shop, name: str) -> int:
    # On Odoo's wire an event has attendees only: without a user nobody there could book this professional.
    (partner,) = await shop.rows(_ADD_PARTNER, {"name": name})
    values = {
        "login": f"profissional-{partner['id']}@empresa-{shop.company}.invalid",
        "name": name,
        "partner_id": partner["id"],
        "company_id": shop.company,
        "company_ids": [shop.company],
        "groups": ["internal"],
    }
    return await insert(shop, "erp.users", values)


async def _offer(shop: Shop, professional: int, services: list[int]) -> None:
    wanted = sorted(set(services))
    known = {row["id"] for row in await shop.rows(_OFFERED, {"services": wanted})}
    if unknown := [str(number) for number in wanted if number not in known]:
        raise invalid("body.service_ids", f"Serviço(s) que não existem: {', '.join(unknown)}.")
    await shop.rows(_OFFER, {"professional": professional, "services": wanted})
