"""From her yes to what the calendar holds (promises P4 and P7)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.facts import DoneFacts, NotDone, Why
from chatwootai.crews.scheduling.proposing import refused
from chatwootai.crews.scheduling.speaking import spoken_moment
from chatwootai.crews.scheduling.terms import Terms, terms_of
from chatwootai.domain.crews import CrewName
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.proposals import Proposal, ProposalKind
from chatwootai.hub.bookings import Booked, Cancelled, Refused
from chatwootai.hub.identities import customer_key
from chatwootai.hub.yes import NotAccepted

Written = Booked | Cancelled | Refused
Write = Callable[[Bench, Proposal, Terms], Awaitable[Written]]


async def confirm(bench: Bench, proposal_id: str) -> DoneFacts | NotDone:
    """Carry out what she said yes to; without her yes nothing happens."""
    if not await bench.desk.closings.is_of(CrewName.SCHEDULING, proposal_id, bench.briefing):
        return NotDone(Why.EXPIRED)
    seen: list[tuple[Proposal, Terms]] = []

    async def write(proposal: Proposal) -> Written:
        terms = terms_of(proposal.terms)
        seen.append((proposal, terms))
        return await WRITES[proposal.kind](bench, proposal, terms)

    try:
        outcome = await bench.desk.closings.close(proposal_id, bench.briefing, bench.visit.ledger, write)
    except BusinessRefusal:
        # What the ERP does not take of a new customer only people can settle with her.
        await bench.desk.bookings.abandon(proposal_id)
        return NotDone(Why.PEOPLE)
    if isinstance(outcome, NotAccepted):
        return NotDone(Why.NO_YES if outcome is NotAccepted.NO_YES else Why.EXPIRED)
    proposal, terms = seen[0]
    if isinstance(outcome, Refused):
        await bench.desk.bookings.abandon(proposal_id)
        return await refused(bench, terms.service_id, outcome)
    return await _done(bench, proposal, terms, outcome)


async def _done(bench: Bench, proposal: Proposal, terms: Terms, written: Booked | Cancelled) -> DoneFacts:
    start = bench.local(written.appointment.slot.start)
    bench.say(spoken_moment(start, bench.today), kind=FactKind.TIME)
    bench.say(terms.service, terms.professional, terms.patient)
    if terms.fee is not None:
        bench.visit.ledger.facts.append(Fact(FactKind.PRICE, f"proposal:{proposal.id}", terms.fee))
    service = await bench.service(terms.service_id)
    preparation = bench.rules.preparation.get(service.code, "") if service else ""
    bench.say(preparation)
    return DoneFacts(
        proposal.kind,
        terms.service_id,
        terms.service,
        terms.professional,
        start,
        terms.patient,
        preparation,
        terms.fee,
    )


async def _book(bench: Bench, proposal: Proposal, terms: Terms) -> Written:
    entered = await bench.desk.calendar.find(proposal.id)
    if entered is None and await _price_of(bench, terms) != terms.price:
        return Refused(Refusal.PRICE_CHANGED)
    customer_id = terms.customer_id or (await _new_customer(bench, terms))
    return await bench.desk.bookings.confirm(
        proposal.id, terms.service_id, terms.slot, customer_id, terms.title
    )


async def _reschedule(bench: Bench, proposal: Proposal, terms: Terms) -> Written:
    now = await bench.desk.calendar.get(terms.appointment_id)
    if now is None or now.customer_id != terms.customer_id:
        return Refused(Refusal.UNKNOWN_RECORD)
    if now.is_cancelled or now.slot not in (terms.before, terms.slot):
        return Refused(Refusal.APPOINTMENT_CANCELLED, appointment=now)
    return await bench.desk.bookings.reschedule(
        proposal.id, terms.appointment_id, terms.service_id, terms.slot
    )


async def _cancel(bench: Bench, proposal: Proposal, terms: Terms) -> Written:
    now = await bench.desk.calendar.get(terms.appointment_id)
    if now is None or now.customer_id != terms.customer_id:
        return Refused(Refusal.UNKNOWN_RECORD)
    if now.slot != terms.slot and not now.is_cancelled:
        return Refused(Refusal.APPOINTMENT_CANCELLED, appointment=now)
    return await bench.desk.bookings.cancel(terms.appointment_id)


WRITES: Final[Mapping[ProposalKind, Write]] = {
    ProposalKind.BOOKING: _book,
    ProposalKind.RESCHEDULE: _reschedule,
    ProposalKind.CANCEL_BOOKING: _cancel,
}


async def _price_of(bench: Bench, terms: Terms) -> object:
    """By the ERP of now: the desk's catalogue may be a cache, and this decides a write."""
    catalog = bench.desk.purchases.catalog
    offers = await catalog.offers([terms.service_id], customer_id=terms.customer_id or None)
    return offers[0].price.amount if offers else None


async def _new_customer(bench: Bench, terms: Terms) -> int:
    new = NewCustomer(terms.name, terms.phone or None, terms.email or None, terms.document or None)
    return (await bench.desk.customers.create(customer_key(bench.briefing.conversation.key, new), new)).id
