"""Health: never advice. The emergency sentence of the profile, and a person at once."""

from __future__ import annotations

from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.outcomes import Handoff, HandoffReason

NO_ADVICE = (
    "Sobre isso não posso orientar por aqui, para a sua segurança.",
    "Por segurança, eu não dou orientação de saúde.",
)


def to_a_person(visit: Visit, wording: Wording) -> Part:
    """An urgent handoff that tells what to do in an emergency first."""
    briefing, ledger = visit.briefing, visit.ledger
    emergency = briefing.profile.health.emergency
    ledger.facts.append(Fact(FactKind.TEXT, "emergency", emergency))
    person = handoff_text(HandoffReason.HEALTH, briefing, wording, ledger)
    text = "\n\n".join([emergency, f"{wording.pick('no_advice', NO_ADVICE)} {person}"])
    return Part(
        handoff=Handoff(HandoffReason.HEALTH, text, summary(HandoffReason.HEALTH, briefing), urgent=True)
    )
