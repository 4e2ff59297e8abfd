"""Money: a `Decimal` with its currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217), rounded half up to the cent as Brazilian shops do."""

    amount: Decimal
    currency: str = "BRL"

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", self.amount.quantize(CENT, rounding=ROUND_HALF_UP))
