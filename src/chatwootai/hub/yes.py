"""The yes: nothing consequential happens without it, and code decides what one is (promise P7).

A proposal is accepted only by a message of the customer that came after the message which showed it, and
whose last word on it is an unreserved yes. What a crew or a model believes does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from enum import StrEnum
from typing import Final
from uuid import uuid4

from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, Json, Memory
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState, ProposalStore
from chatwootai.domain.requests import Assent
from chatwootai.hub.view import PEOPLE

SHOWN: Final = "shown_proposal"
"""Memory key: the proposal that the last answer shows. Memory is kept only when that answer has left."""
SHOWN_NOW: Final = "shows_proposal_now"
"""Draft's memory key: this very draft shows it. The hub takes it out, and with it whatever no draft of the
turn has shown again: a yes answers the last answer, not the one before."""
ANSWER_KEY: Final = "answer_key"
"""Memory key: the delivery key of the last answer's last message, written by the hub."""


class NotAccepted(StrEnum):
    NOTHING_SHOWN = "nothing_shown"
    """No proposal, another one, its message is not in the conversation, or a person wrote after it."""
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
            # Minutes are added in UTC: in the shop's zone a clock that is set back would add or take an hour.
            expires_at=briefing.now.astimezone(UTC) + timedelta(minutes=briefing.profile.proposal_minutes),
        )
        return proposal, await self.store.open(proposal)

    async def accepted(self, proposal_id: str, briefing: Briefing) -> Proposal | NotAccepted:
        """The proposal to which the customer has said yes in this turn.

        One whose write was begun before a crash comes back, too, whatever she has said since; and one that is
        done, as long as the turn that answers her yes has not told her.
        """
        proposal = await self.store.get(briefing.conversation.key, proposal_id)
        if proposal is None:
            return NotAccepted.NOTHING_SHOWN
        if is_untold(proposal, briefing):
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
            if _is_hers(message)
            and message.id > proposal.asked_up_to
            and (answer := self.answer_to(proposal.id, message, briefing.memory)) is not None
        ]
        if not answers or answers[-1][1] is not Assent.YES:
            return None
        # A form has the id of its question, whenever she chose: its buttons have shown the proposal.
        affirming = answers[-1][0]
        if not _is_form(affirming) and affirming.id <= shown:
            return None
        # When she chose in a form nobody knows: a no there may be later than the yes that she wrote.
        if any(answer is not Assent.YES for message, answer in answers if _is_form(message)):
            return None
        return affirming


def is_untold(proposal: Proposal, briefing: Briefing) -> bool:
    """Whether its write is to be ended, or told, in this turn."""
    if proposal.state is ProposalState.ACCEPTED:
        return True
    answering = {message.id for message in briefing.messages}
    return proposal.state is ProposalState.DONE and proposal.accepted_by in answering


def shown_at(proposal_id: str, briefing: Briefing) -> int | None:
    """The id of the message that showed this proposal, None where it is not what the shop said last."""
    memory = briefing.memory
    if memory.get(SHOWN) != proposal_id or not memory.get(ANSWER_KEY):
        return None
    said = (*briefing.history, *briefing.messages)
    shown = next((message.id for message in said if message.key == memory[ANSWER_KEY]), None)
    if shown is None or any(message.author in PEOPLE and message.id > shown for message in said):
        return None
    return shown


def remembered(proposal: Proposal | None) -> dict[str, Json]:
    """What to remember with a draft that shows this proposal, for the first time or once more.

    Whatever is consequential in it must stand in the draft's text: the act, and the total or the time.
    None shows nothing.
    """
    if proposal is None:
        return {SHOWN: None, SHOWN_NOW: None}
    return {SHOWN: proposal.id, SHOWN_NOW: True}


def _is_form(message: Message) -> bool:
    """A choice in the web widget arrives as a change of our own message."""
    return message.chosen is not None and message.author is Author.BOT


def _is_hers(message: Message) -> bool:
    return _is_form(message) or (message.author is Author.CUSTOMER and not message.auto_reply)
