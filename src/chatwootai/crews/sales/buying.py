"""Buying: from "quero esse" to an order in the ERP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.answers import chosen
from chatwootai.crews.dialogues.answers import remembered as choices_kept
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.threads import Thread, closed, of_crew, opened
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.cart import cart_of
from chatwootai.crews.sales.carting import Carting
from chatwootai.crews.sales.changes import Act, Change, changes_of
from chatwootai.crews.sales.checking_out import CheckingOut
from chatwootai.crews.sales.checkout import Checkout, checkout_of
from chatwootai.crews.sales.coupons import coupon_said, which_coupon
from chatwootai.crews.sales.details import with_details
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.ordering import DIALOGUE, NotOrdered, OrderPlaced
from chatwootai.crews.sales.refusing import Refusing
from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.sales.viewing import cart_text, placed_text
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import CrewName, Intent, Json, Request
from chatwootai.domain.requests import Assent
from chatwootai.hub.yes import NotAccepted, no_value, yes_value

CLOSE_VALUE: Final = "cart:close"
CLOSE_CHOICE: Final = Choice("Fechar pedido", CLOSE_VALUE)
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
AGAIN = ("Só para eu ter certeza:", "Preciso só do seu sim para fechar.")
LEFT_OUT = ("Tudo bem, deixei de fora.", "Certo, fica sem esse.")


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
        accepted = _accepted(requests, thread)
        if accepted:
            outcome = await self.tools.confirm_order(accepted)
            if isinstance(outcome, OrderPlaced):
                return self._placed(outcome, requests)
            if isinstance(outcome, NotOrdered):
                return await Refusing(self.visit, self.wording, self.tools).answer(outcome)
            leads += self._not_accepted(outcome)
        if _refused(requests, thread):
            return await self._declined(thread, DECLINED)
        if thread and thread.asks == "yes" and any(each.assent is Assent.LATER for each in requests):
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
            self._ask_more()
            return await self._cart(())
        return await self._next(out)

    async def _changed(self, requests: Sequence[Request], thread: Thread | None, leads: list[str]) -> Part:
        before, cart_before = checkout_of(self.visit.memory), cart_of(self.visit.memory)
        asks = thread.asks if thread else ""
        self._note_details(requests, asks)
        carting = Carting(self.visit, self.wording, self.index, self.tools)
        for request in requests:
            await self._apply(request, thread, carting)
        known = checkout_of(self.visit.memory)
        progressed = carting.changed or known != before
        said = [*leads, *carting.sentences]
        if known.coupon != before.coupon and known.coupon:
            said += coupon_said(known.coupon, self.tools, self.wording)
        elif any(each.intent is Intent.USE_COUPON for each in requests) and not known.coupon:
            return which_coupon(self.visit, self.wording)
        if carting.asks is not None:
            await self._drop(thread)
            if not cart_of(self.visit.memory).items and not carting.asks.choices and cart_before.items:
                self.visit.memory.update(closed(self.visit.memory, CrewName.SALES))
            return _led(said, carting.asks)
        if not cart_of(self.visit.memory).items:
            return _led(said, self._empty())
        if any(each.intent is Intent.CART for each in requests):
            return _led(said, await self._cart(requests))
        if _is_collecting(requests, known, thread) and carting.changed and not carting.closes:
            self._ask_more()
            return _led(said, Part(self.wording.pick("more", MORE), (CLOSE_CHOICE,)))
        out = CheckingOut(self.visit, self.wording, self.tools, progressed or carting.closes or bool(leads))
        if thread and thread.asks == "yes" and thread.proposal and not progressed and not leads:
            return await self._unclear(thread, out)
        return _led(said, await self._next(out))

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

    async def _apply(self, request: Request, thread: Thread | None, carting: Carting) -> None:
        if request.chosen == CLOSE_VALUE:
            carting.closes = True
        elif thread is not None and thread.asks in ("product", "quantity") and _answers(request):
            await self._answered(request, thread, carting)
        elif thread is not None and thread.asks == "cart" and request.intent in (Intent.YES, Intent.NO):
            carting.closes = True
        elif request.intent is Intent.BUY or _names_goods(request) or self._alters(request, thread):
            for change in changes_of(self._picked(request)):
                await carting.apply(change, request.text)

    async def _answered(self, request: Request, thread: Thread, carting: Carting) -> None:
        """The product that we asked for, or how many of it."""
        state = thread.state
        wanted = _number(state.get("quantity")) or 1
        if request.chosen.startswith("quantity:") or (request.intent is Intent.YES and state.get("offer")):
            offered = _number(state.get("offer")) or wanted
            await self._put(_number(state.get("product")), offered, carting)
            return
        if request.intent is Intent.YES:
            return
        if request.intent is Intent.NO:
            carting.said.append(self.wording.pick("left_out", LEFT_OUT))
            self.visit.memory.update(closed(self.visit.memory, CrewName.SALES))
            return
        change = changes_of(request)[0]
        if change.quantity and not change.mention and thread.asks == "quantity":
            await self._put(_number(state.get("product")), change.quantity, carting)
            return
        if change.act is not Act.REFUSE and thread.asks == "product":
            mention = request.chosen or change.mention or request.mention
            change = Change(Act.ADD, mention, change.quantity or wanted)
        await carting.apply(change, request.text)
        old = _number(state.get("instead_of"))
        if old is not None and carting.changed:
            await self.tools.cart_remove(old)

    def _picked(self, request: Request) -> Request:
        """ "Quero a primeira" of those that were offered just now."""
        if request.chosen or not request.mention:
            return request
        said = Message(request.message_id, Author.CUSTOMER, request.mention, self.visit.briefing.now)
        values = chosen(said, self.visit.memory)
        return replace(request, chosen=values[0]) if values and values[0].startswith("product:") else request

    def _alters(self, request: Request, thread: Thread | None) -> bool:
        """A change of what was shown ("sim, mas duas"), not another detail and not chatter; a wish for what
        was told ("quero os dois"), where nothing of buying is open."""
        if request.chosen or request.intent not in (Intent.ANSWER, Intent.UNKNOWN, Intent.YES):
            return False
        if thread is None or request.assent is Assent.CHANGE:
            return True
        change = changes_of(request)[0]
        if thread.asks != "yes":
            return change.act in (Act.SET, Act.REMOVE, Act.SWAP) and change.quantity is not None
        return change.quantity is not None or bool(change.mention and self.index.find(change.mention).found)

    async def _put(self, product_id: int | None, wanted: int, carting: Carting) -> None:
        product = self.index.product(product_id) if product_id is not None else None
        if product is not None:
            await carting.put(product, wanted)

    def _placed(self, placed: OrderPlaced, requests: Sequence[Request]) -> Part:
        memory = self.visit.memory
        memory.update({checkouts.KEY: None, "cart": None, "products": None, "awaiting": None})
        memory.update({**closed(memory, CrewName.SALES), **choices_kept(())})
        return Part(placed_text(placed, self.visit.briefing.profile, self.wording))

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

    async def _cart(self, requests: Sequence[Request]) -> Part:
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


def _accepted(requests: Sequence[Request], thread: Thread | None) -> str:
    """The id of the proposal that she may have accepted; whether she has, the gate decides."""
    prefix = yes_value("")
    for request in requests:
        if request.chosen.startswith(prefix):
            return request.chosen.removeprefix(prefix)
        if thread is not None and thread.proposal and _meant(request) is Assent.YES:
            return thread.proposal
    return ""


def _refused(requests: Sequence[Request], thread: Thread | None) -> bool:
    if thread is None or thread.asks != "yes":
        return False
    return any(
        each.intent is Intent.NO or each.chosen == no_value(thread.proposal) for each in requests
    ) and not any(each.intent is Intent.BUY for each in requests)


def _meant(request: Request) -> Assent | None:
    """As the message says it; a bare yes may come without."""
    return request.assent or (Assent.YES if request.intent is Intent.YES else None)


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


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
