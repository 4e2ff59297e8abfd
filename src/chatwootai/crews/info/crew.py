"""Greeting, hours, address, thanks and good-bye."""

from __future__ import annotations

from chatwootai.crews.dialogues.hello import GREETED, by_the_clock, first_name, hello, met_today
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.hours import tell_hours
from chatwootai.crews.understanding.cues import IDENTITY, ONLY_ACKNOWLEDGED
from chatwootai.crews.understanding.reading import SOCIAL
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.crews import Briefing, Draft, Intent, Request
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.outcomes import Reply

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
ADDRESS = ("Nosso endereço é {address}.", "Estamos neste endereço: {address}.")
SHOP = ("Temos loja física, sim! Fica neste endereço: {address}.", "Nossa loja fica aqui: {address}.")
NO_ADDRESS = (
    "Não tenho o endereço aqui comigo. Quer que eu te passe para uma pessoa da equipe?",
    "O endereço eu não sei informar, mas uma pessoa da equipe sabe. Quer que eu te passe para ela?",
)
THANKS = (
    "Por nada! Se precisar de mais alguma coisa, é só chamar 😊",
    "Imagina! Qualquer coisa, estou por aqui 😊",
    "Eu que agradeço! Precisando, é só escrever 😊",
)
ACKNOWLEDGED = (
    "Combinado! Qualquer coisa, é só chamar 😊",
    "Perfeito! Se precisar, estou por aqui 😊",
)
GOODBYE = ("Até mais! 👋", "Até logo! 👋", "Tchau, até a próxima! 👋")


class InfoCrew:
    """Knows the shop's profile and the time; reads nothing else."""

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        wording = Wording(briefing)
        parts: list[str] = []
        hours = tuple(request for request in requests if request.intent is Intent.BUSINESS_HOURS)
        for intent in dict.fromkeys(request.intent for request in requests):
            if intent is Intent.BUSINESS_HOURS:
                parts.append(tell_hours([request.text for request in hours], briefing, wording, ledger))
            else:
                parts.append(_social(intent, requests, briefing, wording, ledger))
        social = all(request.intent in (Intent.THANKS, Intent.GOODBYE) for request in requests)
        memory = {**wording.memory, COUNTER: None}
        topic = {"topic": Intent.BUSINESS_HOURS.value} if hours else {}
        greeting = "" if any(request.intent in SOCIAL for request in requests) else hello(briefing)
        text = greeting + (" " if social else "\n\n").join(parts)
        return Draft(Reply(text), {**memory, **topic, GREETED: briefing.messages[-1].id})

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None


def _social(
    intent: Intent, requests: tuple[Request, ...], briefing: Briefing, wording: Wording, ledger: Ledger
) -> str:
    match intent:
        case Intent.GREETING:
            return _greeting([request.text for request in requests], briefing, wording, ledger)
        case Intent.ADDRESS:
            return _address([request.text for request in requests], briefing, wording, ledger)
        case Intent.GOODBYE:
            return wording.pick("goodbye", GOODBYE)
        case _:
            said = [request.text for request in requests if request.intent is Intent.THANKS]
            only_ok = all(ONLY_ACKNOWLEDGED.fullmatch(" ".join(norms_of(text))) for text in said)
            alone = len(requests) == 1
            if not alone:
                return wording.pick("thanks_short", ("Por nada!", "Imagina!", "Eu que agradeço!"))
            return wording.pick("ok", ACKNOWLEDGED) if only_ok else wording.pick("thanks", THANKS)


def _greeting(texts: list[str], briefing: Briefing, wording: Wording, ledger: Ledger) -> str:
    met = met_today(briefing)
    profile = briefing.profile
    name = first_name(briefing.conversation.contact.name)
    words = {
        "hello": "Oi" if met else by_the_clock(briefing.now.hour),
        "name": f", {name}" if name else "",
        "assistant": profile.assistant,
        "business": profile.business,
    }
    ledger.facts.append(Fact(FactKind.TEXT, "business", profile.business))
    if any(IDENTITY.search(" ".join(norms_of(text))) for text in texts):
        return wording.pick("identity", IDENTITIES, words)
    if met:
        return wording.pick("greeting_again", NEXT_GREETING, words)
    return wording.pick("greeting", FIRST_GREETING, words)


def _address(texts: list[str], briefing: Briefing, wording: Wording, ledger: Ledger) -> str:
    address = briefing.profile.address
    if not address:
        wording.offer_person()
        return wording.pick("no_address", NO_ADDRESS)
    ledger.facts.append(Fact(FactKind.TEXT, "address", address))
    if any("loja fisica" in fold(text) for text in texts):
        return wording.pick("shop", SHOP, {"address": address})
    return wording.pick("address", ADDRESS, {"address": address})
