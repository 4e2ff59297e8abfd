"""How a turn ends: exactly one of `Reply`, `Handoff`, `Silence`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chatwootai.domain.conversations import Choice


class HandoffReason(StrEnum):
    CUSTOMER_ASKED = "customer_asked"
    NOT_UNDERSTOOD = "not_understood"
    INTEGRATION_FAILED = "integration_failed"
    GUARDRAIL = "guardrail"
    TURN_FAILED = "turn_failed"
    HEALTH = "health"
    ERASE_DATA = "erase_data"
    UPSET = "upset"
    OTHER_LANGUAGE = "other_language"
    FOLLOW_UP = "follow_up"
    """A person goes on with what was recorded: an exchange, a complaint."""


class SilenceReason(StrEnum):
    """Why the bot says nothing. Every reason is a decision of the gate, never an accident."""

    NOTHING_NEW = "nothing_new"
    NOT_BOTS_TURN = "not_bots_turn"
    HUMAN_ASSIGNED = "human_assigned"
    HUMAN_WROTE = "human_wrote"
    CONTACT_BLOCKED = "contact_blocked"
    CANNOT_REPLY = "cannot_reply"
    AUTO_REPLY = "auto_reply"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; the channel splits it and draws the choices."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Handoff:
    """To people. `text` tells the customer what happens now, `summary` tells the colleague what was said."""

    reason: HandoffReason
    text: str
    summary: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    reason: SilenceReason


Outcome = Reply | Handoff | Silence
