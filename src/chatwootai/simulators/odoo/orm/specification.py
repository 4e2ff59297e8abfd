"""Nested reading: the specifications of `web_read`, `web_search_read` and `web_save`, and of `onchange`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.reading import count_of, ids_of

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Field, Json
    from chatwootai.simulators.odoo.orm.records import Records

_MAX_DEPTH = 4


async def read_nested(records: Records, ids: list[int], specification: Json, depth: int = 0) -> list[Json]:
    """These records with what the specification names, links as nested objects."""
    wanted = names_of(specification)
    if depth > _MAX_DEPTH:
        raise BadValue(f"a specification nested deeper than {_MAX_DEPTH}")
    fields = {name: records.model.field(name, records.env) for name in wanted}
    # Without names `read` would mean all fields: the id alone is asked for instead.
    found = await records.read(list(ids), ["id", *fields], load="")
    rows = [row for row in found if isinstance(row, dict)]
    for name, nested in wanted.items():
        field = fields[name]
        if field.relation and "fields" in nested:
            await _nest(records, rows, name, field, nested, depth)
    return [*rows]


def names_of(specification: Json) -> dict[str, dict[str, Json]]:
    """A specification with every nested part an object."""
    if not isinstance(specification, dict):
        raise BadValue(f"Invalid specification: {specification!r}")
    wanted: dict[str, dict[str, Json]] = {}
    for name, nested in specification.items():
        if nested is not None and not isinstance(nested, dict):
            raise BadValue(f"Invalid specification of {name!r}: {nested!r}")
        wanted[name] = nested or {}
    return wanted


async def _nest(
    records: Records,
    rows: list[dict[str, Json]],
    name: str,
    field: Field,
    nested: dict[str, Json],
    depth: int,
) -> None:
    related = records.of(field.relation)
    context = nested.get("context")
    if isinstance(context, dict):
        related = related.in_context(**context)
    if field.kind is Kind.MANY2ONE:
        if names_of(nested["fields"]).keys() <= {"id", "display_name"}:
            # As in Odoo, the name of a linked record is shown to those who may not read it.
            related = related.sudo()
        for row in rows:
            target = row[name]
            if isinstance(target, int) and target is not False:
                (row[name],) = await read_nested(related, [target], nested["fields"], depth + 1) or [False]
        return
    limit = count_of(nested.get("limit"))
    for row in rows:
        children = ids_of(row[name])
        if order := nested.get("order"):
            every = related.in_context(active_test=False)
            children = ids_of(await every.search([["id", "in", list(children)]], order=order))
        shown = children[:limit] if limit else children
        rest: list[Json] = [{"id": child} for child in children[len(shown) :]]
        row[name] = await read_nested(related, shown, nested["fields"], depth + 1) + rest


async def search_nested(
    records: Records,
    domain: Json,
    specification: Json,
    offset: Json,
    limit: Json,
    order: Json,
    count_limit: Json,
) -> dict[str, Json]:
    """A page of records and how many there are in all, counted no further than `count_limit`."""
    names_of(specification)
    ids = ids_of(await records.search(domain, offset, limit, order))
    length = count_of(offset) + len(ids)
    if count_of(limit) == len(ids) or count_of(offset):
        length = await records.search_count(domain, count_limit)
    return {"length": length, "records": await read_nested(records, ids, specification)}
