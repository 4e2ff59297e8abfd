"""Moving and cancelling appointments: which one, for when, what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.booking import not_possible, shown
from chatwootai.crews.scheduling.facts import AppointmentFacts, NotDone, Why
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.identifying import ask_proof, none_of_yours, take_who
from chatwootai.crews.scheduling.offering import offer, search
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.proposing import needs_people
from chatwootai.crews.scheduling.speaking import short_moment, spoken_moment
from chatwootai.crews.scheduling.taking import take_person, take_when, wants_others
from chatwootai.crews.scheduling.wishes import meanings
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.requests import Moment

RESCHEDULE: Final = "reschedule"
CANCEL: Final = "cancel_booking"
APPOINTMENT: Final = "appointment:"
ACTS: Final = {RESCHEDULE: "remarcar", CANCEL: "desmarcar"}
TOWARDS: Final = re.compile(r"\b(?:para|pra|pro|ate|p)\s*(?:[oa]s?\s*)?(?:dia\s*)?$")
SAME_TIME: Final = re.compile(r"\bmesm[oa] (?:hora|horario)")
MOST: Final = 10
NAME_LETTERS: Final = 40


async def change(turn: Turn, said: Said, dialogue: str) -> Part:
    """Find the appointment that she means, then the new time, or show what cancelling means."""
    before = turn.plan if turn.thread and turn.thread.dialogue == dialogue else Plan()
    plan = take_who(turn, said, before, turn.thread.asks if turn.thread else "")
    proof = await ask_proof(turn, dialogue, said, plan)
    if proof is not None:
        return proof
    mine = [each for each in await turn.tools.my_appointments() if each.start > turn.bench.now]
    if not mine:
        return none_of_yours(turn)
    appointment = next((each for each in mine if each.id == plan.appointment), None)
    if appointment is None:
        among = [each for each in mine if each.id in plan.candidates] or mine
        fitting = _meant(among, said)
        if len(fitting) != 1:
            return _which(turn, dialogue, plan, fitting or among)
        appointment = fitting[0]
        plan = replace(plan, appointment=appointment.id, service=appointment.service_id)
        said = replace(said, moments=_new_moments(said, appointment))
    unknown = dialogue == RESCHEDULE and not appointment.service_id
    if unknown or await needs_people(turn.bench, appointment):
        return _by_people(turn, dialogue, appointment)
    if dialogue == CANCEL:
        return await propose_cancel(turn, plan)
    return await _move(turn, said, plan, before, appointment)


async def propose_move(turn: Turn, plan: Plan, lead: str = "") -> Part:
    """Show where the appointment is, where it would be, and what that costs."""
    made = await turn.tools.propose_reschedule(plan.appointment, plan.slot)
    if isinstance(made, NotDone):
        return await _cannot(turn, RESCHEDULE, plan, made)
    return await shown(turn, made, plan, lead)


async def propose_cancel(turn: Turn, plan: Plan, lead: str = "") -> Part:
    """Show which appointment would be cancelled, and what that costs."""
    made = await turn.tools.propose_cancellation(plan.appointment)
    if isinstance(made, NotDone):
        return await _cannot(turn, CANCEL, plan, made)
    return await shown(turn, made, plan, lead)


async def _move(turn: Turn, said: Said, plan: Plan, before: Plan, appointment: AppointmentFacts) -> Part:
    plan = await take_person(turn, said, take_when(turn, said, plan))
    people = {person.id for person in await turn.bench.people(plan.service)}
    if plan.professional not in people:
        plan = replace(plan, professional=0)
    if appointment.patient:
        # Somebody else comes: what the writer has booked for herself is not in the way.
        plan = replace(plan, patient=appointment.patient)
    if SAME_TIME.search(said.folded) and not plan.wish.has_clock:
        plan = replace(plan, wish=replace(plan.wish, at=appointment.start.time()))
    if not plan.slot and not plan.wish.days and not plan.wish.has_clock:
        when = spoken_moment(appointment.start, turn.bench.today)
        words = {"service": appointment.service, "when": when}
        text = turn.wording.pick("when_instead", say.WHEN_INSTEAD, words)
        return turn.ask(RESCHEDULE, "day", plan, text, progress=plan != before)
    if plan == before and turn.thread and turn.thread.asks == "slot" and wants_others(said):
        text = turn.wording.pick("another_day", say.ANOTHER_DAY)
        return turn.ask(RESCHEDULE, "day", replace(plan, offered=()), text)
    if not plan.slot:
        if not plan.wish.days:
            plan = replace(plan, wish=plan.wish.on([appointment.start.date()]))
        times = await search(turn, plan, preferred=appointment.professional_id)
        if times.reason is not None or plan.wish.at is None or len(times.slots) != 1:
            return await offer(turn, RESCHEDULE, plan, times, progress=plan != before)
        plan = replace(plan, slot=times.slots[0].key)
    return await propose_move(turn, plan)


async def _cannot(turn: Turn, dialogue: str, plan: Plan, why: NotDone) -> Part:
    if why.why is Why.UNKNOWN:
        turn.close()
        return Part(turn.wording.pick("gone", say.GONE))
    return await not_possible(turn, dialogue, plan, why)


def _by_people(turn: Turn, dialogue: str, appointment: AppointmentFacts) -> Part:
    when = spoken_moment(appointment.start, turn.bench.today)
    text = turn.wording.pick("by_people", say.BY_PEOPLE)
    note = f"quer {ACTS[dialogue]} {appointment.service}, {when}"
    return turn.hand_over(HandoffReason.CUSTOMER_ASKED, text, note)


def _which(turn: Turn, dialogue: str, plan: Plan, mine: Sequence[AppointmentFacts]) -> Part:
    text = turn.wording.pick("which_appointment", say.WHICH_APPOINTMENT, {"act": ACTS[dialogue]})
    choices = tuple(
        Choice(f"{each.service[:NAME_LETTERS]}, {short_moment(each.start)}", f"{APPOINTMENT}{each.id}")
        for each in mine[:MOST]
    )
    known = replace(plan, candidates=tuple(each.id for each in mine[:MOST]))
    return turn.ask(dialogue, "appointment", known, text, choices, progress=False)


def _meant(mine: Sequence[AppointmentFacts], said: Said) -> list[AppointmentFacts]:
    """Which of hers she names: by choice, treatment, day or time; all where she names none."""
    chosen = said.chosen.removeprefix(APPOINTMENT)
    if said.chosen.startswith(APPOINTMENT):
        return [each for each in mine if str(each.id) == chosen]
    if len(mine) == 1:
        return list(mine)
    found = list(mine)
    named = [each for each in found if _names(each, said)]
    found = named or found
    dated = [each for each in found if any(_is_at(each, moment) for moment in said.moments)]
    return dated or found


def _names(appointment: AppointmentFacts, said: Said) -> bool:
    words = {word for word in fold(appointment.service).split() if len(word) > 3}
    text = set(fold(said.without_moments).replace(",", " ").split())
    return bool(words & text)


def _is_at(appointment: AppointmentFacts, moment: Moment) -> bool:
    if moment.days and appointment.start.date() not in moment.days:
        return False
    if moment.at is not None and appointment.start.time() not in meanings(moment.at):
        return False
    return bool(moment.days or moment.at)


def _new_moments(said: Said, appointment: AppointmentFacts) -> tuple[Moment, ...]:
    """What she says of the new time: "de sexta para quarta" names the old one, too."""
    folded = said.folded
    kept = []
    for moment in said.moments:
        place = folded.find(fold(moment.said))
        towards = TOWARDS.search(folded[: max(place, 0)]) or fold(moment.said).startswith(("para", "pra"))
        if towards or not _is_at(appointment, moment):
            kept.append(moment)
    return tuple(kept)
