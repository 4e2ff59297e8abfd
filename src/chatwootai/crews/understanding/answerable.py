"""What an open question of ours explains, so that it is no wish: a name, an address, "tanto faz"."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.understanding.people import NOT_NAMES, PARTICLES
from chatwootai.crews.understanding.readable import readable
from chatwootai.crews.understanding.words import norms_of

PERSONAL: Final = frozenset({"name", "address", "reason", "document", "phone", "postal_code", "feedback"})
"""Slots whose answer names no product."""
CHOICES: Final = frozenset(
    {"product", "service", "professional", "order", "appointment", "need", "detail", "compare", "slot", "day"}
)
"""Slots for which we have shown what there is to choose."""
WHENEVER: Final = frozenset({"day", "time", "slot", "professional", "service", "appointment"})
"""Slots of an appointment: "quero marcar" says nothing new there."""

LONGEST_ANSWER: Final = 14
"""Words; nobody makes more of them for a choice."""
_COURTESY: Final = re.compile(
    r"\b(?:oi|ola|bom dia|boa tarde|boa noite|por favor|por gentileza|obrigado|valeu|entao|ah|sim|claro|ok"
    r"|tudo bem|certo|beleza)\b"
)
_ANY: Final = re.compile(
    r"(?:(?:pode|ser|para|mim|eh|e|ah|entao|olha|tudo|bem|eu|por|com|em|no|na|o|a|de|ai|sei la|la) )*"
    r"(?:qualquer(?: (?:um|uma|dia|hora|horario|data|opcao|profissional|pessoa|lugar|desses|dessas))*"
    r"(?: (?:serve|esta bom|esta otimo|hora|desses|dessas|deles|delas|que tiver|livre|disponivel))*"
    r"|tanto faz(?: \w+){0,3}|(?:o |a )?(?:primeir|proxim|ultim)[oa](?: \w+)? (?:que|livre"
    r"|disponivel|vag[oa])"
    r"(?: (?:tiver|der|aparecer|puder|estiver livre|vagar|abrir|houver))*"
    r"|(?:pode )?(?:escolher?|escolha|decid[ae]|decidir|ver)(?: (?:voces?|por mim|para mim|ai|o melhor))*"
    r"|(?:voces? (?:que |quem )?(?:sabe[m]?|escolhem?|decidem?|mandam?))"
    r"|(?:o |a )?(?:que|quem) (?:for|tiver|der|achar|quiser|estiver|puder|ficar)(?: (?:mais|melhor"
    r"|livre|facil"
    r"|disponivel|vago|cedo|perto|rapido|bom|hora|horario|dia|para|voces?|ai|mim|em|conta|barato))*"
    r"|(?:o )?(?:mais|quanto) (?:cedo|rapido|proximo|antes)(?: (?:possivel|que (?:tiver|der|puder)|melhor))*"
    r"|(?:nao tenho |sem )preferencia(?: \w+){0,2}|(?:me )?(?:eh )?indiferente|(?:para mim )?da no mesmo"
    r"|nao (?:me )?importa|quem voces? quiser(?:em)?)"
    r"(?: (?:mesmo|por favor|obrigado|viu|ta|esta bom|serve|para mim|ne))*"
)
_PICKED: Final = re.compile(
    r"(?:(?:eu|quero|queria|pode ser|seria|eh|e|vou querer|prefiro|acho que|entao|sim) )*"
    r"(?:[oa]s?|ess[ea]s?|est[ea]s?|aquel[ea]s?)(?: mesm[oa])? "
    r"(?:(?:de|d[oa]s?|para(?: [oa]s?)?|com|sem|que tem|da marca|mais) )(?:[\w.]+ ?){1,4}"
)
"""One of several things by what tells it apart: "o de tireoide", "aquela com vitamina"."""
_NAMED: Final = re.compile(
    r"^(?:(?:eh|e|meu nome(?: completo)?(?: eh| e)?|nome|me chamo|sou(?: [oa])?|sera"
    r"|pode(?: ser)?(?: por| colocar"
    r"| botar| anotar| marcar| deixar)?|coloca|anota|bota|poe|em|n?o nome d[eoa]|para(?: [oa])?|[oa]|aqui) )+"
)
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_ASKING: Final = re.compile(
    r"\b(?:quero|queria|gostaria|preciso|precisava|posso|podem|poderia|quanto|quantos|quanta|qual"
    r"|quais|quando"
    r"|onde|como|cade|tem|vende[m]?|aceita[m]?|entrega[m]?|abre[m]?|fecha[m]?|cancela\w*|remarca\w*|falar|nao"
    r"|sei|depois|mais|porque|ajuda|deixa|desisto|esquece|outro|outra|duvida|espera|calma|troca\w*|vou|esta"
    r"|estou|foi|era|voces?|veio|chegou|gente|pessoa|atendente|humano|robo|pedido|preco|valor)\b"
)
_HOW: Final = re.compile(
    r"\b(?:quanto|quantos|quantas|qual|quais|quando|onde|como|tem|cobra\w*|voces|demora\w*|prazo"
    r"|valor|preco|custa"
    r"|sera que|da para|saber|aceita\w*|parcela\w*|desconto)\b"
)
LONGEST_NAME: Final = 7
"""Words: "Maria Aparecida de Souza e Silva Santos"."""
_STREET: Final = re.compile(
    r"\b(?:r|rua|av|avenida|al|alameda|travessa|tv|praca|pca|rodovia|rod|estrada|estr|largo|quadra"
    r"|qd|qs|qn|qi"
    r"|sqn|sqs|conjunto|cj|vila|beco|ladeira|via|viela|condominio|residencial|bairro|jardim|lote)\b\.?"
    r"(?=.*(?:\d|\bs/?n\b|,| \w+ \w))"
)


_LEADING: Final = re.compile(
    r"(?:(?:oi+e?|ola+|opa|bom dia|boa tarde|boa noite|tudo bem|ah+|entao|bem|olha|claro|certo|ok|okay|beleza"
    r"|blz|ta|ta bom|hum+)\b[\s,.!:…-]*)+"
)
_TRAILING: Final = re.compile(
    r"(?:[\s,.!;…🙏😊🙂❤️👍☺😉-]|\b(?:por favor|pfv?|por gentileza|muit[oa]|obrigad[oa]|obg|brigad[oa]|valeu"
    r"|vlw|grat[oa]|ta|ok|viu|tudo bem|pode ser)\b)+$"
)
LONGEST_COURTESY: Final = 60
"""Characters at the end of a text among which courtesy is looked for."""


def without_courtesy(text: str) -> tuple[str, int]:
    """The text between its greeting and its thanks, with where it begins; itself if nothing else is in it."""
    folded = readable(text).folded
    if len(folded) != len(text):
        return text, 0
    leading = _LEADING.match(folded)
    start = leading.end() if leading else 0
    near = max(start, len(folded) - LONGEST_COURTESY)
    trailing = _TRAILING.search(folded, near)
    end = trailing.start() if trailing else len(folded)
    if "?" in folded[end:] or not any(letter.isalnum() for letter in text[start:end]):
        return text, 0
    return text[start:end], start


def is_indifferent(text: str) -> bool:
    """ "Qualquer um", "tanto faz", "o primeiro que tiver"."""
    norms = norms_of(text)
    if "?" in text or not 0 < len(norms) <= LONGEST_ANSWER:
        return False
    said = " ".join(norms)
    return _ANY.fullmatch(said) is not None or _ANY.fullmatch(_without_courtesy(said)) is not None


def picks_one(text: str) -> bool:
    """Whether the text points at one of the things that were shown by what tells it apart."""
    norms = norms_of(text)
    short = "?" not in text and len(norms) <= LONGEST_ANSWER
    return short and _PICKED.fullmatch(" ".join(norms)) is not None


def explains(asks: str, text: str) -> bool:
    """Whether the whole text is a name or an address, where one was asked for."""
    if "?" in text:
        return False
    if asks == "name":
        return _is_name(text)
    return asks == "address" and _STREET.search(readable(text).folded) is not None and not asks_or_wants(text)


def asks_or_wants(text: str) -> bool:
    """Whether a text has words with which one asks or wants something."""
    return "?" in text or _ASKING.search(" ".join(norms_of(text))) is not None


def asks_how(text: str) -> bool:
    """Whether a text asks about delivery or payment, instead of choosing."""
    return "?" in text or _HOW.search(" ".join(norms_of(text))) is not None


def _is_name(text: str) -> bool:
    said = _without_courtesy(" ".join(norms_of(text)))
    named = _NAMED.sub("", f"{said} ").strip()
    words = named.split()
    if not 0 < len(words) <= LONGEST_NAME or not all(map(_LETTERS.fullmatch, words)):
        return False
    if _ASKING.search(named):
        return False
    return not any(word in NOT_NAMES - PARTICLES for word in words if word not in PARTICLES)


def _without_courtesy(said: str) -> str:
    return " ".join(_COURTESY.sub(" ", said).split())
