"""Prices and stock, read from the catalogue for this conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from chatwootai.crews.dialogues.answers import chosen, remembered
from chatwootai.crews.dialogues.notunderstood import COUNTER, not_understood
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.asking import NONE_OF_THEM, Question, others, pending, question
from chatwootai.crews.sales.matching import Match, ProductIndex
from chatwootai.crews.sales.ranking import best
from chatwootai.crews.sales.reckoning import (
    asks_total,
    in_instalments,
    remembered_told,
    summed_ids,
    times_of,
    together,
    without_instalments,
)
from chatwootai.crews.sales.resolving import CHOSEN, POOL, Resolved, offered_products, resolve
from chatwootai.crews.sales.telling import Told, record, sold_out, tell
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.gibberish import is_gibberish
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, CrewName, Draft, Intent, Json, Memory, Request
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.threads import Thread, closed, of_crew, opened, threads

DIALOGUE: Final = "price"
BUYING: Final = "buy"
BEFORE: Final = "before"
"""In the thread's state: what our question came in between of, to go back to once it is answered."""
TIMES: Final = "times"
"""Memory key: in how many instalments a price was asked for, while we ask which product it is."""
BOTH = frozenset({Intent.PRICE, Intent.STOCK})
INSTEAD = 2
"""Alternatives named for a product that is sold out."""
ASKED_INSTEAD = 6
"""Alternatives whose stock is read to find so many."""
BARE_NEAR = 0.45
"""How near a bare phrase must come to some name to be taken for the name of a product."""


@dataclass(slots=True)
class CatalogNames:
    """The index of a catalogue's names, kept until they change."""

    _names: tuple[Product, ...] = field(default=(), init=False)
    _index: ProductIndex = field(default_factory=lambda: ProductIndex(()), init=False)

    async def index(self, catalog: Catalog) -> ProductIndex:
        names = tuple(await catalog.products())
        if names != self._names:
            self._index, self._names = ProductIndex(names), names
        return self._index


@dataclass(frozen=True, slots=True)
class PriceCounter:
    """Answers what things cost and whether they are there."""

    catalog: Catalog

    async def answer(
        self, requests: tuple[Request, ...], visit: Visit, wording: Wording, index: ProductIndex
    ) -> Part:
        """Answers what it finds, asks where a name is ambiguous, says so where there is nothing.

        What to remember goes into the visit's memory.
        """
        briefing, ledger = visit.briefing, visit.ledger
        requests = tuple(_summed(named, visit) for request in requests for named in _naming(request, visit))
        resolved = resolve((*requests, *pending(visit.memory)), visit.memory, index)
        asked = [await self.ranked(item) for item in resolved]
        known = [item for item in asked if not _is_strange(item)]
        if not known:
            return taken(not_understood(briefing, ledger), visit)
        told = await self._told(known, index)
        for item in told:
            record((item.offer, *item.instead), ledger)
        unanswered = [item for item in known if not _is_told(item, told)]
        if _says_none(briefing) or any(request.intent is Intent.NO for request in requests):
            ask = others(wording)
        else:
            ask = await question(unanswered, index, self.catalog, wording, ledger)
        reckoned = _reckoned(told, requests, visit, wording)
        text = "\n\n".join(part for part in (tell(told, wording), reckoned, ask.text) if part)
        visit.memory.update(_memory(known, told, ask, briefing.memory))
        if ask.waits:
            visit.memory[TIMES] = _times(requests, visit)
        _keep_open(ask, visit)
        return Part(text, ask.choices)

    async def ranked(self, item: Resolved) -> Resolved:
        """ "O mais barato" of several becomes the one that is."""
        if item.rank is None or item.match is None or not item.match.found:
            return item
        first = best(item.rank, await self.catalog.offers([product.id for product in item.match.found]))
        return replace(item, match=Match((first,))) if first else item

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
            Told(offer, wanted[offer.product.id], await self.instead(offer, index) if sold_out(offer) else ())
            for offer in offers
        ]

    async def instead(self, offer: Offer, index: ProductIndex) -> tuple[Offer, ...]:
        """What is there and may replace something that is not."""
        alike = [product.id for product in index.alternatives(offer.product)[:ASKED_INSTEAD]]
        if not alike:
            return ()
        offers = await self.catalog.offers(alike)
        return tuple(other for other in offers if not sold_out(other))[:INSTEAD]


def _naming(request: Request, visit: Visit) -> tuple[Request, ...]:
    """An answer to "qual delas?" as what it asks of which products."""
    if request.intent is not Intent.ANSWER:
        return (request,)
    kept, thread = visit.memory.get("intent"), of_crew(visit.memory, CrewName.SALES)
    intent = Intent(kept) if isinstance(kept, str) and kept in BOTH else Intent.STOCK
    if thread is not None and not thread.asks and not request.chosen:
        intent = Intent.UNKNOWN  # nothing was asked: it may be about anything
    said = [message for message in visit.briefing.messages if message.id == request.message_id]
    values = [value for message in said for value in chosen(message, visit.briefing.memory)]
    products = [value for value in values if CHOSEN.fullmatch(value)]
    mentions = products or [request.mention or request.text]
    return tuple(replace(request, intent=intent, mention=mention) for mention in mentions)


def _summed(request: Request, visit: Visit) -> Request:
    """The request without the words of instalments in its name; those whose sum it asks for are spoken of."""
    mention = without_instalments(request.mention)
    said = Message(request.message_id, Author.CUSTOMER, mention, visit.briefing.now)
    picked = [value for value in chosen(said, visit.briefing.memory) if CHOSEN.fullmatch(value)]
    asked = replace(request, mention=picked[0] if picked and times_of(request.text) is not None else mention)
    ids = summed_ids(request.text, visit.memory)
    if not ids or request.chosen:
        return asked
    visit.memory["products"] = list(ids)
    return replace(asked, mention="")


def _reckoned(told: Sequence[Told], requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The sum and the instalments that are asked for beside the prices."""
    offers, rules = [item.offer for item in told], visit.briefing.profile.payment
    sentences: list[str] = []
    totals = [offer.price for offer in offers]
    if len(offers) > 1 and any(asks_total(request.text) for request in requests):
        text, total = together(offers, wording, visit.ledger)
        sentences, totals = [text], [total]
    times = _times(requests, visit)
    if times is not None and len(totals) == 1:
        sentences.append(in_instalments(totals[0], times, rules, wording, visit.ledger))
    return " ".join(sentences)


def _times(requests: Sequence[Request], visit: Visit) -> int | None:
    """In how many instalments the price is asked for, now or before our question which product it is."""
    asked = [times for request in requests if (times := times_of(request.text)) is not None]
    kept = visit.memory.get(TIMES)
    return asked[-1] if asked else kept if isinstance(kept, int) else None


def _keep_open(ask: Question, visit: Visit) -> None:
    """So that a short answer comes back here. What she is buying stays open where nothing is asked."""
    memory, thread = visit.memory, of_crew(visit.memory, CrewName.SALES)
    before = "" if thread is None else str(thread.state.get(BEFORE) or thread.dialogue)
    if ask.waits:
        state = {BEFORE: before} if before != DIALOGUE else {}
        memory.update(opened(memory, Thread(CrewName.SALES, DIALOGUE, "product", state)))
        return
    if thread is not None and thread.dialogue == DIALOGUE:
        memory.update(closed(memory, CrewName.SALES))
        if before == BUYING:
            memory.update(opened(memory, Thread(CrewName.SALES, BUYING)))
    if not threads(memory):
        # "Quero os dois" goes on from here, where nobody else waits for an answer.
        memory.update(opened(memory, Thread(CrewName.SALES, DIALOGUE)))


def taken(draft: Draft, visit: Visit) -> Part:
    """A whole draft as a part: its memory goes into the visit's."""
    visit.memory.update(draft.memory)
    if isinstance(draft.outcome, Handoff):
        return Part(handoff=draft.outcome)
    return Part(draft.outcome.text, draft.outcome.choices)


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


def _memory(
    known: Sequence[Resolved], told: Sequence[Told], ask: Question, before: Memory
) -> dict[str, Json]:
    intents = [item.intent for item in known]
    # "tem em estoque?" after an open choice leaves it open.
    still_open = not ask.text and all(not item.mention for item in known) and bool(offered_products(before))
    last = intents[-1] if intents[-1] in BOTH else Intent.STOCK
    memory: dict[str, Json] = {
        **({} if still_open else remembered(ask.choices)),
        COUNTER: None,
        "topic": "sales",
        "intent": ask.intent.value if ask.intent else last.value,
        "awaiting": 1 if ask.waits or still_open else None,
        POOL: list(ask.pool) or (before.get(POOL) if still_open else None),
        "later": list(ask.later) or None,
        TIMES: None,
    }
    if told:
        ids = [item.offer.product.id for item in told]
        memory.update({"products": list(ids), **remembered_told(ids, before)})
    return memory
