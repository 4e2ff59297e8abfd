"""Why something comes back, and what the customer wants for it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    DEFECT = "defect"
    """Broken, leaking, expired, not working."""
    WRONG = "wrong"
    """Not what was ordered, or something is missing."""
    REGRET = "regret"
    """She does not want it any more, or it does not suit her."""


class Wish(StrEnum):
    EXCHANGE = "exchange"
    RETURN = "return"
