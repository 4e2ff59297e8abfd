"""Groups and their aggregates: the query behind `read_group` and `formatted_read_group`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm import periods
from chatwootai.simulators.odoo.orm.expressions import title_of, value_of
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.ordering import directed, parts_of, terms_of
from chatwootai.simulators.odoo.orm.periods import Period
from chatwootai.simulators.odoo.orm.reading import count_of, matching
from chatwootai.simulators.odoo.orm.rights import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

COUNT = "__count"

_SPECIFICATION = re.compile(r"(?P<alias>\w+)(?::(?P<function>\w+)(?:\((?P<name>\w+)\))?)?")
_AGGREGATES = {
    "sum": sql.SQL("sum({})"),
    "avg": sql.SQL("avg({})"),
    "min": sql.SQL("min({})"),
    "max": sql.SQL("max({})"),
    "count": sql.SQL("count({})"),
    "count_distinct": sql.SQL("count(DISTINCT {})"),
    "array_agg": sql.SQL("array_agg({} ORDER BY t.id)"),
}
_NUMBERS_ONLY = ("sum", "avg")


@dataclass(frozen=True, slots=True)
class Group:
    """One column of a GROUP BY; `text` is how the caller wrote it, the key of its value."""

    text: str
    name: str
    field: Field
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One aggregated column; `key` is what the answer calls it."""

    key: str
    name: str
    function: str
    field: Field


def group(records: Records, text: Json) -> Group:
    """Read one item of a group by."""
    if not isinstance(text, str):
        raise BadValue(f"Invalid group by {text!r}")
    name, _, granularity = text.partition(":")
    field = records.model.field(name, records.env)
    if not field.stored or field.kind.is_many:
        raise BadValue(f"Cannot convert {records.model.name}.{name} to SQL because it is not stored")
    if not field.kind.is_time:
        if granularity:
            raise BadValue(f"Granularity set on a field that is no date: {text!r}")
        return Group(text, name, field)
    try:
        return Group(text, name, field, Period(granularity or Period.MONTH))
    except ValueError:
        raise BadValue(f"Granularity specification isn't correct: {granularity!r}") from None


def aggregate(records: Records, text: Json, *, named_whole: bool = False) -> Aggregate | None:
    """Read one aggregate; None for a plain field that has no sum. `named_whole` keeps its text as key."""
    match = _SPECIFICATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not isinstance(text, str):
        raise BadValue(f"Invalid field specification {text!r}.")
    name = match["name"] or match["alias"]
    field = records.model.field(name, records.env)
    function = match["function"]
    if function is None:
        if not field.kind.is_number or not field.stored or name == "id":
            return None
        function = "sum"
    if function not in _AGGREGATES:
        raise BadValue(f"Invalid aggregation function {function!r} in {text!r}.")
    if not field.stored or field.kind.is_many:
        raise BadValue(f"Cannot convert {records.model.name}.{name} to SQL because it is not stored")
    if function in _NUMBERS_ONLY and not field.kind.is_number:
        raise BadValue(f"Function {function!r} needs a number, not {name!r}")
    return Aggregate(text if named_whole else match["alias"], name, function, field)


async def grouped(
    records: Records,
    domain: Json,
    groups: Sequence[Group],
    aggregates: Sequence[Aggregate],
    order: Json,
    limit: Json,
    offset: Json,
) -> list[DictRow]:
    """Rows with "g0", "g1"… (and "g0.title" for a many2one), "a0", "a1"… and "n", the number of records."""
    require(records.env, records.model, "read")
    columns: list[sql.Composable] = [sql.SQL("x.*")]
    for index, item in enumerate(groups):
        if item.field.kind is Kind.MANY2ONE:
            column = title_of(_outside(item, index), records.env)
            columns.append(sql.SQL("{} AS {}").format(column, sql.Identifier(f"g{index}.title")))
    query = sql.SQL("SELECT {columns} FROM ({totals}) x{order} LIMIT {limit} OFFSET {offset}").format(
        columns=sql.SQL(", ").join(columns),
        totals=_totals(records, domain, groups, aggregates),
        order=_order(records, groups, aggregates, order),
        limit=sql.Literal(count_of(limit) or None),
        offset=sql.Literal(count_of(offset)),
    )
    return await records.rows(query)


def _totals(
    records: Records, domain: Json, groups: Sequence[Group], aggregates: Sequence[Aggregate]
) -> sql.Composable:
    inner: list[sql.Composable] = [sql.SQL("r.id")]
    outer: list[sql.Composable] = [sql.SQL("count(*) AS n")]
    keys: list[sql.Composable] = []
    for index, item in enumerate(groups):
        key = sql.Identifier(f"g{index}")
        inner.append(sql.SQL("{} AS {}").format(_grouped_value(records, item), key))
        outer.append(key)
        keys.append(key)
    for index, total in enumerate(aggregates):
        name = sql.Identifier(f"a{index}")
        inner.append(sql.SQL("{} AS {}").format(value_of(total.field, records.env), name))
        value = _AGGREGATES[total.function].format(sql.SQL("t.") + name)
        outer.append(sql.SQL("{} AS {}").format(value, name))
    return sql.SQL("SELECT {outer} FROM (SELECT {inner} FROM {table} r WHERE {found}) t{by}").format(
        outer=sql.SQL(", ").join(outer),
        inner=sql.SQL(", ").join(inner),
        table=sql.SQL(records.model.table),
        found=matching(records.model, domain, records.env),
        by=sql.SQL(" GROUP BY ") + sql.SQL(", ").join(keys) if keys else sql.SQL(""),
    )


def _grouped_value(records: Records, item: Group) -> sql.Composable:
    value = value_of(item.field, records.env)
    if item.period is not None:
        return periods.start_of(value, item.field, item.period, records.env)
    if item.field.kind is Kind.BOOLEAN:
        return sql.SQL("coalesce({}, false)").format(value)
    return value


def _outside(item: Group, index: int) -> Field:
    """The same field as the outermost query sees it."""
    return replace(
        item.field, sql=lambda _env: sql.SQL("x.{}").format(sql.Identifier(f"g{index}")), sql_en=""
    )


def _order(
    records: Records, groups: Sequence[Group], aggregates: Sequence[Aggregate], order: Json
) -> sql.Composable:
    if order and not isinstance(order, str):
        raise BadValue(f"Invalid order specification: {order!r}")
    text = order if isinstance(order, str) and order else ", ".join(item.text for item in groups)
    if not text:
        return sql.SQL("")
    terms: list[sql.Composable] = []
    for part in parts_of(text):
        terms += _term(records, groups, aggregates, part)
    return sql.SQL(" ORDER BY ") + sql.SQL(", ").join(terms)


def _term(
    records: Records,
    groups: Sequence[Group],
    aggregates: Sequence[Aggregate],
    part: tuple[str, bool, str],
) -> list[sql.Composable]:
    name, down, nulls = part
    if name == COUNT or name in {f"{item.name}_count" for item in groups}:
        return [directed(sql.SQL("x.n"), down=down, nulls=nulls)]
    for index, item in enumerate(groups):
        if name in (item.text, item.name):
            return terms_of(_outside(item, index), records.env, down=down, nulls=nulls)
    for index, total in enumerate(aggregates):
        if name in (total.key, f"{total.name}:{total.function}"):
            column = sql.SQL("x.{}").format(sql.Identifier(f"a{index}"))
            return [directed(column, down=down, nulls=nulls)]
    raise BadValue(f"Order term {name!r} is not a valid aggregate nor valid groupby")
