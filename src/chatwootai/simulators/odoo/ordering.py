"""Odoo's `order` argument, turned into SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models import title_of

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.fields import Json
    from chatwootai.simulators.odoo.models import Model

_PART = re.compile(
    r"(?P<name>\w+)(?P<down>\s+desc|\s+asc)?(?:\s+nulls\s+(?P<nulls>first|last))?", re.IGNORECASE
)


def ordering(model: Model, order: Json, series: int) -> sql.Composable:
    """The ORDER BY list; refuses, as Odoo does, fields that are computed on the fly."""
    text = order or model.order
    if not isinstance(text, str):
        raise BadValue(f"Invalid order specification: {order!r}")
    return sql.SQL(", ").join(_part(model, part.strip(), series) for part in text.split(","))


def _part(model: Model, part: str, series: int) -> sql.Composable:
    match = _PART.fullmatch(part)
    if match is None:
        raise BadValue(f"Invalid order specification: {part!r}")
    name = match["name"]
    field = model.field(name, series)
    if not field.stored:
        raise BadValue(f"Cannot convert {model.name}.{name} to SQL because it is not stored")
    column = title_of(field) if field.relation else sql.SQL(field.sql)
    down = sql.SQL(" DESC") if (match["down"] or "").strip().lower() == "desc" else sql.SQL(" ASC")
    nulls = {"first": sql.SQL(" NULLS FIRST"), "last": sql.SQL(" NULLS LAST")}
    return column + down + nulls.get((match["nulls"] or "").lower(), sql.SQL(""))
