"""Crews and understanding that a test can read at a glance."""

from __future__ import annotations

from collections.abc import Callable

from chatwootai.domain.channels import Bubble
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Briefing, CrewName, Draft, Intent, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply


class EchoUnderstanding:
    """Whoever says "pessoa" wants a person; everything else is a question about a price."""

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        return tuple(
            Request(Intent.PERSON, None, m.text)
            if "pessoa" in m.text
            else Request(Intent.PRICE, CrewName.SALES, m.chosen.title if m.chosen else m.text)
            for m in briefing.messages
        )


class EchoCrew:
    """Repeats every request it was given. `before_answering` runs while it "works"."""

    def __init__(self) -> None:
        self.briefings: list[Briefing] = []
        self.before_answering: list[Callable[[], object]] = []
        self.errors: list[Exception] = []
        self.text: str | None = None
        self.choices: tuple[Choice, ...] = ()

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        self.briefings.append(briefing)
        if self.before_answering:
            self.before_answering.pop(0)()
        if self.errors:
            raise self.errors.pop(0)
        text = self.text or "Você disse: " + " / ".join(request.text for request in requests)
        return Draft(Reply(text, self.choices), {"turns": len(self.briefings)})

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None


class HandingFrontdesk:
    """Hands everything over, in haste if somebody says "urgente"."""

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        summary = "O cliente pediu: " + " / ".join(request.text for request in requests)
        text, urgent = "Vou te passar para uma pessoa.", "urgente" in summary
        return Draft(Handoff(HandoffReason.CUSTOMER_ASKED, text, summary, urgent))

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None


class PlainChannel:
    """One bubble per paragraph."""

    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        return tuple(Bubble(part) for part in reply.text.split("\n\n"))
