"""The crew that books: which dialogue answers what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.hello import GREETED, hello
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.scheduling.answering import YES, answer_proposal
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.hearing import heard
from chatwootai.crews.scheduling.resuming import resumed
from chatwootai.crews.scheduling.routes import back_to, flow, tell, told_apart
from chatwootai.crews.scheduling.toolbox import SchedulingTools
from chatwootai.crews.tools import Visit
from chatwootai.domain.crews import Briefing, Draft, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Reply


@dataclass(frozen=True, slots=True)
class SchedulingCrew:
    """Bound to one account's desk."""

    desk: Desk

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """What was accepted is ended first, then what she asks is answered, then one question is asked."""
        turn = self._turn(briefing, ledger)
        before = turn.thread
        ending = [request for request in requests if request.chosen.startswith(YES)]
        parts: list[Part] = []
        for request in ending:
            parts += await answer_proposal(turn, heard([request]), request.chosen.removeprefix(YES))
        rest = [request for request in requests if request not in ending]
        told, flowing = told_apart(turn, rest)
        going_on = turn.thread
        parts += await tell(turn, told)
        if flowing:
            parts += await flow(turn, flowing)
        elif told and going_on:
            parts += await back_to(turn, going_on)
        if before and before.proposal and any(part.handoff for part in parts):
            # People take over: nobody's yes is waited for, and its time is free for others.
            await turn.tools.withdraw(before.proposal)
        return _draft(turn, parts, briefing, greets=True)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        """The open question of a booking once more."""
        turn = self._turn(briefing, ledger)
        part = await resumed(turn)
        return _draft(turn, [part], briefing, greets=False) if part else None

    def _turn(self, briefing: Briefing, ledger: Ledger) -> Turn:
        tools = SchedulingTools(self.desk, Visit.of(briefing, ledger))
        return Turn(tools, Wording(briefing))


def _draft(turn: Turn, parts: Sequence[Part], briefing: Briefing, *, greets: bool) -> Draft:
    outcome = joined(parts)
    memory = turn.tools.visit.memory
    choices = outcome.choices if isinstance(outcome, Reply) else ()
    memory.update({**turn.wording.memory, **remembered(choices), COUNTER: None, "topic": "scheduling"})
    if greets and isinstance(outcome, Reply) and (greeting := hello(briefing)):
        outcome = Reply(greeting + outcome.text, outcome.choices)
        memory[GREETED] = briefing.messages[-1].id
    return Draft(outcome, memory)
