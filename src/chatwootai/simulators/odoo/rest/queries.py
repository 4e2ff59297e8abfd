"""Lists, single rows and plain changes, the same for every resource."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, LiteralString, TypeVar

from psycopg import sql
from pydantic import BaseModel

from chatwootai.simulators.odoo.rest.refusals import Refusal, conflict, forbidden, invalid, not_found

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.fields import Paging
    from chatwootai.simulators.odoo.rest.shop import Shop

Shape = TypeVar("Shape", bound=BaseModel)


class Page(BaseModel, Generic[Shape]):
    """A part of a list; `total` counts the whole."""

    items: list[Shape]
    total: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a resource is read. `select` ends in a WHERE that keeps to `%(companies)s`.

    `filters` holds a condition for each filter of the list, by its name and over a value of that name.
    """

    what: str
    select: LiteralString
    key: LiteralString
    order: LiteralString
    filters: Mapping[str, LiteralString]


def holds(*columns: LiteralString) -> LiteralString:
    """A condition: one of the columns contains `%(text)s`, whatever the case and the accents."""
    plain: LiteralString = "position(erp.plain(lower(%(text)s)) IN erp.plain(lower(coalesce("
    return "(" + " OR ".join([plain + column + "::text, '')))) > 0" for column in columns]) + ")"


async def rows_of(shop: Shop, source: Source, paging: Paging) -> tuple[list[DictRow], int]:
    """The rows of one page, and how many there are on all."""
    values = paging.filters
    conditions = [source.filters[name] for name in values]
    found = sql.SQL(" AND ").join([sql.SQL(source.select), *map(sql.SQL, conditions)])
    counted = await shop.rows(sql.SQL("SELECT count(*) AS total FROM ({}) f").format(found), values)
    page = sql.SQL("{} ORDER BY {} LIMIT %(limit)s OFFSET %(offset)s").format(found, sql.SQL(source.order))
    rows = await shop.rows(page, values | {"limit": paging.limit, "offset": paging.offset})
    return rows, int(counted[0]["total"])


async def listed(shop: Shop, source: Source, paging: Paging, shape: type[Shape]) -> Page[Shape]:
    """One page of a resource."""
    rows, total = await rows_of(shop, source, paging)
    items = [shape.model_validate(row) for row in rows]
    return Page[shape](items=items, total=total, limit=paging.limit, offset=paging.offset)  # type: ignore[valid-type]  # pydantic wants the model itself


async def row_of(shop: Shop, source: Source, number: int) -> DictRow:
    """One row, else a 404."""
    query = sql.SQL("{} AND {} = %(id)s").format(sql.SQL(source.select), sql.SQL(source.key))
    rows = await shop.rows(query, {"id": number})
    if not rows:
        raise not_found(source.what, number)
    return rows[0]


async def own_row(shop: Shop, source: Source, number: int) -> DictRow:
    """One row that the caller may change: 404 where it sees none, 403 for what all companies share."""
    row = await row_of(shop, source, number)
    if row["company_id"] is None:
        raise forbidden(f"{source.what} {number}: é de todas as empresas e não pode ser alterado aqui.")
    return row


async def insert(shop: Shop, table: LiteralString, values: Mapping[str, object]) -> int:
    """Add a row; its id."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
        sql.SQL(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    return int((await shop.rows(statement, values))[0]["id"])


async def update(shop: Shop, table: LiteralString, number: int, values: Mapping[str, object]) -> None:
    """Change a row; without values nothing happens."""
    if not values:
        return
    changes = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in values]
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %(id)s").format(
        sql.SQL(table), sql.SQL(", ").join(changes)
    )
    await shop.rows(statement, {**values, "id": number})


async def delete(shop: Shop, table: LiteralString, number: int) -> None:
    """Remove a row that nothing depends on."""
    await shop.rows(sql.SQL("DELETE FROM {} WHERE id = %(id)s").format(sql.SQL(table)), {"id": number})


async def refuse_if_used(shop: Shop, number: int, uses: Mapping[str, LiteralString], instead: str) -> None:
    """A 409 that names what depends on `%(id)s`; each use is a query, by what it finds in Portuguese."""
    found = [use for use, query in uses.items() if await shop.rows(query + " LIMIT 1", {"id": number})]
    if found:
        raise conflict(f"Não pode ser excluído: há {', '.join(found)}. {instead}")


def renamed(values: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    """The values under the names of the table's columns."""
    return {columns.get(name, name): value for name, value in values.items()}


async def named_row(shop: Shop, source: Source, number: int, field: str) -> DictRow:
    """The row that a field of the request names, unless it is archived; a 422 where the caller sees none."""
    try:
        row = await row_of(shop, source, number)
    except Refusal as error:
        raise invalid(field, error.problem.detail) from error
    if not row["active"]:
        raise invalid(field, f"{source.what} {number}: está inativo.")
    return row
