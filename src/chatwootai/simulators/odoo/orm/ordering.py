"""Odoo's `order` argument, turned into SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind, resolved
from chatwootai.simulators.odoo.orm.registry import model_named

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.model import Model

_PART = re.compile(
    r"(?P<name>[\w.:]+)(?P<down>\s+desc|\s+asc)?(?:\s+nulls\s+(?P<nulls>first|last))?", re.IGNORECASE
)
_MAX_DEPTH = 3  # a link is ordered by its model's own order, which may name a link again


def ordering(model: Model, order: Json, env: Environment) -> sql.Composable:
    """The ORDER BY list; refuses, as Odoo does, fields that are computed on the fly."""
    text = order or model.order
    if not isinstance(text, str):
        raise BadValue(f"Invalid order specification: {order!r}")
    terms = _terms(model, text, env, 0)
    return sql.SQL(", ").join(_directed(column, down, nulls) for column, down, nulls in terms)


_Term = tuple[sql.Composable, bool, str]


def parts_of(order: str) -> list[tuple[str, bool, str]]:
    """Name, whether downwards, and "first", "last" or "" for each part of an order."""
    found: list[tuple[str, bool, str]] = []
    for part in order.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise BadValue(f"Invalid order specification: {part.strip()!r}")
        down = (match["down"] or "").strip().lower() == "desc"
        found.append((match["name"], down, (match["nulls"] or "").lower()))
    return found


def directed(column: sql.Composable, *, down: bool, nulls: str = "") -> sql.Composable:
    """One term of an ORDER BY."""
    return _directed(column, down, nulls)


def terms_of(field: Field, env: Environment, *, down: bool, nulls: str) -> list[sql.Composable]:
    """The terms that order by one field, a many2one by its model's own order."""
    terms = [(_column(field, env), down, nulls)]
    if field.kind is Kind.MANY2ONE:
        terms = _through(field, env, down, nulls, 0)
    return [_directed(column, turned, nulls) for column, turned, _ in terms]


def _terms(model: Model, order: str, env: Environment, depth: int) -> list[_Term]:
    terms: list[_Term] = []
    for name, down, nulls in parts_of(order):
        field = model.field(name, env)
        if not field.stored or field.kind.is_many:
            raise BadValue(f"Cannot convert {model.name}.{name} to SQL because it is not stored")
        if field.kind is Kind.MANY2ONE and depth < _MAX_DEPTH:
            terms += _through(field, env, down, nulls, depth)
        else:
            terms.append((_column(field, env), down, nulls))
    return terms


def _through(field: Field, env: Environment, down: bool, nulls: str, depth: int) -> list[_Term]:
    related = model_named(field.relation, env.series)
    rest = _terms(related, related.order, env.sudo(), depth + 1)
    chain = sql.SQL("(SELECT {} FROM (SELECT {} AS id) k JOIN {} r ON r.id = k.id)")
    table, key = sql.SQL(related.table), _column(field, env)
    return [(chain.format(column, key, table), down != turned, nulls) for column, turned, _ in rest]


def _column(field: Field, env: Environment) -> sql.Composable:
    expression = field.sql_en if field.sql_en and env.lang == "en_US" else field.sql
    return sql.SQL("({})").format(resolved(expression, env))


def _directed(column: sql.Composable, down: bool, nulls: str) -> sql.Composable:
    direction = sql.SQL(" DESC") if down else sql.SQL(" ASC")
    placed = {"first": sql.SQL(" NULLS FIRST"), "last": sql.SQL(" NULLS LAST")}
    # PostgreSQL refuses a bare constant there, which a field may be.
    return sql.SQL("coalesce({})").format(column) + direction + placed.get(nulls, sql.SQL(""))
