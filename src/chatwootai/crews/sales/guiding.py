"""Which requests are for advice, comparison and details, and which of the three answers each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.answers import chosen, remembered
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.advising import CATEGORY_VALUE, advise
from chatwootai.crews.sales.asking import others
from chatwootai.crews.sales.buying import buy
from chatwootai.crews.sales.comparing import compare
from chatwootai.crews.sales.detailing import WANT_VALUE, WHICH, detail, show
from chatwootai.crews.sales.fitting import FITS, score
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.names import head_of
from chatwootai.crews.sales.need_words import key_of, keys_of
from chatwootai.crews.sales.needs import MEMORY, need_of, speaks_of_illness
from chatwootai.crews.sales.resolving import CHOSEN
from chatwootai.crews.sales.showing import DIALOGUE, choices_of, offered
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import CrewName, Intent, Request
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.threads import Thread, closed, of_crew

GUIDED: Final = frozenset({Intent.ADVICE, Intent.COMPARE, Intent.DETAILS})
SAID_SHORTLY: Final = frozenset({Intent.ANSWER, Intent.UNKNOWN, Intent.NO})
"""What may go on with what was advised: "mais barato", "pra pele seca então", "nenhum desses"."""

SAID_OF_IT: Final = frozenset({Intent.STOCK, Intent.PRICE, Intent.UNKNOWN, Intent.ANSWER})
"""As what "e pra pele oleosa, serve?" may be read after a price."""
SUITS: Final = re.compile(
    r"\bserve\b|\bpode (?:usar|passar|ser usad[oa])\b|\bfunciona\b|^(?:e |mas )?(?:el[ea] )?eh (?!para\b)\w+"
)
""" "E pra pele oleosa, serve?" is about the one product spoken of."""
FOR: Final = re.compile(r"\w+ para (?!mim\b|entreg|retir)\w+")


def is_guided(request: Request, visit: Visit, index: ProductIndex) -> bool:
    """Whether a request of the sales crew is answered here."""
    if request.intent in GUIDED or _tells_need(request, index):
        return True
    if request.intent in SAID_OF_IT and not request.chosen and _suits(request, visit):
        return True
    thread = of_crew(visit.memory, CrewName.SALES)
    if thread is None or thread.dialogue != DIALOGUE:
        return False
    if _by_place(request, visit) or _wants_cheaper(request, visit):
        return True
    if request.intent in (Intent.YES, Intent.NO) and not request.chosen:
        return thread.asks == "product"
    if request.chosen:
        return request.chosen.startswith((CATEGORY_VALUE, WANT_VALUE)) or bool(
            CHOSEN.fullmatch(request.chosen)
        )
    return request.intent in SAID_SHORTLY and _goes_on(request, visit, thread, index)


async def guide(
    requests: Sequence[Request], visit: Visit, desk: Desk, wording: Wording, index: ProductIndex
) -> Part:
    """One part for all of them, each kind of question answered once."""
    thread = of_crew(visit.memory, CrewName.SALES)
    asks = thread.asks if thread is not None and thread.dialogue == DIALOGUE else ""
    groups: dict[Intent, list[Request]] = {}
    for request in requests:
        groups.setdefault(_intent(request, asks, visit), []).append(request)
    parts = []
    for intent, group in groups.items():
        answer = {Intent.COMPARE: compare, Intent.DETAILS: detail, Intent.ADVICE: advise}.get(intent)
        if answer is not None:
            parts.append(await answer(group, visit, desk, wording, index))
        else:
            parts.append(await _picked(group[-1], visit, desk, wording, index))
    return together(parts)


async def _picked(request: Request, visit: Visit, desk: Desk, wording: Wording, index: ProductIndex) -> Part:
    """A product out of those that were shown: told of, or bought."""
    value, spoken = request.chosen or _by_place(request, visit), _spoken(visit)
    agrees = request.intent is Intent.YES or norms_of(request.text)[:1] == ("sim",)
    if agrees and len(spoken) == 1:
        value = f"{WANT_VALUE}{spoken[0]}"
    if value.startswith(WANT_VALUE):
        product_id = value.removeprefix(WANT_VALUE)
        wanted = replace(request, intent=Intent.BUY, chosen=f"product:{product_id}", mention="")
        part = await buy([wanted], visit, desk, wording, index)
        visit.memory.update({COUNTER: None, "topic": "sales"})
        return part
    if request.intent is Intent.NO and not value:
        return _declined(visit, wording)
    if request.intent is Intent.YES and not value:
        return _which(visit, wording, index)
    match = CHOSEN.fullmatch(value)
    product = index.product(int(match.group(1))) if match else None
    if product is None:
        return await advise([request], visit, desk, wording, index)
    return await show(product, visit, desk, wording)


def _by_place(request: Request, visit: Visit) -> str:
    """The value of the product that "quanto custa o primeiro?" means, "" for none."""
    if request.intent not in (Intent.PRICE, Intent.STOCK) or request.chosen or not request.mention:
        return ""
    said = Message(request.message_id, Author.CUSTOMER, request.mention, visit.briefing.now)
    return next((value for value in chosen(said, visit.briefing.memory) if CHOSEN.fullmatch(value)), "")


def _wants_cheaper(request: Request, visit: Visit) -> bool:
    """ "Tem mais barato?", "tem outro?" beside what was advised."""
    if request.intent not in (Intent.PRICE, Intent.STOCK) or visit.memory.get(MEMORY) is None:
        return False
    need = need_of(request.text, request.entities.amounts)
    return not need.words and (need.cheaper or need.other)


def _declined(visit: Visit, wording: Wording) -> Part:
    ask = others(wording)
    visit.memory.update({**closed(visit.memory, CrewName.SALES), **remembered(ask.choices), "awaiting": None})
    return Part(ask.text, ask.choices)


def _suits(request: Request, visit: Visit) -> bool:
    """Whether it is asked of the one product spoken of if it suits her, which she may say in two parts."""
    said = [message.text for message in visit.briefing.messages if message.id == request.message_id]
    asks = any(SUITS.search(" ".join(norms_of(text))) for text in (request.text, *said))
    return asks and len(_spoken(visit)) == 1


def _which(visit: Visit, wording: Wording, index: ProductIndex) -> Part:
    """A yes to several: they stay offered."""
    products = [product for id_ in _spoken(visit) if (product := index.product(id_))]
    choices = choices_of(products)
    offered(visit, choices)
    return Part(wording.pick("which_of_these", WHICH), choices)


def _spoken(visit: Visit) -> list[int]:
    kept = visit.memory.get("products")
    return [id_ for id_ in kept if isinstance(id_, int)] if isinstance(kept, list) else []


def _intent(request: Request, asks: str, visit: Visit) -> Intent:
    """What is asked; YES stands for a product that was picked."""
    if _suits(request, visit):
        return Intent.DETAILS
    if request.intent in GUIDED or request.intent is Intent.YES:
        return request.intent
    if request.intent is Intent.NO and not need_of(request.text).other:
        return Intent.NO
    if _by_place(request, visit):
        return Intent.YES
    if asks == "detail":
        return Intent.DETAILS
    if asks == "compare":
        return Intent.COMPARE
    return (
        Intent.BUY
        if CHOSEN.fullmatch(request.chosen) or request.chosen.startswith(WANT_VALUE)
        else Intent.ADVICE
    )


def _goes_on(request: Request, visit: Visit, thread: Thread, index: ProductIndex) -> bool:
    """Whether a short answer goes on with what was advised, instead of naming a product to be priced."""
    if thread.asks in ("need", "detail", "compare"):
        return True
    if speaks_of_illness(request.text):
        return True
    need = need_of(request.text, request.entities.amounts)
    if need.cheaper or need.other or request.entities.amounts:
        return visit.memory.get(MEMORY) is not None
    if not need.words or visit.memory.get(MEMORY) is None:
        return False
    return need.goes_on or len(index.find(request.mention or request.text).found) == 0


def _tells_need(request: Request, index: ProductIndex) -> bool:
    """ "Tem mesa pra 6 pessoas?": no product of that name, but a use for a kind of thing that is sold."""
    if request.intent not in (Intent.STOCK, Intent.UNKNOWN) or request.chosen or not request.mention:
        return False
    if FOR.search(" ".join(norms_of(request.text))) is None or not _names_kind(request.mention, index):
        return False
    need = need_of(request.text)
    if len(index.find(request.text).found) == 1 or len(need.keys) < 2:
        return False
    of_kind = [index.product(id_) for id_ in index.of_kind(request.mention)]
    fits = any(product and score(product, need, (head_of(request.mention),)) >= FITS for product in of_kind)
    return fits or not of_kind


def _names_kind(mention: str, index: ProductIndex) -> bool:
    """A kind of thing ("mesa"), or of a category ("suplemento")."""
    return index.is_kind(mention) or key_of(head_of(mention)) in keys_of(
        norms_of(" ".join(index.categories()))
    )


def guided_of(
    requests: Sequence[Request], visit: Visit, index: ProductIndex
) -> tuple[tuple[Request, ...], tuple[Request, ...]]:
    """Those that are answered here, and the others."""
    guided = tuple(request for request in requests if is_guided(request, visit, index))
    return guided, tuple(request for request in requests if request not in guided)


def together(parts: Sequence[Part]) -> Part:
    """Several parts as one."""
    if len(parts) == 1:
        return parts[0]
    outcome = joined(parts)
    if isinstance(outcome, Handoff):
        return Part(handoff=outcome)
    return Part(outcome.text, outcome.choices)
