"""The commands that create and write take for lists of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.reading import ids_of
from chatwootai.simulators.odoo.orm.values import identifier

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Field, Json, Link
    from chatwootai.simulators.odoo.orm.records import Records

CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET = range(7)


def commands_of(value: Json) -> list[tuple[int, Json, Json]]:
    """The commands in a value; plain ids mean SET, `false` means CLEAR."""
    if value is None or value is False:
        return [(CLEAR, 0, 0)]
    if not isinstance(value, list):
        raise BadValue(f"Wrong value for a list of records: {value!r}")
    if value and all(isinstance(item, int) and not isinstance(item, bool) for item in value):
        return [(SET, 0, value)]
    return [_command(item) for item in value]


def _command(item: Json) -> tuple[int, Json, Json]:
    if not isinstance(item, list) or not 1 <= len(item) <= 3:
        raise BadValue(f"Wrong command for a list of records: {item!r}")
    code, subject, rest = [*item, 0, 0][:3]
    if isinstance(code, bool) or not isinstance(code, int) or not CREATE <= code <= SET:
        raise BadValue(f"Wrong command for a list of records: {item!r}")
    return code, subject, rest


async def apply(records: Records, owners: list[int], values: dict[str, Json]) -> None:
    """Carry out the commands in `values` for each owner."""
    for name, value in values.items():
        field = records.model.fields[name]
        if not field.kind.is_many or not (field.inverse or field.link):
            continue
        for owner in owners:
            for code, subject, rest in commands_of(value):
                if field.kind is Kind.ONE2MANY:
                    await _on_children(records, field, owner, code, subject, rest)
                elif field.link:
                    await _on_links(records, field, field.link, owner, code, subject, rest)


async def _on_children(
    records: Records, field: Field, owner: int, code: int, subject: Json, rest: Json
) -> None:
    related = records.of(field.relation)
    match code:
        case 0:
            await related.create(_object(rest) | {field.inverse: owner})
        case 1:
            await related.write([identifier(subject)], _object(rest))
        case 2:
            await related.unlink([identifier(subject)])
        case 3:
            await _let_go(related, field, [identifier(subject)])
        case 4:
            await related.write([identifier(subject)], {field.inverse: owner})
        case 5:
            await _let_go(related, field, await _children(related, field, owner))
        case _:
            kept = ids_of(rest)
            present = await _children(related, field, owner)
            await _let_go(related, field, [child for child in present if child not in kept])
            if added := [child for child in kept if child not in present]:
                await related.write(list(added), {field.inverse: owner})


async def _children(related: Records, field: Field, owner: int) -> list[int]:
    every = related.in_context(active_test=False)
    return ids_of(await every.search([[field.inverse, "=", owner]]))


async def _let_go(related: Records, field: Field, children: list[int]) -> None:
    if not children:
        return
    if related.model.fields[field.inverse].required:
        # A child that cannot be without its parent is deleted, as Odoo does where the link cascades.
        await related.unlink(list(children))
    else:
        await related.write(list(children), {field.inverse: False})


async def _on_links(
    records: Records, field: Field, link: Link, owner: int, code: int, subject: Json, rest: Json
) -> None:
    related = records.of(field.relation)
    match code:
        case 0:
            await _link(records, link, owner, ids_of(await related.create(_object(rest))))
        case 1:
            await related.write([identifier(subject)], _object(rest))
        case 2:
            await _unlink(records, link, owner, [identifier(subject)])
            await related.unlink([identifier(subject)])
        case 3:
            await _unlink(records, link, owner, [identifier(subject)])
        case 4:
            await _link_known(records, related, link, owner, [identifier(subject)])
        case 5:
            await _unlink(records, link, owner, None)
        case _:
            await _unlink(records, link, owner, None)
            await _link_known(records, related, link, owner, ids_of(rest))


async def _link_known(records: Records, related: Records, link: Link, owner: int, ids: list[int]) -> None:
    await related.ensure(ids)
    await _link(records, link, owner, ids)


async def _link(records: Records, link: Link, owner: int, ids: list[int]) -> None:
    query = sql.SQL(
        "INSERT INTO {table} ({mine}, {theirs}) SELECT {owner}, t FROM unnest({ids}::integer[]) t"
        " ON CONFLICT DO NOTHING"
    )
    await records.rows(_filled(query, link, owner, ids))


async def _unlink(records: Records, link: Link, owner: int, ids: list[int] | None) -> None:
    query = sql.SQL(
        "DELETE FROM {table} WHERE {mine} = {owner} AND ({ids}::integer[] IS NULL OR {theirs} = ANY({ids}))"
    )
    await records.rows(_filled(query, link, owner, ids))


def _filled(query: sql.SQL, link: Link, owner: int, ids: list[int] | None) -> sql.Composed:
    return query.format(
        table=sql.SQL(link.table),
        mine=sql.Identifier(link.mine),
        theirs=sql.Identifier(link.theirs),
        owner=sql.Literal(owner),
        ids=sql.Literal(ids),
    )


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise BadValue(f"Wrong values in a command for a list of records: {value!r}")
    return value
