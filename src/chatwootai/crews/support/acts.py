"""What support writes once the customer has said yes."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.crews.desk import Desk
from chatwootai.crews.support.records import exchange_lead
from chatwootai.crews.support.results import CannotCancel, ExchangeRecorded, OrderCancelled
from chatwootai.crews.support.seen import record_total, seen
from chatwootai.crews.support.terms import exchange_proposed, number_of, text_of, total_of
from chatwootai.crews.tools import Visit
from chatwootai.domain.crews import CrewName
from chatwootai.domain.errors import BusinessRefusal, Refusal, ToolRetry
from chatwootai.domain.orders import Order, OrderState
from chatwootai.domain.proposals import CREW_OF, Proposal, ProposalKind
from chatwootai.hub.purchases import Cancelled, Refused
from chatwootai.hub.yes import NotAccepted

Written = OrderCancelled | ExchangeRecorded


@dataclass(frozen=True, slots=True)
class Acts:
    """Bound to one turn."""

    desk: Desk
    visit: Visit

    async def confirm(self, proposal_id: str) -> Written | CannotCancel | NotAccepted:
        """Do what the proposal says, whichever tool asks: it is what she accepted.

        Raises `ToolRetry` for a proposal of another crew.
        """
        conversation = self.visit.briefing.conversation.key
        proposal = await self.desk.closings.yes.store.get(conversation, proposal_id)
        if proposal is None:
            return NotAccepted.NOTHING_SHOWN
        if CREW_OF[proposal.kind] is not CrewName.SUPPORT:
            raise ToolRetry("Esta proposta não é de cancelamento nem de troca de pedido.")
        code = text_of(proposal.terms, "code")
        try:
            outcome = await self.desk.closings.close(
                proposal_id, self.visit.briefing, self.visit.ledger, self._write
            )
        except BusinessRefusal as refusal:
            return CannotCancel(refusal.reason, code)
        if isinstance(outcome, Refused):
            now = seen(outcome.order, self.visit.briefing, self.visit.ledger) if outcome.order else None
            return CannotCancel(outcome.reason, code, now)
        return outcome

    async def _write(self, proposal: Proposal) -> Written | Refused:
        """May come again for the same proposal; nothing is done twice."""
        if proposal.kind is ProposalKind.EXCHANGE:
            return await self._record_exchange(proposal)
        return await self._cancel(proposal)

    async def _cancel(self, proposal: Proposal) -> OrderCancelled | Refused:
        order = await self.desk.orders.get(number_of(proposal.terms, "order"))
        if order is None:
            return Refused(Refusal.UNKNOWN_RECORD)
        if not _is_as_shown(order, proposal):
            return Refused(Refusal.ORDER_CHANGED, order=order)
        outcome = await self.desk.purchases.cancel(order.id)
        if not isinstance(outcome, Cancelled):
            return outcome
        total = total_of(proposal.terms)
        record_total(order.code, total, self.visit.ledger)
        return OrderCancelled(order.code, total)

    async def _record_exchange(self, proposal: Proposal) -> ExchangeRecorded:
        shown = exchange_proposed(proposal)
        buyer = number_of(proposal.terms, "buyer")
        await self.desk.leads.create(proposal.id, exchange_lead(shown, buyer, self.visit.briefing))
        return ExchangeRecorded(shown.code, shown.names, shown.reason, shown.wish)


def _is_as_shown(order: Order, proposal: Proposal) -> bool:
    """A person may have given the order to another customer, or changed what is in it.

    One that is cancelled already may be so by our own write that was cut off.
    """
    if order.customer_id != number_of(proposal.terms, "holder"):
        return False
    return order.state is OrderState.CANCELLED or order.total == total_of(proposal.terms)
