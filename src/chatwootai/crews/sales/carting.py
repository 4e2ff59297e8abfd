"""Changing the cart as she says, and telling what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.answers import PRICED, remembered
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.asking import question
from chatwootai.crews.sales.cart import cart_of
from chatwootai.crews.sales.changes import Act, Change
from chatwootai.crews.sales.counter import PriceCounter
from chatwootai.crews.sales.matching import Match, ProductIndex
from chatwootai.crews.sales.ordering import DIALOGUE
from chatwootai.crews.sales.resolving import POOL, Resolved, resolve
from chatwootai.crews.sales.summary import quantity
from chatwootai.crews.sales.tools import ByAppointment, SalesTools, Shortage
from chatwootai.crews.tools import Visit
from chatwootai.domain.catalog import Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Intent, Json, Request
from chatwootai.domain.threads import Thread, closed, opened

PUT = ("Anotado: {what}.", "Certo: {what}.", "Ok, {what}.")
NOW = ("Mudei para {what}.", "Certo, agora são {what}.")
TAKEN_OUT = ("Tirei **{name}** do carrinho.", "Pronto, sem **{name}**.")
CLEARED = ("Pronto, o carrinho está vazio. Se quiser outra coisa, é só dizer.",)
NOT_THERE = ("Não encontrei isso no seu carrinho.", "Isso não está no seu carrinho.")
WRONG_QUANTITY = (
    "Essa quantidade não dá para vender. Quantas você quer?",
    "Não consigo anotar essa quantidade. Quantas seriam?",
)
ONLY_SOME = (
    "De **{name}** temos só {left} no momento. Quer levar {all_of_them}?",
    "No estoque há só {left} de **{name}**. Fica com {all_of_them}?",
)
SOLD_OUT = (
    "Poxa, **{name}** está em falta no momento.",
    "No momento, **{name}** está em falta.",
)
OTHERS = ("De parecido, temos estes:", "Se servir, temos:")
BOOKED = (
    "**{name}** é com hora marcada, então não vai no carrinho. Quer agendar? É só me dizer o dia.",
    "**{name}** a gente agenda em vez de colocar no carrinho. Que dia fica bom para você?",
)
MOST_OTHERS: Final = 3


@dataclass(slots=True)
class Carting:
    """One turn's changes. `said` is what was done, `asks` the question that has to come before all else."""

    visit: Visit
    wording: Wording
    index: ProductIndex
    tools: SalesTools
    said: list[str] = field(default_factory=list)
    put_in: dict[int, str] = field(default_factory=dict)
    """What was put into the cart by the product's id, told in one sentence."""
    missing: bool = False
    """Something was to leave the cart that is not there."""
    asks: Part | None = None
    changed: bool = False
    closes: bool = False

    @property
    def sentences(self) -> list[str]:
        """What was done, to be told before whatever comes next; not what had to leave the cart again."""
        cart = cart_of(self.visit.memory)
        put_in = [text for id_, text in self.put_in.items() if id_ in cart.ids]
        if not put_in:
            missing = [self.wording.pick("not_there", NOT_THERE)] if self.missing else []
            return [*self.said, *missing]
        what = joined(put_in, " e ")
        return [*self.said, self.wording.pick("put", PUT, {"what": what})]

    async def apply(self, change: Change, text: str = "") -> None:
        """Raises `IntegrationError`. After a question nothing more is done."""
        if self.asks is not None:
            return
        match change.act:
            case Act.CLOSE:
                self.closes = True
            case Act.REFUSE:
                self._ask_quantity(change)
            case Act.CLEAR:
                await self._clear()
            case Act.REMOVE:
                await self._remove(change)
            case Act.SWAP:
                await self._swap(change)
            case Act.SET:
                await self._set(change)
            case _:
                await self._add(change, text)

    async def put(self, product: Product, wanted: int, *, before: str = "") -> bool:
        """Whether so many of it are in the cart now; if not, the question is what instead."""
        had = cart_of(self.visit.memory).quantity(product.id)
        done = await self.tools.cart_set(product.id, wanted)
        if isinstance(done, ByAppointment):
            self.asks = Part(self.wording.pick("booked", BOOKED, {"name": product.name}))
            return False
        if isinstance(done, Shortage):
            self.asks = instead(done, self.visit, self.wording)
            return False
        self.changed = True
        self._spoken_of([product.id])
        what = f"{quantity(done.quantity)} × **{product.name}**"
        if had and not before:
            self.said.append(self.wording.pick("now", NOW, {"what": what}))
        else:
            each = f" ({format_brl(done.price)}{' cada' * (wanted > 1)})" if done.price else ""
            self.put_in[product.id] = f"{what}{each}"
        return True

    async def _add(self, change: Change, text: str) -> None:
        products, unsure = await self._meant(change, text)
        cart = cart_of(self.visit.memory)
        for place, product in enumerate(products):
            there = int(cart.quantity(product.id))
            wanted = (
                change.quantity if change.quantity and (change.each or place == 0 or change.several) else 1
            )
            if there and (change.only or (change.quantity is None and not change.more)):
                self._spoken_of([product.id])
                continue
            if not await self.put(product, there + wanted if change.more else wanted):
                return
        if unsure:
            await self._ask_which(unsure, change)
        elif not products and not cart.items:
            await self._ask_which([Resolved(Intent.STOCK, "", None)], change)
        elif not products:
            self.closes = True

    async def _set(self, change: Change) -> None:
        product = self._in_cart(change.mention)
        if product is None:
            await self._add(change, "")
        elif change.quantity:
            await self.put(product, change.quantity)

    async def _remove(self, change: Change) -> None:
        named = change.said and self.index.find(change.said, frozenset(cart_of(self.visit.memory).ids)).found
        product = self._in_cart(change.mention or (change.said if named else ""))
        if product is None:
            self.missing = True
            return
        there = int(cart_of(self.visit.memory).quantity(product.id))
        if change.quantity and change.quantity < there:
            await self.put(product, there - change.quantity)
            return
        await self._take_out(product)

    async def _take_out(self, product: Product) -> None:
        await self.tools.cart_remove(product.id)
        self.changed = True
        self.said.append(self.wording.pick("taken_out", TAKEN_OUT, {"name": product.name}))

    async def _swap(self, change: Change) -> None:
        old = self._in_cart(change.mention)
        if old is None:
            self.missing = True
            return
        self._spoken_of([old.id])
        wanted = int(cart_of(self.visit.memory).quantity(old.id))
        products, unsure = await self._meant(Change(Act.ADD, change.instead), "")
        if len(products) == 1:
            if await self.put(products[0], wanted, before=old.name):
                await self.tools.cart_remove(old.id)
            return
        state: dict[str, Json] = {"quantity": wanted, "instead_of": old.id}
        await self._ask_which(unsure or [Resolved(Intent.STOCK, "", None)], change, state)

    async def _clear(self) -> None:
        for product_id in cart_of(self.visit.memory).ids:
            await self.tools.cart_remove(product_id)
        self.changed = True
        self.visit.memory.update({**closed(self.visit.memory, CrewName.SALES), **remembered(())})
        self.asks = Part(self.wording.pick("cleared", CLEARED))

    async def _meant(self, change: Change, text: str) -> tuple[list[Product], list[Resolved]]:
        """The products of a change, and what is left to be asked."""
        mention = self._best_mention(change)
        request = Request(Intent.BUY, CrewName.SALES, text, mention)
        counter = PriceCounter(self.tools.desk.catalog)
        found = [await counter.ranked(each) for each in resolve((request,), self.visit.memory, self.index)]
        sure = [each.match.found[0] for each in found if each.match and len(each.match.found) == 1]
        unsure = [each for each in found if each.match and len(each.match.found) != 1]
        if len(sure) > 1 and not change.mention and not change.several:
            return [], [Resolved(Intent.STOCK, "", Match(tuple(sure)))]
        if change.several and not change.mention and not sure:
            return [product for each in unsure if each.match for product in each.match.found], []
        return sure, unsure

    def _best_mention(self, change: Change) -> str:
        """Her words in full, where they tell more clearly which product she means."""
        if not change.said or change.mention.startswith("product:"):
            return change.mention
        full = len(self.index.find(change.said).found)
        short = len(self.index.find(change.mention).found) if change.mention else 0
        return change.said if full and (not short or full < short) else change.mention

    def _in_cart(self, mention: str) -> Product | None:
        """The product of the cart that is meant; the one spoken of last where none is named."""
        ids = cart_of(self.visit.memory).ids
        if not ids:
            return None
        if mention:
            found = self.index.find(mention, frozenset(ids)).found
            return found[0] if found else None
        spoken_of = self.visit.memory.get("products")
        last = [id_ for id_ in spoken_of if id_ in ids] if isinstance(spoken_of, list) else []
        return self.index.product(last[-1] if last and isinstance(last[-1], int) else ids[-1])

    async def _ask_which(
        self, unsure: Sequence[Resolved], change: Change, state: dict[str, Json] | None = None
    ) -> None:
        ask = await question(unsure, self.index, self.tools.desk.catalog, self.wording, self.visit.ledger)
        kept: dict[str, Json] = {"quantity": change.quantity, **(state or {})}
        self._open("product", kept)
        # What `resolve` reads an answer by, as after a question of the price counter.
        self.visit.memory.update(
            {**remembered(ask.choices), "awaiting": 1 if ask.waits else None, POOL: list(ask.pool) or None}
        )
        self.asks = Part(ask.text, ask.choices)

    def _ask_quantity(self, change: Change) -> None:
        found = self.index.find(change.mention).found if change.mention else ()
        product = found[0] if len(found) == 1 else None
        if product is not None:
            self._spoken_of([product.id])
        self._open("quantity", {"product": product.id if product else None})
        self.asks = Part(self.wording.pick("wrong_quantity", WRONG_QUANTITY))

    def _open(self, asks: str, state: dict[str, Json]) -> None:
        _opened(self.visit, asks, state)

    def _spoken_of(self, ids: list[Json]) -> None:
        self.visit.memory["products"] = ids


def instead(shortage: Shortage, visit: Visit, wording: Wording) -> Part:
    """What can be had where not so many are there: those that are left, or others."""
    offer, left = shortage.offer, int(shortage.offer.available or 0)
    words = {
        "name": offer.product.name,
        "left": "1 unidade" if left == 1 else f"{left} unidades",
        "all_of_them": "essa" if left == 1 else f"essas {left}",
    }
    choices = [
        Choice(f"{other.product.name}{PRICED}{format_brl(other.price)}", f"product:{other.product.id}")
        for other in shortage.alternatives[:MOST_OTHERS]
    ]
    if left > 0:
        text = wording.pick("only_some", ONLY_SOME, words)
        choices = [Choice(f"Levar {left}", f"quantity:{left}"), *choices]
        _opened(visit, "quantity", {"product": offer.product.id, "offer": left, "quantity": left})
    else:
        text = wording.pick("sold_out", SOLD_OUT, words)
        text = f"{text} {wording.pick('others', OTHERS)}" if choices else text
        _opened(visit, "product", {"quantity": int(shortage.wanted)})
    kept = remembered(tuple(choices))
    visit.memory.update({**kept, "awaiting": 1 if choices else None, "products": [offer.product.id]})
    return Part(text, tuple(choices))


def _opened(visit: Visit, asks: str, state: dict[str, Json]) -> None:
    visit.memory.update(opened(visit.memory, Thread(CrewName.SALES, DIALOGUE, asks, state)))
