"""Saying honestly that something was not understood, once; then a person."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.cues import TOPIC
from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.dialogues.words import norms_of
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Briefing, Draft
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply

COUNTER: Final = "not_understood"
"""Memory key: how many turns in a row were not understood."""

PERSON_CHOICE: Final = Choice("Falar com uma pessoa", "pessoa")
CHOICES: Final = (Choice("Preço de um produto", "preco"), Choice("Horário", "horario"), PERSON_CHOICE)

NOT_UNDERSTOOD = (
    "Desculpa, não entendi. Pode me dizer de outro jeito? Posso ajudar com:",
    "Hum, essa eu não entendi. Pode escrever de outra forma? Eu sei ajudar com:",
)
NOT_KNOWN = (
    "Isso eu ainda não sei responder, mas uma pessoa da equipe sabe. Quer que eu te passe para ela?",
    "Sobre isso, só uma pessoa da equipe pode responder. Posso te passar para ela?",
)
"""For what was understood, but is beyond us."""
UNSEEN: Final = {
    "audio": (
        "Ainda não consigo ouvir áudios. Pode me escrever o que precisa? 🙈",
        "Desculpa, áudios eu ainda não consigo ouvir. Me escreve por aqui?",
    ),
    "image": (
        "Ainda não consigo ver imagens. Pode me escrever o que precisa? 🙈",
        "Desculpa, imagens eu ainda não consigo ver. Me escreve o que você procura?",
    ),
    "video": (
        "Ainda não consigo ver vídeos. Pode me escrever o que precisa? 🙈",
        "Desculpa, vídeos eu ainda não consigo ver. Me escreve por aqui?",
    ),
}
UNSEEN_OTHER = (
    "Recebi, mas ainda não consigo abrir esse tipo de mensagem. Pode me escrever o que precisa?",
    "Desculpa, esse tipo de mensagem eu ainda não consigo abrir. Me escreve por aqui?",
)


def not_understood(briefing: Briefing, ledger: Ledger) -> Draft:
    """The first time in a row a question with choices, the second a handoff."""
    wording = Wording(briefing)
    if _times(briefing) >= 1:
        return handed_over(HandoffReason.NOT_UNDERSTOOD, briefing, wording, ledger)
    text = unseen_text(briefing, wording) or _question(briefing, wording)
    memory = {**wording.memory, **remembered(CHOICES), COUNTER: 1}
    return Draft(Reply(text, CHOICES), memory)


def _question(briefing: Briefing, wording: Wording) -> str:
    said = " ".join(norm for message in briefing.messages for norm in norms_of(message.text))
    if TOPIC.search(said):
        wording.offer_person()
        return wording.pick("not_known", NOT_KNOWN)
    return wording.pick("not_understood", NOT_UNDERSTOOD)


def handed_over(
    reason: HandoffReason, briefing: Briefing, wording: Wording, ledger: Ledger, *, urgent: bool = False
) -> Draft:
    text = handoff_text(reason, briefing, wording, ledger)
    memory = {**wording.memory, **remembered(()), COUNTER: None, "awaiting": None}
    return Draft(Handoff(reason, text, summary(reason, briefing), urgent), memory)


def unseen_text(briefing: Briefing, wording: Wording) -> str:
    """About messages that hold no text, "" when every message holds some."""
    for message in briefing.messages:
        if not message.text.strip() and message.chosen is None:
            kind = message.attachments[0] if message.attachments else "other"
            return wording.pick(f"unseen_{kind}", UNSEEN.get(kind, UNSEEN_OTHER))
    return ""


def _times(briefing: Briefing) -> int:
    times = briefing.memory.get(COUNTER)
    return times if isinstance(times, int) else 0
