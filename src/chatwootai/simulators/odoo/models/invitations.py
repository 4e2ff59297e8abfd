"""The mail that Odoo's calendar sends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.followers import mail, whole_numbers
from chatwootai.simulators.odoo.models.parameters import parameter
from chatwootai.simulators.odoo.orm.relations import CLEAR, LINK, SET, UNLINK, commands_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_FIRST_WITH_SILENCE = 17
_INVITATION = "Convite para "
_NEW_DATE = "Data atualizada: "


async def attendees(records: Records, ids: list[int], *, new: bool) -> dict[int, set[int]]:
    """The partners who attend each event: those that this call added, or those that were there before."""
    found: dict[int, set[int]] = {event: set() for event in ids}
    rows = await records.rows(
        "SELECT appointment_id, partner_id FROM erp.appointment_partners"
        " WHERE appointment_id = ANY(%s) AND (added_at = now()) = %s",
        (ids, new),
    )
    for row in rows:
        found[row["appointment_id"]].add(row["partner_id"])
    return found


async def changes_only(records: Records, ids: list[int], commands: Json) -> list[Json]:
    """The same attendees by commands that leave alone who stays: she was invited already."""
    rows = await records.rows(
        "SELECT DISTINCT partner_id FROM erp.appointment_partners WHERE appointment_id = ANY(%s)", (ids,)
    )
    present = [row["partner_id"] for row in rows]
    gentle: list[Json] = []
    for code, subject, rest in commands_of(commands):
        if code not in (CLEAR, SET):
            gentle.append([code, subject, rest])
            continue
        kept = whole_numbers(rest) if code == SET else []
        gentle += [[UNLINK, partner, 0] for partner in present if partner not in kept]
        gentle += [[LINK, partner, 0] for partner in kept]
    return gentle


async def invite(records: Records, events: Mapping[int, set[int]]) -> None:
    """Mail an invitation to these partners, unless the event is over or mail is switched off."""
    await _send(records, events, _INVITATION)


async def tell_new_date(records: Records, events: Mapping[int, set[int]]) -> None:
    """Mail the new date to these partners, on the same conditions."""
    await _send(records, events, _NEW_DATE)


async def _send(records: Records, events: Mapping[int, set[int]], what: str) -> None:
    if not any(events.values()) or await _is_silent(records):
        return
    rows = await records.rows(
        "SELECT id, name FROM public.appointments WHERE id = ANY(%s) AND active AND starts_at > now()",
        (list(events),),
    )
    for row in rows:
        await mail(records, row["id"], events[row["id"]] - {records.env.user.partner_id}, what + row["name"])


async def _is_silent(records: Records) -> bool:
    # Series 16 does not know the key of the context (read in the reference); the parameter works everywhere.
    told = records.env.series >= _FIRST_WITH_SILENCE and records.env.context.get("no_mail_to_attendees")
    return bool(told) or bool(await parameter(records, "calendar.block_mail"))
