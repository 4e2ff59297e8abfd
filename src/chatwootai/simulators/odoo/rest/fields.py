"""Types of what clients send: everything that PostgreSQL could choke on is refused here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Self, TypeAlias

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from chatwootai.simulators.odoo.rest.messages import worded

MAX_ID = 2**31 - 1
_YEARS = range(1900, 2200)


def _storable(text: str) -> str:
    if "\x00" in text:
        raise worded("O texto tem caracteres inválidos.")
    return text


def _no_flag(value: object) -> object:
    # JSON's true would count as 1.
    if isinstance(value, bool):
        raise worded("Deve ser um número.")
    return value


def _near(day: date) -> date:
    if day.year not in _YEARS:
        raise worded(f"O ano deve estar entre {_YEARS.start} e {_YEARS.stop - 1}.")
    return day


def _near_moment(moment: datetime) -> datetime:
    _near(moment)
    return moment.astimezone(UTC)


Name: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_storable)
]
Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=4000), AfterValidator(_storable)
]
Search: TypeAlias = Annotated[str, StringConstraints(max_length=200), AfterValidator(_storable)]
Id: TypeAlias = Annotated[int, BeforeValidator(_no_flag), Field(ge=1, le=MAX_ID)]
Money: TypeAlias = Annotated[
    Decimal, BeforeValidator(_no_flag), Field(ge=0, max_digits=12, decimal_places=2, examples=["49.90"])
]
Amount: TypeAlias = Annotated[
    Decimal, BeforeValidator(_no_flag), Field(ge=0, max_digits=12, decimal_places=3, examples=["10"])
]
Day: TypeAlias = Annotated[date, AfterValidator(_near)]
Moment: TypeAlias = Annotated[
    AwareDatetime, AfterValidator(_near_moment), Field(examples=["2026-11-30T14:00:00-03:00"])
]


def shown(quantity: Decimal) -> str:
    """A quantity as people write it: "10", "2,5"."""
    return f"{quantity.normalize():f}".replace(".", ",")


class Body(BaseModel):
    """What a client sends; fields that nobody knows are refused."""

    model_config = ConfigDict(extra="forbid")

    @property
    def given(self) -> dict[str, object]:
        """What the client named, also where it is null."""
        return self.model_dump(exclude_unset=True)


def example(**values: JsonValue) -> ConfigDict:
    """The settings of a body that shows this example in its description."""
    return ConfigDict(json_schema_extra={"examples": [values]})


class Change(Body):
    """A PATCH: what is left out stays; null empties a field, unless it is among `kept`."""

    kept: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _keep(self) -> Self:
        emptied = sorted(name for name in self.kept & self.model_fields_set if getattr(self, name) is None)
        if emptied:
            raise worded(f"Não pode ficar vazio: {', '.join(emptied)}.")
        return self


class Paging(Body):
    """Which part of a list; subclasses add filters."""

    limit: int = Field(default=50, ge=1, le=200, description="Quantos por página")
    offset: int = Field(default=0, ge=0, le=MAX_ID, description="Quantos pular")

    @property
    def filters(self) -> dict[str, object]:
        """The filters that the client named, by name."""
        return self.model_dump(exclude={"limit", "offset"}, exclude_none=True)
