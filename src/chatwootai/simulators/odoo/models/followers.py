"""Who follows a record, and the mail that followers and attendees get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation

from chatwootai.simulators.odoo.errors import BadValue, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


async def followers(records: Records, record: int) -> set[int]:
    """The partners that hear of comments on a record."""
    rows = await records.rows(
        "SELECT partner_id FROM erp.followers WHERE model = %s AND res_id = %s", (records.model.name, record)
    )
    return {int(row["partner_id"]) for row in rows}


async def follow(records: Records, record: int, partners: Iterable[int]) -> None:
    """Subscribe those who do not follow yet; `ValidationError` when somebody else does the same just now."""
    new = set(partners) - await followers(records, record)
    try:
        for partner in sorted(new):
            await records.rows(
                "INSERT INTO erp.followers (model, res_id, partner_id) VALUES (%s, %s, %s) RETURNING id",
                (records.model.name, record, partner),
            )
    except UniqueViolation as error:
        raise ValidationError(
            "The operation cannot be completed: Error, a partner cannot follow twice the same object."
        ) from error


async def mail(records: Records, record: int, partners: Iterable[int], subject: str) -> None:
    """Write down the mail that Odoo would have sent; who has no address gets none."""
    await records.rows(
        "INSERT INTO erp.mails (model, res_id, partner_id, subject)"
        " SELECT %s, %s, p.id, %s FROM erp.partners p"
        " WHERE p.id = ANY(%s) AND coalesce(p.email, '') <> '' ORDER BY p.id",
        (records.model.name, record, subject, sorted(set(partners))),
    )


def whole_numbers(value: Json) -> list[int]:
    """The ids in a list that came over the wire; `BadValue` for anything else in it."""
    listed = value if isinstance(value, list) else [] if value in (None, False) else [value]
    numbers = [item for item in listed if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) != len(listed):
        raise BadValue(f"Invalid ids: {value!r}")
    return numbers
