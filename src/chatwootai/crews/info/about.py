"""What the shop says of itself, as far as it was asked; what it sells is asked of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatwootai.crews.desk import ShopWindow
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import not_here, policies, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Request

SENTENCE = re.compile(r"(?<=[.!?])\s+")
TOPICS = (
    re.compile(r"\b(?:vagas?|empregos?|curriculos?|trabalhar|contrat\w+|estagio|freela\w*)\b"),
    re.compile(r"\b(?:atacado|revend\w+|cnpj|lotes?|distribui\w+|empresas?|arquitet\w+|parcerias?)\b"),
    re.compile(r"\b(?:origina\w+|confia\w+|golpe|procedencia|anvisa|registro|falsific\w+|seguro)\b"),
)
"""What shops are asked of themselves; a sentence of the profile answers a question of its topic."""
SELLS = re.compile(
    r"\b(?:vende\w*|trabalham? com|catalogos?|cardapio|produtos|itens|tem de tudo"
    r"|o que (?:voces?|a loja) tem)\b"
)
MOST = 6
WE_SELL = ("Trabalhamos com {categories}.", "Aqui você encontra {categories}.")
PHOTOS = re.compile(r"\b(?:fotos?|videos?|imagens?)\b")


async def about(requests: Sequence[Request], desk: ShopWindow, visit: Visit, wording: Wording) -> str:
    """The sentences of the topic that was asked for; nothing is answered beside the question."""
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    sentences = _sentences(visit)
    topics = [topic for topic in TOPICS if topic.search(said)]
    told = [each for each in sentences if any(topic.search(" ".join(norms_of(each))) for topic in topics)]
    if told:
        return " ".join(quoted(visit, "about", each) for each in told)
    if not topics and SELLS.search(said) and not PHOTOS.search(said):
        return await _sells(desk, visit, wording)
    return not_here(visit, wording)


def _sentences(visit: Visit) -> list[str]:
    texts = [visit.briefing.profile.about, *(rule.text for rule in policies(visit, {"about"}))]
    return [sentence for text in texts if text for sentence in SENTENCE.split(text)]


async def _sells(desk: ShopWindow, visit: Visit, wording: Wording) -> str:
    """The categories, those with most products first."""
    names = [product.category for product in await desk.catalog.products() if product.category]
    ranked = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))[:MOST]
    if not ranked:
        return not_here(visit, wording)
    lowered = [quoted(visit, "category", name[:1].lower() + name[1:]) for name in ranked]
    more = [*lowered, "mais"] if len(set(names)) > MOST else lowered
    return wording.pick("we_sell", WE_SELL, {"categories": joined(more, " e ")})
