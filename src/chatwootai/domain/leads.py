"""Port to sales opportunities: somebody whom a person of the shop should call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lead:
    """`phone` is E.164; `transcript` is added as an internal note, which customers never see."""

    title: str
    contact_name: str = ""
    phone: str | None = None
    email: str | None = None
    description: str = ""
    customer_id: int | None = None
    transcript: str = ""


class Leads(Protocol):
    """Bound to one account's company. Raises `ServiceUnavailable`, `RequestRefused`, `OutcomeUnknown`."""

    async def create(self, key: str, lead: Lead) -> int:
        """The id of this key's lead, created if there is none."""
        ...
