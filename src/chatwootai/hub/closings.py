"""From a yes to a written act, in one way for every crew (promises P4 and P7).

`begin` → reserve under its id → `propose` → the draft shows it (`yes.remembered`) → she says yes → `close`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeVar

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.crews import Briefing, CrewName, Json
from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown
from chatwootai.domain.ledger import Effect, Ledger
from chatwootai.domain.proposals import CREW_OF, Proposal, ProposalKind, ProposalState
from chatwootai.hub import booking_results, purchase_results
from chatwootai.hub.view import PEOPLE
from chatwootai.hub.yes import NotAccepted, Yes, is_untold
from chatwootai.observability.logs import logger

log = logger("hub.closings")

Outcome = TypeVar("Outcome")
GiveBack = Callable[[str], Awaitable[None]]
"""Gives back what a proposal's id holds; nothing happens when it holds nothing."""

REFUSALS: Final = (purchase_results.Refused, booking_results.Refused)
BEGUN_LASTS: Final = timedelta(hours=24)
"""How long after its expiry a write that was cut off is still ended. A day later she has gone elsewhere, as
memory has: an order that appears then would surprise her."""


@dataclass(frozen=True, slots=True)
class Closings:
    """Bound to one account. `give_back` by the kinds that hold something. Raises `IntegrationError`."""

    yes: Yes
    give_back: Mapping[ProposalKind, GiveBack] = field(default_factory=dict)

    async def begin(self, briefing: Briefing) -> str:
        """The id of the next proposal, under which to reserve.

        What waited for a yes until now is void, and what it held is free: it would be in the way. That goes
        for one, too, that she never saw because her next message overtook it.
        """
        await self._return_all(await self.yes.store.withdraw(briefing.conversation.key))
        return self.yes.new_id()

    async def propose(
        self, kind: ProposalKind, terms: Mapping[str, Json], briefing: Briefing, proposal_id: str = ""
    ) -> Proposal:
        """Keep what the draft will show. `proposal_id` comes from `begin` where something is held."""
        proposal, replaced = await self.yes.propose(kind, terms, briefing, proposal_id=proposal_id)
        await self._return_all(replaced)
        return proposal

    async def close(
        self,
        proposal_id: str,
        briefing: Briefing,
        ledger: Ledger,
        write: Callable[[Proposal], Awaitable[Outcome]],
    ) -> Outcome | NotAccepted:
        """Write what she accepted, and tell what came of it; without a yes nothing is written.

        `write` may come again for the same proposal after a crash: it does nothing twice by the proposal's
        id, takes everything else from its terms, and answers what is written already as if it were new. A
        `Refused` or `BusinessRefusal` from it ends the proposal; after an `IntegrationError` it stays
        accepted, and the turn, tried again, ends it.
        """
        proposal = await self.yes.accepted(proposal_id, briefing)
        if isinstance(proposal, NotAccepted):
            return proposal
        try:
            outcome = await write(proposal)
        except BusinessRefusal:
            await self._settle(proposal, ProposalState.VOID)
            raise
        if isinstance(outcome, REFUSALS):
            await self._settle(proposal, ProposalState.VOID)
            return outcome
        await self._settle(proposal, ProposalState.DONE)
        ledger.effects.append(Effect(proposal.kind.value, proposal.id))
        return outcome

    async def is_of(self, crew: CrewName, proposal_id: str, briefing: Briefing) -> bool:
        """Whether this conversation has such a proposal, and this crew made it: no other can end it."""
        proposal = await self.yes.store.get(briefing.conversation.key, proposal_id)
        return proposal is not None and CREW_OF[proposal.kind] is crew

    async def void(self, proposal_id: str, briefing: Briefing) -> None:
        """She said no, or wants something else. Nothing happens to one that is done.

        `OutcomeUnknown` where another worker has begun its write just now: the turn, tried again, ends it.
        """
        conversation = briefing.conversation.key
        await self._return_all(await self.yes.store.withdraw(conversation, proposal_id))
        proposal = await self.yes.store.get(conversation, proposal_id)
        if proposal is not None and proposal.state is ProposalState.ACCEPTED:
            raise OutcomeUnknown("proposals", f"{proposal_id} was accepted meanwhile")

    async def waiting(self, briefing: Briefing) -> Proposal | None:
        """The proposal that waits for her yes and has not expired; she may not have seen it."""
        unsettled = await self.yes.store.unsettled(briefing.conversation.key)
        return next(
            (p for p in unsettled if p.state is ProposalState.OPEN and briefing.now < p.expires_at), None
        )

    async def unfinished(self, briefing: Briefing) -> Sequence[Proposal]:
        """What she accepted and was not told of yet, oldest first: to be closed before anything else.

        One whose write was cut off is given up instead, where a person has written since, who may have done
        it by hand, or where it is too old.
        """
        answering = [message.id for message in briefing.messages]
        kept = await self.yes.store.unsettled(briefing.conversation.key, answering)
        untold = [proposal for proposal in kept if is_untold(proposal, briefing)]
        stale = [proposal for proposal in untold if _is_stale(proposal, briefing)]
        await self._give_up(stale)
        return [proposal for proposal in untold if proposal not in stale]

    async def give_up(self, conversation: ConversationKey) -> None:
        """People have the conversation now: what was accepted and not ended is theirs."""
        kept = await self.yes.store.unsettled(conversation)
        await self._give_up([proposal for proposal in kept if proposal.state is ProposalState.ACCEPTED])

    async def _give_up(self, proposals: Sequence[Proposal]) -> None:
        for proposal in proposals:
            log.warning(
                "accepted_and_given_up", account=proposal.conversation.account,
                conversation=proposal.conversation.conversation, kind=proposal.kind.value,
                proposal=proposal.id,
            )  # fmt: skip
            await self._settle(proposal, ProposalState.VOID)

    async def _settle(self, proposal: Proposal, state: ProposalState) -> None:
        await self.yes.store.settle(proposal.conversation, proposal.id, state)

    async def _return_all(self, proposals: Sequence[Proposal]) -> None:
        for proposal in proposals:
            if give_back := self.give_back.get(proposal.kind):
                await give_back(proposal.id)


def _is_stale(proposal: Proposal, briefing: Briefing) -> bool:
    if proposal.state is not ProposalState.ACCEPTED:
        return False
    said_yes = proposal.accepted_by or 0
    by_people = any(message.author in PEOPLE and message.id > said_yes for message in briefing.history)
    return by_people or briefing.now >= proposal.expires_at + BEGUN_LASTS
