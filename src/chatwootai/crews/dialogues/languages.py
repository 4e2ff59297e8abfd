"""Other languages: what the profile says in them, and a person who may speak them."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.handoff import summary
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author, Choice
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.outcomes import Handoff, HandoffReason

TOLD: Final = "told_in"
"""Memory key: the language in which we answered last."""
TOLD_AT: Final = "told_at"
"""Memory key: the customer's message that we answered so."""
SPANISH = frozenset(
    """
    hola gracias cuanto cuanta cuesta cuestan quiero usted ustedes tienen tiene espanol buenos buenas
    dias tardes noches donde esta estan puedo hay envio envios pedido hasta manana luego por favor
    necesito queria comprar tienda hablan habla precio una con para mi quisiera cita llego aceptan pagar
    """.split()  # noqa: SIM905 a list of this length is read as a text
)
ENGLISH = frozenset(
    """
    hi hello how much many is are the do does you your i im want need would like can could please thanks
    thank what where when price order deliver delivery open today tomorrow speak english have my for an
    appointment book buy ship help
    """.split()  # noqa: SIM905 a list of this length is read as a text
)
PERSON: Final = {
    "en": Choice("Talk to a person", "pessoa"),
    "es": Choice("Hablar con alguien", "pessoa"),
}
FALLBACK: Final = {
    "en": "Sorry, I only understand Portuguese. A person of the team can help you here. Shall I call them?",
    "es": "Perdona, solo entiendo portugués. Una persona del equipo puede ayudarte por aquí. ¿La llamo?",
}
HANDED: Final = {
    "en": "All right, a person of the team will answer you here.",
    "es": "De acuerdo, una persona del equipo te responderá por aquí.",
}


def language_of(text: str) -> str:
    """ "en" or "es": whose small words it holds more of; English where both or neither."""
    words = set(norms_of(text))
    return "es" if len(words & SPANISH) > len(words & ENGLISH) else "en"


def answer(visit: Visit, text: str, wording: Wording) -> Part:
    """The first time the profile's welcome in that language, the second time in a row a person."""
    language = language_of(text)
    profile = visit.briefing.profile
    texts = profile.languages.get(language)
    if visit.memory.get(TOLD):
        return to_a_person(visit, language)
    welcome = texts.welcome if texts else FALLBACK[language]
    said = welcome.replace("{assistant}", profile.assistant).replace("{business}", profile.business)
    visit.ledger.facts.append(Fact(FactKind.TEXT, "welcome", said))
    wording.offer_person()
    choices = (PERSON[language],)
    visit.memory.update({TOLD: language, TOLD_AT: visit.briefing.messages[-1].id, **remembered(choices)})
    return Part(said, choices)


def to_a_person(visit: Visit, language: str) -> Part:
    """A handoff in the customer's language, as the profile words it."""
    texts = visit.briefing.profile.languages.get(language)
    said = texts.handoff if texts else HANDED[language]
    why = HandoffReason.OTHER_LANGUAGE
    return Part(handoff=Handoff(why, said, summary(why, visit.briefing)))


def just_spoken(briefing: Briefing) -> str:
    """The language of our last answer, "" for Portuguese: her "yes" is answered in it, too."""
    before = [earlier.id for earlier in briefing.history if earlier.author is Author.CUSTOMER]
    if not before or briefing.memory.get(TOLD_AT) != before[-1]:
        return ""
    return str(briefing.memory.get(TOLD) or "")
