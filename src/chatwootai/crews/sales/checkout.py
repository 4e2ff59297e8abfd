"""What is known of how she wants to receive and pay, and of who she is, kept until she has bought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from chatwootai.domain.crews import Json, Memory

KEY: Final = "checkout"
"""Memory key."""

PICKUP: Final = "pickup"
DELIVERY: Final = "delivery"


@dataclass(frozen=True, slots=True)
class Checkout:
    """All texts, "" where unknown. `way` is `PICKUP` or `DELIVERY`; `freight` names one of the profile's.

    `postal_code` is eight digits, `phone` E.164, `document` without punctuation, `coupon` in capitals.
    """

    way: str = ""
    postal_code: str = ""
    freight: str = ""
    address: str = ""
    payment: str = ""
    coupon: str = ""
    name: str = ""
    phone: str = ""
    document: str = ""


def checkout_of(memory: Memory) -> Checkout:
    found = memory.get(KEY)
    if not isinstance(found, Mapping):
        return Checkout()
    return Checkout(**{each.name: str(found.get(each.name) or "") for each in fields(Checkout)})


def kept(checkout: Checkout) -> dict[str, Json]:
    """What to remember of it."""
    known: dict[str, Json] = {
        each.name: value for each in fields(Checkout) if (value := getattr(checkout, each.name))
    }
    return {KEY: known or None}
