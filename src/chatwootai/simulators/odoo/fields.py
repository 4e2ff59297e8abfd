"""Fields of a model: type on the wire, SQL behind it, and the series of Odoo that have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import LiteralString, TypeAlias

from chatwootai.simulators.odoo.errors import BadValue

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Scalar: TypeAlias = "bool | int | float | str | Decimal | datetime | None"

DATETIME = "%Y-%m-%d %H:%M:%S"


class Kind(StrEnum):
    """Field types by Odoo's names."""

    BOOLEAN = "boolean"
    CHAR = "char"
    DATETIME = "datetime"
    FLOAT = "float"
    INTEGER = "integer"
    MANY2ONE = "many2one"
    MONETARY = "monetary"
    SELECTION = "selection"
    TEXT = "text"

    @property
    def is_text(self) -> bool:
        return self in (Kind.CHAR, Kind.SELECTION, Kind.TEXT)

    @property
    def is_number(self) -> bool:
        return self in (Kind.FLOAT, Kind.INTEGER, Kind.MANY2ONE, Kind.MONETARY)


@dataclass(frozen=True, slots=True)
class Field:
    """`sql` is an expression over the row alias `r`; `stored` false means that no order by it is possible."""

    kind: Kind
    label: str
    sql: LiteralString
    stored: bool = True
    relation: str = ""
    selection: tuple[tuple[str, str], ...] = ()
    since: int = 0
    until: int = 99

    def describe(self) -> dict[str, Json]:
        """What `fields_get` tells of the field."""
        told: dict[str, Json] = {
            "type": self.kind.value,
            "string": self.label,
            "store": self.stored,
            "sortable": self.stored,
            "searchable": True,
            "readonly": not self.stored,
        }
        if self.relation:
            told["relation"] = self.relation
        if self.selection:
            told["selection"] = [[key, label] for key, label in self.selection]
        return told

    def to_wire(self, value: Scalar) -> Json:
        """Odoo's JSON for a value: `false` for empty, floats for money, UTC text without zone for times."""
        if value is None:
            return False
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, datetime):
            return value.strftime(DATETIME)
        return value

    def from_wire(self, value: Json) -> Scalar:
        """The value of a domain leaf in the column's type; `false` is empty, except for booleans."""
        if self.kind is Kind.BOOLEAN:
            return bool(value)
        if value is None or value is False:
            return None
        if isinstance(value, list | dict):
            raise BadValue(f"Invalid value {value!r} for a field of type {self.kind}")
        if self.kind is Kind.DATETIME:
            return parse_datetime(value)
        if self.kind.is_text:
            return str(value)
        return _number(value)


def parse_datetime(value: bool | float | str) -> datetime:
    """Read Odoo's UTC text; a date alone is midnight UTC, ISO 8601 is refused as Odoo refuses it."""
    text = str(value)
    if len(text) == len("2026-01-01"):
        text += " 00:00:00"
    try:
        return datetime.strptime(f"{text}+0000", f"{DATETIME}%z")
    except ValueError:
        raise BadValue(f"time data {value!r} does not match format {DATETIME!r}") from None


def _number(value: bool | float | str) -> Decimal:
    try:
        number = Decimal(str(int(value) if isinstance(value, bool) else value))
    except ArithmeticError:
        raise BadValue(f"could not convert string to float: {value!r}") from None
    if not number.is_finite():
        raise BadValue(f"not a finite number: {value!r}")
    return number
