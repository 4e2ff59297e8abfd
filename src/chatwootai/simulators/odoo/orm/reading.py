"""Reading rows: what `search`, `read` and their kin share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue, MissingError
from chatwootai.simulators.odoo.orm.domains import condition
from chatwootai.simulators.odoo.orm.expressions import shown, title_of, value_of
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.ordering import ordering
from chatwootai.simulators.odoo.orm.rights import forbidden, require, rule
from chatwootai.simulators.odoo.orm.values import to_wire

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.model import Model
    from chatwootai.simulators.odoo.orm.records import Records

CLASSIC = "_classic_read"
_MAX_ID = 2**31 - 1
_MAX_COUNT = 2**62


def chosen(records: Records, fields: Json) -> dict[str, Field]:
    """The fields to read, `id` first; no names mean every field that the caller may use."""
    names = names_of(fields)
    if not names:
        return {"id": records.model.fields["id"], **records.model.fields_of(records.env)}
    found = {name: records.model.field(name, records.env) for name in names}
    return {"id": records.model.fields["id"], **found}


def names_of(fields: Json) -> list[str]:
    """A list of names, empty for none; `BadValue` for anything else."""
    if fields is None or fields is False:
        return []
    if not isinstance(fields, list):
        raise BadValue(f"Invalid list of fields: {fields!r}")
    names = [name for name in fields if isinstance(name, str)]
    if len(names) != len(fields):
        raise BadValue(f"Invalid list of fields: {fields!r}")
    return names


def ids_of(ids: Json) -> list[int]:
    """Ids as clients give them: one or a list, `false` for none; those that no row can have are kept."""
    if ids is None or ids is False:
        return []
    listed = ids if isinstance(ids, list) else [ids]
    numbers = [item for item in listed if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) != len(listed):
        raise BadValue(f"Invalid ids: {ids!r}")
    return list(dict.fromkeys(numbers))


def count_of(value: Json) -> int:
    """A limit or offset; Odoo takes 0, null and false alike as "none"."""
    if value is None or value is False:
        return 0
    if not isinstance(value, int) or not 0 <= value <= _MAX_COUNT:
        raise BadValue(f"Invalid limit or offset: {value!r}")
    return value


def matching(model: Model, domain: Json, env: Environment) -> sql.Composable:
    """The condition of a search: the domain, the rules, and archived rows only where they are asked for."""
    found = condition(model, domain, env)
    return sql.SQL("{} AND {}").format(found.sql, shown(model, env, archived="active" in found.names))


def query(
    records: Records, columns: sql.Composable, domain: Json, offset: Json, limit: Json, order: Json
) -> sql.Composable:
    """The SELECT of a search."""
    model, env = records.model, records.env
    require(env, model, "read")
    return sql.SQL("SELECT {} FROM {} r WHERE {} ORDER BY {} LIMIT {} OFFSET {}").format(
        columns,
        sql.SQL(model.table),
        matching(model, domain, env),
        ordering(model, order, env),
        sql.Literal(count_of(limit) or None),
        sql.Literal(count_of(offset)),
    )


async def browse(
    records: Records, ids: list[int], columns: sql.Composable, operation: str = "read"
) -> list[DictRow]:
    """These rows in the order asked for, without those that are gone; `AccessError` if a rule hides one."""
    require(records.env, records.model, operation)
    wanted = [number for number in ids if 0 < number <= _MAX_ID]
    if not wanted:
        return []
    statement = sql.SQL("SELECT {}, {} AS __allowed, r.id FROM {} r WHERE r.id = ANY({}::integer[])").format(
        columns, rule(records.env, records.model), sql.SQL(records.model.table), sql.Literal(wanted)
    )
    rows = {row["id"]: row for row in await records.rows(statement)}
    if not all(row["__allowed"] for row in rows.values()):
        raise forbidden(records.env, records.model, operation)
    return [rows[number] for number in wanted if number in rows]


async def ensure(records: Records, ids: list[int], operation: str = "read") -> None:
    """Raise where a record is gone (`MissingError`) or not the caller's (`AccessError`)."""
    found = {row["id"] for row in await browse(records, ids, sql.SQL("1 AS one"), operation)}
    gone = [number for number in ids if number not in found]
    if gone:
        raise missing(records, gone)


def missing(records: Records, gone: list[int]) -> MissingError:
    """The refusal of records that are gone."""
    listed = ", ".join(map(str, gone)) + ("," if len(gone) == 1 else "")
    return MissingError(
        "Record does not exist or has been deleted.\n"
        f"(Record: {records.model.name}({listed}), User: {records.env.user.id})"
    )


def columns_of(
    fields: Mapping[str, Field], env: Environment, *, titles: bool = True, prefix: str = ""
) -> sql.Composable:
    """The SELECT list of these fields; a many2one brings the title of its record along."""
    columns: list[sql.Composable] = []
    for name, field in fields.items():
        columns.append(sql.SQL("{} AS {}").format(value_of(field, env), sql.Identifier(prefix + name)))
        if titles and field.kind is Kind.MANY2ONE:
            alias = sql.Identifier(f"{prefix}{name}.title")
            columns.append(sql.SQL("{} AS {}").format(title_of(field, env), alias))
    return sql.SQL(", ").join(columns)


def rendered(row: DictRow, fields: Mapping[str, Field], load: Json = CLASSIC) -> dict[str, Json]:
    """A row as `read` answers it."""
    record: dict[str, Json] = {}
    for name, field in fields.items():
        value = to_wire(field, row[name])
        if field.kind is Kind.MANY2ONE and value is not False and load == CLASSIC:
            value = [value, row[f"{name}.title"] or False]
        record[name] = value
    return record
