"""How groups are told: `read_group` of all series, `formatted_read_group` from 19 on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm import periods
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.grouping import COUNT, Aggregate, Group, aggregate, group, grouped
from chatwootai.simulators.odoo.orm.values import to_wire

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


async def read_group(
    records: Records,
    domain: Json,
    fields: Json,
    groupby: Json,
    order: Json,
    limit: Json,
    offset: Json,
    *,
    lazy: bool,
) -> list[Json]:
    """Groups by the first item only if `lazy`, by all items at once if not."""
    texts = _listed(groupby)
    groups = [group(records, text) for text in texts]
    chosen, rest = (groups[:1], texts[1:]) if lazy else (groups, [])
    taken = {item.name for item in chosen}
    totals = [
        total
        for text in _listed(fields)
        if text != COUNT and (total := aggregate(records, text)) and total.key not in taken
    ]
    totals += _ordered_by(records, order, totals, taken)
    rows = await grouped(records, domain, chosen, totals, order, limit, offset)
    counted = f"{chosen[0].name}_count" if lazy and chosen else COUNT
    answer: list[Json] = []
    for row in rows:
        told: dict[str, Json] = _totals(row, totals) | {counted: int(row["n"])}
        if chosen:
            told |= _keys(row, chosen, records.env, domain)
        if rest:
            told["__context"] = {"group_by": list(rest)}
        answer.append(told)
    return answer


async def formatted_read_group(
    records: Records,
    domain: Json,
    groupby: Json,
    aggregates: Json,
    order: Json,
    limit: Json,
    offset: Json,
) -> list[Json]:
    """Groups by all items, aggregates under the names that they were asked by."""
    groups = [group(records, text) for text in _listed(groupby)]
    named = _listed(aggregates)
    totals = [
        total
        for text in named
        if text != COUNT and (total := aggregate(records, text, named_whole=True)) is not None
    ]
    rows = await grouped(records, domain, groups, totals, order, limit, offset)
    answer: list[Json] = []
    for row in rows:
        told: dict[str, Json] = _totals(row, totals)
        if COUNT in named:
            told[COUNT] = int(row["n"])
        extra: list[Json] = []
        for index, item in enumerate(groups):
            told[item.text] = _formatted(row, index, item, records.env)
            extra += _condition(row[f"g{index}"], item, records.env)
        answer.append(told | {"__extra_domain": extra})
    return answer


def _listed(value: Json) -> list[Json]:
    if value is None or value is False:
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise BadValue(f"Invalid list of fields: {value!r}")
    return value


def _ordered_by(records: Records, order: Json, known: list[Aggregate], taken: set[str]) -> list[Aggregate]:
    """Sums that only the order names: Odoo reckons them too, and tells them."""
    if not isinstance(order, str):
        return []
    keys = {total.key for total in known}
    names = [part.split()[0].partition(":")[0] for part in order.split(",") if part.split()]
    numbers = [
        name
        for name in names
        if name in records.model.fields and name not in keys | taken and name.isidentifier()
    ]
    return [total for name in numbers if (total := aggregate(records, name))]


def _totals(row: DictRow, totals: list[Aggregate]) -> dict[str, Json]:
    return {total.key: _total(row[f"a{index}"], total) for index, total in enumerate(totals)}


def _total(value: object, total: Aggregate) -> Json:
    if total.function.startswith("count"):
        return int(str(value))
    if isinstance(value, list):
        return [None if item is None else to_wire(total.field, item) for item in value]
    if value is None:
        # A sum over nothing is no number.
        return [] if total.function == "array_agg" else False
    return float(str(value)) if total.function == "avg" else _plain(value, total)


def _plain(value: object, total: Aggregate) -> Json:
    if total.field.kind.is_number:
        number = float(str(value))
        return int(number) if total.field.kind is Kind.INTEGER else number
    if isinstance(value, bool | str | date):
        return to_wire(total.field, value)
    return str(value)


def _keys(row: DictRow, groups: list[Group], env: Environment, domain: Json) -> dict[str, Json]:
    told: dict[str, Json] = {}
    ranges: dict[str, Json] = {}
    conditions: list[Json] = []
    for index, item in enumerate(groups):
        value = row[f"g{index}"]
        if item.period is None:
            told[item.text] = _value(row, index, item)
        elif isinstance(value, date):
            begin, end = periods.bounds(value, item.field, item.period, env)
            told[item.text] = periods.label(value, item.period, env)
            ranges[item.text] = {"from": begin, "to": end}
        else:
            told[item.text] = ranges[item.text] = False
        conditions += _condition(value, item, env)
    if ranges:
        told["__range"] = ranges
    asked = domain if isinstance(domain, list) else []
    told["__domain"] = [*conditions, *asked]
    return told


def _value(row: DictRow, index: int, item: Group) -> Json:
    value = row[f"g{index}"]
    if item.field.kind is Kind.MANY2ONE and value is not None:
        return [value, row[f"g{index}.title"] or False]
    return False if value is None else to_wire(item.field, value)


def _formatted(row: DictRow, index: int, item: Group, env: Environment) -> Json:
    value = row[f"g{index}"]
    if item.period is None or not isinstance(value, date):
        return _value(row, index, item)
    begin, _ = periods.bounds(value, item.field, item.period, env)
    return [begin, periods.label(value, item.period, env)]


def _condition(value: object, item: Group, env: Environment) -> list[Json]:
    if item.period is not None and isinstance(value, date):
        begin, end = periods.bounds(value, item.field, item.period, env)
        return ["&", [item.name, ">=", begin], [item.name, "<", end]]
    if value is None or isinstance(value, bool | int | str):
        return [[item.name, "=", False if value is None else value]]
    return [[item.name, "=", float(str(value))]]
