"""Which dialogue takes what she says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling.answering import answer_proposal
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.booking import book
from chatwootai.crews.scheduling.changing import CANCEL, RESCHEDULE, change
from chatwootai.crews.scheduling.hearing import Said, heard
from chatwootai.crews.scheduling.mine import MINE, late, my_bookings
from chatwootai.crews.scheduling.offering import choices_again
from chatwootai.crews.scheduling.plans import plan_of
from chatwootai.crews.scheduling.resuming import resumed
from chatwootai.crews.scheduling.taking import sifted, takes_any, wants_later_times, wants_others
from chatwootai.crews.scheduling.telling import PREPARATION, insurance, preparation, professionals, services
from chatwootai.crews.scheduling.wordings import LATER, NOT_BOOKED
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.crews import Intent, Request
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, opened

TELLING: Final = {
    Intent.SERVICES: services,
    Intent.PROFESSIONALS: professionals,
    Intent.PREPARATION: preparation,
    Intent.MY_BOOKINGS: my_bookings,
    Intent.LATE: late,
}
AGAIN: Final = re.compile(r"\b(?:remarc|reagend|marcad|marquei|desmarc|agendad)")
"""What shows that an appointment is meant which there is already."""
ANSWERS: Final = frozenset({Intent.ANSWER, Intent.YES, Intent.NO})
NAMING: Final = frozenset({Intent.SERVICES, Intent.PROFESSIONALS})
ASKING: Final = re.compile(r"\b(?:quem|quais|qual|que|tem|faz|fazem|atende)\b")
SHORT: Final = 3
"""Words; "cancela isso" in the middle of booking means what is being booked."""


def told_apart(turn: Turn, requests: Sequence[Request]) -> tuple[list[Request], list[Request]]:
    """What only asks to be told something, and what goes on with an appointment."""
    told = [request for request in requests if _is_told(turn, request)]
    return told, [request for request in requests if request not in told]


def _is_told(turn: Turn, request: Request) -> bool:
    """ "Tanto faz" and "a manicure" are answers, where something was asked."""
    if request.intent not in TELLING and request.intent is not Intent.INSURANCE:
        return False
    thread = turn.thread
    if thread is None or request.intent not in NAMING:
        return True
    short = len(request.text.split()) <= SHORT and "?" not in request.text
    return not (takes_any(request.text) or (short and ASKING.search(fold(request.text)) is None))


async def back_to(turn: Turn, going_on: Thread) -> list[Part]:
    """The booking that was going on, unless she asked about another treatment."""
    before, now = plan_of(going_on.state), turn.plan
    if not before.service or now.service not in (0, before.service):
        return []
    turn.tools.visit.memory.update(opened(turn.tools.visit.memory, going_on))
    part = await resumed(turn)
    return [part] if part else []


async def tell(turn: Turn, requests: Sequence[Request]) -> list[Part]:
    parts = []
    for intent in dict.fromkeys(request.intent for request in requests):
        said = await sifted(turn, heard([request for request in requests if request.intent is intent]))
        parts.append(insurance(turn) if intent is Intent.INSURANCE else await TELLING[intent](turn, said))
    return parts


async def flow(turn: Turn, requests: Sequence[Request]) -> list[Part]:
    """Booking, moving or cancelling: one of them goes on in a turn."""
    said, thread = await sifted(turn, heard(requests)), turn.thread
    dialogue = _dialogue(turn, said)
    if thread and thread.asks == "yes" and thread.proposal and dialogue == thread.dialogue:
        return await answer_proposal(turn, said, thread.proposal)
    if thread and _puts_off(said):
        choices = choices_again(turn, turn.plan) if thread.asks == "slot" else ()
        return [Part(turn.wording.pick("later", LATER), choices)]
    if thread and _gives_up(turn, said):
        turn.close()
        return [Part(turn.wording.pick("not_booked", NOT_BOOKED))]
    if thread and thread.proposal and dialogue != thread.dialogue:
        await turn.tools.withdraw(thread.proposal)
    if dialogue in (RESCHEDULE, CANCEL):
        return [await change(turn, said, dialogue)]
    if dialogue == MINE:
        return [await my_bookings(turn, said)]
    if dialogue == PREPARATION:
        return [await preparation(turn, said)]
    return [await book(turn, said)]


def _dialogue(turn: Turn, said: Said) -> str:
    thread = turn.thread
    going_on = thread.dialogue if thread else ""
    if Intent.CANCEL_BOOKING in said.intents and not _of_this_booking(turn, said):
        return CANCEL
    if Intent.RESCHEDULE in said.intents and (going_on != "book" or AGAIN.search(said.folded)):
        return RESCHEDULE
    if going_on in (RESCHEDULE, CANCEL) and Intent.BOOK in said.intents and said.mention:
        return "book"
    return going_on or "book"


def _puts_off(said: Said) -> bool:
    """ "Vou pensar", but neither "outro dia" nor "mais tarde" among times that were offered."""
    if said.assent is not Assent.LATER or said.moments:
        return False
    return not (wants_later_times(said) or wants_others(said))


def _gives_up(turn: Turn, said: Said) -> bool:
    """ "Não, obrigada" to a question for a day or a time."""
    answers = said.intents <= ANSWERS or _of_this_booking(turn, said)
    names_something = said.moments or said.chosen or said.mention or wants_others(said)
    refuses = said.assent is Assent.NO or Intent.CANCEL_BOOKING in said.intents
    return answers and refuses and not names_something


def _of_this_booking(turn: Turn, said: Said) -> bool:
    thread = turn.thread
    return bool(thread and thread.dialogue == "book" and len(said.text.split()) <= SHORT)
