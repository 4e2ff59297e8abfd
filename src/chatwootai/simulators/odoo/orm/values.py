"""Values on their way: from JSON into domains and columns, from columns into JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Field, Json, Scalar

DATE = "%Y-%m-%d"
DATETIME = "%Y-%m-%d %H:%M:%S"
_DATE_LENGTH = len("2026-01-01")
_LARGEST = 2**31 - 1


def to_wire(field: Field, value: Scalar) -> Json:
    """Odoo's JSON for a value: `false` for empty but in numbers, UTC text without zone for times."""
    if value is None:
        return _empty(field)
    if isinstance(value, Decimal):
        return float(value) if field.kind is not Kind.INTEGER else int(value)
    if isinstance(value, datetime):
        return written_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return list(value)
    if field.kind in (Kind.FLOAT, Kind.MONETARY) and isinstance(value, int):
        return float(value)
    return value


def _empty(field: Field) -> Json:
    if field.kind is Kind.INTEGER:
        return 0
    if field.kind in (Kind.FLOAT, Kind.MONETARY):
        return 0.0
    return [] if field.kind.is_many else False


def written_time(moment: datetime) -> str:
    """A moment as Odoo writes it: in UTC, without saying so."""
    return moment.astimezone(UTC).strftime(DATETIME)


def to_compare(field: Field, value: Json) -> Scalar:
    """The value of a domain's leaf in the column's type; `false` is empty, except for booleans."""
    if field.kind is Kind.BOOLEAN:
        return bool(value)
    if value is None or value is False:
        return None
    if isinstance(value, list | dict):
        raise BadValue(f"Invalid value {value!r} for a field of type {field.kind}")
    if field.kind is Kind.DATETIME:
        return parse_datetime(value)
    if field.kind is Kind.DATE:
        return parse_date(value)
    if field.kind.is_text:
        return _text(value)
    return parse_number(value)


def to_column(model: str, name: str, field: Field, value: Json) -> Scalar:
    """A value given to create or write; `BadValue` where Odoo would raise `ValueError`."""
    if field.kind is Kind.BOOLEAN:
        return bool(value)
    if field.kind.is_number:
        return _number_to_keep(model, name, field, value)
    if value is None or value is False:
        return None
    if isinstance(value, list | dict) or (field.kind is Kind.MANY2ONE and not isinstance(value, int)):
        raise BadValue(f"Wrong value for {model}.{name}: {value!r}")
    match field.kind:
        case Kind.MANY2ONE:
            return identifier(value)
        case Kind.DATETIME:
            return parse_datetime(value)
        case Kind.DATE:
            return parse_date(value)
        case Kind.SELECTION:
            return _option(model, name, field, value)
        case _:
            return _text(value)


def _number_to_keep(model: str, name: str, field: Field, value: Json) -> Scalar:
    if isinstance(value, list | dict):
        raise BadValue(f"Wrong value for {model}.{name}: {value!r}")
    number = parse_number(value or 0)
    return int(number) if field.kind is Kind.INTEGER else number


def _option(model: str, name: str, field: Field, value: bool | float | str) -> str:
    text = _text(value)
    if text not in {key for key, _ in field.selection}:
        raise BadValue(f"Wrong value for {model}.{name}: {value!r}")
    return text


def _text(value: bool | float | str) -> str:
    text = str(value)
    if "\x00" in text:
        raise BadValue("A string literal cannot contain NUL (0x00) characters.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadValue(f"not a valid text: {value!r}") from None
    return text


def identifier(value: Json) -> int:
    """A record's id; `BadValue` for anything that is none."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LARGEST:
        raise BadValue(f"Invalid record id: {value!r}")
    return value


def parse_datetime(value: bool | float | str) -> datetime:
    """Read Odoo's UTC text; a date alone is midnight UTC, ISO 8601 is refused as Odoo refuses it."""
    text = str(value)
    layout = DATE if len(text) == _DATE_LENGTH else DATETIME
    try:
        return datetime.strptime(f"{text}+0000", f"{layout}%z")
    except ValueError:
        raise BadValue(f"time data {value!r} does not match format {DATETIME!r}") from None


def parse_date(value: bool | float | str) -> date:
    """Read a day; the time behind it, if any, is dropped as Odoo drops it."""
    try:
        return datetime.strptime(f"{str(value)[:_DATE_LENGTH]}+0000", f"{DATE}%z").date()
    except ValueError:
        raise BadValue(f"time data {value!r} does not match format {DATE!r}") from None


def is_day(value: Json) -> bool:
    """Whether a text names a day without a time."""
    return isinstance(value, str) and len(value) == _DATE_LENGTH


def parse_number(value: bool | float | str) -> Decimal:
    """A finite number, also from text."""
    try:
        number = Decimal(str(int(value) if isinstance(value, bool) else value))
    except ArithmeticError:
        raise BadValue(f"could not convert string to float: {value!r}") from None
    if not number.is_finite() or number.adjusted() > 40:
        raise BadValue(f"not a number that a column can hold: {value!r}")
    return number
