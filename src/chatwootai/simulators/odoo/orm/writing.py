"""Creating, changing and deleting rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue, MissingError, ValidationError
from chatwootai.simulators.odoo.orm import relations
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.reading import browse, ensure, missing
from chatwootai.simulators.odoo.orm.registry import model_named
from chatwootai.simulators.odoo.orm.rights import forbidden, require, rule
from chatwootai.simulators.odoo.orm.values import to_column

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.records import Records

_UPDATED = "r.updated_at"


async def create(records: Records, given: Json) -> int:
    """Add one row with its children; returns its id."""
    model = records.model
    require(records.env, model, "create")
    values = checked(records, given)
    await _add_defaults(records, values)
    await model.behaviour.creating(records, values)
    _refuse_empty(records, values, model.fields_of(records.env.sudo()))
    columns = await _columns(records, values)
    new = await _insert(records, columns)
    await relations.apply(records, [new], values)
    await model.behaviour.settle(records, [new], frozenset(values))
    await _refuse_hidden(records, [new], "create")
    return new


async def write(records: Records, ids: list[int], given: Json) -> None:
    """Change rows and their children alike."""
    model = records.model
    values = checked(records, given)
    await ensure(records, ids, "write")
    await model.behaviour.writing(records, ids, values)
    _refuse_empty(records, values, [name for name in values if name in model.fields])
    columns = await _columns(records, values)
    await _update(records, ids, columns)
    await relations.apply(records, ids, values)
    await model.behaviour.settle(records, ids, frozenset(values))
    await _refuse_hidden(records, ids, "write")


async def unlink(records: Records, ids: list[int]) -> None:
    """Delete rows; what depends on them goes along or, by a foreign key, refuses."""
    model = records.model
    await ensure(records, ids, "unlink")
    await model.behaviour.unlinking(records, ids)
    table = model.into if model.table.startswith("(") else model.table
    await records.rows(
        sql.SQL("DELETE FROM {} r WHERE r.id = ANY({}::integer[])").format(sql.SQL(table), sql.Literal(ids))
    )


def checked(records: Records, given: Json) -> dict[str, Json]:
    """A copy of the values given by a caller; `BadValue` for a field that is none."""
    if not isinstance(given, dict):
        raise BadValue(f"Invalid values for {records.model.name}: {given!r}")
    for name in given:
        records.model.field(name, records.env)
    return {name: value for name, value in given.items() if name != "id"}


async def default_of(records: Records, name: str, field: Field) -> Json:
    """The value of a field that a new record was not given."""
    if f"default_{name}" in records.env.context:
        return records.env.context[f"default_{name}"]
    found = field.default
    return await found(records) if callable(found) else found


async def _add_defaults(records: Records, values: dict[str, Json]) -> None:
    fields = records.model.fields_of(records.env.sudo())
    # Two fields may set one column: what is given for one is no reason for the other's default.
    taken = {fields[name].column for name in values if name in fields} - {""}
    for name, field in fields.items():
        if name in values or field.column in taken:
            continue
        value = await default_of(records, name, field)
        if value is not None:
            values[name] = value
            if field.column:
                taken.add(field.column)


def _refuse_empty(records: Records, values: dict[str, Json], names: Iterable[str]) -> None:
    fields = records.model.fields
    filled = {fields[name].column for name, value in values.items() if name in fields and _is_set(value)}
    for name in names:
        field = fields[name]
        if field.required and field.column and field.column not in filled and not field.kind.is_number:
            raise ValidationError(
                "The operation cannot be completed: a mandatory field is not set.\n\n"
                f"Model: {records.model.label} ({records.model.name})\nField: {field.label} ({name})"
            )


def _is_set(value: Json) -> bool:
    return value is not None and value is not False and value != ""


async def _columns(records: Records, values: dict[str, Json]) -> dict[str, sql.Composable]:
    columns: dict[str, sql.Composable] = {}
    for name, value in values.items():
        field = records.model.fields.get(name)
        if field is None:
            raise BadValue(f"Invalid field {name!r} on model {records.model.name!r}")
        if not field.column:
            continue
        kept = to_column(records.model.name, name, field, value)
        if field.kind is Kind.MANY2ONE and isinstance(kept, int):
            await _ensure_target(records, field, kept)
        columns[field.column] = sql.Literal(kept)
    return columns


async def _ensure_target(records: Records, field: Field, target: int) -> None:
    related = model_named(field.relation, records.env.series)
    query = sql.SQL("SELECT {} AS allowed FROM {} r WHERE r.id = {}").format(
        _company_rule(records, field), sql.SQL(related.table), sql.Literal(target)
    )
    rows = await records.rows(query)
    if not rows:
        raise MissingError(
            "Record does not exist or has been deleted.\n"
            f"(Record: {related.name}({target},), User: {records.env.user.id})"
        )
    if not rows[0]["allowed"]:
        raise forbidden(records.env, related, "read")


def _company_rule(records: Records, field: Field) -> sql.Composable:
    related = model_named(field.relation, records.env.series)
    return rule(records.env, related) if related.company else sql.SQL("true")


async def _insert(records: Records, columns: dict[str, sql.Composable]) -> int:
    table = sql.SQL(records.model.into or records.model.table)
    if not columns:
        rows = await records.rows(sql.SQL("INSERT INTO {} DEFAULT VALUES RETURNING id").format(table))
    else:
        rows = await records.rows(
            sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
                table,
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                sql.SQL(", ").join(columns.values()),
            )
        )
    return int(rows[0]["id"])


async def _update(records: Records, ids: list[int], columns: dict[str, sql.Composable]) -> None:
    changes: list[sql.Composable] = [
        sql.SQL("{} = {}").format(sql.Identifier(column), value) for column, value in columns.items()
    ]
    if records.model.fields["write_date"].sql == _UPDATED:
        # Odoo moves write_date with every write, also one that changes nothing.
        changes.append(sql.SQL("updated_at = now()"))
    model = records.model
    table = model.into if model.table.startswith("(") else model.table
    if not ids or not changes:
        return
    await records.rows(
        sql.SQL("UPDATE {} r SET {} WHERE r.id = ANY({}::integer[])").format(
            sql.SQL(table), sql.SQL(", ").join(changes), sql.Literal(ids)
        )
    )


async def _refuse_hidden(records: Records, ids: list[int], operation: str) -> None:
    if not records.env.is_sudo:
        await browse(records, ids, sql.SQL("1 AS one"), operation)


async def copy(records: Records, number: int, default: Json) -> int:
    """Duplicate a row's own columns, with `default` instead of what it names."""
    given = checked(records, default or {})
    fields = {
        name: field
        for name, field in records.model.fields_of(records.env).items()
        if field.column and name not in given
    }
    (row,) = await records.read([number], list(fields), load="") or [None]
    if not isinstance(row, dict):
        raise missing(records, [number])
    return await create(records, {name: row[name] for name in fields} | given)
