"""Asking one thing at a time: at most twice the same, then a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.plans import Plan, plan_of
from chatwootai.crews.scheduling.toolbox import SchedulingTools
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName
from chatwootai.domain.outcomes import Handoff, HandoffReason
from chatwootai.domain.threads import Thread, closed, of_crew, opened

PATIENCE: Final = 2
"""How often the same is asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the dialogues of one turn work with."""

    tools: SchedulingTools
    wording: Wording

    @property
    def bench(self) -> Bench:
        return self.tools.bench

    @property
    def thread(self) -> Thread | None:
        """What this crew is in the middle of."""
        return of_crew(self.tools.visit.memory, CrewName.SCHEDULING)

    @property
    def plan(self) -> Plan:
        thread = self.thread
        return plan_of(thread.state) if thread else Plan()

    def ask(
        self,
        dialogue: str,
        asks: str,
        plan: Plan,
        text: str,
        choices: tuple[Choice, ...] = (),
        *,
        proposal: str = "",
        progress: bool = True,
    ) -> Part:
        """Open the thread at this question. Without progress it is the same question again."""
        before = self.thread
        again = before is not None and not progress and (before.dialogue, before.asks) == (dialogue, asks)
        times = before.times + 1 if before is not None and again else 1
        if times > PATIENCE:
            return self.hand_over(HandoffReason.NOT_UNDERSTOOD)
        thread = Thread(CrewName.SCHEDULING, dialogue, asks, plan.kept(), proposal, times)
        self.tools.visit.memory.update(opened(self.tools.visit.memory, thread))
        return Part(text, choices)

    def close(self) -> None:
        """This crew is through."""
        self.tools.visit.memory.update(closed(self.tools.visit.memory, CrewName.SCHEDULING))

    def hand_over(
        self, reason: HandoffReason, text: str = "", note: str = "", *, urgent: bool = False
    ) -> Part:
        """To people; `text` is said before what happens now, `note` tells them what it is about."""
        self.close()
        briefing = self.bench.briefing
        said = handoff_text(reason, briefing, self.wording, self.tools.visit.ledger)
        about = f"\n\n**Agenda:** {note}" if note else ""
        whole = f"{text} {said}" if text else said
        return Part(handoff=Handoff(reason, whole, summary(reason, briefing) + about, urgent))
