"""What a dialogue of support works with, and how it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.support.handing import handed
from chatwootai.crews.support.reading import Said
from chatwootai.crews.support.tools import SupportTools
from chatwootai.crews.tools import Visit
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Json
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.threads import Thread, closed, opened
from chatwootai.hub.yes import no_value, yes_value

PATIENCE: Final = 2
"""How often the same is asked in a row."""

WHY_STUCK: Final = "não consegui entender a resposta"


@dataclass(frozen=True, slots=True)
class Slots:
    """What a dialogue knows by now; "" for what it does not.

    `items` are names of goods, a line each, or "all"; `opened` is "yes" or "no"; `rest` are codes that come
    after this one; `said` are her first words; `step` tells apart two questions for one slot of the thread.
    """

    code: str = ""
    items: str = ""
    reason: str = ""
    wish: str = ""
    opened: str = ""
    rest: str = ""
    document: str = ""
    email: str = ""
    phone: str = ""
    said: str = ""
    step: str = ""

    @classmethod
    def of(cls, state: Mapping[str, Json]) -> Slots:
        known = {field.name for field in fields(cls)}
        return cls(
            **{name: value for name, value in state.items() if name in known and isinstance(value, str)}
        )

    @property
    def state(self) -> dict[str, Json]:
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Scene:
    """One dialogue in one turn. `thread` is this crew's open one, None where she begins anew."""

    visit: Visit
    tools: SupportTools
    wording: Wording
    said: Said
    thread: Thread | None = None

    @property
    def today(self) -> date:
        return self.visit.briefing.now.date()

    def ask(
        self,
        dialogue: str,
        asks: str,
        text: str,
        slots: Slots,
        choices: Sequence[Choice] = (),
        *,
        progress: bool = False,
    ) -> Part:
        """One question. Asked a third time in a row it goes to a person; `progress` counts anew."""
        times = 1 if progress else 1 + self._asked(dialogue, asks, slots.step)
        if times > PATIENCE:
            return self.give_up()
        thread = Thread(CrewName.SUPPORT, dialogue, asks, slots.state, times=times)
        self.visit.memory |= opened(self.visit.memory, thread)
        return Part(text, tuple(choices))

    def propose(
        self, dialogue: str, proposal_id: str, text: str, titles: tuple[str, str], slots: Slots
    ) -> Part:
        """A proposal in full, with its buttons. Shown a third time in a row it goes to a person."""
        shown_before = self.thread is not None and self.thread.proposal == proposal_id
        times = 1 + (self.thread.times if self.thread and shown_before else 0)
        if times > PATIENCE:
            return self.give_up()
        thread = Thread(
            CrewName.SUPPORT, dialogue, "yes", replace(slots, step="").state, proposal_id, times=times
        )
        self.visit.memory |= opened(self.visit.memory, thread)
        yes, no = titles
        return Part(text, (Choice(yes, yes_value(proposal_id)), Choice(no, no_value(proposal_id))))

    def tell(self, text: str) -> Part:
        """The dialogue is through."""
        self.close()
        return Part(text)

    def offer(self, text: str, *choices: Choice) -> Part:
        """Through, with a person on offer."""
        self.close()
        self.wording.offer_person()
        return Part(text, (*choices, PERSON_CHOICE))

    def hand(
        self,
        text: str,
        why: str,
        facts: Sequence[str] = (),
        *,
        reason: HandoffReason = HandoffReason.FOLLOW_UP,
        urgent: bool = False,
    ) -> Part:
        """To a person: `text` is said first, `why` and `facts` go into the colleague's note."""
        self.close()
        outcome = handed(reason, text, why, facts, self.visit, self.wording, urgent=urgent)
        return Part(handoff=outcome)

    def give_up(self) -> Part:
        return self.hand("", WHY_STUCK, self._facts(), reason=HandoffReason.NOT_UNDERSTOOD)

    def close(self) -> None:
        self.visit.memory |= closed(self.visit.memory, CrewName.SUPPORT)

    def _asked(self, dialogue: str, asks: str, step: str) -> int:
        thread = self.thread
        if thread is None or (thread.dialogue, thread.asks) != (dialogue, asks):
            return 0
        return thread.times if Slots.of(thread.state).step == step else 0

    def _facts(self) -> tuple[str, ...]:
        code = Slots.of(self.thread.state).code if self.thread else ""
        return (f"**Pedido:** {code}",) if code else ()


def prefixed(before: str, part: Part, between: str = "\n\n") -> Part:
    """The part with something said before it, whether it is for her or for people."""
    if part.handoff:
        return replace(part, handoff=replace(part.handoff, text=f"{before}{between}{part.handoff.text}"))
    return replace(part, text=f"{before}{between}{part.text}")
