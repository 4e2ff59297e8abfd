"""The one way to take a professional's time: checked against everything that is booked, rivals waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chatwootai.simulators.odoo.rest.availability import availability
from chatwootai.simulators.odoo.rest.professionals import PROFESSIONALS
from chatwootai.simulators.odoo.rest.queries import named_row
from chatwootai.simulators.odoo.rest.refusals import conflict, invalid
from chatwootai.simulators.odoo.rest.schedules import Span
from chatwootai.simulators.odoo.rest.services import SERVICES

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

# It changes nothing and yet makes a rival's transaction start again, which then sees what this one booked.
_QUEUE_UP = "UPDATE public.professionals SET name = name WHERE id = %(professional)s"
_LEAVE = """
DELETE FROM erp.appointment_partners l USING public.professionals p JOIN erp.users u ON u.id = p.user_id
WHERE l.appointment_id = %(id)s AND l.partner_id = u.partner_id AND p.id = %(professional)s
"""
_ATTEND = """
INSERT INTO erp.appointment_partners (appointment_id, partner_id)
SELECT %(id)s, t.partner FROM (
    SELECT u.partner_id AS partner FROM public.professionals p JOIN erp.users u ON u.id = p.user_id
    WHERE p.id = %(professional)s
    UNION SELECT %(customer)s::integer
) t WHERE t.partner IS NOT NULL
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Booking:
    """A time of a professional that may be taken."""

    professional: DictRow
    service: DictRow | None
    span: Span


async def checked(
    shop: Shop,
    professional_id: int,
    service_id: int | None,
    start: datetime,
    length: timedelta | None = None,
    besides: int = 0,
) -> Booking:
    """A booking that nothing stands against; without `length` it takes as long as the service.

    Refused with 422 for people and services that do not fit and times that are over, with 409 for a time
    that is not worked or taken already.
    """
    professional = await named_row(shop, PROFESSIONALS, professional_id, "body.professional_id")
    service = await named_row(shop, SERVICES, service_id, "body.service_id") if service_id else None
    if service is not None and service["id"] not in professional["service_ids"]:
        raise invalid("body.service_id", "O profissional não oferece este serviço.")
    if start <= datetime.now(UTC):
        raise invalid("body.starts_at", "O horário já passou.")
    own = timedelta(minutes=service["duration_minutes"]) if service else timedelta(0)
    span = Span(start, start + (length or own))
    await shop.rows(_QUEUE_UP, {"professional": professional_id})
    await _refuse_taken(shop, professional, span, besides)
    return Booking(professional, service, span)


async def attend(shop: Shop, appointment: int, professional: int, customer: int | None) -> None:
    """Make the professional and the customer attend, as Odoo's wire tells it. Nobody is mailed."""
    named = {"id": appointment, "professional": professional, "customer": customer}
    await shop.rows(_ATTEND, named)


async def leave(shop: Shop, appointment: int, professional: int) -> None:
    """Make the professional attend no longer."""
    await shop.rows(_LEAVE, {"id": appointment, "professional": professional})


async def _refuse_taken(shop: Shop, professional: DictRow, span: Span, besides: int) -> None:
    zone = ZoneInfo(professional["zone"])
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    found = await availability(shop, professional, first, last, besides=besides)
    if not any(shift.holds(span) for shift in found.shifts):
        raise conflict("Fora do horário de atendimento do profissional.")
    if any(away.meets(span) for away in found.leaves):
        raise conflict("O profissional está ausente nesse horário.")
    if any(taken.meets(span) for taken in found.booked):
        raise conflict("O profissional já tem um agendamento nesse horário.")
