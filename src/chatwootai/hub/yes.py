"""The yes: nothing consequential happens without it, and code decides what one is (promise P7).

A proposal is accepted only by a message of the customer that came after the message which showed it, and
whose last word on it is an unreserved yes. What a crew or a model believes does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, Json, Memory
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState, ProposalStore
from chatwootai.domain.requests import Assent

SHOWN: Final = "shown_proposal"
"""Memory key: the proposal that the last answer shows. Memory is kept only when that answer has left."""
ANSWER_KEY: Final = "answer_key"
"""Memory key: the delivery key of the last answer's last message, written by the hub."""


class NotAccepted(StrEnum):
    NOTHING_SHOWN = "nothing_shown"
    """No proposal, another one, or its message is not in the conversation."""
    NO_YES = "no_yes"
    EXPIRED = "expired"
    VOID = "void"


def yes_value(proposal_id: str) -> str:
    """The value of the button that accepts a proposal."""
    return f"yes:{proposal_id}"


def no_value(proposal_id: str) -> str:
    return f"no:{proposal_id}"


@dataclass(frozen=True, slots=True)
class Yes:
    """Bound to one account's proposals. `answer_to` reads what a message says to a proposal."""

    store: ProposalStore
    answer_to: Callable[[str, Message, Memory], Assent | None]
    new_id: Callable[[], str] = field(default=lambda: uuid4().hex)

    async def propose(
        self, kind: ProposalKind, terms: Mapping[str, Json], briefing: Briefing, *, proposal_id: str = ""
    ) -> tuple[Proposal, Sequence[Proposal]]:
        """Keep a proposal; also those that this one replaces: give back what they hold.

        `proposal_id` is one from `new_id` under which stock or a slot is held already.
        """
        proposal = Proposal(
            id=proposal_id or self.new_id(),
            conversation=briefing.conversation.key,
            kind=kind,
            terms=terms,
            asked_up_to=max((message.id for message in briefing.messages), default=0),
            expires_at=briefing.now + timedelta(minutes=briefing.profile.proposal_minutes),
        )
        return proposal, await self.store.open(proposal)

    async def accepted(self, proposal_id: str, briefing: Briefing) -> Proposal | NotAccepted:
        """The proposal to which the customer has said yes in this turn.

        One whose write was begun before a crash comes back, too, whatever she has said since.
        """
        proposal = await self.store.get(briefing.conversation.key, proposal_id)
        if proposal is None:
            return NotAccepted.NOTHING_SHOWN
        if proposal.state is ProposalState.ACCEPTED:
            return proposal
        if proposal.state is not ProposalState.OPEN:
            return NotAccepted.VOID
        shown = shown_at(proposal_id, briefing)
        if shown is None:
            return NotAccepted.NOTHING_SHOWN
        affirming = self._affirming(proposal, shown, briefing)
        if affirming is None:
            return NotAccepted.NO_YES
        if briefing.now >= proposal.expires_at:
            return NotAccepted.EXPIRED
        accepted = await self.store.accept(briefing.conversation.key, proposal_id, affirming.id)
        return accepted or NotAccepted.EXPIRED

    def _affirming(self, proposal: Proposal, shown: int, briefing: Briefing) -> Message | None:
        """The message whose yes is her last word."""
        answers = [
            (message, answer)
            for message in briefing.messages
            if self._counts(message, max(shown, proposal.asked_up_to))
            and (answer := self.answer_to(proposal.id, message, briefing.memory)) is not None
        ]
        if not answers or answers[-1][1] is not Assent.YES:
            return None
        return answers[-1][0]

    def _counts(self, message: Message, shown: int) -> bool:
        """A choice in a form of the web widget arrives as a change of our own message, which has its old id."""
        if message.chosen is not None and message.author is not Author.CUSTOMER:
            return message.id >= shown
        return message.author is Author.CUSTOMER and message.id > shown


def shown_at(proposal_id: str, briefing: Briefing) -> int | None:
    """The id of the message that showed this proposal, None where it is not what the last answer showed."""
    memory = briefing.memory
    if memory.get(SHOWN) != proposal_id or not memory.get(ANSWER_KEY):
        return None
    said = (*briefing.history, *briefing.messages)
    return next((message.id for message in said if message.key == memory[ANSWER_KEY]), None)


def remembered(proposal: Proposal | None) -> Memory:
    """What to remember of the proposal that a draft shows; None forgets the one before."""
    return {SHOWN: proposal.id if proposal else None}


def has_expired(proposal: Proposal, now: datetime) -> bool:
    return proposal.state is ProposalState.OPEN and now >= proposal.expires_at
