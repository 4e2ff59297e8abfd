"""Details: what name, description and the profile's questions say of a product, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.dialogues.health import to_a_person
from chatwootai.crews.dialogues.notunderstood import COUNTER, PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.advice_tools import AdviceTools, Details
from chatwootai.crews.sales.answering import stated_in
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.showing import (
    choices_of,
    is_checking_out,
    is_for_a_person,
    line,
    offered,
    spoken_of,
    stock_of,
)
from chatwootai.crews.sales.subjects import subject_of
from chatwootai.crews.sales.telling import sold_out
from chatwootai.crews.tools import Visit
from chatwootai.domain.catalog import Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Intent, Json, Request
from chatwootai.domain.ledger import Fact, FactKind

WANT_VALUE: Final = "want:"
"""Value of the choice that buys the product shown, with its id."""
MOST_ASKED: Final = 5
"""Products of one name that are told of together."""
QUESTION: Final = "asked"
"""Memory key: a question about a product that waits until we know which."""

STATED: Final = (
    "Sobre **{name}**, a descrição diz: “{told}”",
    "A descrição de **{name}** diz: “{told}”",
)
BY_NAME: Final = ("Pelo nome, é **{name}**.", "O nome já diz: **{name}**.")
SILENT: Final = (
    "Na descrição de **{name}** isso não consta. Quer que eu chame uma pessoa da equipe?",
    "Isso não consta na descrição de **{name}**, e não quero informar errado. Posso chamar uma pessoa?",
)
SILENT_OF: Final = ("De {names}, a descrição não diz.", "Sobre {names} a descrição não diz nada disso.")
SILENT_ALL: Final = (
    "Nas descrições destes produtos isso não consta. Quer que eu chame uma pessoa da equipe?",
    "As descrições não dizem isso. Posso chamar uma pessoa da equipe?",
)
WHICH: Final = ("De qual deles?", "Você fala de qual?")
WHICH_PRODUCT: Final = (
    "De qual produto você quer saber isso?",
    "Me diz de qual produto, que eu vejo o que temos na descrição.",
)


async def detail(
    requests: Sequence[Request], visit: Visit, desk: Desk, wording: Wording, index: ProductIndex
) -> Part:
    """Answers one question about a product, or about the few of one name."""
    request = requests[0]
    question = " ".join(each.text for each in requests)
    products = subject_of(request, visit.memory, index)
    if is_for_a_person(question, products, visit):
        return to_a_person(visit, wording)
    visit.memory[COUNTER] = None
    waiting = visit.memory.get(QUESTION)
    if request.intent is not Intent.DETAILS and isinstance(waiting, str):
        question = waiting
    visit.memory[QUESTION] = None
    return await _Detailing(visit, AdviceTools(desk, visit), wording).answer(products, question)


async def show(product: Product, visit: Visit, desk: Desk, wording: Wording) -> Part:
    """A product that she picked: price, stock, all that the shop says of it, and the way to buy it."""
    details = await AdviceTools(desk, visit).product_details(product.id)
    note = "" if sold_out(details.offer) else stock_of(details.offer)
    text = line(details.offer, " ".join(details.description.split()), note).removeprefix("• ")
    spoken_of(visit, [product.id])
    if is_checking_out(visit) or sold_out(details.offer):
        return Part(text)
    choices = (Choice("Comprar", f"{WANT_VALUE}{product.id}"),)
    offered(visit, choices)
    return Part(text, choices)


class _Detailing:
    def __init__(self, visit: Visit, tools: AdviceTools, wording: Wording) -> None:
        self._visit, self._tools, self._wording = visit, tools, wording

    async def answer(self, products: Sequence[Product], question: str) -> Part:
        if not products:
            return self._asked_of_all(question)
        if len(products) > MOST_ASKED:
            products = [each for each in products if stated_in(each, question)] or products
        details = [await self._tools.product_details(each.id, question) for each in products[:MOST_ASKED]]
        stated = [each for each in details if each.stated]
        spoken_of(self._visit, [each.offer.product.id for each in details])
        if faq := next((each.faq for each in details if each.faq and not stated), ""):
            return Part(faq)
        if len(details) == 1:
            return self._of_one(details[0])
        if stated:
            lines = [line(each.offer, _told(each)) for each in stated]
            silent = [f"**{each.offer.product.name}**" for each in details if not each.stated]
            if silent:
                lines.append(self._wording.pick("silent_of", SILENT_OF, {"names": " e ".join(silent)}))
            return Part("\n".join(lines))
        if len(products) > MOST_ASKED:
            return self._which(products[:MOST_ASKED], question)
        return self._offering_person(self._wording.pick("silent_all", SILENT_ALL))

    def _of_one(self, details: Details) -> Part:
        name = details.offer.product.name
        if details.stated == (name,):
            return Part(self._wording.pick("by_name", BY_NAME, {"name": name}))
        if details.stated:
            words = {"name": name, "told": " ".join(details.stated)}
            return Part(self._wording.pick("stated", STATED, words))
        return self._offering_person(self._wording.pick("silent", SILENT, {"name": name}))

    def _asked_of_all(self, question: str) -> Part:
        """Nothing is named: the shop may have answered it for all that it sells."""
        asked = answered_by(question, self._visit.briefing.profile.faq)
        if asked is not None:
            self._visit.ledger.facts.append(Fact(FactKind.TEXT, "faq", asked.answer))
            return Part(asked.answer)
        if not is_checking_out(self._visit):
            self._visit.memory[QUESTION] = question
            offered(self._visit, (), asks="detail")
        return Part(self._wording.pick("detail_which", WHICH_PRODUCT))

    def _which(self, products: Sequence[Product], question: str) -> Part:
        text = self._wording.pick("which_of_these", WHICH)
        if is_checking_out(self._visit):
            return Part(text)
        kept: dict[str, Json] = {QUESTION: question}
        self._visit.memory.update(kept)
        choices = choices_of(products)
        offered(self._visit, choices, asks="detail")
        return Part(text, choices)

    def _offering_person(self, text: str) -> Part:
        if is_checking_out(self._visit):
            return Part(text)
        self._wording.offer_person()
        offered(self._visit, (PERSON_CHOICE,))
        return Part(text, (PERSON_CHOICE,))


def _told(details: Details) -> str:
    told = " ".join(details.stated)
    return "" if told == details.offer.product.name else told
