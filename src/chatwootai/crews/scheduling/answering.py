"""Her answer to a summary: yes, no, something else, or later. What counts is the verdict of the closings."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.booking import book, next_of, not_possible, propose, shown
from chatwootai.crews.scheduling.changing import change, propose_cancel, propose_move
from chatwootai.crews.scheduling.facts import DoneFacts, NotDone, Why, slot_key, slot_named
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.proposing import told_of
from chatwootai.crews.scheduling.showing import DIALOGUES, OTHER, tell_done
from chatwootai.crews.scheduling.speaking import spoken_moment
from chatwootai.crews.scheduling.taking import take_person, take_service
from chatwootai.crews.scheduling.terms import terms_of
from chatwootai.crews.scheduling.wishes import Wish
from chatwootai.domain.proposals import ProposalKind, ProposalState
from chatwootai.domain.requests import Assent

YES: Final = "yes:"


async def answer_proposal(turn: Turn, said: Said, proposal_id: str) -> list[Part]:
    """What comes of it."""
    plan = turn.plan
    done = await turn.tools.confirm(proposal_id)
    if isinstance(done, DoneFacts):
        turn.close()
        told = Part(tell_done(turn, done))
        following = await next_of(turn, plan, done) if done.kind is ProposalKind.BOOKING else None
        return [told, following] if following else [told]
    if turn.thread is None:
        plan = await _reopened(turn, proposal_id)
    return [await _not_done(turn, said, proposal_id, plan, done)]


async def _reopened(turn: Turn, proposal_id: str) -> Plan:
    """What was settled, out of the proposal itself: a turn that was cut off leaves no thread."""
    store = turn.bench.desk.closings.yes.store
    kept = await store.get(turn.bench.briefing.conversation.key, proposal_id)
    if kept is None:
        return Plan()
    terms = terms_of(kept.terms)
    key = slot_key(terms.slot)
    plan = Plan(
        terms.service_id, slot=key, offered=(key,), appointment=terms.appointment_id, patient=terms.patient
    )
    turn.ask(DIALOGUES[kept.kind], "yes", plan, "", proposal=proposal_id)
    return plan


async def show_again(
    turn: Turn, proposal_id: str, plan: Plan, lead: str, *, progress: bool = True
) -> Part | None:
    """The proposal once more, in full, while it waits; None when it does not any longer."""
    waiting = await turn.bench.desk.closings.waiting(turn.bench.briefing)
    if waiting is None or waiting.id != proposal_id or waiting.state is not ProposalState.OPEN:
        return None
    told = told_of(turn.bench, waiting, terms_of(waiting.terms))
    return await shown(turn, told, plan, lead, progress=progress)


async def _not_done(turn: Turn, said: Said, proposal_id: str, plan: Plan, why: NotDone) -> Part:
    dialogue = turn.thread.dialogue if turn.thread else "book"
    if why.why is Why.NO_YES:
        return await _no_yes(turn, said, proposal_id, plan)
    if why.why is Why.EXPIRED:
        return await _expired(turn, said, proposal_id, plan)
    if why.why is Why.PRICE:
        turn.bench.forget_prices()
        return await propose(turn, plan, turn.wording.pick("price_changed", say.PRICE_CHANGED))
    if why.why is Why.CHANGED and dialogue != "book":
        turn.close()
        if why.now is None:
            return Part(turn.wording.pick("gone", say.GONE))
        now = spoken_moment(why.now, turn.bench.today)
        return Part(turn.wording.pick("changed", say.CHANGED, {"now": now}))
    return await not_possible(turn, dialogue, plan, why)


async def _no_yes(turn: Turn, said: Said, proposal_id: str, plan: Plan) -> Part:
    if said.assent is Assent.LATER:
        return _later(turn)
    if said.assent is Assent.NO and not said.moments:
        return await _refused(turn, proposal_id, plan)
    if said.chosen == OTHER or said.assent is Assent.CHANGE or await _names_another(turn, said, plan):
        return await _something_else(turn, said, proposal_id, plan)
    lead = turn.wording.pick("yes_or_no", say.YES_OR_NO)
    again = await show_again(turn, proposal_id, plan, lead, progress=False)
    return again or await _propose_anew(turn, plan)


async def _expired(turn: Turn, said: Said, proposal_id: str, plan: Plan) -> Part:
    """Not shown last, too old, or void: a yes agrees to nothing, so it is shown afresh."""
    if said.assent is Assent.NO and not said.moments:
        return await _refused(turn, proposal_id, plan)
    if said.assent is Assent.LATER:
        return _later(turn)
    if said.chosen == OTHER or await _names_another(turn, said, plan):
        return await _something_else(turn, said, proposal_id, plan)
    return await _propose_anew(turn, plan)


def _later(turn: Turn) -> Part:
    thread = turn.thread
    text = turn.wording.pick("later", say.LATER)
    if thread is None:
        return Part(text)
    return turn.ask(thread.dialogue, "yes", turn.plan, text, proposal=thread.proposal)


async def _propose_anew(turn: Turn, plan: Plan) -> Part:
    dialogue = turn.thread.dialogue if turn.thread else ""
    lead = turn.wording.pick("anew", say.ANEW)
    if dialogue == "cancel_booking":
        return await propose_cancel(turn, plan, lead)
    if dialogue == "reschedule" and plan.slot:
        return await propose_move(turn, plan, lead)
    if dialogue == "book" and plan.slot:
        return await propose(turn, plan, lead)
    turn.close()
    return Part(turn.wording.pick("not_booked", say.NOT_BOOKED))


async def _refused(turn: Turn, proposal_id: str, plan: Plan) -> Part:
    await turn.tools.withdraw(proposal_id)
    dialogue = turn.thread.dialogue if turn.thread else "book"
    if dialogue == "book":
        text = turn.wording.pick("not_booked", say.NOT_BOOKED)
        return turn.ask("book", "day", replace(plan, slot="", offered=(), later=()), text)
    turn.close()
    mine = [each for each in await turn.tools.my_appointments() if each.id == plan.appointment]
    if not mine:
        return Part(turn.wording.pick("gone", say.GONE))
    when = f"**{mine[0].service}**, {spoken_moment(mine[0].start, turn.bench.today)}"
    return Part(turn.wording.pick("kept", say.KEPT, {"when": when}))


async def _names_another(turn: Turn, said: Said, plan: Plan) -> bool:
    """Whether she names a time, a treatment or a person other than those shown."""
    if said.moments:
        return True
    taken, meants = await take_service(turn, said, plan)
    taken = await take_person(turn, said, taken)
    return (taken.service, taken.professional) != (plan.service, plan.professional) or bool(meants)


def _as_shown(turn: Turn, plan: Plan) -> Wish:
    """The time that was shown, to look for it again with whatever else she wants."""
    found = slot_named(plan.slot)
    if found is None:
        return plan.wish
    start = turn.bench.local(found[0])
    return Wish((start.date(),), start.time())


async def _something_else(turn: Turn, said: Said, proposal_id: str, plan: Plan) -> Part:
    """Another time, or another treatment: what was shown is void."""
    await turn.tools.withdraw(proposal_id)
    thread = turn.thread
    dialogue = thread.dialogue if thread else "book"
    open_plan = replace(plan, slot="", offered=(), wish=_as_shown(turn, plan))
    if said.chosen == OTHER:
        text = turn.wording.pick("another_day", say.ANOTHER_DAY)
        return turn.ask(dialogue, "day", open_plan, text)
    turn.ask(dialogue, "day", open_plan, "")
    return await (book(turn, said) if dialogue == "book" else change(turn, said, dialogue))
