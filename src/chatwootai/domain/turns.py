"""Turns: what the contact said since our last answer, our answer to it, and how far its sending got."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.conversations import Choice, ConversationGlance
from chatwootai.domain.crews import Memory


class StepKind(StrEnum):
    """What a turn does outside, in the order of its steps."""

    MESSAGE = "message"
    NOTE = "note"
    ASSIGN_AGENT = "assign_agent"
    ASSIGN_TEAM = "assign_team"
    URGENT = "urgent"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a turn. `key` is found again in the helpdesk; `target` is an agent's or team's id."""

    kind: StepKind
    key: str = ""
    text: str = ""
    choices: tuple[Choice, ...] = ()
    target: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """How a turn ended, for records: the outcome's name, its reason, and who answered."""

    outcome: str
    reason: str = ""
    crews: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A turn that was decided: what it answers, what it will do, how it will have ended.

    `done` counts the steps that are known to have happened. `answers` are the ids of the contact's messages.
    """

    answers: tuple[int, ...]
    steps: tuple[Step, ...]
    ending: Ending
    memory: Memory = field(default_factory=dict)
    turn_id: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conversation stands when a turn begins.

    `epoch` fences this turn: a later `begin` outdates it. `answered_up_to` is the highest message id that a
    turn answered, None before the first. `answered` are the newest answered ids. `delivered` are ids that
    webhooks brought and no turn answered, which may lie below `answered_up_to` when they became visible late.
    `plan` is a decided turn whose sending was interrupted. `failures` counts turns given up in a row.
    """

    key: ConversationKey
    epoch: int
    answered_up_to: int | None = None
    answered: frozenset[int] = frozenset()
    delivered: frozenset[int] = frozenset()
    memory: Memory = field(default_factory=dict)
    plan: Plan | None = None
    failures: int = 0


class Sending(Protocol):
    """A turn's row, locked: nobody else sends for it meanwhile."""

    async def done(self, read_up_to: int = 0) -> None:
        """The next step happened. The last one ends the turn, with its memory and what it answered.

        Up to the message id `read_up_to` nothing of the contact was overlooked: no need to sweep there.
        """
        ...


class TurnStore(Protocol):
    """Raises `ServiceUnavailable` when the database is away, `TurnFenced` for an outdated epoch."""

    async def quiet_left(self, key: ConversationKey, quiet: float, patience: float) -> float:
        """Seconds until the contact was quiet for `quiet`, or `patience` since her first message is over."""
        ...

    async def begin(self, key: ConversationKey) -> Standing:
        """Take the conversation: clears its wake-up and outdates every earlier turn's epoch."""
        ...

    async def plan(self, standing: Standing, plan: Plan) -> Plan:
        """Record the decision before anything is sent; returns it with its turn id."""
        ...

    async def drop(self, standing: Standing, plan: Plan) -> None:
        """Go no further with this plan."""
        ...

    def sending(self, standing: Standing, plan: Plan) -> AbstractAsyncContextManager[Sending]:
        """Lock the turn for one step."""
        ...

    async def finish(
        self,
        standing: Standing,
        ending: Ending,
        *,
        answers: Sequence[int],
        seen: Sequence[int],
        settled: bool = True,
    ) -> None:
        """End a turn that sends nothing (or no more).

        `answers` are put on record as dealt with; `seen` are the ids of all messages read. With `settled`
        false the contact's messages stay unanswered on our side (people have them).
        """
        ...

    async def fail(self, key: ConversationKey, reason: str) -> None:
        """Given up: its deliveries become failed, to be listed and replayed."""
        ...


class SweepStore(Protocol):
    """What the sweep must know and remember."""

    def turn_of_sweeping(self, account: str) -> AbstractAsyncContextManager[float | None]:
        """Seconds since the last finished sweep began (negative: there was none), or None when another
        worker sweeps this account.

        Leaving the context without an error records this sweep.
        """
        ...

    async def unseen(self, account: str, glances: Sequence[ConversationGlance]) -> Sequence[int]:
        """The conversations with a message that no turn has read, or a choice that none has answered."""
        ...

    async def failed(self, account: str, older_than: float, limit: int) -> Sequence[int]:
        """Conversations given up more than `older_than` seconds ago and not tried since."""
        ...
