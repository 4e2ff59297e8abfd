"""Buying: from "quero esse" to an order in the ERP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.answers import remembered as choices_kept
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.assents import accepted, is_yes, puts_off, refused
from chatwootai.crews.sales.cart import cart_of
from chatwootai.crews.sales.carting import Carting
from chatwootai.crews.sales.checking_out import CheckingOut
from chatwootai.crews.sales.checkout import Checkout, checkout_of
from chatwootai.crews.sales.coupons import DROPPED, coupon_said, unlisted, which_coupon
from chatwootai.crews.sales.details import with_details
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.ordering import DIALOGUE, NotOrdered, OrderPlaced
from chatwootai.crews.sales.refusing import Refusing
from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.sales.viewing import cart_text, placed_text
from chatwootai.crews.sales.wishing import CLOSE_CHOICE, Wishing
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.domain.crews import CrewName, Intent, Request
from chatwootai.domain.threads import Thread, closed, of_crew, opened
from chatwootai.hub.yes import NotAccepted

COLLECTING: Final = frozenset(
    {"carrinho", "sacola", "cesta", "adiciona", "adicionar", "acrescenta", "coloca", "bota", "poe", "separa"}
)
"""Words of who is still filling her cart."""

MORE = ("Quer mais alguma coisa ou posso fechar o pedido?", "Fecho o pedido ou quer mais alguma coisa?")
EMPTY = (
    "Seu carrinho está vazio. Qual produto você quer?",
    "Ainda não há nada no carrinho. O que você procura?",
)
DECLINED = (
    "Tudo bem, não fechei o pedido. O carrinho continua guardado, se quiser mudar alguma coisa.",
    "Sem problema, o pedido não foi feito. Se quiser mudar algo, é só dizer.",
)
LATER = (
    "Sem pressa! Seu carrinho fica guardado; quando quiser, é só pedir para fechar o pedido.",
    "Tudo bem, pense com calma. O carrinho fica guardado por aqui.",
)
EXPIRED = (
    "O resumo anterior venceu, então conferi tudo de novo.",
    "Passou um tempinho desde o resumo, por isso conferi tudo outra vez.",
)
VOID = ("O pedido mudou depois daquele resumo.", "Aquele resumo já não vale mais.")
SETTLED = (
    "Esse resumo já foi respondido. Se quiser outro pedido, é só dizer.",
    "Esse resumo já ficou para trás. Se quiser mais alguma coisa, é só pedir.",
)
AGAIN = ("Só para eu ter certeza:", "Preciso só do seu sim para fechar.")


async def buy(
    requests: Sequence[Request], visit: Visit, desk: Desk, wording: Wording, index: ProductIndex
) -> Part:
    """Answer everything that a turn says of buying in one part."""
    return await _Buying(visit, desk, wording, index).respond(requests)


async def show_again(visit: Visit, desk: Desk, wording: Wording, index: ProductIndex) -> Part | None:
    """The open question of buying once more; None where none is open."""
    thread = _own(visit)
    if thread is None or not cart_of(visit.memory).items:
        return None
    return await _Buying(visit, desk, wording, index).again(thread)


@dataclass(slots=True)
class _Buying:
    visit: Visit
    desk: Desk
    wording: Wording
    index: ProductIndex

    @property
    def tools(self) -> SalesTools:
        return SalesTools(self.desk, self.visit)

    async def respond(self, requests: Sequence[Request]) -> Part:
        thread = _own(self.visit)
        leads: list[str] = []
        if proposal_id := accepted(requests, thread):
            outcome = await self.tools.confirm_order(proposal_id)
            if isinstance(outcome, OrderPlaced):
                return await self._placed(outcome, requests)
            if isinstance(outcome, NotOrdered):
                return await Refusing(self.visit, self.wording, self.tools).answer(outcome)
            if not cart_of(self.visit.memory).items:
                return Part(self.wording.pick("settled", SETTLED))
            leads += self._not_accepted(outcome)
        if refused(requests, thread):
            return await self._declined(thread, DECLINED)
        if thread and thread.asks == "yes" and puts_off(requests):
            return await self._declined(thread, LATER)
        return await self._changed(requests, thread, leads)

    async def again(self, thread: Thread) -> Part:
        """The summary if one waits and still holds, else whatever is asked next."""
        self._note_details((), thread.asks)
        waiting = await self.desk.closings.waiting(self.visit.briefing)
        out = CheckingOut(self.visit, self.wording, self.tools)
        if thread.proposal and waiting is not None and waiting.id == thread.proposal:
            return out.shown_again(waiting)
        if thread.asks in ("cart", "product", "quantity"):
            return await self._cart()
        return await self._next(out)

    async def _changed(self, requests: Sequence[Request], thread: Thread | None, leads: list[str]) -> Part:
        before = checkout_of(self.visit.memory)
        self._note_details(requests, thread.asks if thread else "")
        carting = Carting(self.visit, self.wording, self.index, self.tools)
        wishing = Wishing(carting)
        for request in requests:
            await wishing.apply(request, thread)
        await wishing.overhear(requests)
        known = checkout_of(self.visit.memory)
        said = list(leads)
        if known.coupon != before.coupon and known.coupon:
            said += await coupon_said(known.coupon, self.tools, self.wording)
        elif before.coupon and not known.coupon:
            said.append(self.wording.pick("coupon_dropped", DROPPED))
        elif any(each.intent is Intent.USE_COUPON for each in requests) and not known.coupon:
            return _led([*said, *carting.sentences], which_coupon(self.visit, self.wording))
        if carting.asks is not None:
            await self._drop(thread)
            return _led([*said, *carting.sentences], carting.asks)
        if not cart_of(self.visit.memory).items:
            return _led([*said, *carting.sentences], self._empty())
        progressed = carting.changed or carting.closes or known != before
        part = await self._after(requests, thread, carting, progressed or bool(leads))
        if known.coupon != before.coupon and self._is_coupon_open(known.coupon):
            said += await unlisted(known.coupon, self.tools, self.wording)
        return _led([*said, *carting.sentences], part)

    def _is_coupon_open(self, code: str) -> bool:
        """Whether a code waits for a summary that is not shown yet."""
        thread = _own(self.visit)
        waits = thread is not None and thread.asks != "yes"
        return waits and bool(code) and checkout_of(self.visit.memory).coupon == code

    async def _after(
        self, requests: Sequence[Request], thread: Thread | None, carting: Carting, progressed: bool
    ) -> Part:
        """What comes next, now that the cart is as she wants it."""
        if any(each.intent is Intent.CART for each in requests):
            return await self._cart()
        known = checkout_of(self.visit.memory)
        if carting.changed and not carting.closes and _is_collecting(requests, known, thread):
            self._ask_more()
            return Part(self.wording.pick("more", MORE), (CLOSE_CHOICE,))
        out = CheckingOut(self.visit, self.wording, self.tools, progressed)
        if thread and thread.asks == "yes" and thread.proposal and not progressed:
            return await self._unclear(thread, out)
        return await self._next(out)

    async def _unclear(self, thread: Thread, out: CheckingOut) -> Part:
        """Neither yes nor no nor a change: the same summary once more, then a person."""
        waiting = await self.desk.closings.waiting(self.visit.briefing)
        if waiting is None or waiting.id != thread.proposal:
            return await self._next(out)
        if thread.times >= 2:
            await self._drop(thread)
            return out.to_person()
        return _led([self.wording.pick("again", AGAIN)], out.shown_again(waiting, thread.times + 1))

    async def _next(self, out: CheckingOut) -> Part:
        part = await out.next()
        if isinstance(part, Part):
            return part
        return await Refusing(self.visit, self.wording, self.tools).answer(part)

    def _note_details(self, requests: Sequence[Request], asks: str) -> None:
        """Also from what another crew is asked beside it: "entrega em 01310-100" """
        known, briefing = checkout_of(self.visit.memory), self.visit.briefing
        said = {request.text for request in requests}
        beside = [message.text for message in briefing.messages if message.text not in said]
        for request in (*requests, *(_beside(text, briefing.now) for text in beside)):
            known = with_details(known, request, asks, briefing.profile)
        self.visit.memory.update(checkouts.kept(known))

    async def _placed(self, placed: OrderPlaced, requests: Sequence[Request]) -> Part:
        """Tell it, and go on with what else she wants now."""
        memory = self.visit.memory
        memory.update({checkouts.KEY: None, "cart": None, "products": None, "awaiting": None})
        memory.update({**closed(memory, CrewName.SALES), **choices_kept(())})
        told = placed_text(placed, self.visit.briefing.profile, self.wording)
        more = [each for each in requests if each.intent is Intent.BUY and not is_yes(each)]
        return await self._changed(more, None, [told]) if more else Part(told)

    def _not_accepted(self, why: NotAccepted) -> list[str]:
        if why is NotAccepted.EXPIRED:
            return [self.wording.pick("expired", EXPIRED)]
        return [self.wording.pick("void", VOID)] if why is NotAccepted.VOID else []

    async def _declined(self, thread: Thread | None, variants: tuple[str, ...]) -> Part:
        await self._drop(thread)
        memory = self.visit.memory
        memory.update({**closed(memory, CrewName.SALES), **choices_kept(())})
        return Part(self.wording.pick("declined", variants))

    async def _drop(self, thread: Thread | None) -> None:
        if thread is not None and thread.proposal:
            await self.tools.drop_order(thread.proposal)

    def _empty(self) -> Part:
        self._open("product")
        self.visit.memory.update(choices_kept(()))
        return Part(self.wording.pick("empty", EMPTY))

    async def _cart(self) -> Part:
        view = await self.tools.cart_show()
        thread = _own(self.visit)
        if view is None:
            return self._empty()
        await self._drop(thread)
        self._ask_more()
        text = f"{cart_text(view, self.wording)}\n\n{self.wording.pick('more', MORE)}"
        return Part(text, (CLOSE_CHOICE,))

    def _ask_more(self) -> None:
        self._open("cart")
        self.visit.memory.update({**choices_kept((CLOSE_CHOICE,)), "awaiting": None})

    def _open(self, asks: str) -> None:
        self.visit.memory.update(opened(self.visit.memory, Thread(CrewName.SALES, DIALOGUE, asks)))


def _own(visit: Visit) -> Thread | None:
    thread = of_crew(visit.memory, CrewName.SALES)
    return thread if thread is not None and thread.dialogue == DIALOGUE else None


def _is_collecting(requests: Sequence[Request], known: Checkout, thread: Thread | None) -> bool:
    if known != Checkout(coupon=known.coupon):
        return False
    if thread is not None and thread.asks not in ("", "cart", "product"):
        return False
    said = {word for request in requests for word in request.text.lower().split()}
    return bool(said & COLLECTING)


def _led(said: Sequence[str], part: Part) -> Part:
    """A part with what was done before it."""
    if not said:
        return part
    if part.handoff is not None:
        return replace(part, handoff=replace(part.handoff, text=" ".join([*said, part.handoff.text])))
    return replace(part, text=f"{' '.join(said)}\n\n{part.text}".strip())


def _beside(text: str, now: datetime) -> Request:
    return Request(Intent.UNKNOWN, None, text, entities=read_entities(text, now))
