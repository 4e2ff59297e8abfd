"""SQL over a row `r`: the value of a field, the title of what it points to, and what is shown of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind, resolved
from chatwootai.simulators.odoo.orm.ordering import ordering
from chatwootai.simulators.odoo.orm.registry import model_named
from chatwootai.simulators.odoo.orm.rights import rule

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Field, Link
    from chatwootai.simulators.odoo.orm.model import Model


def value_of(field: Field, env: Environment) -> sql.Composable:
    """The field's value; of an x2many an array of ids without those that the caller may not see."""
    if field.sql_en and env.lang == "en_US":
        return sql.SQL("({})").format(resolved(field.sql_en, env))
    if field.sql:
        return sql.SQL("({})").format(resolved(field.sql, env))
    if field.kind is Kind.ONE2MANY and field.inverse:
        return _children(field, env)
    if field.kind is Kind.MANY2MANY and field.link:
        return _linked(field, field.link, env)
    raise BadValue(f"Field {field.label!r} has no value to search or read")


def _children(field: Field, env: Environment) -> sql.Composable:
    related = model_named(field.relation, env.series)
    back = related.fields[field.inverse]
    # The owner's key is taken in a subquery of its own: there, "r" still means the row outside.
    return sql.SQL(
        "ARRAY(SELECT r.id FROM (SELECT r.id AS owner) k JOIN {} r ON {} = k.owner WHERE {} ORDER BY {})"
    ).format(sql.SQL(related.table), value_of(back, env), shown(related, env), ordering(related, None, env))


def _linked(field: Field, link: Link, env: Environment) -> sql.Composable:
    related = model_named(field.relation, env.series)
    return sql.SQL(
        "ARRAY(SELECT r.id FROM (SELECT r.id AS owner) k JOIN {link} l ON l.{mine} = k.owner"
        " JOIN {table} r ON r.id = l.{theirs} WHERE {shown} ORDER BY {order})"
    ).format(
        link=sql.SQL(link.table),
        mine=sql.Identifier(link.mine),
        theirs=sql.Identifier(link.theirs),
        table=sql.SQL(related.table),
        shown=shown(related, env),
        order=ordering(related, None, env),
    )


def shown(model: Model, env: Environment, *, archived: bool = False) -> sql.Composable:
    """The condition of what a search finds without a domain: rules, and no archived rows but if asked."""
    active = model.fields.get("active")
    if active is None or archived or not env.active_test:
        return rule(env, model)
    return sql.SQL("{} AND {}").format(value_of(active, env), rule(env, model))


def title_of(field: Field, env: Environment) -> sql.Composable:
    """The display name of the record that a many2one points to."""
    related = model_named(field.relation, env.series)
    return sql.SQL("(SELECT {} FROM (SELECT {} AS id) k JOIN {} r ON r.id = k.id)").format(
        title(related, env), value_of(field, env), sql.SQL(related.table)
    )


def title(model: Model, env: Environment) -> sql.Composable:
    """A record's display name."""
    return value_of(model.fields["display_name"], env)
