"""Odoo's search domains, in Polish notation, turned into SQL conditions."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.fields import Kind
from chatwootai.simulators.odoo.models import model_named

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.fields import Field, Json
    from chatwootai.simulators.odoo.models import Model

_COMPARISONS = {"<": sql.SQL("<"), "<=": sql.SQL("<="), ">": sql.SQL(">"), ">=": sql.SQL(">=")}
_PATTERNS = ("like", "ilike", "=like", "=ilike", "not like", "not ilike")
_CONSTANTS = {(0, "=", 1): "false", (1, "=", 1): "true"}
_MAX_TERMS = 150  # every term may nest: keeps a hostile domain from exhausting the stack
_MAX_STEPS = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the alias `r`, and the fields of the model itself that it names."""

    sql: sql.Composable
    names: frozenset[str]


def condition(model: Model, domain: Json, series: int) -> Condition:
    """Translate a whole domain; `BadValue` for anything that Odoo would not understand."""
    if not domain:
        return Condition(sql.SQL("true"), frozenset())
    if not isinstance(domain, list):
        raise BadValue(f"Domain() invalid domain: {domain!r}")
    if len(domain) > _MAX_TERMS:
        raise BadValue(f"Domain() has more than {_MAX_TERMS} terms")
    terms = deque(domain)
    parts: list[Condition] = []
    while terms:
        parts.append(_term(model, terms, series))
    return _joined("AND", parts)


def _term(model: Model, terms: deque[Json], series: int) -> Condition:
    if not terms:
        raise BadValue("Domain() invalid domain: an operator lacks its operand")
    term = terms.popleft()
    if term == "!":
        inner = _term(model, terms, series)
        # coalesce: what is neither true nor false in SQL counts as "does not match" in Odoo.
        return Condition(sql.SQL("NOT coalesce({}, false)").format(inner.sql), inner.names)
    if term in ("&", "|"):
        left, right = _term(model, terms, series), _term(model, terms, series)
        return _joined("AND" if term == "&" else "OR", [left, right])
    if not isinstance(term, list) or len(term) != 3:
        raise BadValue(f"Domain() invalid item in domain: {term!r}")
    return _leaf(model, term[0], term[1], term[2], series)


def _joined(word: str, parts: list[Condition]) -> Condition:
    between = sql.SQL(" AND ") if word == "AND" else sql.SQL(" OR ")
    joined = sql.SQL("({})").format(between.join(part.sql for part in parts))
    return Condition(joined, frozenset().union(*(part.names for part in parts)))


def _leaf(model: Model, name: Json, operator: Json, value: Json, series: int) -> Condition:
    if isinstance(name, int) and isinstance(value, int) and (name, operator, value) in _CONSTANTS:
        return Condition(sql.SQL("true" if name == 1 else "false"), frozenset())
    if not isinstance(name, str) or not isinstance(operator, str):
        raise BadValue(f"Domain() invalid item in domain: {[name, operator, value]!r}")
    if name.count(".") > _MAX_STEPS:
        raise BadValue(f"Invalid field path of more than {_MAX_STEPS} steps")
    name, _, rest = name.partition(".")
    field = model.field(name, series)
    if rest:
        return Condition(_through(field, [rest, operator, value], series), frozenset({name}))
    if field.kind is Kind.MANY2ONE and _names_a_record(operator, value):
        return Condition(_through(field, ["display_name", operator, value], series), frozenset({name}))
    return Condition(_compare(field, operator.lower(), value), frozenset({name}))


def _names_a_record(operator: str, value: Json) -> bool:
    return operator in _PATTERNS or (operator in ("=", "!=") and isinstance(value, str))


def _through(field: Field, leaf: list[Json], series: int) -> sql.Composable:
    if not field.relation:
        raise BadValue(f"Invalid field path in leaf {leaf!r}: the field before it is no relation")
    related = model_named(field.relation)
    inner = condition(related, [leaf], series)
    return sql.SQL("{} IN (SELECT r.id FROM {} r WHERE {})").format(
        sql.SQL(field.sql), sql.SQL(related.table), inner.sql
    )


def _compare(field: Field, operator: str, value: Json) -> sql.Composable:
    if operator in ("in", "not in"):
        return _membership(field, operator, value)
    if operator in ("=", "!="):
        return _membership(field, "in" if operator == "=" else "not in", [value])
    if operator in _COMPARISONS:
        bound = field.from_wire(value)
        if bound is None:
            return sql.SQL("false")
        return sql.SQL("{} {} {}").format(sql.SQL(field.sql), _COMPARISONS[operator], sql.Literal(bound))
    if operator in _PATTERNS:
        return _pattern(field, operator, value)
    raise BadValue(f"Invalid operator {operator!r} in domain term")


def _membership(field: Field, operator: str, value: Json) -> sql.Composable:
    if not isinstance(value, list):
        raise BadValue(f"Domain operator {operator!r} needs a list, not {value!r}")
    values = [field.from_wire(item) for item in value]
    column = sql.SQL(field.sql)
    tests: list[sql.Composable] = []
    if present := [sql.Literal(item) for item in values if item is not None]:
        tests.append(sql.SQL("coalesce({} IN ({}), false)").format(column, sql.SQL(", ").join(present)))
    if None in values:
        # Odoo takes an empty text for an unset one; for numbers false is unset, never 0.
        empty = sql.SQL("coalesce({}, '') = ''") if field.kind.is_text else sql.SQL("{} IS NULL")
        tests.append(empty.format(column))
    matches = sql.SQL("({})").format(sql.SQL(" OR ").join(tests)) if tests else sql.SQL("false")
    return matches if operator == "in" else sql.SQL("NOT {}").format(matches)


def _pattern(field: Field, operator: str, value: Json) -> sql.Composable:
    # As in Odoo, "%" and "_" of the value stay wildcards: a client that means them literally escapes them.
    text = "" if value is None or value is False else str(value)
    pattern = sql.Literal(text if operator.startswith("=") else f"%{text}%")
    column = sql.SQL("coalesce(({})::text, '')").format(sql.SQL(field.sql))
    if operator.endswith("ilike"):
        test = sql.SQL("erp.plain({}) ILIKE erp.plain({})").format(column, pattern)
    else:
        test = sql.SQL("{} LIKE {}").format(column, pattern)
    return sql.SQL("NOT ({})").format(test) if operator.startswith("not") else test
