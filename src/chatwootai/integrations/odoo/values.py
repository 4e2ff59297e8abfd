"""Reading Odoo's records, where `false` means empty for every type but booleans."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.odoo.errors import SERVICE

Record = Mapping[str, object]


def records(answer: object) -> list[Record]:
    """The rows of `read` or `search_read`; anything else did not come from Odoo."""
    if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
        raise ServiceUnavailable(SERVICE, "the answer is no list of records")
    return answer


def number(record: Record, field: str) -> int:
    """An id."""
    value = record.get(field)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ServiceUnavailable(SERVICE, f"field {field} is no id")
    return value


def text(record: Record, field: str) -> str:
    """A text, empty where Odoo says `false`."""
    value = record.get(field)
    return value if isinstance(value, str) else ""


def decimal(record: Record, field: str) -> Decimal:
    """A float of the wire as the decimal that a person typed: 39.9 is 39.90, not 39.8999…"""
    value = record.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ServiceUnavailable(SERVICE, f"field {field} is no number")
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ServiceUnavailable(SERVICE, f"field {field} is not finite")
    return exact


def link(record: Record, field: str) -> tuple[int, str] | None:
    """A many2one: id and display name, None where empty."""
    match record.get(field):
        case [int(id_), str(name)]:
            return id_, name
        case _:
            return None
