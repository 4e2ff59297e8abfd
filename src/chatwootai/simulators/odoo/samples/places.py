"""Countries, states, currencies and units, as every database of Odoo has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from chatwootai.simulators.odoo.samples.plans import read_reference
from chatwootai.simulators.odoo.samples.shop import BRAZIL

if TYPE_CHECKING:
    from psycopg import AsyncConnection
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.samples.rows import Rows


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: int
    name: str


class _Country(_Record):
    code: str
    phone_code: int


class _Currency(_Record):
    symbol: str


class _Stage(_Record):
    sequence: int
    is_won: bool


class _Reference(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    countries: tuple[_Country, ...]
    states: dict[str, str]
    currencies: tuple[_Currency, ...]
    identification_types: dict[int, str]
    units: dict[int, str]
    stages: tuple[_Stage, ...]


async def add_reference(connection: AsyncConnection[DictRow], rows: Rows) -> None:
    """Once per database."""
    cursor = await connection.execute("SELECT id FROM erp.countries LIMIT 1")
    if await cursor.fetchone():
        return
    reference = _Reference.model_validate(read_reference())
    for country in reference.countries:
        rows.add("erp.countries", **country.model_dump())
    for code, name in reference.states.items():
        rows.add("erp.states", country_id=BRAZIL, code=code, name=name)
    for currency in reference.currencies:
        rows.add("erp.currencies", **currency.model_dump())
    for id_, name in reference.identification_types.items():
        rows.add("erp.identification_types", id=id_, name=name)
    for id_, name in reference.units.items():
        rows.add("erp.units", id=id_, name=name)
    for stage in reference.stages:
        rows.add("erp.stages", **stage.model_dump())


async def states(connection: AsyncConnection[DictRow]) -> dict[str, int]:
    """The ids of Brazil's states by their letters."""
    cursor = await connection.execute("SELECT code, id FROM erp.states WHERE country_id = %s", (BRAZIL,))
    return {row["code"]: int(row["id"]) for row in await cursor.fetchall()}
