"""Greeting, thanks, good-bye, small talk, and who is speaking."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.crews.dialogues.hello import by_the_clock, first_name, met_today
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.cues import IDENTITY, ONLY_ACKNOWLEDGED
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import CrewName, Intent, Request
from chatwootai.domain.ledger import Fact, FactKind

FIRST_GREETING = (
    "{hello}{name}! Eu sou {assistant}, assistente virtual da equipe {business}. Como posso ajudar? 😊",
    "{hello}{name}! Aqui é {assistant}, assistente virtual da equipe {business}. O que você procura hoje? 😊",
)
NEXT_GREETING = (
    "{hello}{name}! Em que posso ajudar?",
    "{hello}{name}! Pode falar, estou por aqui 😊",
    "{hello}{name}! O que você precisa?",
)
IDENTITIES = (
    "Eu sou {assistant}, um robô da equipe {business}. Se preferir uma pessoa, é só pedir 😊",
    "Aqui é {assistant}, assistente virtual da equipe {business}. Para falar com uma pessoa, é só pedir 😊",
)
CAN_DO = {
    CrewName.SALES: "ver preços, indicar produtos e fazer pedidos",
    CrewName.SCHEDULING: "marcar e remarcar horários",
    CrewName.SUPPORT: "acompanhar pedidos e trocas",
    CrewName.INFO: "tirar dúvidas sobre a loja",
}
"""What each crew does, as the assistant tells it."""
THANKS = (
    "Por nada! Se precisar de mais alguma coisa, é só chamar 😊",
    "Imagina! Qualquer coisa, estou por aqui 😊",
    "Eu que agradeço! Precisando, é só escrever 😊",
)
THANKS_SHORT = ("Por nada!", "Imagina!", "Eu que agradeço!")
ACKNOWLEDGED = (
    "Combinado! Qualquer coisa, é só chamar 😊",
    "Perfeito! Se precisar, estou por aqui 😊",
)
GOODBYE = ("Até mais! 👋", "Até logo! 👋", "Tchau, até a próxima! 👋")
SMALL_TALK = (
    "Tudo certo por aqui! E com você? Me conta como posso ajudar 😊",
    "Que bom falar com você! No que posso ajudar hoje? 😊",
    "Por aqui tudo bem! O que você precisa? 😊",
)


def social(intent: Intent, requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The sentence for one social intent among `requests`."""
    texts = [request.text for request in requests if request.intent is intent]
    match intent:
        case Intent.GREETING | Intent.IDENTITY:
            return _greeting(intent, texts, visit, wording)
        case Intent.GOODBYE:
            return wording.pick("goodbye", GOODBYE)
        case Intent.SMALL_TALK:
            return wording.pick("small_talk", SMALL_TALK)
        case _:
            return _thanks(texts, len(requests) == 1, wording)


def _thanks(texts: Sequence[str], alone: bool, wording: Wording) -> str:
    if not alone:
        return wording.pick("thanks_short", THANKS_SHORT)
    only_ok = all(ONLY_ACKNOWLEDGED.fullmatch(" ".join(norms_of(text))) for text in texts)
    return wording.pick("ok", ACKNOWLEDGED) if only_ok else wording.pick("thanks", THANKS)


def _greeting(intent: Intent, texts: Sequence[str], visit: Visit, wording: Wording) -> str:
    briefing = visit.briefing
    met = met_today(briefing)
    name = first_name(briefing.conversation.contact.name)
    words = {
        "hello": "Oi" if met else by_the_clock(briefing.now.hour),
        "name": f", {name}" if name else "",
        "assistant": briefing.profile.assistant,
        "business": briefing.profile.business,
    }
    visit.ledger.facts.append(Fact(FactKind.TEXT, "business", briefing.profile.business))
    if intent is Intent.IDENTITY or any(IDENTITY.search(" ".join(norms_of(text))) for text in texts):
        told = wording.pick("identity", IDENTITIES, words)
        can_do = [does for crew, does in CAN_DO.items() if crew.value in briefing.profile.crews]
        return f"{told}\nPor aqui eu posso {joined(can_do, ' e ')}." if can_do else told
    if met:
        return wording.pick("greeting_again", NEXT_GREETING, words)
    return wording.pick("greeting", FIRST_GREETING, words)
