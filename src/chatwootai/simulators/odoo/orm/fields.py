"""Fields of a model: type on the wire, SQL behind it, and the series of Odoo that have it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, LiteralString, TypeAlias

from psycopg import sql

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.records import Records

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Scalar: TypeAlias = "bool | int | float | str | Decimal | date | datetime | list[int] | None"
Expression: TypeAlias = "LiteralString | Callable[[Environment], sql.Composable]"
Default: TypeAlias = "Json | Callable[[Records], Awaitable[Json]]"

HIDDEN = 99
"""As `since`: a field that no series shows, for columns that only a `Behaviour` sets."""


class Kind(StrEnum):
    """Field types by Odoo's names."""

    BINARY = "binary"
    BOOLEAN = "boolean"
    CHAR = "char"
    DATE = "date"
    DATETIME = "datetime"
    FLOAT = "float"
    HTML = "html"
    INTEGER = "integer"
    MANY2MANY = "many2many"
    MANY2ONE = "many2one"
    MONETARY = "monetary"
    ONE2MANY = "one2many"
    SELECTION = "selection"
    TEXT = "text"

    @property
    def is_text(self) -> bool:
        return self in (Kind.BINARY, Kind.CHAR, Kind.HTML, Kind.SELECTION, Kind.TEXT)

    @property
    def is_number(self) -> bool:
        return self in (Kind.FLOAT, Kind.INTEGER, Kind.MONETARY)

    @property
    def is_time(self) -> bool:
        return self in (Kind.DATE, Kind.DATETIME)

    @property
    def is_many(self) -> bool:
        return self in (Kind.ONE2MANY, Kind.MANY2MANY)


@dataclass(frozen=True, slots=True)
class Link:
    """The table behind a many2many: its column for this record and its column for the other one."""

    table: LiteralString
    mine: LiteralString
    theirs: LiteralString


@dataclass(frozen=True, slots=True)
class Field:
    """`sql` is an expression over the row alias `r`; of a one2many or many2many it gives `integer[]`.

    A one2many with `inverse` and a many2many with `link` need no `sql`. `column` is what create and write
    set; without it given values reach the `Behaviour` only. `stored` false means: no order by, no group by.
    `groups` may read and write it, everybody if empty. `sql_en` is used where the caller's language is
    en_US.
    """

    kind: Kind
    label: str
    sql: Expression = ""
    column: LiteralString = ""
    stored: bool = True
    relation: str = ""
    inverse: str = ""
    link: Link | None = None
    selection: tuple[tuple[str, str], ...] = ()
    required: bool = False
    default: Default = None
    groups: tuple[str, ...] = ()
    sql_en: Expression = ""
    since: int = 0
    until: int = 98

    def describe(self) -> dict[str, Json]:
        """What `fields_get` tells of the field, but its name."""
        told: dict[str, Json] = {
            "type": self.kind.value,
            "string": self.label,
            "required": self.required,
            "readonly": not (self.column or self.inverse or self.link),
            "store": self.stored,
            "sortable": self.stored and not self.kind.is_many,
            "searchable": True,
        }
        if self.relation:
            told["relation"] = self.relation
        if self.kind is Kind.ONE2MANY and self.inverse:
            told["relation_field"] = self.inverse
        if self.kind is Kind.SELECTION:
            told["selection"] = [[key, label] for key, label in self.selection]
        return told


def resolved(expression: Expression, env: Environment) -> sql.Composable:
    """The SQL of an expression for this caller."""
    return sql.SQL(expression) if isinstance(expression, str) else expression(env)
