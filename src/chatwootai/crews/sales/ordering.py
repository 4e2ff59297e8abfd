"""From a cart to an order: the summary she is shown, and what her yes writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.hello import first_name
from chatwootai.crews.sales.cart import items_of
from chatwootai.crews.sales.checkout import DELIVERY, Checkout
from chatwootai.crews.sales.counter import BUYING
from chatwootai.crews.sales.freight import FreightQuote, chosen_of, quotes_for
from chatwootai.crews.sales.summary import (
    OrderSummary,
    buyer_of,
    note_of,
    record,
    summary_of,
    summed_up,
    terms_of,
)
from chatwootai.crews.tools import Visit
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.crews import CrewName
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, OrderState
from chatwootai.domain.proposals import Proposal, ProposalKind
from chatwootai.domain.threads import Thread, opened
from chatwootai.hub.identities import customer_key, proven_phone
from chatwootai.hub.purchases import Placed, Refused
from chatwootai.hub.yes import NotAccepted, remembered

DIALOGUE: Final = BUYING
CUSTOMER: Final = "customer"
"""Memory key: her id in the ERP, where nothing but what she typed tells who she is."""


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """`code` is what people call the order."""

    code: str
    summary: OrderSummary


@dataclass(frozen=True, slots=True)
class NotOrdered:
    """Why not. Of `product`, `available` units are free now, more come on `expected`; `alternatives` are
    really there. `needs_person` where an order stands in the ERP that we may not touch."""

    reason: Refusal
    product: Product | None = None
    available: Decimal | None = None
    expected: date | None = None
    alternatives: tuple[Offer, ...] = ()
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class Ordering:
    """Orders of one conversation. Raises `IntegrationError`."""

    desk: Desk
    visit: Visit

    async def propose(self, items: Sequence[Item], checkout: Checkout) -> OrderSummary | NotOrdered:
        """Price the items, keep their units, and wait for her yes. What waited until now is void."""
        closings, briefing = self.desk.closings, self.visit.briefing
        key = await closings.begin(briefing)
        buyer = await self._buyer(checkout)
        if isinstance(buyer, NewCustomer) and checkout.coupon:
            refusal = await self._coupon_refusal(items, checkout.coupon)
            if refusal is not None:
                return NotOrdered(refusal)
            buyer = await self._entered(buyer)  # the ERP tries a coupon on somebody's draft alone
        customer_id = None if isinstance(buyer, NewCustomer) else buyer
        try:
            early_note = await self._note_for_coupon(items, customer_id, checkout)
        except BusinessRefusal as refusal:
            return NotOrdered(refusal.reason)
        reserved = await self.desk.purchases.reserve(
            key, customer_id, items, checkout.coupon or None, early_note
        )
        if isinstance(reserved, Refused):
            await self.desk.purchases.abandon(key)
            return _not_ordered(reserved)
        freight = self.freight(checkout, reserved.total)
        summary = summed_up(key, reserved.lines, reserved.total, freight, checkout, briefing.profile)
        note = early_note or note_of(checkout, freight, reserved.total, briefing.profile)
        terms = terms_of(summary, buyer, items, note)
        self.show(await closings.propose(ProposalKind.ORDER, terms, briefing, key))
        return summary

    def show(self, proposal: Proposal, times: int = 1) -> None:
        """Let the draft show this proposal, so that a yes to it counts."""
        record(summary_of(proposal), self.visit.ledger)
        thread = Thread(CrewName.SALES, DIALOGUE, "yes", proposal=proposal.id, times=times)
        self.visit.memory.update({**remembered(proposal), **opened(self.visit.memory, thread)})

    async def confirm(self, proposal_id: str) -> OrderPlaced | NotOrdered | NotAccepted:
        """Place the order, if she said yes to this very proposal; code decides whether she did (P7)."""
        if not await self.desk.closings.is_of(CrewName.SALES, proposal_id, self.visit.briefing):
            return NotAccepted.NOTHING_SHOWN
        try:
            closed = await self.desk.closings.close(
                proposal_id, self.visit.briefing, self.visit.ledger, self._write
            )
        except BusinessRefusal as refusal:
            # What the ERP does not take of a new customer only people can settle with her.
            await self.desk.purchases.abandon(proposal_id)
            return NotOrdered(refusal.reason, needs_person=True)
        if isinstance(closed, Refused):
            await self.desk.purchases.abandon(proposal_id)
            return _not_ordered(closed)
        if isinstance(closed, OrderPlaced):
            record(closed.summary, self.visit.ledger)
            self.visit.ledger.facts.append(Fact(FactKind.TEXT, f"order:{closed.code}", closed.code))
        return closed

    def freight(self, checkout: Checkout, goods: Money) -> FreightQuote | None:
        """What delivering these goods costs; None where nothing is delivered or she has not chosen yet."""
        if checkout.way != DELIVERY or not checkout.postal_code:
            return None
        rules = self.visit.briefing.profile.delivery
        return chosen_of(quotes_for(checkout.postal_code, goods, rules), checkout.freight)

    async def unknown_of_her(self, checkout: Checkout) -> str:
        """What has to be asked before an order can be hers: "name", "phone", "document", or "person" where
        even her document does not tell; "" for nothing."""
        if isinstance(self.visit.memory.get(CUSTOMER), int):
            return ""
        conversation = self.visit.briefing.conversation
        identity = await self.desk.identities.of(conversation, document=checkout.document)
        if identity.customer is not None:
            return ""
        if identity.candidates:
            return "person" if checkout.document else "document"
        if not self._name(checkout):
            return "name"
        return "" if self._phone(checkout) else "phone"

    def has_phone(self, checkout: Checkout) -> bool:
        """Whether a telephone of hers is known: by the channel, or because she told it."""
        return bool(self._phone(checkout))

    async def _write(self, proposal: Proposal) -> OrderPlaced | Refused:
        terms, summary = proposal.terms, summary_of(proposal)
        buyer = buyer_of(terms)
        if isinstance(buyer, NewCustomer):
            buyer = await self._entered(buyer)
        placed = await self.desk.purchases.confirm(
            proposal.id,
            buyer,
            items_of(terms["items"]),
            summary.goods,
            summary.checkout.coupon or None,
            str(terms["note"]),
        )
        return OrderPlaced(placed.order.code, summary) if isinstance(placed, Placed) else placed

    async def _buyer(self, checkout: Checkout) -> int | NewCustomer:
        """Who buys; somebody whom the ERP does not know is entered at her yes (P7)."""
        known = self.visit.memory.get(CUSTOMER)
        if isinstance(known, int):
            return known
        identity = await self.desk.identities.of(self.visit.briefing.conversation, document=checkout.document)
        if identity.customer is not None:
            return identity.customer.id
        phone = self._phone(checkout)
        if checkout.document and phone:
            claimed = await self.desk.identities.claimed(checkout.document, phone=phone)
            if claimed.is_proven and claimed.customer is not None:
                return claimed.customer.id
        return NewCustomer(self._name(checkout), phone or None, None, checkout.document or None)

    async def _entered(self, new: NewCustomer) -> int:
        key = customer_key(self.visit.briefing.conversation.key, new)
        created = await self.desk.customers.create(key, new)
        self.visit.memory[CUSTOMER] = created.id
        return created.id

    async def _coupon_refusal(self, items: Sequence[Item], coupon: str) -> Refusal | None:
        """Why a coupon cannot count, as far as that shows without a draft in the ERP; None where it does
        not show, also where the ERP tells of no coupons at all."""
        promotions = await self.desk.promotions.valid_on(self.visit.briefing.now.date())
        coupons = [each for each in promotions if each.code]
        found = next((each for each in coupons if each.code.upper() == coupon.upper()), None)
        if found is None:
            return Refusal.COUPON_INVALID if coupons else None
        goods = (await self.desk.orders.quote(items)).total
        short = found.minimum is not None and goods.amount < found.minimum.amount
        return Refusal.COUPON_NOT_APPLICABLE if short else None

    async def _note_for_coupon(
        self, items: Sequence[Item], customer_id: int | None, checkout: Checkout
    ) -> str:
        """A coupon is tried on the draft that becomes the order, so its note is written before its total."""
        if not checkout.coupon:
            return ""
        goods = (await self.desk.orders.quote(items, customer_id=customer_id)).total
        return note_of(checkout, self.freight(checkout, goods), goods, self.visit.briefing.profile)

    def _name(self, checkout: Checkout) -> str:
        contact = self.visit.briefing.conversation.contact.name
        return checkout.name or (contact if first_name(contact) else "")

    def _phone(self, checkout: Checkout) -> str:
        return proven_phone(self.visit.briefing.conversation) or checkout.phone


def _not_ordered(refused: Refused) -> NotOrdered:
    stands = refused.order is not None and refused.order.state is OrderState.CONFIRMED
    return NotOrdered(
        refused.reason, refused.product, refused.available, refused.expected, refused.alternatives, stands
    )
