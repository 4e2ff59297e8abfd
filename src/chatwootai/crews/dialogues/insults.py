"""Insults: no quarrel, no lecture. Once an offer of a person, then the person."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.answers import person_was_offered, remembered
from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.domain.outcomes import Handoff, HandoffReason

ANGRY: Final = "angry"
"""Memory key: set once an insult was answered with an offer of a person."""
SORRY = (
    "Sinto muito por isso. Me conta o que aconteceu, ou prefere falar com uma pessoa da equipe?",
    "Peço desculpas se algo não saiu bem. Quer que eu chame uma pessoa da equipe para resolver com você?",
)


def answer(visit: Visit, wording: Wording) -> Part:
    before = visit.memory.get(ANGRY)
    if before and person_was_offered(visit.briefing):
        text = handoff_text(HandoffReason.UPSET, visit.briefing, wording, visit.ledger)
        return Part(handoff=Handoff(HandoffReason.UPSET, text, summary(HandoffReason.UPSET, visit.briefing)))
    wording.offer_person()
    choices = (PERSON_CHOICE,)
    visit.memory.update({ANGRY: 1, **remembered(choices)})
    return Part(wording.pick("sorry", SORRY), choices)
