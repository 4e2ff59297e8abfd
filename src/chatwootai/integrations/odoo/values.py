"""Reading Odoo's records, where `false` means empty for every type but booleans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeGuard

from chatwootai.domain.errors import OutcomeUnknown, ServiceUnavailable
from chatwootai.integrations.odoo.errors import SERVICE

Record = Mapping[str, object]

DATETIME = "%Y-%m-%d %H:%M:%S"


def records(answer: object) -> list[Record]:
    """The rows of `read` or `search_read`; anything else did not come from Odoo."""
    if not isinstance(answer, list) or not all(isinstance(item, dict) for item in answer):
        raise ServiceUnavailable(SERVICE, "the answer is no list of records")
    return answer


def number(record: Record, field: str) -> int:
    """An id."""
    value = record.get(field)
    if not is_id(value):
        raise ServiceUnavailable(SERVICE, f"field {field} is no id")
    return value


def is_id(value: object) -> TypeGuard[int]:
    """Whether a value is a record's number; `false` is an int to Python, but not to Odoo."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_action(answer: object) -> bool:
    """Whether a method answered with a wizard to be filled in: then it has done nothing."""
    return isinstance(answer, dict) and "type" in answer


def created(answer: object) -> int:
    """The id that `create` answers; a list of one on some wires."""
    made = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
    if not is_id(made):
        raise OutcomeUnknown(SERVICE, "create answered no id")
    return made


def ids(record: Record, field: str) -> list[int]:
    """A one2many or many2many."""
    value = record.get(field)
    if not isinstance(value, list) or not all(is_id(item) for item in value):
        raise ServiceUnavailable(SERVICE, f"field {field} is no list of ids")
    return value


def text(record: Record, field: str) -> str:
    """A text, empty where Odoo says `false`."""
    value = record.get(field)
    return value if isinstance(value, str) else ""


def flag(record: Record, field: str) -> bool:
    """A boolean: the one type where `false` is a value."""
    return record.get(field) is True


def moment(record: Record, field: str) -> datetime | None:
    """A datetime, which travels as UTC without a zone; None where empty."""
    value = record.get(field)
    if not isinstance(value, str):
        return None
    try:
        return datetime.strptime(value, DATETIME).replace(tzinfo=UTC)
    except ValueError as error:
        raise ServiceUnavailable(SERVICE, f"field {field} is no time") from error


def written(at: datetime) -> str:
    """An aware time as Odoo takes it; anything below a second is cut off."""
    return at.astimezone(UTC).strftime(DATETIME)


def day(record: Record, field: str) -> date | None:
    """A date; None where empty."""
    value = record.get(field)
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ServiceUnavailable(SERVICE, f"field {field} is no date") from error


def decimal(record: Record, field: str) -> Decimal:
    """A float of the wire as the decimal that a person typed: 39.9 is 39.90, not 39.8999…

    A float keeps 15 digits. Odoo sends what it computed with one more: 18.490000000000002 (measured).
    """
    value = record.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ServiceUnavailable(SERVICE, f"field {field} is no number")
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
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


def linked_id(record: Record, field: str) -> int | None:
    """The id of a many2one, None where empty."""
    linked = link(record, field)
    return linked[0] if linked else None
