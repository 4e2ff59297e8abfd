"""The tools of support: orders of the customer herself, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatwootai.brazil.dates import format_date
from chatwootai.crews.desk import Desk
from chatwootai.crews.support.acts import Acts, Written
from chatwootai.crews.support.exchanges import Judge
from chatwootai.crews.support.owners import REACH, Owners, same_code
from chatwootai.crews.support.records import complaint_key, complaint_lead
from chatwootai.crews.support.results import (
    CancelProposed,
    CannotCancel,
    ComplaintRecorded,
    ExchangeProposed,
    ExchangeRefused,
    Identification,
    OpenedUnknown,
    Proposed,
    UnknownOrder,
)
from chatwootai.crews.support.seen import OrderSeen, record_total, seen
from chatwootai.crews.support.terms import cancel_proposed, cancel_terms, exchange_proposed, proposed
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.crews.tools import Visit, tool
from chatwootai.domain.crews import Json
from chatwootai.domain.errors import Refusal
from chatwootai.domain.ledger import Effect, Fact, FactKind
from chatwootai.domain.orders import Order, OrderState, PaymentState, ShipmentState
from chatwootai.domain.proposals import Proposal, ProposalKind
from chatwootai.hub.yes import NotAccepted, remembered

UNINVOICED = frozenset({PaymentState.NOT_INVOICED, PaymentState.REVERSED})
MOST_ORDERS = 10
COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class SupportTools:
    """Bound to one turn of one conversation.

    Raises `ToolFailed` while it is not proven whose orders they are, and `IntegrationError`.
    """

    desk: Desk
    visit: Visit

    @property
    def owners(self) -> Owners:
        return Owners(self.desk.identities, self.visit)

    @tool(
        "Confirma quem é a cliente fora do WhatsApp: CPF ou CNPJ e também o e-mail ou o telefone do "
        "cadastro. Depois de duas tentativas erradas, só uma pessoa da equipe continua."
    )
    async def identify(self, document: str, email: str = "", phone: str = "") -> Identification:
        return await self.owners.identify(document, email, phone)

    @tool("Lista os pedidos da própria cliente, do mais novo ao mais antigo.")
    async def my_orders(self, limit: int = 5) -> tuple[OrderSeen, ...]:
        orders = await self._own(max(1, min(limit, MOST_ORDERS)))
        return tuple(self._seen(order) for order in orders)

    @tool("Situação de um pedido da cliente: estado, envios, rastreio e pagamento. `code` é o do pedido.")
    async def order_status(self, code: str) -> OrderSeen | UnknownOrder:
        order = await self._find(code)
        return self._seen(order) if order else UnknownOrder(code)

    @tool(
        "Propõe cancelar um pedido inteiro. Mostre o pedido e o total e pergunte; o cancelamento só acontece "
        "depois do sim, com confirm_cancel_order."
    )
    async def propose_cancel_order(self, code: str) -> CancelProposed | CannotCancel | UnknownOrder:
        order = await self._find(code)
        if order is None:
            return UnknownOrder(code)
        shown = self._seen(order)
        forbidden = forbids_cancelling(order)
        if forbidden is not None:
            return CannotCancel(forbidden, order.code, shown)
        terms = cancel_terms(order, shown.placed_on)
        return cancel_proposed(await self._propose(ProposalKind.CANCEL_ORDER, terms))

    @tool("Cancela o pedido da proposta, se a cliente disse sim a ela na última mensagem.")
    async def confirm_cancel_order(self, proposal_id: str) -> Written | CannotCancel | NotAccepted:
        return await Acts(self.desk, self.visit).confirm(proposal_id)

    @tool(
        "Propõe registrar um pedido de troca ou devolução, se o prazo da loja permite. `items` são nomes dos "
        "produtos, vazio para todos. `reason`: defect (defeito), wrong (errado ou faltando), regret "
        "(desistência). `opened` diz se foi aberto ou usado, quando é desistência. `wish`: exchange ou "
        "return. Só registre depois do sim, com confirm_exchange."
    )
    async def propose_exchange(
        self,
        code: str,
        reason: Reason,
        wish: Wish = Wish.EXCHANGE,
        items: tuple[str, ...] = (),
        opened: bool | None = None,
    ) -> ExchangeProposed | ExchangeRefused | OpenedUnknown | UnknownOrder:
        order = await self._find(code)
        if order is None:
            return UnknownOrder(code)
        self._seen(order)
        judge = Judge(self.desk.catalog, self.visit.briefing)
        case = await judge.case(order, items, reason, opened=opened is True)
        if case.verdict.objection is not None:
            return case.refused(order, reason)
        if reason is Reason.REGRET and opened is None:
            return OpenedUnknown(order.code)
        terms = case.terms(order, reason, wish, await self.owners.require())
        return exchange_proposed(await self._propose(ProposalKind.EXCHANGE, terms))

    @tool(
        "Registra o pedido de troca ou devolução da proposta, se a cliente disse sim. Quem decide a troca é "
        "uma pessoa da equipe, que fala com a cliente depois."
    )
    async def confirm_exchange(self, proposal_id: str) -> Written | CannotCancel | NotAccepted:
        return await Acts(self.desk, self.visit).confirm(proposal_id)

    @tool("Registra uma reclamação para a equipe. `code` é o pedido de que ela trata, se houver.")
    async def record_complaint(self, text: str, code: str = "") -> ComplaintRecorded | UnknownOrder:
        buyer = await self.owners.customer_id()
        order = await self._find(code) if code and buyer is not None else None
        if code and order is None:
            return UnknownOrder(code)
        key = complaint_key(self.visit.briefing)
        lead = complaint_lead(text, order.code if order else "", buyer, self.visit.briefing)
        await self.desk.leads.create(key, lead)
        self.visit.ledger.effects.append(Effect(COMPLAINT, key))
        return ComplaintRecorded(key)

    async def waiting(self, proposal_id: str) -> Proposed | None:
        """The proposal of this id, to be shown once more; None where it does not wait for her yes."""
        proposal = await self.desk.closings.waiting(self.visit.briefing)
        shown = proposed(proposal) if proposal and proposal.id == proposal_id else None
        if proposal is None or shown is None:
            return None
        if isinstance(shown, CancelProposed):
            record_total(shown.code, shown.total, self.visit.ledger)
            day = format_date(shown.placed_on, self.visit.briefing.now.date())
            self.visit.ledger.facts.append(Fact(FactKind.TIME, f"order:{shown.code}", day))
        self.visit.memory |= remembered(proposal)
        return shown

    async def _propose(self, kind: ProposalKind, terms: Mapping[str, Json]) -> Proposal:
        proposal = await self.desk.closings.propose(kind, terms, self.visit.briefing)
        self.visit.memory |= remembered(proposal)
        return proposal

    def _seen(self, order: Order) -> OrderSeen:
        return seen(order, self.visit.briefing, self.visit.ledger)

    async def _own(self, limit: int) -> Sequence[Order]:
        return await self.desk.orders.of_customer(await self.owners.require(), limit)

    async def _find(self, code: str) -> Order | None:
        """Her order of this code; that of somebody else is as unknown as one that does not exist."""
        return next((order for order in await self._own(REACH) if same_code(code, order.code)), None)


def forbids_cancelling(order: Order) -> Refusal | None:
    """What the ERP would answer, so that nothing is proposed that cannot be."""
    if order.state is OrderState.CANCELLED:
        return Refusal.ORDER_CANCELLED
    if order.locked:
        return Refusal.ORDER_LOCKED
    if any(shipment.state is ShipmentState.DONE for shipment in order.shipments):
        return Refusal.ORDER_DELIVERED
    return None if order.payment in UNINVOICED else Refusal.ORDER_INVOICED
