"""Values of choices that stand for an intent."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.understanding.belonging import CREW_OF
from chatwootai.domain.crews import Intent

OFFERED_INTENTS: Final = {
    "preco": Intent.PRICE,
    "estoque": Intent.STOCK,
    "horario": Intent.BUSINESS_HOURS,
    "endereco": Intent.ADDRESS,
    "pessoa": Intent.PERSON,
    **{f"intent:{intent.value}": intent for intent in CREW_OF},
}
_VALUES: Final = {intent: value for value, intent in reversed(OFFERED_INTENTS.items())}
"""The short value where there is one."""


def value_of(intent: Intent) -> str:
    """The value of a choice that asks for `intent`."""
    return _VALUES[intent]
