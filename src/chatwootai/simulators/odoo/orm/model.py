"""What a model is: a table expression with fields, rights and behaviour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, LiteralString, TypeVar

from chatwootai.simulators.odoo.errors import AccessError, BadValue
from chatwootai.simulators.odoo.orm.fields import Expression, Field, Kind

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

READ_ONLY: Mapping[str, str] = {"internal": "r", "system": "rwcd"}
"""The rights of models that everybody reads and only an administrator changes."""


class Scope(Enum):
    """Whether a public method takes ids as its first argument."""

    MODEL = "model"
    RECORDS = "records"


_Method = TypeVar("_Method", bound=Callable[..., object])
_SCOPES: dict[Callable[..., object], Scope] = {}


def on_model(method: _Method) -> _Method:
    """Make a method public that acts on the model as a whole."""
    _SCOPES[method] = Scope.MODEL
    return method


def on_records(method: _Method) -> _Method:
    """Make a method public that acts on the records whose ids come first."""
    _SCOPES[method] = Scope.RECORDS
    return method


def public_method(owner: type, name: str) -> tuple[Callable[..., object], Scope] | None:
    """The plain function of that name in a class, if a decorator made it or what it overrides public."""
    for ancestor in owner.__mro__:
        method = ancestor.__dict__.get(name)
        if callable(method) and method in _SCOPES:
            return getattr(owner, name), _SCOPES[method]
    return None


def scope_of(method: Callable[..., object]) -> Scope:
    """What a decorator said of a function."""
    return _SCOPES[method]


@dataclass(frozen=True, slots=True)
class Recordset:
    """The result of a method that returns records: no transport can carry it."""

    model: str
    ids: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.model}{self.ids!r}" if self.ids else f"{self.model}()"


class Behaviour:
    """What a model does besides keeping rows. Instances hold no state.

    Subclasses add public methods with `on_model` and `on_records`, named and with parameters as in Odoo.
    """

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        """Before an INSERT: fill in or refuse. Defaults are already in `values`."""

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        """Before an UPDATE: change `values` or refuse."""

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        """After an INSERT or UPDATE and its x2many commands: recompute what depends on these fields."""

    async def unlinking(self, records: Records, ids: list[int]) -> None:
        """Before a DELETE: clean up or refuse."""


@dataclass(frozen=True, slots=True)
class Model:
    """`table` is what rows come from, `into` where new ones go if that differs.

    `company` is the SQL of a row's company: NULL means that every company sees the row, an empty text
    that the model has no such rule. `access` gives the letters of "rwcd" per group; `rules` a further
    condition for those whose strongest group it is.
    """

    name: str
    label: str
    table: LiteralString
    title: Expression
    order: str
    fields: Mapping[str, Field]
    into: LiteralString = ""
    company: LiteralString = ""
    access: Mapping[str, str] = field(default_factory=lambda: READ_ONLY)
    rules: Mapping[str, Expression] = field(default_factory=dict)
    behaviour: Behaviour = field(default_factory=Behaviour)
    since: int = 0
    until: int = 98

    def field(self, name: str, env: Environment) -> Field:
        """The field of that name, or Odoo's refusal of an unknown or a forbidden one."""
        found = self.fields.get(name)
        if found is None or not found.since <= env.series <= found.until:
            raise BadValue(f"Invalid field {name!r} on model {self.name!r}")
        if not may_use(found, env):
            raise AccessError(
                f"You do not have enough rights to access the field {name!r} on {self.label}"
                f" ({self.name}). It is limited to the groups: {', '.join(found.groups)}"
            )
        return found

    def fields_of(self, env: Environment) -> dict[str, Field]:
        """The fields that this series of Odoo has and this user may use."""
        return {
            name: field
            for name, field in self.fields.items()
            if field.since <= env.series <= field.until and may_use(field, env)
        }


def may_use(field: Field, env: Environment) -> bool:
    """Whether the caller is in one of the groups that a field is limited to."""
    return env.is_sudo or not field.groups or not env.groups.isdisjoint(field.groups)


def record(title: Expression) -> dict[str, Field]:
    """The fields that every model has; the table needs `id`, `created_at` and `updated_at`."""
    return {
        "id": Field(Kind.INTEGER, "ID", "r.id"),
        "display_name": Field(Kind.CHAR, "Nome exibido", title, stored=False),
        "create_date": Field(Kind.DATETIME, "Criado em", "r.created_at"),
        "write_date": Field(Kind.DATETIME, "Última atualização em", "r.updated_at"),
        "create_uid": Field(Kind.MANY2ONE, "Criado por", "NULL::integer", relation="res.users", stored=False),
        "write_uid": Field(
            Kind.MANY2ONE, "Última atualização por", "NULL::integer", relation="res.users", stored=False
        ),
    }
