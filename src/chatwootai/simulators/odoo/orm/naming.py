"""What a model tells of itself: fields, defaults, records by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.writing import default_of

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


def described(records: Records, names: list[str], attributes: list[str]) -> dict[str, Json]:
    """The answer of `fields_get`: the fields of this series that the caller may use."""
    answer: dict[str, Json] = {}
    for name, field in records.model.fields_of(records.env).items():
        if names and name not in names:
            continue
        told = field.describe() | {"name": name}
        answer[name] = {key: value for key, value in told.items() if not attributes or key in attributes}
    return answer


async def defaults(records: Records, names: list[str]) -> dict[str, Json]:
    """The defaults of those of the fields that have one."""
    answer: dict[str, Json] = {}
    for name in names:
        value = await default_of(records, name, records.model.field(name, records.env))
        if value is not None:
            answer[name] = value
    return answer


async def search(records: Records, name: Json, domain: Json, operator: Json, limit: Json) -> list[Json]:
    """Pairs of id and display name."""
    if domain is not None and domain is not False and not isinstance(domain, list):
        raise BadValue(f"Domain() invalid domain: {domain!r}")
    terms: list[Json] = [["display_name", operator, name]] if name else []
    found = await records.search_read([*terms, *(domain or [])], ["display_name"], limit=limit)
    return [[row["id"], row["display_name"]] for row in found if isinstance(row, dict)]


async def create(records: Records, name: Json) -> list[Json]:
    """Id and display name of a new record."""
    new = await records.create({"name": name})
    (row,) = await records.read([new], ["display_name"])
    return [new, row["display_name"] if isinstance(row, dict) else False]
