"""The ledger of one turn: what its tools read and what they committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class FactKind(StrEnum):
    PRICE = "price"
    STOCK = "stock"
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a tool read. `subject` names the record ("product:12"), `value` is what may be said of it."""

    kind: FactKind
    subject: str
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a tool committed. `key` finds it again in the system that holds it."""

    kind: str
    key: str


@dataclass(slots=True)
class Ledger:
    """Grows during a turn; the guardrails compare the draft with it."""

    facts: list[Fact] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def numbers(self, kind: FactKind) -> frozenset[Decimal]:
        """Every number of this kind that may be said."""
        return frozenset(f.value for f in self.facts if f.kind is kind and isinstance(f.value, Decimal))

    def texts(self) -> frozenset[str]:
        """Every text fact, such as hours or names, that may be quoted word for word."""
        return frozenset(f.value for f in self.facts if isinstance(f.value, str))
