"""Bookings: held, entered once, moved, and refused with slots that are really free (promises P4, P11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.unit.hub.booking import ANA, BRUNO, CLEANING, HALF, MARIA, NINE, PEELING, Clinic, at

from chatwootai.domain.calendars import Appointment
from chatwootai.domain.errors import Refusal, ServiceUnavailable
from chatwootai.hub.bookings import Booked, Cancelled, Held, Refused

pytestmark = pytest.mark.unit


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


def refused(outcome: object, reason: Refusal) -> Refused:
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    return outcome


async def booked(clinic: Clinic, key: str, halves: int) -> Appointment:
    outcome = await clinic.confirms(key, at(halves))
    assert isinstance(outcome, Booked)
    return outcome.appointment


async def test_a_slot_is_kept_for_a_quarter_of_an_hour(clinic: Clinic) -> None:
    assert await clinic.reserves("a", at(0)) == Held("a", at(0), clinic.now + timedelta(minutes=15))
    assert clinic.calendar.all() == []
    clinic.forward(minutes=15)
    assert await clinic.nothing_is_held()


async def test_free_slots_are_those_that_nobody_else_holds(clinic: Clinic) -> None:
    await clinic.reserves("a", at(0))
    await clinic.confirms("b", at(1))

    async def free(key: str = "", ignoring: int | None = None) -> list[int]:
        slots = await clinic.bookings.free_slots(
            CLEANING, NINE, NINE + 3 * HALF, professional_id=ANA, ignoring=ignoring, key=key
        )
        return [(slot.start - NINE) // HALF for slot in slots]

    assert await free() == [2]
    assert await free(key="a") == [0, 2]
    assert await free(ignoring=clinic.calendar.all()[0].id) == [1, 2]
    assert list(await clinic.bookings.free_slots(CLEANING, NINE - HALF, NINE)) == []


async def test_a_longer_service_does_not_run_into_a_held_slot(clinic: Clinic) -> None:
    await clinic.reserves("a", at(1))
    slots = await clinic.bookings.free_slots(PEELING, NINE, NINE + 4 * HALF)
    assert [(slot.start - NINE) // HALF for slot in slots] == [2, 3]
    outcome = await clinic.bookings.reserve("b", PEELING, at(0, length=2))
    refused(outcome, Refusal.SLOT_TAKEN)


async def test_time_that_stays_free_after_a_service_is_held_with_it() -> None:
    clinic = Clinic(gap=HALF)
    await clinic.reserves("a", at(1))
    slots = await clinic.bookings.free_slots(CLEANING, NINE, NINE + 5 * HALF, professional_id=ANA)
    assert [(slot.start - NINE) // HALF for slot in slots] == [3, 4]
    refused(await clinic.reserves("b", at(0)), Refusal.SLOT_TAKEN)
    refused(await clinic.confirms("b", at(2)), Refusal.SLOT_TAKEN)


async def test_what_another_holds_is_taken_and_the_next_free_slots_are_told(clinic: Clinic) -> None:
    await clinic.reserves("a", at(2))
    await clinic.reserves("b", at(3))
    await clinic.reserves("c", at(3, BRUNO))
    outcome = refused(await clinic.reserves("d", at(2)), Refusal.SLOT_TAKEN)
    assert outcome.alternatives == (at(2, BRUNO), at(4), at(5))
    refused(await clinic.confirms("d", at(2)), Refusal.SLOT_TAKEN)


async def test_after_the_last_slot_of_the_week_any_free_time_is_told(clinic: Clinic) -> None:
    last = at(48 + 5)
    clinic.calendar.enter(last)
    clinic.calendar.enter(at(48 + 5, BRUNO))
    outcome = refused(await clinic.reserves("a", last), Refusal.SLOT_TAKEN)
    assert outcome.alternatives == (at(0), at(1), at(2))


async def test_without_a_free_slot_there_are_no_alternatives(clinic: Clinic) -> None:
    clinic.forward(days=9)
    assert refused(await clinic.reserves("a", at(0)), Refusal.TOO_SOON).alternatives == ()


async def test_a_slot_of_no_ones_working_hours_is_outside(clinic: Clinic) -> None:
    refused(await clinic.reserves("a", at(6)), Refusal.OUTSIDE_HOURS)
    refused(await clinic.reserves("a", at(0, length=3)), Refusal.OUTSIDE_HOURS)
    assert await clinic.nothing_is_held()


async def test_a_slot_that_begins_before_the_notice_is_too_soon(clinic: Clinic) -> None:
    clinic.forward(hours=2, minutes=1)
    outcome = refused(await clinic.reserves("a", at(0)), Refusal.TOO_SOON)
    assert outcome.alternatives[0] == at(1)


async def test_a_slot_that_was_held_in_time_may_be_confirmed_within_the_notice(clinic: Clinic) -> None:
    clinic.forward(hours=1, minutes=55)
    await clinic.reserves("a", at(0))
    clinic.forward(minutes=10)
    assert isinstance(await clinic.confirms("a", at(0)), Booked)
    refused(await clinic.confirms("b", at(0, BRUNO)), Refusal.TOO_SOON)


async def test_who_left_since_she_was_held_is_not_booked_even_within_the_notice(clinic: Clinic) -> None:
    clinic.forward(hours=1, minutes=55)
    await clinic.reserves("a", at(0))
    clinic.forward(minutes=10)
    clinic.calendar.archive(ANA)
    outcome = refused(await clinic.confirms("a", at(0)), Refusal.OUTSIDE_HOURS)
    assert outcome.alternatives[0] == at(1, BRUNO)
    assert clinic.calendar.booked() == []


async def test_a_refused_reservation_keeps_nothing(clinic: Clinic) -> None:
    await clinic.reserves("a", at(0))
    clinic.calendar.enter(at(1))
    refused(await clinic.reserves("a", at(1)), Refusal.SLOT_TAKEN)
    assert await clinic.nothing_is_held()


async def test_who_wants_the_same_slot_for_something_else_is_not_in_her_own_way(clinic: Clinic) -> None:
    await clinic.reserves("a", at(0))
    await clinic.bookings.abandon("a")
    assert isinstance(await clinic.bookings.reserve("b", PEELING, at(0, length=2)), Held)


async def test_an_accepted_slot_becomes_an_appointment_and_its_hold_ends(clinic: Clinic) -> None:
    await clinic.reserves("a", at(0))
    appointment = await booked(clinic, "a", 0)
    assert (appointment.key, appointment.customer_id, appointment.slot) == ("a", MARIA, at(0))
    assert await clinic.nothing_is_held()


async def test_p4_confirming_again_with_the_same_key_is_the_same_appointment(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    assert await booked(clinic, "a", 0) == first
    assert len(clinic.calendar.all()) == 1


async def test_an_appointment_that_a_person_moved_since_is_told_as_it_is(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    clinic.calendar.move_by_hand(first.id, at(4))
    outcome = await clinic.confirms("a", at(0))
    assert isinstance(outcome, Booked)
    assert outcome.appointment.slot == at(4)


async def test_an_appointment_that_was_cancelled_is_not_entered_again(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    clinic.calendar.cancel_by_hand(first.id)
    outcome = refused(await clinic.confirms("a", at(0)), Refusal.APPOINTMENT_CANCELLED)
    assert outcome.appointment is not None
    assert clinic.calendar.booked() == []


async def test_an_appointment_moves_to_a_free_slot_and_frees_its_own(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    assert isinstance(await clinic.reserves("b", at(1), ignoring=first.id), Held)
    outcome = await clinic.moves("b", first.id, at(1))
    assert isinstance(outcome, Booked)
    assert (outcome.appointment.id, outcome.appointment.slot) == (first.id, at(1))
    assert await clinic.nothing_is_held()
    assert isinstance(await clinic.confirms("c", at(0)), Booked)


async def test_an_appointment_may_move_into_its_own_time(clinic: Clinic) -> None:
    outcome = await clinic.bookings.confirm("a", PEELING, at(0, length=2), MARIA, "Peeling")
    assert isinstance(outcome, Booked)
    moved = await clinic.bookings.reschedule("b", outcome.appointment.id, PEELING, at(1, length=2))
    assert isinstance(moved, Booked)


async def test_moving_to_a_taken_slot_leaves_it_where_it_was(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    await clinic.reserves("c", at(1))
    outcome = refused(await clinic.moves("b", first.id, at(1)), Refusal.SLOT_TAKEN)
    assert outcome.appointment == first
    assert outcome.alternatives[0] == at(1, BRUNO)


async def test_moving_again_with_the_same_key_is_no_move(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    once = await clinic.moves("b", first.id, at(1))
    assert await clinic.moves("b", first.id, at(1)) == once
    assert clinic.script.calls.count("reschedule") == 1


async def test_what_is_gone_cannot_move(clinic: Clinic) -> None:
    refused(await clinic.moves("b", 99, at(1)), Refusal.UNKNOWN_RECORD)
    first = await booked(clinic, "a", 0)
    clinic.calendar.cancel_by_hand(first.id)
    refused(await clinic.moves("b", first.id, at(1)), Refusal.APPOINTMENT_CANCELLED)


async def test_a_service_that_is_gone_cannot_be_booked_and_nothing_stays_held(clinic: Clinic) -> None:
    await clinic.reserves("a", at(0))
    first = await booked(clinic, "b", 1)
    clinic.calendar.forget_service(CLEANING)
    gone = refused(await clinic.confirms("a", at(0)), Refusal.UNKNOWN_RECORD)
    assert gone.alternatives == ()
    assert await clinic.nothing_is_held()
    refused(await clinic.reserves("a", at(0)), Refusal.UNKNOWN_RECORD)
    moved = refused(await clinic.moves("c", first.id, at(2)), Refusal.UNKNOWN_RECORD)
    assert moved.appointment == first


async def test_somebody_who_does_not_work_here_cannot_be_booked(clinic: Clinic) -> None:
    nobody = at(0, professional=99)
    outcome = refused(await clinic.reserves("a", nobody), Refusal.UNKNOWN_RECORD)
    assert outcome.alternatives == (at(0), at(1), at(2))
    refused(await clinic.confirms("a", nobody), Refusal.UNKNOWN_RECORD)
    first = await booked(clinic, "b", 1)
    assert refused(await clinic.moves("c", first.id, nobody), Refusal.UNKNOWN_RECORD).appointment == first
    assert await clinic.nothing_is_held()


async def test_an_appointment_can_be_cancelled_once_or_twice(clinic: Clinic) -> None:
    first = await booked(clinic, "a", 0)
    for _ in range(2):
        outcome = await clinic.bookings.cancel(first.id)
        assert isinstance(outcome, Cancelled)
        assert outcome.appointment.is_cancelled
    refused(await clinic.bookings.cancel(99), Refusal.UNKNOWN_RECORD)
    assert isinstance(await clinic.confirms("b", at(0)), Booked)


async def test_an_outage_is_no_refusal_and_nobody_stays_inside(clinic: Clinic) -> None:
    clinic.script.fail("slots", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await clinic.reserves("a", at(0))
    clinic.script.fail("book", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await clinic.confirms("a", at(0))
    assert clinic.holds.lone == set()
    assert isinstance(await clinic.confirms("a", at(0)), Booked)
    assert len(clinic.calendar.all()) == 1
