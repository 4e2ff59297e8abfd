"""When an order could not be proposed or placed: what is so, and what is possible instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.cart import cart_of
from chatwootai.crews.sales.carting import instead
from chatwootai.crews.sales.checking_out import CheckingOut
from chatwootai.crews.sales.checkout import checkout_of
from chatwootai.crews.sales.coupons import coupon_refused
from chatwootai.crews.sales.ordering import NotOrdered
from chatwootai.crews.sales.telling import record
from chatwootai.crews.sales.tools import SalesTools, Shortage
from chatwootai.crews.tools import Visit
from chatwootai.domain.catalog import Product
from chatwootai.domain.errors import Refusal

COUPON: Final = frozenset({Refusal.COUPON_INVALID, Refusal.COUPON_NOT_APPLICABLE})
PRICE_CHANGED = (
    "O valor mudou na loja desde o resumo, então não fechei. Veja como fica agora:",
    "Entre o resumo e o seu sim o preço mudou, e o pedido não foi feito. Agora fica assim:",
)
NOT_DONE = (
    "Não consegui fechar o pedido agora; nada foi cobrado. Conferi tudo de novo:",
    "O pedido não foi feito, porque algo mudou no caminho. Veja de novo:",
)
GONE = (
    "Um dos produtos saiu de venda, e tirei do carrinho.",
    "Um item já não está à venda; tirei do carrinho.",
)


@dataclass(frozen=True, slots=True)
class Refusing:
    """`deep` counts the attempts of one turn: after the second a person helps."""

    visit: Visit
    wording: Wording
    tools: SalesTools
    deep: int = 0

    async def answer(self, refused: NotOrdered) -> Part:
        """Raises `IntegrationError`."""
        out = CheckingOut(self.visit, self.wording, self.tools)
        if refused.needs_person:
            return out.to_person(urgent=True)
        if self.deep >= 2:
            return out.to_person()
        if refused.reason is Refusal.SOLD_OUT and refused.product is not None:
            return await self._short(refused.product, refused)
        if refused.reason in COUPON:
            code = checkout_of(self.visit.memory).coupon
            exists = refused.reason is Refusal.COUPON_NOT_APPLICABLE
            said = await coupon_refused(code, self.tools, self.wording, exists=exists)
            self._forget_coupon()
            return await self._once_more(said)
        if refused.reason is Refusal.UNKNOWN_RECORD:
            return await self._without_the_gone()
        if refused.reason is Refusal.PRICE_CHANGED:
            return await self._once_more(self.wording.pick("price_changed", PRICE_CHANGED))
        return await self._once_more(self.wording.pick("not_done", NOT_DONE))

    async def _short(self, product: Product, refused: NotOrdered) -> Part:
        wanted = cart_of(self.visit.memory).quantity(product.id)
        offers = await self.tools.offers([product.id])
        if not offers:
            return await self._without_the_gone()
        record(refused.alternatives, self.visit.ledger)
        # What others hold is not theirs alone by the catalogue's figure: the refusal knows what is free.
        offer = replace(offers[0], available=refused.available)
        record((offer,), self.visit.ledger)
        await self.tools.cart_remove(product.id)
        return instead(Shortage(offer, wanted, refused.alternatives), self.visit, self.wording)

    async def _without_the_gone(self) -> Part:
        known = {product.id for product in await self.tools.desk.catalog.products()}
        gone = [id_ for id_ in cart_of(self.visit.memory).ids if id_ not in known]
        for id_ in gone:
            await self.tools.cart_remove(id_)
        text = self.wording.pick("gone", GONE)
        if not gone or not cart_of(self.visit.memory).items:
            return CheckingOut(self.visit, self.wording, self.tools).to_person() if not gone else Part(text)
        return await self._once_more(text)

    async def _once_more(self, said: str) -> Part:
        part = await CheckingOut(self.visit, self.wording, self.tools).next()
        if not isinstance(part, Part):
            part = await replace(self, deep=self.deep + 1).answer(part)
        if part.handoff is not None:
            return replace(part, handoff=replace(part.handoff, text=f"{said}\n\n{part.handoff.text}"))
        return replace(part, text=f"{said}\n\n{part.text}")

    def _forget_coupon(self) -> None:
        known = replace(checkout_of(self.visit.memory), coupon="")
        self.visit.memory.update(checkouts.kept(known))
