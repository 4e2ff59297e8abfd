"""A sample shop while it is made: its plan, its dice and the rows so far."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random
    from zoneinfo import ZoneInfo

    from chatwootai.simulators.odoo.samples.clock import Clock
    from chatwootai.simulators.odoo.samples.plans import Plan
    from chatwootai.simulators.odoo.samples.rows import Rows

BRAZIL = 31
CNPJ, CPF = 4, 5
CURRENCY = "BRL"
UNITS, HOURS = 1, 4
_AGE = 420  # days


@dataclass(frozen=True, slots=True)
class Shop:
    """`chance` belongs to this shop alone, so that a change of one shop leaves the others as they were."""

    plan: Plan
    rows: Rows
    chance: Random
    clock: Clock
    zone: ZoneInfo
    partner_id: int
    states: dict[str, int]

    @property
    def company(self) -> int:
        """The company's number."""
        return self.plan.company

    @property
    def since(self) -> datetime:
        """When the shop was set up: before its first customer."""
        return self.clock.at(self.clock.day(-_AGE), Decimal(9))
