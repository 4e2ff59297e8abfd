"""Odoo's search domains, in Polish notation, turned into SQL conditions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm import hierarchy, leaves
from chatwootai.simulators.odoo.orm.expressions import shown, value_of
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.registry import model_named
from chatwootai.simulators.odoo.orm.rights import require

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.model import Model

_CONSTANTS = {(0, "=", 1): "false", (1, "=", 1): "true"}
_MAX_TERMS = 150  # every term may nest: keeps a hostile domain from exhausting the stack
_MAX_STEPS = 4
_FIRST_WITH_ANY = 17


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the alias `r` that is never NULL, and the fields of the model itself that it names."""

    sql: sql.Composable
    names: frozenset[str] = frozenset()


def condition(model: Model, domain: Json, env: Environment) -> Condition:
    """Translate a whole domain; `BadValue` for anything that Odoo would not understand."""
    if not domain:
        return Condition(sql.SQL("true"))
    if not isinstance(domain, list):
        raise BadValue(f"Domain() invalid domain: {domain!r}")
    if len(domain) > _MAX_TERMS:
        raise BadValue(f"Domain() has more than {_MAX_TERMS} terms")
    terms = deque(domain)
    parts: list[Condition] = []
    while terms:
        parts.append(_term(model, terms, env))
    return _joined("AND", parts)


def _term(model: Model, terms: deque[Json], env: Environment) -> Condition:
    if not terms:
        raise BadValue("Domain() invalid domain: an operator lacks its operand")
    term = terms.popleft()
    if term == "!":
        inner = _term(model, terms, env)
        return Condition(sql.SQL("NOT {}").format(inner.sql), inner.names)
    if term in ("&", "|"):
        left, right = _term(model, terms, env), _term(model, terms, env)
        return _joined("AND" if term == "&" else "OR", [left, right])
    if not isinstance(term, list) or len(term) != 3:
        raise BadValue(f"Domain() invalid item in domain: {term!r}")
    return _leaf(model, term[0], term[1], term[2], env)


def _joined(word: str, parts: list[Condition]) -> Condition:
    between = sql.SQL(" AND ") if word == "AND" else sql.SQL(" OR ")
    joined = sql.SQL("({})").format(between.join(part.sql for part in parts))
    return Condition(joined, frozenset().union(*(part.names for part in parts)))


def _leaf(model: Model, name: Json, operator: Json, value: Json, env: Environment) -> Condition:
    if isinstance(name, int) and isinstance(value, int) and (name, operator, value) in _CONSTANTS:
        return Condition(sql.SQL("true" if name == 1 else "false"))
    if not isinstance(name, str) or not isinstance(operator, str):
        raise BadValue(f"Domain() invalid item in domain: {[name, operator, value]!r}")
    if name.count(".") > _MAX_STEPS:
        raise BadValue(f"Invalid field path of more than {_MAX_STEPS} steps")
    name, _, rest = name.partition(".")
    field = model.field(name, env)
    operator = operator.lower()
    if operator == "<>":
        operator = "!="
    if operator == "=?":
        if value is None or value is False:
            return Condition(sql.SQL("true"), frozenset({name}))
        operator = "="
    if rest:
        tested = _through(model, name, field, [[rest, operator, value]], env)
    else:
        tested = _tested(model, name, field, operator, value, env)
    return Condition(sql.SQL("coalesce({}, false)").format(tested), frozenset({name}))


def _tested(
    model: Model, name: str, field: Field, operator: str, value: Json, env: Environment
) -> sql.Composable:
    if operator in ("any", "not any") and env.series >= _FIRST_WITH_ANY:
        found = _through(model, name, field, value, env)
        return _negated(found) if operator == "not any" else found
    if operator in hierarchy.OPERATORS:
        return _in_tree(model, name, field, operator, value, env)
    if field.kind is not Kind.MANY2ONE and not field.kind.is_many:
        return leaves.compared(value_of(field, env), field, operator, value)
    positive = leaves.POSITIVE.get(operator)
    if positive:
        return _negated(_tested(model, name, field, positive, value, env))
    if _names_a_record(operator, value):
        listed = value if isinstance(value, list) else [value]
        terms: list[Json] = [*["|"] * (len(listed) - 1)]
        terms += [["display_name", "=" if operator == "in" else operator, item] for item in listed]
        # As in Odoo: the name of a linked record is searched among archived ones too.
        every = env.in_context({"active_test": False}) if field.kind is Kind.MANY2ONE else env
        return _through(model, name, field, terms, every)
    if field.kind.is_many:
        return leaves.contained(value_of(field, env), operator, value)
    return leaves.compared(value_of(field, env), field, operator, value)


def _names_a_record(operator: str, value: Json) -> bool:
    if operator in leaves.PATTERNS:
        return True
    if operator == "in":
        return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    return operator == "=" and isinstance(value, str)


def _negated(tested: sql.Composable) -> sql.Composable:
    # What is neither true nor false in SQL counts as "does not match" in Odoo.
    return sql.SQL("NOT coalesce({}, false)").format(tested)


def _through(model: Model, name: str, field: Field, domain: Json, env: Environment) -> sql.Composable:
    """Whether a linked record matches a domain of its own model."""
    if not field.relation:
        raise BadValue(f"Invalid field {name!r} on model {model.name!r} in a path: it is no relation")
    related = model_named(field.relation, env.series)
    require(env, related, "read")
    inner = condition(related, domain, env)
    # A path over a many2one sees archived records, a path over an x2many does not.
    archived = field.kind is Kind.MANY2ONE or "active" in inner.names
    found = sql.SQL("SELECT r.id FROM {} r WHERE {} AND {}").format(
        sql.SQL(related.table), inner.sql, shown(related, env, archived=archived)
    )
    return leaves.among(value_of(field, env), found, many=field.kind.is_many)


def _in_tree(
    model: Model, name: str, field: Field, operator: str, value: Json, env: Environment
) -> sql.Composable:
    related = model_named(field.relation, env.series) if field.relation else model
    if not field.relation and name != "id":
        raise BadValue(f"Operator {operator!r} needs a relation or the id, not {name!r}")
    start = hierarchy.ids_of(value)
    if start is None:
        every = env.in_context({"active_test": False})
        named = condition(related, [["display_name", "ilike", value]], every)
        roots = sql.SQL("SELECT r.id FROM {} r WHERE {} AND {}").format(
            sql.SQL(related.table), named.sql, shown(related, every)
        )
    else:
        roots = sql.SQL("SELECT unnest({}::integer[])").format(sql.Literal(start))
    tree = hierarchy.tree(related, operator, roots, env)
    return leaves.among(value_of(field, env), tree, many=field.kind.is_many)
