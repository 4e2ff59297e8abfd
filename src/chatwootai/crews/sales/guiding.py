"""Which requests are for advice, comparison and details, and which of the three answers each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.threads import Thread, of_crew
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.advising import CATEGORY_VALUE, advise
from chatwootai.crews.sales.buying import buy
from chatwootai.crews.sales.comparing import compare
from chatwootai.crews.sales.detailing import WANT_VALUE, detail, show
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.names import head_of
from chatwootai.crews.sales.need_words import key_of, keys_of
from chatwootai.crews.sales.needs import MEMORY, need_of, speaks_of_illness
from chatwootai.crews.sales.resolving import CHOSEN
from chatwootai.crews.sales.showing import DIALOGUE
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import CrewName, Intent, Request
from chatwootai.domain.outcomes import Handoff

GUIDED: Final = frozenset({Intent.ADVICE, Intent.COMPARE, Intent.DETAILS})
SAID_SHORTLY: Final = frozenset({Intent.ANSWER, Intent.UNKNOWN, Intent.NO})
"""What may go on with what was advised: "mais barato", "pra pele seca então", "nenhum desses"."""

FOR: Final = re.compile(r"\w+ para (?!mim\b|entreg|retir)\w+")


def is_guided(request: Request, visit: Visit, index: ProductIndex) -> bool:
    """Whether a request of the sales crew is answered here."""
    if request.intent in GUIDED or _tells_need(request, index):
        return True
    thread = of_crew(visit.memory, CrewName.SALES)
    if thread is None or thread.dialogue != DIALOGUE:
        return False
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
        groups.setdefault(_intent(request, asks), []).append(request)
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
    value = request.chosen
    if value.startswith(WANT_VALUE):
        product_id = value.removeprefix(WANT_VALUE)
        wanted = replace(request, intent=Intent.BUY, chosen=f"product:{product_id}", mention="")
        part = await buy([wanted], visit, desk, wording, index)
        visit.memory.update({COUNTER: None, "topic": "sales"})
        return part
    match = CHOSEN.fullmatch(value)
    product = index.product(int(match.group(1))) if match else None
    if product is None:
        return await advise([request], visit, desk, wording, index)
    return await show(product, visit, desk, wording)


def _intent(request: Request, asks: str) -> Intent:
    if request.intent in GUIDED:
        return request.intent
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
    return len(index.find(request.text).found) != 1 and len(need_of(request.text).keys) > 1


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
