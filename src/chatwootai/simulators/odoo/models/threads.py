"""What every model with a thread can do: post a message, follow, schedule an activity."""

from __future__ import annotations

import html
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models.followers import (
    follow,
    followers,
    mail,
    whole_numbers,
)
from chatwootai.simulators.odoo.models.messages import ACTIVITY_TYPES, TODO
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Recordset, on_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

NOTE = "mail.mt_note"
COMMENT = "mail.mt_comment"
_SUBTYPES = (NOTE, COMMENT)


def thread_fields(model: str) -> dict[str, Field]:
    """The fields that a model with a thread has besides its own."""
    messages = (
        "ARRAY(SELECT t.id FROM erp.messages t WHERE t.model = {} AND t.res_id = r.id ORDER BY t.id DESC)"
    )
    partners = (
        "ARRAY(SELECT t.partner_id FROM erp.followers t"
        " WHERE t.model = {} AND t.res_id = r.id ORDER BY t.partner_id)"
    )
    activities = (
        "ARRAY(SELECT t.id FROM erp.activities t"
        " WHERE t.model = {} AND t.res_id = r.id ORDER BY t.deadline, t.id)"
    )
    return {
        "message_ids": Field(
            Kind.ONE2MANY, "Mensagens", _of(messages, model), stored=False, relation="mail.message"
        ),
        "message_partner_ids": Field(
            Kind.MANY2MANY, "Seguidores", _of(partners, model), stored=False, relation="res.partner"
        ),
        "activity_ids": Field(
            Kind.ONE2MANY, "Atividades", _of(activities, model), stored=False, relation="mail.activity"
        ),
    }


def _of(query: LiteralString, model: str) -> Callable[[Environment], sql.Composable]:
    return lambda _env: sql.SQL(query).format(sql.Literal(model))


class Thread(Behaviour):
    """Behaviour of a model whose records carry messages, followers and activities."""

    @on_records
    async def message_post(
        self,
        records: Records,
        ids: list[int],
        *,
        body: Json = "",
        subject: Json = None,
        message_type: Json = "notification",
        subtype_xmlid: Json = None,
        partner_ids: Json = None,
        body_is_html: Json = False,
        **more: Json,
    ) -> int:
        """Post on one record; a comment mails all followers at once, a note only those named."""
        del message_type, more
        if len(ids) != 1:
            raise BadValue(f"Expected singleton: {records.model.name}({', '.join(map(str, ids))})")
        subtype = subtype_xmlid or NOTE
        if subtype not in _SUBTYPES:
            raise BadValue(f"External ID not found in the system: {subtype}")
        author = records.env.user.partner_id
        rows = await records.rows(
            "INSERT INTO erp.messages (model, res_id, author_id, subtype, body)"
            " VALUES (%s, %s, %s, %s, %s) RETURNING id",
            (records.model.name, ids[0], author, subtype, _body(body, is_html=bool(body_is_html))),
        )
        named = set(whole_numbers(partner_ids))
        readers = named if subtype == NOTE else named | await followers(records, ids[0])
        await mail(records, ids[0], readers - {author}, str(subject or await _title(records, ids[0])))
        return int(rows[0]["id"])

    @on_records
    async def message_subscribe(
        self, records: Records, ids: list[int], partner_ids: Json = None, subtype_ids: Json = None
    ) -> bool:
        """Make these partners followers."""
        del subtype_ids
        for record in ids:
            await follow(records, record, whole_numbers(partner_ids))
        return True

    @on_records
    async def message_unsubscribe(self, records: Records, ids: list[int], partner_ids: Json = None) -> bool:
        """Make these partners followers no longer."""
        await records.rows(
            "DELETE FROM erp.followers WHERE model = %s AND res_id = ANY(%s) AND partner_id = ANY(%s)",
            (records.model.name, ids, whole_numbers(partner_ids)),
        )
        return True

    @on_records
    async def activity_schedule(
        self,
        records: Records,
        ids: list[int],
        act_type_xmlid: Json = "",
        date_deadline: Json = None,
        summary: Json = "",
        note: Json = "",
        **act_values: Json,
    ) -> Recordset:
        """Plan something to do for a user, by default the caller, due by default today."""
        del note
        user = act_values.get("user_id") or records.env.user.id
        kind = act_values.get("activity_type_id") or await _activity_type(records, act_type_xmlid)
        day = _day(date_deadline, records)
        rows = await records.rows(
            "INSERT INTO erp.activities (model, res_id, type_id, summary, deadline, user_id)"
            " SELECT %s, record, %s, %s, %s, %s FROM unnest(%s::integer[]) record RETURNING id",
            (records.model.name, kind, summary or None, day, user, ids),
        )
        return Recordset("mail.activity", tuple(int(row["id"]) for row in rows))


async def _title(records: Records, record: int) -> str:
    (found,) = await records.read([record], ["display_name"])
    return f"Re: {found['display_name']}" if isinstance(found, dict) else ""


def _body(body: Json, *, is_html: bool) -> str:
    """Text is escaped, so that markup shows as it was typed; only declared HTML stays HTML."""
    text = str(body or "")
    if is_html:
        return text
    return f"<p>{html.escape(text, quote=False)}</p>".replace("\n", "<br>")


async def _activity_type(records: Records, key: Json) -> int:
    """An unknown type falls back to something to do, as in Odoo."""
    query = sql.SQL("SELECT t.id FROM {} t WHERE t.key = %s").format(sql.SQL(ACTIVITY_TYPES))
    rows = await records.rows(query, (key or None,))
    return int(rows[0]["id"]) if rows else TODO


def _day(value: Json, records: Records) -> date:
    if not value:
        return datetime.now(records.env.zone).date()
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise BadValue(f"time data {value!r} does not match format '%Y-%m-%d'") from None
