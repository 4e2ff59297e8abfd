"""Booking: the treatment, the time, for whom, the summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.choosing import ask_service, which_of
from chatwootai.crews.scheduling.customers_words import ASKING
from chatwootai.crews.scheduling.facts import DoneFacts, NotDone, ProposalFacts, ServiceFacts, Times, Why
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.identifying import ask_who, take_who
from chatwootai.crews.scheduling.offering import offer, search
from chatwootai.crews.scheduling.people import name_words, stranger
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.showing import OTHER, show
from chatwootai.crews.scheduling.speaking import listed
from chatwootai.crews.scheduling.taking import (
    names_something,
    spoken_of,
    take_person,
    take_service,
    take_when,
    wants_others,
)
from chatwootai.crews.scheduling.team import known_names, somebody
from chatwootai.crews.scheduling.treatments import Meant
from chatwootai.crews.scheduling.wishes import Wish
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.requests import Impossible

BOOK: Final = "book"
IMPOSSIBLE: Final = {
    Impossible.DAY: say.IMPOSSIBLE_DAY,
    Impossible.TIME: say.IMPOSSIBLE_TIME,
    Impossible.PAST: say.IMPOSSIBLE_PAST,
}
WITH: Final = re.compile(r"\bcom [oa] (\w{2,})\s*[.!?]*$", re.IGNORECASE)
ABOUT_HER: Final = frozenset({"name", "phone", "document"})


async def book(turn: Turn, said: Said) -> Part:
    """Take what she says, then ask for what is missing, or show the summary."""
    before = turn.plan
    asks = turn.thread.asks if turn.thread else ""
    plan = take_who(turn, said, before, asks)
    if plan.service and await turn.bench.service(plan.service) is None:
        # People took it out of the calendar since.
        plan = replace(plan, service=0, slot="", offered=())
    if asks not in ABOUT_HER or said.moments:
        plan, meants = await take_service(turn, said, plan)
        plan = await take_person(turn, said, take_when(turn, said, plan))
        if not (plan.service or names_something(meants) or plan.professional or plan.candidates):
            plan = replace(plan, service=await spoken_of(turn))
        if not plan.service and plan.professional:
            plan, meants = await _by_her(turn, plan, meants)
        if not plan.service:
            return await ask_service(turn, said, plan, meants, progress=plan != before)
    elif not plan.service:
        return await ask_service(turn, said, plan, (), progress=plan != before)
    refused = await _impossible(turn, said, plan)
    if refused is not None:
        return refused
    if asks == "slot" and plan == before:
        return await _others(turn, said, plan)
    lead, plan = await _not_by(turn, said, plan)
    if plan.later and plan.later != before.later:
        lead = "\n\n".join(part for part in (await _one_by_one(turn, plan), lead) if part)
    heard_of_her = bool(said.phones or said.documents or said.names or (asks == "name" and said.name))
    return await proceed(turn, plan, lead, progress=plan != before or heard_of_her)


async def _by_her(turn: Turn, plan: Plan, meants: tuple[Meant, ...]) -> tuple[Plan, tuple[Meant, ...]]:
    """Of several treatments that may be meant, those of the professional whom she names."""
    narrowed: list[Meant] = []
    for meant in meants:
        hers = [
            each
            for each in meant.found
            if any(person.id == plan.professional for person in await turn.bench.people(each.id))
        ]
        narrowed.append(replace(meant, found=tuple(hers)) if hers else meant)
    only = [each.found[0] for each in narrowed if len(each.found) == 1]
    if len(only) == len(narrowed) == 1:
        return replace(plan, service=only[0].id), tuple(narrowed)
    return plan, tuple(narrowed)


async def proceed(turn: Turn, plan: Plan, lead: str = "", *, progress: bool = True) -> Part:
    """The next step of a plan whose treatment is known."""
    if not plan.slot:
        times = await search(turn, plan)
        exact = times.reason is None and plan.wish.at is not None and len(times.slots) == 1
        if not exact:
            return await offer(turn, BOOK, plan, times, lead, progress=progress)
        plan = replace(plan, slot=times.slots[0].key, offered=(times.slots[0].key,))
    missing = await ask_who(turn, BOOK, plan, progress=progress)
    if missing is not None:
        return missing
    return await propose(turn, plan, lead)


async def propose(turn: Turn, plan: Plan, lead: str = "") -> Part:
    """Show the summary of what is settled, or say why it cannot be had any more."""
    made = await turn.tools.propose_booking(plan.service, plan.slot, plan.patient)
    if isinstance(made, NotDone):
        return await not_possible(turn, BOOK, plan, made)
    return await shown(turn, made, plan, lead)


async def shown(
    turn: Turn, made: ProposalFacts, plan: Plan, lead: str = "", *, progress: bool = True
) -> Part:
    """A proposal that is kept, in full."""
    closings = turn.bench.desk.closings
    kept = await closings.yes.store.get(turn.bench.briefing.conversation.key, made.id)
    return show(turn, made, kept, plan, lead, progress=progress)


async def not_possible(turn: Turn, dialogue: str, plan: Plan, why: NotDone) -> Part:
    """What was chosen cannot be had; says so, with what can."""
    plan = replace(plan, slot="")
    if why.why is Why.TIME:
        return await offer(turn, dialogue, plan, why.times or Times(()))
    if why.why is Why.UNKNOWN:
        return await offer(turn, dialogue, plan, await search(turn, plan))
    text = turn.wording.pick("by_people", say.BY_PEOPLE)
    return turn.hand_over(HandoffReason.CUSTOMER_ASKED, text, "a agenda não permite fazer isto pelo robô")


async def next_of(turn: Turn, plan: Plan, done: DoneFacts) -> Part | None:
    """After one is booked, the next that she asked for, if any: right after it, where that is free."""
    if not plan.later:
        return None
    first, *rest = plan.later
    booked = await turn.bench.service(done.service_id)
    ends = done.start + timedelta(minutes=booked.minutes if booked else 0)
    wish = Wish((done.start.date(),), not_before=ends.time())
    follow = Plan(later=tuple(rest), wish=wish, for_whom=plan.for_whom, patient=plan.patient)
    turn.close()
    services = [found for id_ in first if (found := await turn.bench.service(id_))]
    if len(services) > 1:
        return which_of(turn, follow, services, f"**{_kind(services)}**")
    if not services:
        return None
    follow = replace(follow, service=services[0].id)
    lead = turn.wording.pick("now_the_next", say.NOW_THE_NEXT, {"service": services[0].name})
    return await offer(turn, BOOK, follow, await search(turn, follow), lead)


def _kind(services: Sequence[ServiceFacts]) -> str:
    """ "Escova", of which there are two."""
    first = {service.name.split()[0] for service in services}
    return first.pop() if len(first) == 1 else "o próximo"


async def _impossible(turn: Turn, said: Said, plan: Plan) -> Part | None:
    """A day or a time that cannot be: says so, and offers what is near the rest of what she said."""
    kinds = [kind for kind in said.impossible if kind in IMPOSSIBLE]
    if not kinds or (any(moment.days for moment in said.moments) and Impossible.TIME not in kinds):
        return None
    why = turn.wording.pick(f"impossible_{kinds[0].value}", IMPOSSIBLE[kinds[0]])
    wish = Wish(plan.wish.days, None, plan.wish.part)
    plan = replace(plan, slot="", wish=wish)
    return await offer(turn, BOOK, plan, await search(turn, plan), why)


async def _others(turn: Turn, said: Said, plan: Plan) -> Part:
    """None of the times offered, or nothing that names one."""
    if said.chosen == OTHER or wants_others(said):
        text = turn.wording.pick("another_day", say.ANOTHER_DAY)
        return turn.ask(BOOK, "day", replace(plan, offered=(), slot=""), text)
    times = await search(turn, plan)
    return await offer(turn, BOOK, plan, times, progress=False)


async def _nobody(turn: Turn, said: Said) -> str:
    """ "Com o Zé", of whom nobody here has heard."""
    match = WITH.search(said.text)
    if match is None or fold(match.group(1)) in ASKING:
        return ""
    known = {word for each in await known_names(turn.bench) for word in name_words(each.name)}
    meant = (await turn.tools.meant(match.group(1)))[0]
    return "" if meant.found or fold(match.group(1)) in known else match.group(1).capitalize()


async def _one_by_one(turn: Turn, plan: Plan) -> str:
    service = await turn.bench.service(plan.service)
    words = {"first": service.name if service else ""}
    return turn.wording.pick("one_by_one", say.ONE_BY_ONE, words)


async def _not_by(turn: Turn, said: Said, plan: Plan) -> tuple[str, Plan]:
    """Whom she wants does something else, or is nobody of ours: says who does it."""
    service = await turn.bench.service(plan.service)
    people = await turn.bench.people(plan.service)
    names = {"service": service.name if service else "", "others": listed([each.name for each in people])}
    if plan.professional and plan.professional not in {each.id for each in people}:
        person = await somebody(turn.bench, plan.professional)
        plan = replace(plan, professional=0)
        return turn.wording.pick(
            "not_by", say.NOT_BY, {**names, "person": person.name if person else ""}
        ), plan
    unknown = stranger(said.text, await known_names(turn.bench)) or await _nobody(turn, said)
    if unknown:
        return turn.wording.pick("no_such_person", say.NO_SUCH_PERSON, {**names, "person": unknown}), plan
    return "", plan
