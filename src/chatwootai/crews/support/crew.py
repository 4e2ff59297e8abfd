"""The support crew: orders that were placed, and what goes wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.answers import offered, remembered
from chatwootai.crews.dialogues.hello import GREETED, hello
from chatwootai.crews.dialogues.notunderstood import BEYOND, COUNTER, not_understood
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.support.cancelling import CANCEL, cancel
from chatwootai.crews.support.complaining import COMPLAINT, complain
from chatwootai.crews.support.deciding import Deciding, Dialogue
from chatwootai.crews.support.exchanging import EXCHANGE, exchange
from chatwootai.crews.support.grouping import Group, grouped, slots_for
from chatwootai.crews.support.invoicing import INVOICE, invoice
from chatwootai.crews.support.listing import LIST, list_orders
from chatwootai.crews.support.reading import ITEM_VALUE, OPENED_VALUE, ORDER_VALUE, REASON_VALUE, said_in
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.crews.support.tools import SupportTools
from chatwootai.crews.support.tracking import STATUS, track
from chatwootai.crews.tools import Visit
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Briefing, CrewName, Draft, Json, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.threads import Thread, of_crew, opened
from chatwootai.hub import yes
from chatwootai.hub.yes import SHOWN, SHOWN_NOW

DIALOGUES: Final[Mapping[str, Dialogue]] = {
    STATUS: track,
    LIST: list_orders,
    CANCEL: cancel,
    EXCHANGE: exchange,
    COMPLAINT: complain,
    INVOICE: invoice,
}
BACK: Final = ("Voltando ao que falávamos:", "Sobre o assunto de antes:")
MINE: Final = (ORDER_VALUE, ITEM_VALUE, REASON_VALUE, OPENED_VALUE, "yes:", "no:", "pessoa")
"""How the values of choices begin that this crew may take back."""


@dataclass(frozen=True, slots=True)
class SupportCrew:
    """Bound to one account's desk."""

    desk: Desk

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """Answers each dialogue's requests together; what was open before comes back in the end."""
        turn = _Turn(self.desk, briefing, ledger)
        groups = grouped(requests, turn.thread)
        if any(group.dialogue not in DIALOGUES and not group.proposal for group in groups):
            groups = tuple(group for group in groups if group.dialogue in DIALOGUES or group.proposal)
            if not groups:
                return not_understood(briefing, ledger)
        parts = _last_question([await turn.answer(group) for group in groups])
        went_on = turn.thread is None or any(group.dialogue == turn.thread.dialogue for group in groups)
        if not went_on and not any(part.choices or part.handoff for part in parts):
            parts += [part] if (part := await turn.again()) else []
        return turn.draft(parts, greets=True)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        turn = _Turn(self.desk, briefing, ledger)
        part = await turn.again()
        return turn.draft([part], greets=False) if part else None


@dataclass(frozen=True, slots=True)
class _Answered:
    """`asks` tells that the part opened a thread: she is to answer it."""

    part: Part
    asks: bool


def _last_question(answers: Sequence[_Answered]) -> list[Part]:
    """All that was told, and of several questions the last: only its thread is open."""
    asking = [each for each in answers if each.asks]
    return [each.part for each in answers if not each.asks or each is asking[-1]]


def _shows(proposal: Json, choices: Sequence[Choice]) -> bool:
    """Whether the draft shows the proposal: another question may have taken its place."""
    return any(choice.value == yes.yes_value(str(proposal)) for choice in choices)


class _Turn:
    """One turn of this crew. `thread` is what was open when it began."""

    def __init__(self, desk: Desk, briefing: Briefing, ledger: Ledger) -> None:
        self._briefing = briefing
        self._visit = Visit.of(briefing, ledger)
        self._wording = Wording(briefing)
        self._tools = SupportTools(desk, self._visit)
        self.thread = of_crew(briefing.memory, CrewName.SUPPORT)

    async def answer(self, group: Group) -> _Answered:
        """A dialogue that is through closes no thread of another one."""
        before = of_crew(self._visit.memory, CrewName.SUPPORT)
        part = await self._answer(group)
        now = of_crew(self._visit.memory, CrewName.SUPPORT)
        if now is None and before and before.dialogue != group.dialogue and not part.handoff:
            self._visit.memory |= opened(self._visit.memory, before)
            return _Answered(part, asks=False)
        return _Answered(part, asks=now is not None and now != before)

    async def _answer(self, group: Group) -> Part:
        goes_on = self.thread is not None and self.thread.dialogue == group.dialogue
        scene = self._scene(group.requests, self.thread if goes_on else None)
        slots = slots_for(group, scene.said, self.thread, self._briefing.memory)
        dialogue = DIALOGUES.get(group.dialogue, track)
        if group.proposal:
            return await Deciding(scene, slots, dialogue).answer(group.proposal)
        return await dialogue(scene, slots)

    async def again(self) -> Part | None:
        """The open question once more, counted as it was; None where nothing is open."""
        thread = self.thread
        if thread is None or thread.dialogue not in DIALOGUES:
            return None
        back = self._wording.pick("support_back", BACK)
        slots, dialogue = Slots.of(thread.state), DIALOGUES[thread.dialogue]
        if thread.proposal:
            scene = self._scene((), replace(thread, times=0))
            part = await Deciding(scene, slots, dialogue).again(back)
        else:
            asked = await dialogue(self._scene((), None), slots)
            part = replace(asked, text=f"{back} {asked.text}") if asked.text else asked
        now = of_crew(self._visit.memory, CrewName.SUPPORT)
        if part and now and (now.dialogue, now.asks) == (thread.dialogue, thread.asks):
            self._visit.memory |= opened(self._visit.memory, replace(now, times=thread.times))
        return part

    def draft(self, parts: Sequence[Part], *, greets: bool) -> Draft:
        outcome = joined(parts)
        greeting = hello(self._briefing) if greets else ""
        outcome = replace(outcome, text=greeting + outcome.text)
        memory = {**self._visit.memory, **self._wording.memory, COUNTER: None, BEYOND: None}
        if greeting:
            memory[GREETED] = self._briefing.messages[-1].id
        is_mine = all(value.startswith(MINE) for value in offered(self._briefing.memory).values)
        choices = () if isinstance(outcome, Handoff) else outcome.choices
        if choices or is_mine:
            memory |= remembered(choices)
        if memory.get(SHOWN_NOW) and not _shows(memory.get(SHOWN), choices):
            memory |= yes.remembered(None)
        return Draft(outcome, memory)

    def _scene(self, requests: Sequence[Request], thread: Thread | None) -> Scene:
        said = said_in(requests, self._briefing)
        return Scene(self._visit, self._tools, self._wording, said, thread)
