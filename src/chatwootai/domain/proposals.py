"""Proposals: summaries shown to the customer that wait for her yes (promise P7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.crews import CrewName, Json


class ProposalKind(StrEnum):
    ORDER = "order"
    CANCEL_ORDER = "cancel_order"
    BOOKING = "booking"
    RESCHEDULE = "reschedule"
    CANCEL_BOOKING = "cancel_booking"
    EXCHANGE = "exchange"


CREW_OF: Final[Mapping[ProposalKind, CrewName]] = {
    ProposalKind.ORDER: CrewName.SALES,
    ProposalKind.CANCEL_ORDER: CrewName.SUPPORT,
    ProposalKind.EXCHANGE: CrewName.SUPPORT,
    ProposalKind.BOOKING: CrewName.SCHEDULING,
    ProposalKind.RESCHEDULE: CrewName.SCHEDULING,
    ProposalKind.CANCEL_BOOKING: CrewName.SCHEDULING,
}
"""Who makes such proposals, and ends what was begun of them."""


class ProposalState(StrEnum):
    OPEN = "open"
    """Waits for her yes."""
    ACCEPTED = "accepted"
    """She said yes; the write is under way, or was cut off and has to be ended with the same id."""
    DONE = "done"
    VOID = "void"
    """She said no, wanted something else, or what it rests on changed. For good, like `DONE`."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`id` is also the key of the write in the ERP and of its hold: unguessable, never used twice.

    `terms` is all that was shown and will be written; it never changes. `asked_up_to` is the newest message
    of the customer in the turn that made it: whatever she said until then cannot be a yes to it.
    `accepted_by` is the message that said yes.
    """

    id: str
    conversation: ConversationKey
    kind: ProposalKind
    terms: Mapping[str, Json]
    asked_up_to: int
    expires_at: datetime
    state: ProposalState = ProposalState.OPEN
    accepted_by: int | None = None


class ProposalStore(Protocol):
    """At most one proposal of a conversation is open. Raises `ServiceUnavailable`.

    Whether one has expired, the store's own clock says: one clock for all workers.
    """

    async def open(self, proposal: Proposal) -> Sequence[Proposal]:
        """Keep it as the open one; returns those that were open until now and are void by this."""
        ...

    async def get(self, conversation: ConversationKey, proposal_id: str) -> Proposal | None:
        """None for another conversation's, too."""
        ...

    async def unsettled(
        self, conversation: ConversationKey, answering: Sequence[int] = ()
    ) -> Sequence[Proposal]:
        """The open and the accepted ones, oldest first; settled ones, too, that a message of `answering`
        accepted: a turn that answers it has not told what came of it."""
        ...

    async def accept(
        self, conversation: ConversationKey, proposal_id: str, message_id: int
    ) -> Proposal | None:
        """Open → accepted, when it has not expired and the message is newer than `asked_up_to`.

        One that is accepted already is returned as it is, however late and whichever message asks: its
        write has begun. None where there is nothing to accept.
        """
        ...

    async def withdraw(
        self, conversation: ConversationKey, proposal_id: str | None = None
    ) -> Sequence[Proposal]:
        """Open → void: this one, or whichever is open. What is accepted or done stays so.

        Returns what is void now, was never accepted and has not expired, oldest first. Some of it was void
        before: whoever made it void may have died before giving back what it holds.
        """
        ...

    async def settle(self, conversation: ConversationKey, proposal_id: str, state: ProposalState) -> None:
        """Accepted → done or void. What is settled stays as it is; `ValueError` for any other state."""
        ...
