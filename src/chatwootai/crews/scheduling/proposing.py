"""Proposals of appointments: what is kept for her, and what waits for her yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final

from chatwootai.crews.scheduling.bench import Bench, own_name
from chatwootai.crews.scheduling.facts import (
    AppointmentFacts,
    NotDone,
    NotThen,
    ProposalFacts,
    ServiceFacts,
    Times,
    Why,
    slot_named,
)
from chatwootai.crews.scheduling.fees import Fee, fee_of
from chatwootai.crews.scheduling.speaking import spoken_moment
from chatwootai.crews.scheduling.terms import Terms
from chatwootai.domain.calendars import Appointment, Slot
from chatwootai.domain.errors import Refusal
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.proposals import Proposal, ProposalKind
from chatwootai.hub.bookings import Refused
from chatwootai.hub.identities import proven_phone

REASONS: Final = {
    Refusal.SLOT_TAKEN: NotThen.TAKEN,
    Refusal.TOO_SOON: NotThen.TOO_SOON,
    Refusal.OUTSIDE_HOURS: NotThen.NOT_AT,
}


async def propose_booking(
    bench: Bench, service_id: int, slot_name: str, patient: str
) -> ProposalFacts | NotDone:
    """Keep the slot under a new proposal and show it."""
    service = await bench.service(service_id)
    slot = _slot(slot_name, service)
    if service is None or slot is None:
        return NotDone(Why.UNKNOWN)
    if await _reaches_daily_limit(bench, slot, moving=0):
        return NotDone(Why.TIME, Times((), NotThen.DAILY_LIMIT))
    told = await bench.slot(service_id, slot)
    if not told.professional:
        return NotDone(Why.UNKNOWN)
    customer = await bench.customer()
    name = patient or (customer.name if customer else own_name(bench))
    terms = Terms(
        service_id,
        service.name,
        slot,
        told.professional,
        service.price,
        customer_id=customer.id if customer else 0,
        title=f"{service.name}: {name}",
        patient=patient,
        name=own_name(bench),
        phone=proven_phone(bench.briefing.conversation) or claimed_phone(bench),
        email=bench.claims.get("email", ""),
        document=bench.claims.get("document", ""),
    )
    return await _proposed(bench, ProposalKind.BOOKING, terms)


async def propose_reschedule(bench: Bench, appointment_id: int, slot_name: str) -> ProposalFacts | NotDone:
    """Keep the new slot for an appointment of hers, and say what moving it costs."""
    entered = await own_appointment(bench, appointment_id)
    if entered is None:
        return NotDone(Why.UNKNOWN)
    appointment = await bench.appointment(entered)
    service = await bench.service(appointment.service_id)
    slot = _slot(slot_name, service)
    if service is None or slot is None:
        return NotDone(Why.PEOPLE)
    if await _reaches_daily_limit(bench, slot, moving=appointment_id):
        return NotDone(Why.TIME, Times((), NotThen.DAILY_LIMIT))
    told = await bench.slot(service.id, slot)
    if not told.professional:
        return NotDone(Why.TIME, Times((), NotThen.NOT_AT))
    terms = await _changing(bench, appointment, entered, service)
    if terms is None:
        return NotDone(Why.PEOPLE)
    terms = replace(terms, slot=slot, before=entered.slot, professional=told.professional)
    return await _proposed(bench, ProposalKind.RESCHEDULE, terms)


async def propose_cancellation(bench: Bench, appointment_id: int) -> ProposalFacts | NotDone:
    """Show what cancelling an appointment of hers means."""
    entered = await own_appointment(bench, appointment_id)
    if entered is None:
        return NotDone(Why.UNKNOWN)
    appointment = await bench.appointment(entered)
    terms = await _changing(bench, appointment, entered, await bench.service(appointment.service_id))
    if terms is None:
        return NotDone(Why.PEOPLE)
    return await _proposed(bench, ProposalKind.CANCEL_BOOKING, terms)


async def own_appointment(bench: Bench, appointment_id: int) -> Appointment | None:
    """An appointment to come, if it belongs to who writes (promise P10)."""
    customer = await bench.customer()
    if customer is None:
        return None
    booked = await bench.desk.calendar.of_customer(customer.id, bench.now)
    return next((each for each in booked if each.id == appointment_id), None)


async def needs_people(bench: Bench, appointment: AppointmentFacts) -> bool:
    """Whether only people move or cancel it: so late, or late with a price nobody knows."""
    return _fee(bench, appointment, await bench.service(appointment.service_id)).by_people


def told_of(bench: Bench, proposal: Proposal, terms: Terms) -> ProposalFacts:
    """A proposal as it may be told; its figures and times become facts."""
    start = bench.local(terms.slot.start)
    before = bench.local(terms.before.start) if terms.before else None
    ledger = bench.visit.ledger.facts
    amounts = [terms.price, *([terms.fee] if terms.fee else [])]
    ledger += [Fact(FactKind.PRICE, f"proposal:{proposal.id}", amount) for amount in amounts]
    bench.say(*(spoken_moment(each, bench.today) for each in (start, before) if each), kind=FactKind.TIME)
    bench.say(terms.service, terms.professional, terms.patient)
    return ProposalFacts(
        proposal.id,
        proposal.kind,
        terms.service,
        terms.professional,
        start,
        terms.price,
        terms.patient,
        before,
        terms.fee,
        terms.percent,
    )


def claimed_phone(bench: Bench) -> str:
    return bench.claims.get("phone", "") or (bench.briefing.conversation.contact.phone_number or "")


async def _proposed(bench: Bench, kind: ProposalKind, terms: Terms) -> ProposalFacts | NotDone:
    closings, bookings = bench.desk.closings, bench.desk.bookings
    id_ = await closings.begin(bench.briefing)
    if kind is not ProposalKind.CANCEL_BOOKING:
        held = await bookings.reserve(
            id_, terms.service_id, terms.slot, ignoring=terms.appointment_id or None
        )
        if isinstance(held, Refused):
            return await refused(bench, terms.service_id, held)
    proposal = await closings.propose(kind, terms.kept(), bench.briefing, id_)
    return told_of(bench, proposal, terms)


async def refused(bench: Bench, service_id: int, why: Refused) -> NotDone:
    """Why a slot cannot be had, with those that can."""
    if why.reason is Refusal.PRICE_CHANGED:
        return NotDone(Why.PRICE)
    reason = REASONS.get(why.reason)
    if reason is None:
        entered = why.appointment
        is_there = entered is not None and not entered.is_cancelled
        return NotDone(Why.CHANGED, now=bench.local(entered.slot.start) if entered and is_there else None)
    slots = tuple([await bench.slot(service_id, slot) for slot in why.alternatives])
    return NotDone(Why.TIME, Times(slots, reason))


async def _changing(
    bench: Bench, appointment: AppointmentFacts, entered: Appointment, service: ServiceFacts | None
) -> Terms | None:
    fee = _fee(bench, appointment, service)
    if fee.by_people:
        return None
    return Terms(
        service_id=appointment.service_id,
        service=appointment.service,
        slot=entered.slot,
        professional=appointment.professional,
        price=service.price if service else Decimal(0),
        customer_id=entered.customer_id or 0,
        patient=appointment.patient,
        appointment_id=appointment.id,
        fee=fee.amount,
        percent=fee.percent,
    )


def _fee(bench: Bench, appointment: AppointmentFacts, service: ServiceFacts | None) -> Fee:
    return fee_of(bench.rules, appointment.start, service.price if service else None, bench.now)


async def _reaches_daily_limit(bench: Bench, slot: Slot, moving: int) -> bool:
    limit, customer = bench.rules.daily_limit, await bench.customer()
    if limit is None or customer is None:
        return False
    day = bench.local(slot.start).date()
    begin = datetime.combine(day, time(), bench.briefing.profile.hours.zone)
    booked = await bench.desk.calendar.of_customer(customer.id, begin)
    same = [each for each in booked if bench.local(each.slot.start).date() == day and each.id != moving]
    return len(same) >= limit


def _slot(name: str, service: ServiceFacts | None) -> Slot | None:
    named = slot_named(name)
    if named is None or service is None:
        return None
    start, professional = named
    return Slot(start, start + timedelta(minutes=service.minutes), professional)
