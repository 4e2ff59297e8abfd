"""Free slots over REST: working hours minus leaves minus appointments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Self
from zoneinfo import ZoneInfo

from fastapi import Query
from pydantic import BaseModel, Field, model_validator

from chatwootai.simulators.odoo.rest.availability import availability
from chatwootai.simulators.odoo.rest.fields import Day, Id, Paging
from chatwootai.simulators.odoo.rest.messages import worded
from chatwootai.simulators.odoo.rest.professionals import PROFESSIONALS, ProfessionalFilters
from chatwootai.simulators.odoo.rest.queries import Page, named_row, rows_of
from chatwootai.simulators.odoo.rest.refusals import invalid
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.schedules import slots_in
from chatwootai.simulators.odoo.rest.services import SERVICES
from chatwootai.simulators.odoo.rest.shop import CurrentShop

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/appointments", "Agendamentos")

_MAX_DAYS = 31
_STAFF = ProfessionalFilters(limit=200, active=True)


class Slot(BaseModel):
    """A time that can be booked, told in the zone of the professional's calendar."""

    professional_id: int
    professional_name: str
    service_id: int
    starts_at: datetime
    ends_at: datetime


class SlotQuery(Paging):
    """For which service, by whom, on which days; both days are included."""

    service_id: Id
    professional_id: Id | None = None
    date_from: Day
    date_to: Day = Field(description=f"No máximo {_MAX_DAYS} dias, contando o primeiro e o último")

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.date_to < self.date_from:
            raise worded("date_to não pode ser antes de date_from.")
        if (self.date_to - self.date_from).days >= _MAX_DAYS:
            raise worded(f"O período pode ter no máximo {_MAX_DAYS} dias.")
        return self


@router.get("/available-slots", summary="Horários livres")
async def available_slots(shop: CurrentShop, query: Annotated[SlotQuery, Query()]) -> Page[Slot]:
    """Expediente menos folgas menos agendamentos, na duração do serviço, de meia em meia hora."""
    service = await named_row(shop, SERVICES, query.service_id, "query.service_id")
    slots: list[Slot] = []
    for professional in await _staff(shop, query):
        slots += await _slots(shop, professional, service, query)
    slots.sort(key=lambda slot: (slot.starts_at, slot.professional_id))
    page = slots[query.offset : query.offset + query.limit]
    return Page[Slot](items=page, total=len(slots), limit=query.limit, offset=query.offset)


async def _staff(shop: Shop, query: SlotQuery) -> list[DictRow]:
    if query.professional_id is None:
        filters = _STAFF.model_copy(update={"service_id": query.service_id})
        return (await rows_of(shop, PROFESSIONALS, filters))[0]
    one = await named_row(shop, PROFESSIONALS, query.professional_id, "query.professional_id")
    if query.service_id not in one["service_ids"]:
        raise invalid("query.professional_id", "O profissional não oferece este serviço.")
    return [one]


async def _slots(shop: Shop, professional: DictRow, service: DictRow, query: SlotQuery) -> list[Slot]:
    zone = ZoneInfo(professional["zone"])
    found = await availability(shop, professional, query.date_from, query.date_to)
    length = timedelta(minutes=service["duration_minutes"])
    free = slots_in(found.shifts, [*found.leaves, *found.booked], length, datetime.now(UTC))
    return [
        Slot(
            professional_id=professional["id"],
            professional_name=professional["name"],
            service_id=service["id"],
            starts_at=slot.start.astimezone(zone),
            ends_at=slot.end.astimezone(zone),
        )
        for slot in free
    ]
