"""One comparison of a domain: a column against a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.values import identifier, is_day, to_compare

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Field, Json, Scalar

COMPARISONS = {"<": sql.SQL("<"), "<=": sql.SQL("<="), ">": sql.SQL(">"), ">=": sql.SQL(">=")}
PATTERNS = ("like", "ilike", "=like", "=ilike")
POSITIVE = {"!=": "=", "not in": "in", "not like": "like", "not ilike": "ilike"}
_LAST_SECOND = " 23:59:59"


def compared(column: sql.Composable, field: Field, operator: str, value: Json) -> sql.Composable:
    """The test of a scalar field; rows without a value match the negative operators only."""
    if operator in ("in", "not in"):
        return _membership(column, field, operator, value)
    if operator in ("=", "!="):
        listed: Json = value if isinstance(value, list) else [value]
        return _membership(column, field, "in" if operator == "=" else "not in", listed)
    if operator in COMPARISONS:
        return _compared(column, field, operator, value)
    if operator in PATTERNS or POSITIVE.get(operator) in PATTERNS:
        return _pattern(column, operator, value)
    raise BadValue(f"Invalid operator {operator!r} in domain term")


def _compared(column: sql.Composable, field: Field, operator: str, value: Json) -> sql.Composable:
    if field.kind is Kind.DATETIME and is_day(value) and operator in (">", "<="):
        value = f"{value}{_LAST_SECOND}"
    bound = to_compare(field, value)
    if bound is None:
        return sql.SQL("false")
    if field.kind is Kind.BOOLEAN:
        column = sql.SQL("coalesce({}, false)").format(column)
    return sql.SQL("{} {} {}").format(column, COMPARISONS[operator], literal(field, bound))


def _membership(column: sql.Composable, field: Field, operator: str, value: Json) -> sql.Composable:
    if isinstance(value, bool):
        # Odoo reads `in True` as "is set" and warns only.
        operator = "not in" if (operator == "in") == value else "in"
        value = [False]
    if not isinstance(value, list):
        raise BadValue(f"Domain operator {operator!r} needs a list, not {value!r}")
    if field.kind is Kind.BOOLEAN:
        column = sql.SQL("coalesce({}, false)").format(column)
    values = [to_compare(field, item) for item in value]
    tests: list[sql.Composable] = []
    if present := [literal(field, item) for item in values if item is not None]:
        tests.append(sql.SQL("coalesce({} IN ({}), false)").format(column, sql.SQL(", ").join(present)))
    if None in values:
        # Odoo takes an empty text for an unset one; for numbers false is unset, never 0.
        empty = sql.SQL("coalesce({}::text, '') = ''") if field.kind.is_text else sql.SQL("{} IS NULL")
        tests.append(empty.format(column))
    matches = sql.SQL("({})").format(sql.SQL(" OR ").join(tests)) if tests else sql.SQL("false")
    return matches if operator == "in" else sql.SQL("NOT {}").format(matches)


def _pattern(column: sql.Composable, operator: str, value: Json) -> sql.Composable:
    # As in Odoo, "%" and "_" of the value stay wildcards: a client that means them literally escapes them.
    if isinstance(value, list | dict):
        raise BadValue(f"Invalid value {value!r} for operator {operator!r}")
    text = "" if value is None or value is False else str(value)
    if "\x00" in text:
        raise BadValue("A string literal cannot contain NUL (0x00) characters.")
    if (len(text) - len(text.rstrip("\\"))) % 2:
        text += "\\"  # a lone escape at the end is an error in SQL
    pattern = sql.Literal(text if operator.startswith("=") else f"%{text}%")
    shown = sql.SQL("{}::text" if operator.startswith("=") else "coalesce({}::text, '')").format(column)
    if operator.endswith("ilike"):
        test = sql.SQL("erp.plain({}) ILIKE erp.plain({})").format(shown, pattern)
    else:
        test = sql.SQL("{} LIKE {}").format(shown, pattern)
    return sql.SQL("NOT ({})").format(test) if operator.startswith("not") else test


def contained(column: sql.Composable, operator: str, value: Json) -> sql.Composable:
    """The test of an array of ids; `false` among the values means "holds nothing"."""
    if operator not in ("=", "in"):
        raise BadValue(f"Invalid operator {operator!r} in domain term on a list of records")
    if operator == "in" and value is True:
        return sql.SQL("cardinality({}) > 0").format(column)
    listed = value if isinstance(value, list) else [value]
    ids = [identifier(item) for item in listed if item is not None and item is not False]
    test = sql.SQL("{} && {}::integer[]").format(column, sql.Literal(ids))
    if len(ids) == len(listed):
        return test
    return sql.SQL("({} OR cardinality({}) = 0)").format(test, column)


def among(column: sql.Composable, query: sql.Composable, *, many: bool) -> sql.Composable:
    """Whether a link, or one of several, is found by a query for ids."""
    if many:
        return sql.SQL("{} && ARRAY({})").format(column, query)
    return sql.SQL("{} IN ({})").format(column, query)


def literal(field: Field, value: Scalar) -> sql.Composable:
    """A value that PostgreSQL reads in the column's own type, also where texts are kept as an enum."""
    return sql.SQL("{}::text" if field.kind.is_text else "{}").format(sql.Literal(value))
