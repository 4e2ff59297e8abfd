"""Methods that only newer series of Odoo have. Functions over `Records`, public by the same decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm import grouped_rows, rights
from chatwootai.simulators.odoo.orm.model import on_model, on_records
from chatwootai.simulators.odoo.orm.reading import browse, ids_of
from chatwootai.simulators.odoo.orm.specification import read_nested, search_nested

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


@on_records
async def web_read(records: Records, ids: Json, specification: Json) -> list[Json]:
    """Records with their linked records inside."""
    return await read_nested(records, ids_of(ids), specification)


@on_model
async def web_search_read(
    records: Records,
    domain: Json,
    specification: Json,
    offset: Json = 0,
    limit: Json = None,
    order: Json = None,
    count_limit: Json = None,
) -> dict[str, Json]:
    """A page of records with their linked records inside, and how many there are."""
    return await search_nested(records, domain, specification, offset, limit, order, count_limit)


@on_records
async def web_save(
    records: Records, ids: Json, vals: Json, specification: Json, next_id: Json = None
) -> list[Json]:
    """Create a record if there are no ids, change it otherwise, and read it in the same transaction."""
    saved = ids_of(ids)
    if saved:
        await records.write(list(saved), vals)
    else:
        saved = ids_of(await records.create(vals))
    return await read_nested(
        records, [int(next_id)] if isinstance(next_id, int) and next_id else saved, specification
    )


@on_model
async def formatted_read_group(
    records: Records,
    domain: Json,
    groupby: Json = None,
    aggregates: Json = None,
    having: Json = None,
    offset: Json = 0,
    limit: Json = None,
    order: Json = None,
) -> list[Json]:
    """Groups with their aggregates under the names that they were asked by."""
    if having:
        raise BadValue("the simulation knows no 'having'")
    return await grouped_rows.formatted_read_group(records, domain, groupby, aggregates, order, limit, offset)


@on_records
async def has_access(records: Records, ids: Json, operation: Json) -> bool:
    """Whether the caller may do so with each of these records."""
    if not isinstance(operation, str):
        raise BadValue(f"Invalid operation {operation!r}")
    if not rights.may(records.env, records.model, operation):
        return False
    # Asked of the rules alone: a record that is gone is nobody's and forbidden to nobody.
    rows = await browse(records.sudo(), ids_of(ids), rights.column(records.env, records.model))
    return all(row["allowed"] for row in rows)


METHODS: dict[str, tuple[Callable[..., object], int]] = {
    "web_read": (web_read, 17),
    "web_search_read": (web_search_read, 17),
    "web_save": (web_save, 17),
    "has_access": (has_access, 18),
    "formatted_read_group": (formatted_read_group, 19),
}
"""Each with the first series that has it."""
