"""Prices and stock, read from the catalogue for this conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.hello import GREETED, hello
from chatwootai.crews.dialogues.notunderstood import COUNTER, PERSON_CHOICE, not_understood
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.asking import NONE_OF_THEM, Question, others, pending, question
from chatwootai.crews.sales.matching import Match, ProductIndex
from chatwootai.crews.sales.ranking import best
from chatwootai.crews.sales.resolving import POOL, Resolved, offered_products, resolve
from chatwootai.crews.sales.telling import Told, record, sold_out, tell
from chatwootai.crews.understanding.gibberish import is_gibberish
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.crews import Briefing, Draft, Intent, Json, Memory, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Reply

BOTH = frozenset({Intent.PRICE, Intent.STOCK})
INSTEAD = 2
"""Alternatives named for a product that is sold out."""
ASKED_INSTEAD = 6
"""Alternatives whose stock is read to find so many."""
BUYS = re.compile(
    r"\b(?:vou (?:querer|levar|comprar)|(?:quero|queria) (?:comprar|levar|encomendar)|fico com)\b"
)
BUYING = (
    "Para fechar a compra, quer falar com uma pessoa da equipe?",
    "Quer que eu chame uma pessoa para fechar a compra com você?",
)
BARE_NEAR = 0.45
"""How near a bare phrase must come to some name to be taken for the name of a product."""


@dataclass(slots=True)
class SalesCrew:
    """Bound to one account's catalogue; keeps the index of its names until they change."""

    catalog: Catalog
    _names: tuple[Product, ...] = field(default=(), init=False)
    _index: ProductIndex = field(default_factory=lambda: ProductIndex(()), init=False)

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """Answers what it finds, asks where a name is ambiguous, says so where there is nothing."""
        index = await self._current_index()
        resolved = resolve((*requests, *pending(briefing.memory)), briefing.memory, index)
        asked = [await self._ranked(item) for item in resolved]
        known = [item for item in asked if not _is_strange(item)]
        if not known:
            return not_understood(briefing, ledger)
        wording = Wording(briefing)
        told = await self._told(known, index)
        for item in told:
            record((item.offer, *item.instead), ledger)
        unanswered = [item for item in known if not _is_told(item, told)]
        if _says_none(briefing):
            ask = others(wording)
        else:
            ask = await question(unanswered, index, self.catalog, wording, ledger)
        if _buys(briefing, told) and not ask.text:
            ask = Question(wording.pick("buying", BUYING), (PERSON_CHOICE,))
            wording.offer_person()
        text = "\n\n".join(part for part in (tell(told, wording), ask.text) if part)
        greeted: dict[str, Json] = {GREETED: briefing.messages[-1].id}
        text = hello(briefing) + text
        return Draft(Reply(text, ask.choices), greeted | _memory(known, told, ask, wording, briefing.memory))

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None

    async def _ranked(self, item: Resolved) -> Resolved:
        if item.rank is None or item.match is None or not item.match.found:
            return item
        first = best(item.rank, await self.catalog.offers([product.id for product in item.match.found]))
        return replace(item, match=Match((first,))) if first else item

    async def _current_index(self) -> ProductIndex:
        names = tuple(await self.catalog.products())
        if names != self._names:
            self._index, self._names = ProductIndex(names), names
        return self._index

    async def _told(self, asked: Sequence[Resolved], index: ProductIndex) -> list[Told]:
        wanted: dict[int, frozenset[Intent]] = {}
        for item in asked:
            for product in _meant(item):
                chosen = item.mention.startswith("product:")
                intents = BOTH if chosen or item.intent is Intent.UNKNOWN else frozenset({item.intent})
                wanted[product.id] = wanted.get(product.id, frozenset()) | intents
        if not wanted:
            return []
        offers = await self.catalog.offers(list(wanted))
        return [
            Told(
                offer, wanted[offer.product.id], await self._instead(offer, index) if sold_out(offer) else ()
            )
            for offer in offers
        ]

    async def _instead(self, offer: Offer, index: ProductIndex) -> tuple[Offer, ...]:
        alike = [product.id for product in index.alternatives(offer.product)[:ASKED_INSTEAD]]
        if not alike:
            return ()
        offers = await self.catalog.offers(alike)
        return tuple(other for other in offers if not sold_out(other))[:INSTEAD]


def _meant(item: Resolved) -> tuple[Product, ...]:
    """The product of a request, when there is no doubt which; all that are offered, when she names none."""
    found = item.match.found if item.match else ()
    return found if len(found) == 1 or not item.mention else ()


def _is_told(item: Resolved, told: Sequence[Told]) -> bool:
    meant = _meant(item)
    return bool(meant) and any(each.offer.product.id == meant[0].id for each in told)


def _is_strange(item: Resolved) -> bool:
    """What resembles no product: it was about something else."""
    if item.match is not None and not item.match.found and is_gibberish(item.mention):
        return True
    if item.intent is not Intent.UNKNOWN or item.match is None:
        return False
    return not item.match.found and item.match.nearness < BARE_NEAR


def _says_none(briefing: Briefing) -> bool:
    said = [" ".join(norms_of(message.text)) for message in briefing.messages]
    return bool(offered_products(briefing.memory)) and all(NONE_OF_THEM.fullmatch(text) for text in said)


def _buys(briefing: Briefing, told: Sequence[Told]) -> bool:
    said = " ".join(norm for message in briefing.messages for norm in norms_of(message.text))
    return bool(BUYS.search(said)) and any(not sold_out(item.offer) for item in told)


def _memory(
    known: Sequence[Resolved], told: Sequence[Told], ask: Question, wording: Wording, before: Memory
) -> dict[str, Json]:
    intents = [item.intent for item in known]
    # "tem em estoque?" after an open choice leaves it open.
    still_open = not ask.text and all(not item.mention for item in known) and bool(offered_products(before))
    last = intents[-1] if intents[-1] in BOTH else Intent.STOCK
    memory: dict[str, Json] = {
        **wording.memory,
        **({} if still_open else remembered(ask.choices)),
        COUNTER: None,
        "topic": "sales",
        "intent": ask.intent.value if ask.intent else last.value,
        "awaiting": 1 if ask.waits or still_open else None,
        POOL: list(ask.pool) or (before.get(POOL) if still_open else None),
        "later": list(ask.later) or None,
    }
    if told:
        memory["products"] = [item.offer.product.id for item in told]
    return memory
