"""Ports between the hub and its crews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chatwootai.domain.conversations import Conversation, Message
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.domain.profiles import Profile

Memory = Mapping[str, str | int | list[int] | list[str] | None]
"""What a conversation must remember until the next turn; plain JSON values."""


class CrewName(StrEnum):
    SALES = "sales"
    INFO = "info"


class Intent(StrEnum):
    """What the customer wants. One message may hold several."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    BUSINESS_HOURS = "business_hours"
    ADDRESS = "address"
    PRICE = "price"
    STOCK = "stock"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the customer wants. `mention` is how she named the product, "" when she did not."""

    intent: Intent
    crew: CrewName | None
    """None where no crew answers it: a person, or nothing understood."""
    text: str
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a crew may know of a turn.

    `messages` are those of this turn, oldest first; `history` are earlier ones of the conversation,
    notes and activities left out. `now` is aware and in the shop's zone.
    """

    conversation: Conversation
    profile: Profile
    messages: tuple[Message, ...]
    now: datetime
    history: tuple[Message, ...] = ()
    memory: Memory = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A crew's answer to its requests, and what to remember. Nothing was sent yet."""

    outcome: Reply | Handoff
    memory: Memory = field(default_factory=dict)


class Understanding(Protocol):
    """Reads what a turn asks for."""

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        """At least one request; `UNKNOWN` with no crew where nothing is understood."""
        ...


class Crew(Protocol):
    """Answers requests of its kind with its tools."""

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """Answer all of `requests` in one text. Facts read go into `ledger`.

        Raises `IntegrationError` when a system it needs does not answer.
        """
        ...
