"""Proposals in memory, as `domain.proposals` promises, with a clock that can be put forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.proposals import Proposal, ProposalState, ProposalStore

UNSETTLED = frozenset({ProposalState.OPEN, ProposalState.ACCEPTED})
SETTLED = frozenset({ProposalState.DONE, ProposalState.VOID})


class FakeProposals:
    """`ProposalStore`. `fail_next` makes the next calls raise, one each."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self._kept: dict[tuple[str, str], Proposal] = {}
        self._failures: list[IntegrationError] = []

    async def open(self, proposal: Proposal) -> Sequence[Proposal]:
        self._fail()
        name = (proposal.conversation.account, proposal.id)
        if name in self._kept:
            raise KeyError(f"{proposal.id} was used before")
        replaced = [p for p in self._of(proposal.conversation) if p.state is ProposalState.OPEN]
        void = tuple(self._keep(replace(each, state=ProposalState.VOID)) for each in replaced)
        self._keep(proposal)
        return void

    async def get(self, conversation: ConversationKey, proposal_id: str) -> Proposal | None:
        self._fail()
        return self._get(conversation, proposal_id)

    async def unsettled(
        self, conversation: ConversationKey, answering: Sequence[int] = ()
    ) -> Sequence[Proposal]:
        self._fail()
        return tuple(
            p for p in self._of(conversation) if p.state in UNSETTLED or p.accepted_by in set(answering)
        )

    async def accept(
        self, conversation: ConversationKey, proposal_id: str, message_id: int
    ) -> Proposal | None:
        self._fail()
        found = self._get(conversation, proposal_id)
        if found is None or found.state is ProposalState.ACCEPTED:
            return found
        is_open = found.state is ProposalState.OPEN and found.expires_at > self.now()
        if not is_open or message_id <= found.asked_up_to:
            return None
        return self._keep(replace(found, state=ProposalState.ACCEPTED, accepted_by=message_id))

    async def withdraw(
        self, conversation: ConversationKey, proposal_id: str | None = None
    ) -> Sequence[Proposal]:
        self._fail()
        meant = [p for p in self._of(conversation) if proposal_id in (None, p.id)]
        for each in meant:
            if each.state is ProposalState.OPEN:
                self._keep(replace(each, state=ProposalState.VOID))
        kept = [self._kept[conversation.account, each.id] for each in meant]
        void = [p for p in kept if p.state is ProposalState.VOID and p.accepted_by is None]
        return tuple(p for p in void if p.expires_at > self.now())

    async def settle(self, conversation: ConversationKey, proposal_id: str, state: ProposalState) -> None:
        if state not in SETTLED:
            raise ValueError(f"{proposal_id} cannot be settled as {state}")
        self._fail()
        found = self._get(conversation, proposal_id)
        if found is not None and found.state is ProposalState.ACCEPTED:
            self._keep(replace(found, state=state))

    # What a test asks.

    def all(self) -> list[Proposal]:
        """Every proposal, oldest first."""
        return list(self._kept.values())

    def fail_next(self, *errors: IntegrationError) -> None:
        """Raise these, one per call."""
        self._failures += errors

    # Inside.

    def _of(self, conversation: ConversationKey) -> list[Proposal]:
        return [proposal for proposal in self._kept.values() if proposal.conversation == conversation]

    def _get(self, conversation: ConversationKey, proposal_id: str) -> Proposal | None:
        return next((p for p in self._of(conversation) if p.id == proposal_id), None)

    def _keep(self, proposal: Proposal) -> Proposal:
        self._kept[proposal.conversation.account, proposal.id] = proposal
        return proposal

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)


def _keeps_to_the_port(proposals: FakeProposals) -> ProposalStore:
    return proposals
