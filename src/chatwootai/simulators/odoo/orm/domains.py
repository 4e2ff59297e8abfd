"""Odoo's search domains, in Polish notation, turned into SQL conditions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
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

_ALIASES = {"<>": "!=", "==": "="}
_CONSTANTS = {(0, "=", 1): "false", (1, "=", 1): "true"}
_MAX_TERMS = 150  # every term may nest: keeps a hostile domain from exhausting the stack
_MAX_STEPS = 4
_FIRST_WITH_ANY = 17


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the alias `r` that is never NULL, and the fields of the model itself that it names."""

    sql: sql.Composable
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose fields a domain names; `depth` counts the relations gone through to get there."""

    model: Model
    env: Environment
    depth: int = 0

    def value(self, field: Field) -> sql.Composable:
        return value_of(field, self.env)

    def beyond(self, field: Field, name: str) -> _Scope:
        """The scope of the records that a field links to."""
        if not field.relation:
            raise BadValue(f"Invalid field {name!r} on model {self.model.name!r}: it is no relation")
        if self.depth >= _MAX_STEPS:
            raise BadValue(f"Invalid field path of more than {_MAX_STEPS} steps")
        return _Scope(model_named(field.relation, self.env.series), self.env, self.depth + 1)


def condition(model: Model, domain: Json, env: Environment) -> Condition:
    """Translate a whole domain; `BadValue` for anything that Odoo would not understand."""
    return _whole(_Scope(model, env), domain)


def _whole(scope: _Scope, domain: Json) -> Condition:
    if not domain:
        return Condition(sql.SQL("true"))
    if not isinstance(domain, list):
        raise BadValue(f"Domain() invalid domain: {domain!r}")
    if len(domain) > _MAX_TERMS:
        raise BadValue(f"Domain() has more than {_MAX_TERMS} terms")
    terms = deque(domain)
    parts: list[Condition] = []
    while terms:
        parts.append(_term(scope, terms))
    return _joined("AND", parts)


def _term(scope: _Scope, terms: deque[Json]) -> Condition:
    if not terms:
        raise BadValue("Domain() invalid domain: an operator lacks its operand")
    term = terms.popleft()
    if term == "!":
        inner = _term(scope, terms)
        return Condition(sql.SQL("NOT {}").format(inner.sql), inner.names)
    if term in ("&", "|"):
        left, right = _term(scope, terms), _term(scope, terms)
        return _joined("AND" if term == "&" else "OR", [left, right])
    if not isinstance(term, list) or len(term) != 3:
        raise BadValue(f"Domain() invalid item in domain: {term!r}")
    return _leaf(scope, term[0], term[1], term[2])


def _joined(word: str, parts: list[Condition]) -> Condition:
    between = sql.SQL(" AND ") if word == "AND" else sql.SQL(" OR ")
    joined = sql.SQL("({})").format(between.join(part.sql for part in parts))
    return Condition(joined, frozenset().union(*(part.names for part in parts)))


def _leaf(scope: _Scope, name: Json, operator: Json, value: Json) -> Condition:
    is_constant = isinstance(name, int) and isinstance(operator, str) and isinstance(value, int)
    if is_constant and (name, operator, value) in _CONSTANTS:
        return Condition(sql.SQL("true" if name == 1 else "false"))
    if not isinstance(name, str) or not isinstance(operator, str):
        raise BadValue(f"Domain() invalid item in domain: {[name, operator, value]!r}")
    name, _, rest = name.partition(".")
    field = scope.model.field(name, scope.env)
    operator = _ALIASES.get(operator.lower(), operator.lower())
    if operator == "=?":
        if value is None or value is False:
            return Condition(sql.SQL("true"), frozenset({name}))
        operator = "="
    if rest:
        tested = _through(scope, name, field, [[rest, operator, value]])
    else:
        tested = _tested(scope, name, field, operator, value)
    return Condition(sql.SQL("coalesce({}, false)").format(tested), frozenset({name}))


def _tested(scope: _Scope, name: str, field: Field, operator: str, value: Json) -> sql.Composable:
    if operator in ("any", "not any") and scope.env.series >= _FIRST_WITH_ANY:
        found = _through(scope, name, field, value)
        return _negated(found) if operator == "not any" else found
    if operator in hierarchy.OPERATORS:
        return _in_tree(scope, name, field, operator, value)
    if field.kind is not Kind.MANY2ONE and not field.kind.is_many:
        return leaves.compared(scope.value(field), field, operator, value)
    if positive := leaves.POSITIVE.get(operator):
        return _negated(_tested(scope, name, field, positive, value))
    if _names_a_record(operator, value):
        return _named(scope, name, field, operator, value)
    if field.kind.is_many:
        return leaves.contained(scope.value(field), operator, value)
    return leaves.compared(scope.value(field), field, operator, value)


def _names_a_record(operator: str, value: Json) -> bool:
    if operator in leaves.PATTERNS:
        return True
    if operator == "in":
        return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    return operator == "=" and isinstance(value, str)


def _named(scope: _Scope, name: str, field: Field, operator: str, value: Json) -> sql.Composable:
    """Whether a linked record is called so."""
    listed = value if isinstance(value, list) else [value]
    terms: list[Json] = [*["|"] * (len(listed) - 1)]
    terms += [["display_name", "=" if operator == "in" else operator, item] for item in listed]
    # As in Odoo: what a many2one points to is searched among archived records too.
    every = {"active_test": False} if field.kind is Kind.MANY2ONE else {}
    return _through(replace(scope, env=scope.env.in_context(every)), name, field, terms)


def _negated(tested: sql.Composable) -> sql.Composable:
    # What is neither true nor false in SQL counts as "does not match" in Odoo.
    return sql.SQL("NOT coalesce({}, false)").format(tested)


def _through(scope: _Scope, name: str, field: Field, domain: Json) -> sql.Composable:
    """Whether a linked record matches a domain of its own model."""
    linked = scope.beyond(field, name)
    require(linked.env, linked.model, "read")
    inner = _whole(linked, domain)
    # A path over a many2one sees archived records, a path over an x2many does not.
    archived = field.kind is Kind.MANY2ONE or "active" in inner.names
    found = sql.SQL("SELECT r.id FROM {} r WHERE {} AND {}").format(
        sql.SQL(linked.model.table), inner.sql, shown(linked.model, linked.env, archived=archived)
    )
    return leaves.among(scope.value(field), found, many=field.kind.is_many)


def _in_tree(scope: _Scope, name: str, field: Field, operator: str, value: Json) -> sql.Composable:
    if not field.relation and name != "id":
        raise BadValue(f"Operator {operator!r} needs a relation or the id, not {name!r}")
    model = model_named(field.relation, scope.env.series) if field.relation else scope.model
    start = hierarchy.ids_of(value)
    if start is None:
        every = scope.env.in_context({"active_test": False})
        named = condition(model, [["display_name", "ilike", value]], every)
        roots = sql.SQL("SELECT r.id FROM {} r WHERE {} AND {}").format(
            sql.SQL(model.table), named.sql, shown(model, every)
        )
    else:
        roots = sql.SQL("SELECT unnest({}::integer[])").format(sql.Literal(start))
    tree = hierarchy.tree(model, operator, roots, scope.env)
    return leaves.among(scope.value(field), tree, many=field.kind.is_many)
