"""`load`: creates or updates records by external id, and answers its failures instead of raising them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from chatwootai.simulators.odoo.errors import BadValue, OdooError, ValidationError
from chatwootai.simulators.odoo.models.imported_rows import Imported, numbers_in, plain_value, records_in
from chatwootai.simulators.odoo.orm.fields import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chatwootai.simulators.odoo.models.imported_rows import Path
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.records import Records

_MODULE = "__import__"
_EXTERNAL, _DATABASE = "id", ".id"
# What every Odoo brings along under the module "base": "base.br", "base.state_br_sp".
_BASE = {
    "res.country": "SELECT id AS res_id FROM erp.countries WHERE lower(code) = %s",
    "res.country.state": "SELECT s.id AS res_id FROM erp.states s"
    " JOIN erp.countries c ON c.id = s.country_id"
    " WHERE 'state_' || lower(c.code) || '_' || lower(s.code) = %s",
}


async def load(records: Records, fields: Json, data: Json) -> dict[str, Json]:
    """Import rows of texts under these columns, all or none.

    Columns are "id" (external), ".id", a field, or a path such as "country_id/.id" and
    "order_line/product_id/.id". A record whose external id is known is updated; its lines are added again.
    """
    paths = [tuple(name.split("/")) for name in _texts(fields)]
    lists = frozenset(path[0] for path in paths if _has_lines(records, path))
    rows = [_texts(row) for row in data] if isinstance(data, list) else []
    ids: list[Json] = []
    try:
        async with records.connection.transaction():
            for imported in records_in(paths, rows, lists):
                number = await _keep(records, imported)
                ids.append(number)
    except (OdooError, psycopg.Error) as error:
        row = len(ids)
        message: dict[str, Json] = {"type": "error", "message": _reason(error), "record": row}
        return {"ids": False, "messages": [message], "nextrow": 0}
    return {"ids": ids, "messages": [], "nextrow": 0}


async def record_of(records: Records, model: str, external_id: str) -> int | None:
    """The id of the record that an external id names, None if it is unknown or the record is gone."""
    module, _, name = _split(external_id)
    if module == "base" and model in _BASE:
        installed = await records.rows(_BASE[model], (name,))
        return int(installed[0]["res_id"]) if installed else None
    rows = await records.rows(
        "SELECT model, res_id FROM erp.external_ids WHERE module = %s AND name = %s", (module, name)
    )
    if not rows:
        return None
    if rows[0]["model"] != model:
        raise ValidationError(f"For external id {external_id}: found a record of model {rows[0]['model']}")
    number = int(rows[0]["res_id"])
    every = records.of(model).sudo().in_context(active_test=False)
    return number if await every.search([["id", "=", number]]) else None


async def _keep(records: Records, imported: Imported) -> int:
    cells = dict(imported.cells)
    external = cells.pop((_EXTERNAL,), None)
    database = cells.pop((_DATABASE,), None)
    values = await _values(records, cells)
    for name, lines in imported.lines.items():
        related = records.of(records.model.fields[name].relation)
        values[name] = [[0, 0, await _values(related, line)] for line in lines]
    known = await record_of(records, records.model.name, external) if external else None
    if database:
        known = numbers_in(database)[0]
    if known is not None:
        await records.write([known], values)
        return known
    new = await records.create(values)
    if not isinstance(new, int):
        raise BadValue(f"Invalid record: {new!r}")
    if external:
        await _remember(records, external, new)
    return new


async def _remember(records: Records, external_id: str, number: int) -> None:
    module, _, name = _split(external_id)
    # Of two at once the second waits here and then fails to serialise, as Odoo's own statement does.
    await records.rows(
        "INSERT INTO erp.external_ids (module, name, model, res_id) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (module, name) DO UPDATE SET model = excluded.model, res_id = excluded.res_id",
        (module, name, records.model.name, number),
    )


def _split(external_id: str) -> tuple[str, str, str]:
    if "." not in external_id:
        return _MODULE, ".", external_id
    return external_id.partition(".")


async def _values(records: Records, cells: Mapping[Path, str]) -> dict[str, Json]:
    values: dict[str, Json] = {}
    for path, text in cells.items():
        described = records.model.field(path[0], records.env)
        if not described.relation:
            values[path[0]] = plain_value(path[0], described, text)
            continue
        found = await _linked(records, path, described, text)
        values[path[0]] = [[6, 0, list(found)]] if described.kind.is_many else found[0]
    return values


async def _linked(records: Records, path: Path, described: Field, text: str) -> Sequence[int]:
    match path[1:]:
        case (".id",):
            return numbers_in(text)
        case ("id",):
            names = text.split(",") if described.kind.is_many else [text]
            return [await _named(records, path[0], described, name.strip()) for name in names]
        case ():
            found = await records.of(described.relation).name_search(text, operator="=", limit=1)
            if found and isinstance(found[0], list) and isinstance(found[0][0], int):
                return [found[0][0]]
    raise BadValue(f"No matching record found for name '{text}' in field '{'/'.join(path)}'")


async def _named(records: Records, name: str, described: Field, external_id: str) -> int:
    number = await record_of(records, described.relation, external_id)
    if number is None:
        raise BadValue(f"No matching record found for external id '{external_id}' in field '{name}'")
    return number


def _has_lines(records: Records, path: Path) -> bool:
    if len(path) < 2 or path[0] not in records.model.fields:
        return False
    # "child_ids/.id" and "child_ids/id" link to what exists; every other path describes new lines.
    return records.model.fields[path[0]].kind is Kind.ONE2MANY and path[1:] not in ((".id",), ("id",))


def _texts(value: Json) -> list[str]:
    if not isinstance(value, list):
        raise BadValue(f"Expected a list of texts, not {value!r}")
    return ["" if item is None or item is False else str(item) for item in value]


def _reason(error: OdooError | psycopg.Error) -> str:
    if isinstance(error, psycopg.Error):
        return error.diag.message_primary or str(error)
    return str(error)
