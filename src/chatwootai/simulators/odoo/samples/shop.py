"""A sample shop while it is made: its plan, its dice and the rows so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random
    from zoneinfo import ZoneInfo

    from chatwootai.simulators.odoo.samples.clock import Clock
    from chatwootai.simulators.odoo.samples.plans import Plan
    from chatwootai.simulators.odoo.samples.rows import Rows

BRAZIL = 31
CNPJ, CPF = 4, 5
CURRENCY = "BRL"
UNITS, HOURS = 1, 4


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
