"""From what she says of her cart to its changes, in the light of what was asked and offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.dialogues.answers import chosen
from chatwootai.crews.sales.carting import Carting
from chatwootai.crews.sales.changes import Act, Change, changes_of, named, only_amount
from chatwootai.crews.sales.details import COLLECTS, STREET
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import CrewName, Intent, Json, Request
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, closed

CLOSE_CHOICE: Final = Choice("Fechar pedido", "cart:close")
LEFT_OUT = ("Tudo bem, deixei de fora.", "Certo, fica sem esse.")


@dataclass(frozen=True, slots=True)
class Wishing:
    """Applies requests to the cart of one turn."""

    carting: Carting

    async def apply(self, request: Request, thread: Thread | None) -> None:
        """What a request changes, as an answer to the open question where it is one."""
        if request.chosen == CLOSE_CHOICE.value:
            self.carting.closes = True
        elif thread is not None and thread.asks in ("product", "quantity") and _answers(request):
            await self._answered(request, thread)
        elif thread is not None and thread.asks == "cart" and request.intent in (Intent.YES, Intent.NO):
            self.carting.closes = True
        elif request.intent is Intent.BUY or _names_goods(request) or self._alters(request, thread):
            for change in changes_of(self._picked(request)):
                await self.carting.apply(change, request.text)

    async def _answered(self, request: Request, thread: Thread) -> None:
        """The product that we asked for, or how many of it."""
        state = thread.state
        wanted = _number(state.get("quantity")) or 1
        if request.chosen.startswith("quantity:") or (request.intent is Intent.YES and state.get("offer")):
            offered = _number(state.get("offer")) or wanted
            await self._put(_number(state.get("product")), offered)
            return
        if request.intent is Intent.YES:
            return
        if request.intent is Intent.NO:
            self.carting.said.append(self.carting.wording.pick("left_out", LEFT_OUT))
            self.carting.visit.memory.update(closed(self.carting.visit.memory, CrewName.SALES))
            return
        change = changes_of(request)[0]
        if change.act is Act.REMOVE and (change.mention or change.said):
            await self.carting.apply(change, request.text)
            return
        if change.quantity and not change.mention and thread.asks == "quantity":
            await self._put(_number(state.get("product")), change.quantity)
            return
        if change.act is not Act.REFUSE and thread.asks == "product":
            mention = request.chosen or change.mention or request.mention
            amount = change.quantity or wanted
            change = replace(change, act=Act.ADD, mention=mention, quantity=amount)
        await self.carting.apply(change, request.text)
        old = _number(state.get("instead_of"))
        if old is not None and self.carting.changed:
            await self.carting.tools.cart_remove(old)

    def _picked(self, request: Request) -> Request:
        """ "Quero a primeira" of those that were offered just now."""
        if request.chosen or not request.mention:
            return request
        said = Message(request.message_id, Author.CUSTOMER, request.mention, self.carting.visit.briefing.now)
        values = chosen(said, self.carting.visit.memory)
        return replace(request, chosen=values[0]) if values and values[0].startswith("product:") else request

    def _alters(self, request: Request, thread: Thread | None) -> bool:
        """A change of what was shown ("sim, mas duas"), not another detail and not chatter; a wish for what
        was told ("quero os dois"), where nothing of buying is open."""
        if request.chosen or request.intent not in (Intent.ANSWER, Intent.UNKNOWN, Intent.YES):
            return False
        if thread is None or only_amount(request.text) is not None:
            return True
        if not request.entities.quantities and COLLECTS.search(" ".join(norms_of(request.text))):
            return False  # "pra retirar" takes nothing out
        if request.assent is Assent.CHANGE and thread.asks == "yes":
            return True
        change = changes_of(request)[0]
        told = change.mention or change.said
        names = bool(told and self.carting.index.find(told).found)
        if thread.asks == "yes":
            return change.quantity is not None or names
        if STREET.search(request.text):
            return False  # "rua do Retiro, 100" takes nothing out
        counts = change.act in (Act.SET, Act.REMOVE) and change.quantity is not None
        return (
            counts
            or change.act is Act.SWAP
            or (names and (change.act is Act.REMOVE or request.assent is Assent.CHANGE))
        )

    async def overhear(self, requests: Sequence[Request]) -> None:
        """Also what is counted in a message of which another crew took a part: "2 shampoos e um batom,
        entrega em 01310-100"."""
        bought = {each.message_id for each in requests if each.intent is Intent.BUY and not each.chosen}
        heard = {named(quantity.of) for each in requests for quantity in each.entities.quantities}
        heard |= {named(each.mention) for each in requests}
        counted = [
            quantity
            for message in self.carting.visit.briefing.messages
            if message.id in bought
            for quantity in read_entities(message.text, self.carting.visit.briefing.now).quantities
        ]
        missed = [each for each in counted if (what := named(each.of)) and what not in heard]
        for each in missed:
            if self.carting.index.find(named(each.of)).found:
                await self.carting.apply(Change(Act.ADD, named(each.of), each.value))

    async def _put(self, product_id: int | None, wanted: int) -> None:
        product = self.carting.index.product(product_id) if product_id is not None else None
        if product is not None:
            await self.carting.put(product, wanted)


def _answers(request: Request) -> bool:
    return request.intent in (
        Intent.ANSWER, Intent.YES, Intent.NO, Intent.BUY, Intent.PRICE, Intent.STOCK, Intent.UNKNOWN
    )  # fmt: skip


def _names_goods(request: Request) -> bool:
    """ "3 shampoos, com o cupom BELA20", and the product of a choice."""
    if request.chosen.startswith("product:"):
        return True
    counted = any(each.of for each in request.entities.quantities)
    return counted and request.intent in (Intent.USE_COUPON, Intent.STOCK)


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
