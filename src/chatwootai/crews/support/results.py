"""What the support tools answer: facts, for a dialogue to word and a model to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chatwootai.crews.support.deadlines import Counted, Objection
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.domain.errors import Refusal
from chatwootai.domain.money import Money


class Identification(StrEnum):
    PROVEN = "proven"
    INCOMPLETE = "incomplete"
    """A document alone proves nothing: a registered e-mail or telephone is missing."""
    FAILED = "failed"
    EXHAUSTED = "exhausted"
    """It failed so often that only a person may go on."""


@dataclass(frozen=True, slots=True)
class UnknownOrder:
    """She has no such order; whether somebody else has, is not told."""

    code: str


@dataclass(frozen=True, slots=True)
class CancelProposed:
    """Waits for her yes."""

    proposal_id: str
    code: str
    placed_on: date
    total: Money
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CannotCancel:
    """`order` as it is now, None where it is gone."""

    reason: Refusal
    code: str
    order: OrderSeen | None = None


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    code: str
    total: Money


@dataclass(frozen=True, slots=True)
class ExchangeProposed:
    """Waits for her yes. `left_out` are goods that are exchanged for a defect alone."""

    proposal_id: str
    code: str
    names: tuple[str, ...]
    reason: Reason
    wish: Wish
    counted: Counted
    allowed: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeRefused:
    objection: Objection
    code: str
    reason: Reason
    counted: Counted
    allowed: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedUnknown:
    """Whether it was opened has to be asked first."""

    code: str


@dataclass(frozen=True, slots=True)
class ExchangeRecorded:
    """The request is in the ERP; a person decides on it."""

    code: str
    names: tuple[str, ...]
    reason: Reason
    wish: Wish


@dataclass(frozen=True, slots=True)
class ComplaintRecorded:
    key: str


Proposed = CancelProposed | ExchangeProposed
