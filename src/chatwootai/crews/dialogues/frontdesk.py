"""What no crew answers: a person is wanted, or nothing was understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chatwootai.crews.dialogues.answers import refuses_person, remembered
from chatwootai.crews.dialogues.notunderstood import (
    PERSON_CHOICE,
    handed_over,
    not_understood,
    theme_text,
    unseen_text,
)
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.understanding.reading import declines_person
from chatwootai.crews.understanding.themes import theme_of
from chatwootai.crews.understanding.understanding import KeywordUnderstanding
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Briefing, Draft, Intent, Request, Understanding
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import HandoffReason, Reply

DECLINED = (
    "Tudo bem, seguimos por aqui! Me conta o que você procura 😊",
    "Sem problema, continuo com você por aqui. O que você gostaria de saber?",
)
PARTLY = (
    "Só não entendi {what}. Pode me dizer de outro jeito, ou prefere falar com uma pessoa da equipe?",
    "A parte de {what} eu não entendi. Quer que eu te passe para uma pessoa da equipe?",
)
URGENT = re.compile(r"\b(?:reclame aqui|procon|advogad[oa]|processar)\b")


@dataclass(frozen=True, slots=True)
class Frontdesk:
    """A crew in form: it takes the requests that have no crew."""

    understanding: Understanding = field(default_factory=KeywordUnderstanding)

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """A handoff for who wants a person or was not understood twice in a row; else an honest question."""
        wording = Wording(briefing)
        said = " ".join(norm for request in requests for norm in norms_of(request.text))
        if any(request.intent is Intent.PERSON for request in requests):
            urgent = URGENT.search(said) is not None
            return handed_over(HandoffReason.CUSTOMER_ASKED, briefing, wording, ledger, urgent=urgent)
        if any(request.crew for request in self.understanding.requests(briefing)):
            return _partly(requests, briefing, wording)
        if all(_declines(request, briefing) for request in requests):
            return Draft(Reply(wording.pick("declined", DECLINED)), wording.memory)
        return not_understood(briefing, ledger)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None


def _declines(request: Request, briefing: Briefing) -> bool:
    refused = any(refuses_person(message, briefing) for message in briefing.messages)
    return refused or declines_person(request.text)


def _partly(requests: tuple[Request, ...], briefing: Briefing, wording: Wording) -> Draft:
    """What another crew left over; its own choices, if it offers any, stay the ones that count."""
    asked = [request for request in requests if request.text]
    if not asked:
        return Draft(Reply(unseen_text(briefing, wording)), wording.memory)
    theme = next((theme for request in asked if (theme := theme_of(request.text))), None)
    text = _regret(asked[0].text, wording) if theme is None else theme_text(theme, wording)
    if briefing.memory.get("choices"):
        return Draft(Reply(text), wording.memory)
    return Draft(Reply(text, (PERSON_CHOICE,)), {**wording.memory, **remembered((PERSON_CHOICE,))})


def _regret(said: str, wording: Wording) -> str:
    wording.offer_person()
    return wording.pick("partly", PARTLY, {"what": quoted(said.removeprefix("e "))})
