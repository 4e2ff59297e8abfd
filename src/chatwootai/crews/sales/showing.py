"""Products as they are shown in advice: name, price, and words of their own description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.sales.names import STOPWORDS
from chatwootai.crews.sales.needs import speaks_of_illness
from chatwootai.crews.sales.ordering import DIALOGUE as BUYING
from chatwootai.crews.sales.resolving import POOL
from chatwootai.crews.sales.telling import sold_out
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Intent, Json
from chatwootai.domain.threads import Thread, of_crew, opened

DIALOGUE: Final = "advice"
BETWEEN_STEPS: Final = frozenset({"", "cart", "product"})
"""What buying may ask while she still looks around."""
BUTTON: Final = 20
"""Letters of a button's title that WhatsApp shows."""

WORD: Final = re.compile(r"FPS \d+|\d[\d.,]*%? ?(?:ml|mg|g|kg|L|cm|m)\b|\S+")


def line(offer: Offer, told: str, note: str = "") -> str:
    """ "• **Nome** (R$ 39,90): o que a descrição diz." """
    price = format_brl(offer.price)
    aside = ", ".join(part for part in (price, note, "em falta" if sold_out(offer) else "") if part)
    return f"• **{offer.product.name}** ({aside})" + (f": {told}" if told else "")


def stock_of(offer: Offer) -> str:
    """ "temos 12 unidades", "última unidade", "em falta"; "" where no whole number is kept."""
    available = offer.available
    if sold_out(offer):
        return "em falta"
    if available is None or available != available.to_integral_value():
        return ""
    return "última unidade" if available == 1 else f"temos {available:.0f} unidades"


def choices_of(products: Sequence[Product]) -> tuple[Choice, ...]:
    """One for each product, short enough for a button where the names allow it."""
    titles = [_short(product, products) for product in products]
    if len(set(titles)) < len(titles):
        titles = [product.name for product in products]
    return tuple(
        Choice(title, f"product:{product.id}") for title, product in zip(titles, products, strict=True)
    )


def offered(visit: Visit, choices: tuple[Choice, ...], *, asks: str = "product", times: int = 1) -> None:
    """Keep choices and the question open, so that "o segundo" and "quero esse" are understood."""
    memory = visit.memory
    memory.update(remembered(choices))
    memory.update(opened(memory, Thread(CrewName.SALES, DIALOGUE, asks, times=times)))


def spoken_of(visit: Visit, products: Sequence[int], *, waits: bool = False) -> None:
    """What "esse", "o mais barato" and "quanto custa?" mean from now on."""
    kept: dict[str, Json] = {
        "products": list(products),
        "intent": Intent.STOCK.value,
        "topic": Intent.ADVICE.value,
        "awaiting": 1 if waits else None,
        "later": None,
        POOL: list(products) if len(products) > 1 else None,
    }
    visit.memory.update(kept)


def is_checking_out(visit: Visit) -> bool:
    """Whether a question on the way to an order is open, which no other may push away: it is asked again."""
    thread = of_crew(visit.memory, CrewName.SALES)
    return thread is not None and thread.dialogue == BUYING and thread.asks not in BETWEEN_STEPS


def is_for_a_person(text: str, named: Sequence[Product], visit: Visit) -> bool:
    """Whether a text speaks of illness, pregnancy or medicine, on which nothing is advised.

    Where nobody is treated, a name is no illness: a "poltrona de amamentação" is a chair.
    """
    care = visit.briefing.profile.health.care
    return speaks_of_illness(text, "" if care else " ".join(product.name for product in named))


def _short(product: Product, among: Sequence[Product]) -> str:
    """The kind of thing, then what no other is called, up to a button's length, in the name's order."""
    words = _words(product)
    if len(product.name) <= BUTTON:
        return product.name
    others = {
        norm for other in among if other.id != product.id for word in _words(other) for norm in norms_of(word)
    }
    own = [place for place, word in enumerate(words) if place and not set(norms_of(word)) <= others]
    shared = [place for place in range(1, len(words)) if place not in own]
    kept = [0]
    for place in [*own, *shared]:
        candidate = sorted([*kept, place])
        if not set(norms_of(words[place])) <= STOPWORDS and len(_said(words, candidate)) <= BUTTON:
            kept = candidate
    return _said(words, kept)[:BUTTON]


def _words(product: Product) -> list[str]:
    """A name's words, with a figure and its unit as one."""
    return WORD.findall(product.name)


def _said(words: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(words[place] for place in places)
