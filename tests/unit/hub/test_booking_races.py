"""Bookings while others act: lost answers, people in the ERP, a crowd (promises P4, P11)."""

from __future__ import annotations

import asyncio

import pytest
from tests.fakes.script import NEVER, Script
from tests.unit.hub.booking import ANA, BRUNO, CLEANING, MARIA, NINE, Clinic, at
from tests.unit.hub.purchasing import erratic

from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal, ServiceUnavailable
from chatwootai.hub.bookings import Booked, Refused

pytestmark = pytest.mark.unit


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


def refused(outcome: object, reason: Refusal) -> Refused:
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    return outcome


@pytest.mark.parametrize("committed_after", [0, 2])
async def test_p4_a_lost_answer_is_looked_up_and_the_appointment_entered_once(
    clinic: Clinic, committed_after: int
) -> None:
    clinic.script.lose_answer("book", committed_after=committed_after)
    assert isinstance(await clinic.confirms("a", at(0)), Booked)
    assert clinic.script.calls.count("book") == len(clinic.calendar.all()) == 1


@pytest.mark.parametrize("committed_after", [NEVER, 4, 5, 6, 7, 8, 9, 10])
async def test_p4_what_stays_unknown_is_tried_again_only_later_and_ends_as_one(
    clinic: Clinic, committed_after: int
) -> None:
    clinic.script.lose_answer("book", committed_after=committed_after)
    with pytest.raises(OutcomeUnknown):
        await clinic.confirms("a", at(0))
    assert clinic.script.calls.count("book") == 1
    assert not await clinic.nothing_is_held()
    outcome = await clinic.confirms("a", at(0))
    assert isinstance(outcome, Booked)
    assert [a.slot for a in clinic.calendar.booked()] == [at(0)]
    assert await clinic.nothing_is_held()


async def test_p4_an_entry_that_comes_after_its_repetition_is_cancelled_with_it(clinic: Clinic) -> None:
    outcome = await clinic.confirms("a", at(0))
    assert isinstance(outcome, Booked)
    clinic.calendar.enter(at(0), "a")
    await clinic.bookings.cancel(outcome.appointment.id)
    assert clinic.calendar.booked() == []


async def test_p4_an_entry_that_comes_while_its_repetition_is_checked_is_cancelled(clinic: Clinic) -> None:
    clinic.script.after("book", lambda: _enter(clinic, 0, "a"))
    outcome = await clinic.confirms("a", at(0))
    assert isinstance(outcome, Booked)
    assert clinic.calendar.booked() == [outcome.appointment]


async def test_p11_of_two_that_overlap_the_lower_id_wins(clinic: Clinic) -> None:
    clinic.script.before("book", lambda: _enter(clinic, 0))
    outcome = refused(await clinic.confirms("a", at(0)), Refusal.SLOT_TAKEN)
    assert outcome.alternatives == (at(0, BRUNO), at(1), at(2))
    assert [a.key for a in clinic.calendar.booked()] == [""]
    assert await clinic.nothing_is_held()
    assert refused(await clinic.confirms("a", at(0)), Refusal.SLOT_TAKEN) == outcome


async def test_what_others_enter_after_ours_is_theirs_to_move(clinic: Clinic) -> None:
    clinic.script.after("book", lambda: _enter(clinic, 0))
    assert isinstance(await clinic.confirms("a", at(0)), Booked)


async def test_an_entry_that_a_person_cancels_at_once_is_none(clinic: Clinic) -> None:
    clinic.script.after("book", lambda: _cancel(clinic, "a"))
    refused(await clinic.confirms("a", at(0)), Refusal.APPOINTMENT_CANCELLED)


async def test_an_entry_that_the_erp_does_not_take_is_refused(clinic: Clinic) -> None:
    clinic.script.fail("book", BusinessRefusal(Refusal.OUTSIDE_HOURS))
    refused(await clinic.confirms("a", at(0)), Refusal.OUTSIDE_HOURS)
    assert await clinic.nothing_is_held()


async def test_a_crash_between_entering_and_checking_is_checked_when_it_is_tried_again(
    clinic: Clinic,
) -> None:
    clinic.script.before("book", lambda: _enter(clinic, 0))
    clinic.script.fail("get", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await clinic.confirms("a", at(0))
    refused(await clinic.confirms("a", at(0)), Refusal.SLOT_TAKEN)
    assert [a.key for a in clinic.calendar.booked()] == [""]


@pytest.mark.parametrize("committed_after", [0, 2])
async def test_p4_a_move_without_an_answer_is_looked_up(clinic: Clinic, committed_after: int) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    clinic.script.lose_answer("reschedule", committed_after=committed_after)
    assert isinstance(await clinic.moves("b", first.appointment.id, at(1)), Booked)
    assert clinic.script.calls.count("reschedule") == 1


@pytest.mark.parametrize("committed_after", [NEVER, 6])
async def test_p4_a_move_that_stays_unknown_ends_right_when_it_is_tried_again(
    clinic: Clinic, committed_after: int
) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    clinic.script.lose_answer("reschedule", committed_after=committed_after)
    with pytest.raises(OutcomeUnknown):
        await clinic.moves("b", first.appointment.id, at(1))
    assert isinstance(await clinic.moves("b", first.appointment.id, at(1)), Booked)
    assert [a.slot for a in clinic.calendar.booked()] == [at(1)]
    assert await clinic.nothing_is_held()


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_p11_a_move_yields_to_what_others_entered_in_the_same_moment(
    clinic: Clinic, moment: str
) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    script = clinic.script.before if moment == "before" else clinic.script.after
    script("reschedule", lambda: _enter(clinic, 1))
    outcome = refused(await clinic.moves("b", first.appointment.id, at(1)), Refusal.SLOT_TAKEN)
    assert outcome.appointment == first.appointment
    assert [(a.key, a.slot) for a in clinic.calendar.booked()] == [("a", at(0)), ("", at(1))]


async def test_where_a_person_moves_an_appointment_in_the_same_moment_it_is_hers(clinic: Clinic) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    _enter(clinic, 3)
    clinic.script.after("reschedule", lambda: _move(clinic, first.appointment.id, 3))
    outcome = await clinic.moves("b", first.appointment.id, at(1))
    assert isinstance(outcome, Booked)
    assert outcome.appointment.slot == at(3)


async def test_p11_after_a_crash_a_move_still_finds_back(clinic: Clinic) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    clinic.script.before("reschedule", lambda: _enter(clinic, 1))
    clinic.script.fail("conflicts", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await clinic.moves("b", first.appointment.id, at(1))
    refused(await clinic.confirms("c", at(0)), Refusal.SLOT_TAKEN)
    outcome = refused(await clinic.moves("b", first.appointment.id, at(1)), Refusal.SLOT_TAKEN)
    assert outcome.appointment == first.appointment


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_an_appointment_that_a_person_cancels_while_it_moves_is_none(
    clinic: Clinic, moment: str
) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    script = clinic.script.before if moment == "before" else clinic.script.after
    script("reschedule", lambda: _cancel(clinic, "a"))
    refused(await clinic.moves("b", first.appointment.id, at(1)), Refusal.APPOINTMENT_CANCELLED)


async def test_a_cancelling_without_an_answer_is_looked_up(clinic: Clinic) -> None:
    first = await clinic.confirms("a", at(0))
    assert isinstance(first, Booked)
    clinic.script.lose_answer("cancel")
    await clinic.bookings.cancel(first.appointment.id)
    assert clinic.calendar.booked() == []


@pytest.mark.parametrize("seed", range(10))
async def test_p11_fifty_customers_for_one_slot_are_one_appointment_and_49_true_alternatives(
    seed: int,
) -> None:
    clinic = Clinic(script=Script(pause=erratic(seed)))

    async def wants(number: int) -> Booked | Refused:
        key = f"{seed}-{number}"
        if number % 3:
            held = await clinic.bookings.reserve(key, CLEANING, at(2))
            if isinstance(held, Refused):
                return held
        return await clinic.bookings.confirm(key, CLEANING, at(2), MARIA, "Limpeza")

    outcomes = await asyncio.gather(*map(wants, range(50)))
    assert sum(isinstance(outcome, Booked) for outcome in outcomes) == 1
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            refused(outcome, Refusal.SLOT_TAKEN)
            assert outcome.alternatives == (at(2, BRUNO), at(3), at(4))
    assert [a.slot for a in clinic.calendar.booked()] == [at(2)]
    assert await clinic.nothing_is_held()


@pytest.mark.parametrize("seed", range(20))
async def test_p4_p11_no_slot_is_booked_twice_when_answers_get_lost_and_people_book_too(seed: int) -> None:
    clinic = Clinic(script=Script(pause=erratic(seed)))
    for number in range(seed % 4):
        clinic.script.lose_answer("book", committed_after=(0, 4, NEVER)[number % 3])
        clinic.script.lose_answer("cancel", committed_after=(NEVER, 0, 2)[number % 3])
    clinic.script.before("book", lambda: None)
    clinic.script.before("book", lambda: _enter_where_free(clinic))

    async def wants(number: int) -> Booked | Refused:
        key, slot = f"{seed}-{number}", at(number % 4)
        while True:
            try:
                return await clinic.bookings.confirm(key, CLEANING, slot, MARIA, "Limpeza")
            except OutcomeUnknown:
                await clinic.script.pause()

    outcomes = await asyncio.gather(*map(wants, range(12)))
    ours = [o.appointment for o in outcomes if isinstance(o, Booked)]
    booked = clinic.calendar.booked()
    taken = sorted(a.slot for a in booked)
    assert taken == sorted(set(taken))
    assert sorted(a.id for a in ours) == sorted(a.id for a in booked if a.key)
    free = await clinic.bookings.free_slots(CLEANING, NINE, at(4).start, professional_id=ANA)
    assert sorted([*free, *taken]) == [at(0), at(1), at(2), at(3)]


def _enter(clinic: Clinic, halves: int, key: str = "") -> None:
    clinic.calendar.enter(at(halves), key)


def _move(clinic: Clinic, appointment_id: int, halves: int) -> None:
    clinic.calendar.move_by_hand(appointment_id, at(halves))


def _enter_where_free(clinic: Clinic) -> None:
    taken = {appointment.slot for appointment in clinic.calendar.booked()}
    clinic.calendar.enter(next(slot for slot in map(at, range(6)) if slot not in taken))


def _cancel(clinic: Clinic, key: str) -> None:
    (ours,) = [appointment for appointment in clinic.calendar.booked() if appointment.key == key]
    clinic.calendar.cancel_by_hand(ours.id)
