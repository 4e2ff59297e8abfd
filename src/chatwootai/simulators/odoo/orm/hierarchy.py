"""The operators `child_of` and `parent_of`: a record with all below or above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.expressions import value_of
from chatwootai.simulators.odoo.orm.values import identifier

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.model import Model

OPERATORS = ("child_of", "parent_of")


def ids_of(value: Json) -> list[int] | None:
    """The ids that a leaf starts from, None if it names them by a text."""
    if isinstance(value, str):
        return None
    if value is None or value is False:
        return []
    if isinstance(value, list):
        return [identifier(item) for item in value]
    if isinstance(value, dict):
        raise BadValue(f"Invalid value {value!r} for a hierarchy")
    return [identifier(value)]


def tree(model: Model, operator: str, roots: sql.Composable, env: Environment) -> sql.Composable:
    """A query for the ids of `roots` and of all below (or above) them; a model without parents is flat."""
    parent = model.fields.get("parent_id")
    if parent is None:
        return roots
    rows = sql.SQL("SELECT r.id, {} AS parent FROM {} r").format(value_of(parent, env), sql.SQL(model.table))
    step, goal = ("t.parent", "t.id") if operator == "child_of" else ("t.id", "t.parent")
    # "UNION" without "ALL" ends at a circle.
    return sql.SQL(
        "WITH RECURSIVE branch (id) AS ({roots} UNION SELECT {goal} FROM ({rows}) t"
        " JOIN branch b ON {step} = b.id WHERE {goal} IS NOT NULL) SELECT id FROM branch"
    ).format(roots=roots, rows=rows, step=sql.SQL(step), goal=sql.SQL(goal))
