"""The sales crew's tools for advice: what to recommend, how products differ, what a product is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.sales.answering import stated_in
from chatwootai.crews.sales.fitting import sentences_of
from chatwootai.crews.sales.names import head_of
from chatwootai.crews.sales.needs import Need, need_of
from chatwootai.crews.sales.recommending import Recommendation, Recommending
from chatwootai.crews.sales.telling import record
from chatwootai.crews.tools import Visit, tool
from chatwootai.crews.understanding.words import is_size, words_of
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.knowledge import PassageKind
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.orders import OrderState

FOUND: Final = 24
"""Passages of one search for a need."""
SCANNED: Final = 500
"""Products of a catalogue up to which all are looked at; of a larger one those that the index finds."""

PRESENTS: Final = "presente kit vale-presente conjunto"
"""What is searched for where she says no more than that it is a present."""
VOUCHER: Final = "vale"
"""The one service that is sold over the counter."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`sizes` as the name tells them, "" for none."""

    offer: Offer
    sizes: str


@dataclass(frozen=True, slots=True)
class Details:
    """What the shop says of a product. `stated` are the sentences that answer the question, word for word;
    without any, the shop does not say it, and nobody may."""

    offer: Offer
    description: str
    stated: tuple[str, ...] = ()
    faq: str = ""


@dataclass(frozen=True, slots=True)
class AdviceTools:
    """Bound to one conversation."""

    desk: Desk
    visit: Visit

    @tool(
        "Indica até três produtos em estoque para uma necessidade (pele, cabelo, ambiente, presente), com o "
        "motivo copiado da descrição. Diga só o que vier aqui; sobre saúde não indique nada."
    )
    async def recommend(
        self,
        need: str,
        max_price: Decimal | None = None,
        min_price: Decimal | None = None,
        without: list[int] | None = None,
    ) -> Recommendation:
        wanted = need_of(need)
        wanted = replace(
            wanted,
            at_most=max_price if max_price is not None else wanted.at_most,
            at_least=min_price if min_price is not None else wanted.at_least,
        )
        if wanted.is_open:
            raise ToolRetry("Pergunte antes para que é, ou até quanto ela quer gastar.")
        return await self.recommended(wanted, without or ())

    @tool("Põe produtos lado a lado: preço e estoque de agora, tamanho e descrição. Nunca dê opinião.")
    async def compare(self, product_ids: list[int]) -> tuple[Compared, ...]:
        if len(product_ids) < 2:
            raise ToolRetry("Para comparar são precisos dois produtos ou mais.")
        return tuple(Compared(offer, sizes_of(offer.product)) for offer in await self._offers(product_ids))

    @tool(
        "Diz o que a loja informa de um produto e, com uma pergunta (como usa, é vegano), as frases que a "
        "respondem. Sem frase nenhuma, a descrição não diz: não complete, ofereça uma pessoa."
    )
    async def product_details(self, product_id: int, question: str = "") -> Details:
        offers = await self._offers([product_id])
        if not offers:
            raise ToolRetry(f"Não há produto {product_id} à venda. Procure de novo com search_products.")
        product = offers[0].product
        stated = stated_in(product, question) if question else ()
        asked = answered_by(question, self.visit.briefing.profile.faq) if question else None
        if asked is not None:
            self._quote("faq", asked.answer)
        return Details(offers[0], product.description, stated, asked.answer if asked else "")

    async def recommended(self, need: Need, without: Sequence[int] = ()) -> Recommendation:
        """As `recommend`, for a need that was read already."""
        sold = [product for product in await self.desk.catalog.products() if not self._is_booked(product)]
        found = await self._found(need)
        if len(sold) > SCANNED:
            sold = [product for product in sold if product.id in found] or sold[:SCANNED]
        choosing = Recommending(tuple(sold), need, found, await self._bought(), frozenset(without))
        chosen = await choosing.choose(self.desk.catalog)
        offers = [*(each.offer for each in chosen.suggestions), *chosen.missing]
        self._record(offers)
        return chosen

    async def _found(self, need: Need) -> tuple[int, ...]:
        asked = " ".join(need.words) or (PRESENTS if need.gift else "")
        if not asked:
            return ()
        hits = await self.desk.knowledge.search(
            asked, kinds={PassageKind.PRODUCT}, only_in_stock=True, limit=FOUND
        )
        return tuple(hit.passage.record for hit in hits if hit.passage.record is not None)

    async def _bought(self) -> frozenset[int]:
        """Products of the proven customer's orders; nothing is told of anybody else's."""
        identity = await self.desk.identities.of(self.visit.briefing.conversation)
        if identity.customer is None or not identity.is_proven:
            return frozenset()
        orders = await self.desk.orders.of_customer(identity.customer.id)
        return frozenset(
            line.product_id
            for order in orders
            if order.state is OrderState.CONFIRMED
            for line in order.lines
            if not line.is_discount
        )

    async def _offers(self, product_ids: Sequence[int]) -> tuple[Offer, ...]:
        offers = tuple(await self.desk.catalog.offers(list(dict.fromkeys(product_ids))))
        self._record(offers)
        return offers

    def _record(self, offers: Sequence[Offer]) -> None:
        record(offers, self.visit.ledger)
        for offer in offers:
            for sentence in sentences_of(offer.product):
                self._quote(f"product:{offer.product.id}", sentence)

    def _quote(self, subject: str, text: str) -> None:
        if text:
            self.visit.ledger.facts.append(Fact(FactKind.TEXT, subject, text))

    def _is_booked(self, product: Product) -> bool:
        services = self.visit.briefing.profile.booking.services
        return product.code in services or (product.is_service and head_of(product.name) != VOUCHER)


def sizes_of(product: Product) -> str:
    """The sizes in a product's name, as written: "300 ml"."""
    return ", ".join(word.surface for word in words_of(product.name) if is_size(word.norm))
