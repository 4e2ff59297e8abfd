"""The sales crew's tools, for its dialogues and for a model alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from chatwootai.brazil.documents import parse as parse_document
from chatwootai.brazil.phones import to_e164
from chatwootai.brazil.postal import parse as parse_postal_code
from chatwootai.crews.desk import Desk
from chatwootai.crews.sales import cart as carts
from chatwootai.crews.sales import checkout as checkouts
from chatwootai.crews.sales.cart import Cart, cart_of
from chatwootai.crews.sales.checkout import DELIVERY, Checkout, checkout_of
from chatwootai.crews.sales.counter import PriceCounter
from chatwootai.crews.sales.freight import FreightQuote, quotes_for
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.ordering import NotOrdered, Ordering, OrderPlaced
from chatwootai.crews.sales.summary import OrderSummary
from chatwootai.crews.sales.telling import record, sold_out
from chatwootai.crews.tools import Visit, tool
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.errors import ToolFailed, ToolRetry
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, OrderLine
from chatwootai.domain.promotions import Promotion
from chatwootai.hub.yes import NotAccepted

MOST_FOUND: Final = 8
"""Products of one search: more would be no answer."""
MOST_LOOKED_AT: Final = 40
"""Those whose price and stock is read to find so many."""


@dataclass(frozen=True, slots=True)
class CartView:
    """What the ERP would charge for the cart now, without coupon and freight."""

    lines: tuple[OrderLine, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class InCart:
    """`quantity` is in the cart now; zero once it was taken out. `price` is for one unit."""

    product: Product
    quantity: Decimal
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class Shortage:
    """So many are not there, and the cart is as it was. `alternatives` are."""

    offer: Offer
    wanted: Decimal
    alternatives: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class ByAppointment:
    """A service with a time of its own: it is booked, not put into the cart."""

    product: Product


@dataclass(frozen=True, slots=True)
class CouponCheck:
    """Whether the shop's promotions of today list the code, and those that do have one. Only the summary of
    an order tells for sure what it takes off."""

    code: str
    promotion: Promotion | None
    others: tuple[Promotion, ...]


@dataclass(frozen=True, slots=True)
class SalesTools:
    """Bound to one conversation."""

    desk: Desk
    visit: Visit

    @tool("Procura produtos pelo nome e diz preço e estoque de agora. Use antes de citar qualquer produto.")
    async def search_products(
        self, text: str, max_price: Decimal | None = None, only_in_stock: bool = False
    ) -> tuple[Offer, ...]:
        found = await self.desk.catalog.search(text, MOST_LOOKED_AT)
        offers = await self.offers([product.id for product in found])
        fitting = [
            offer
            for offer in offers
            if (max_price is None or offer.price.amount <= max_price)
            and not (only_in_stock and sold_out(offer))
        ]
        return tuple(fitting[:MOST_FOUND])

    @tool("Lê preço e estoque de agora destes produtos, para esta quantidade de cada um.")
    async def offers(self, product_ids: list[int], quantity: int = 1) -> tuple[Offer, ...]:
        if not product_ids:
            return ()
        _require_positive(quantity)
        found = tuple(await self.desk.catalog.offers(product_ids, quantity=Decimal(quantity)))
        record(found, self.visit.ledger)
        return found

    @tool("Mostra o carrinho com preços e total de agora, sem cupom e sem frete. None se estiver vazio.")
    async def cart_show(self) -> CartView | None:
        items = self._cart.items
        if not items:
            return None
        quote = await self.desk.quotes.quote(items)
        facts = self.visit.ledger.facts
        for line in quote.lines:
            subject = f"product:{line.product_id}"
            facts.append(Fact(FactKind.TEXT, subject, line.name))
            facts.append(Fact(FactKind.PRICE, subject, line.unit_price.amount))
            facts.append(Fact(FactKind.PRICE, subject, abs(line.subtotal.amount)))
        facts.append(Fact(FactKind.PRICE, "cart", quote.total.amount))
        return CartView(quote.lines, quote.total)

    @tool("Soma esta quantidade de um produto ao carrinho; recusa o que não há em estoque.")
    async def cart_add(self, product_id: int, quantity: int = 1) -> InCart | Shortage | ByAppointment:
        _require_positive(quantity)
        return await self.cart_set(product_id, int(self._cart.quantity(product_id)) + quantity)

    @tool("Deixa o carrinho com exatamente esta quantidade de um produto; zero tira o produto.")
    async def cart_set(self, product_id: int, quantity: int) -> InCart | Shortage | ByAppointment:
        if quantity < 0:
            raise ToolRetry("A quantidade não pode ser negativa.")
        if quantity == 0:
            return await self.cart_remove(product_id)
        offers = await self.offers([product_id], quantity)
        if not offers:
            raise ToolRetry(f"Não há produto {product_id} à venda. Procure de novo com search_products.")
        offer = offers[0]
        if self.is_booked(offer.product):
            return ByAppointment(offer.product)
        if offer.available is not None and offer.available < quantity:
            return Shortage(offer, Decimal(quantity), await self._instead(offer))
        self._keep(self._cart.with_quantity(product_id, Decimal(quantity)))
        return InCart(offer.product, Decimal(quantity), offer.price)

    @tool("Tira um produto do carrinho.")
    async def cart_remove(self, product_id: int) -> InCart:
        products = {product.id: product for product in await self.desk.catalog.products()}
        self._keep(self._cart.with_quantity(product_id, Decimal(0)))
        gone = products.get(product_id, Product(product_id, "esse produto"))
        self.visit.ledger.facts.append(Fact(FactKind.TEXT, f"product:{product_id}", gone.name))
        return InCart(gone, Decimal(0))

    @tool("Diz se um cupom está entre as promoções de hoje e quais cupons valem. O desconto sai no resumo.")
    async def check_coupon(self, code: str) -> CouponCheck:
        promotions = await self.desk.promotions.valid_on(self.visit.briefing.now.date())
        coded = tuple(each for each in promotions if each.code)
        for each in coded:
            subject = f"promotion:{each.id}"
            told = (each.code, each.name, each.description)
            self.visit.ledger.facts.extend(Fact(FactKind.TEXT, subject, text) for text in told if text)
        wanted = code.strip().casefold()
        own = next((each for each in coded if each.code.casefold() == wanted), None)
        return CouponCheck(code.strip().upper(), own, tuple(each for each in coded if each is not own))

    @tool("Calcula as formas de entrega e o frete do carrinho para um CEP. Vazio: não há entrega ali.")
    async def freight(self, postal_code: str) -> tuple[FreightQuote, ...]:
        code = parse_postal_code(postal_code)
        if code is None:
            raise ToolRetry("O CEP tem oito dígitos, como 01310-100. Pergunte de novo.")
        view = await self.cart_show()
        goods = view.total if view else Money(Decimal(0), self.visit.briefing.profile.currency)
        quotes = quotes_for(code.digits, goods, self.visit.briefing.profile.delivery)
        for quote in quotes:
            subject = f"freight:{quote.name}"
            self.visit.ledger.facts.append(Fact(FactKind.TEXT, subject, quote.name))
            if quote.price is not None:
                self.visit.ledger.facts.append(Fact(FactKind.PRICE, subject, quote.price.amount))
        return quotes

    @tool("Guarda nome, telefone com DDD e CPF que a pessoa informou para o pedido. Só o que ela disse.")
    async def remember_customer(self, name: str = "", phone: str = "", document: str = "") -> Checkout:
        number = to_e164(phone) if phone else ""
        if number is None:
            raise ToolRetry("Esse telefone não existe. Peça o número com DDD.")
        paper = parse_document(document) if document else None
        if document and paper is None:
            raise ToolRetry("Esse CPF não confere. Peça de novo.")
        known = self._checkout
        return self._remember(
            replace(
                known,
                name=name.strip() or known.name,
                phone=number or known.phone,
                document=paper.digits if paper else known.document,
            )
        )

    @tool(
        "Monta o resumo do pedido com o carrinho e reserva o estoque. Mostre o resumo inteiro e peça um sim; "
        "só depois dele, numa mensagem seguinte, use confirm_order. Preencha só o que a pessoa disse."
    )
    async def propose_order(
        self,
        delivery: Literal["", "pickup", "delivery"] = "",
        postal_code: str = "",
        freight: str = "",
        address: str = "",
        payment: str = "",
        coupon: str = "",
    ) -> OrderSummary | NotOrdered:
        known = self._checkout
        code = parse_postal_code(postal_code) if postal_code else None
        checkout = replace(
            known,
            way=delivery or known.way,
            postal_code=code.digits if code else known.postal_code,
            freight=freight or known.freight,
            address=address or known.address,
            payment=payment or known.payment,
            coupon=coupon.strip().upper() or known.coupon,
        )
        items = self._cart.items
        ordering = Ordering(self.desk, self.visit)
        await self._require(items, checkout, ordering)
        return await ordering.propose(items, self._remember(checkout))

    @tool("Fecha o pedido do resumo que a pessoa aceitou. Sem um sim dela depois do resumo, nada acontece.")
    async def confirm_order(self, proposal_id: str) -> OrderPlaced | NotOrdered | NotAccepted:
        return await Ordering(self.desk, self.visit).confirm(proposal_id)

    @tool("Desiste do resumo que espera resposta e devolve o estoque reservado. O carrinho fica.")
    async def drop_order(self, proposal_id: str) -> None:
        await self.desk.closings.void(proposal_id, self.visit.briefing)

    def is_booked(self, product: Product) -> bool:
        """Whether this is a service that customers book at a time."""
        return product.is_service and product.code in self.visit.briefing.profile.booking.services

    @property
    def _cart(self) -> Cart:
        return cart_of(self.visit.memory)

    @property
    def _checkout(self) -> Checkout:
        return checkout_of(self.visit.memory)

    def _keep(self, cart: Cart) -> None:
        self.visit.memory.update(carts.kept(cart))

    def _remember(self, checkout: Checkout) -> Checkout:
        self.visit.memory.update(checkouts.kept(checkout))
        return checkout

    async def _instead(self, offer: Offer) -> tuple[Offer, ...]:
        catalog = self.desk.catalog
        others = await PriceCounter(catalog).instead(offer, ProductIndex(tuple(await catalog.products())))
        record(others, self.visit.ledger)
        return others

    async def _require(self, items: tuple[Item, ...], checkout: Checkout, ordering: Ordering) -> None:
        if not items:
            raise ToolRetry("O carrinho está vazio: use cart_add antes.")
        if checkout.way == DELIVERY:
            if not checkout.postal_code:
                raise ToolRetry("Para entregar falta o CEP: pergunte, e use freight para ver o valor.")
            quotes = await self.freight(checkout.postal_code)
            if not quotes:
                raise ToolFailed("Não há entrega nesse CEP. Ofereça a retirada ou outro CEP.")
            goods = Money(Decimal(0), self.visit.briefing.profile.currency)
            chosen = ordering.freight(checkout, goods)
            if chosen is None:
                names = ", ".join(quote.name for quote in quotes)
                raise ToolRetry(f"Pergunte a forma de entrega: {names}.")
            if chosen.price is None:
                raise ToolFailed("O frete para esse CEP é cotado por uma pessoa da equipe.")
            if not checkout.address:
                raise ToolRetry("Para entregar falta o endereço completo: pergunte.")
        unknown = await ordering.unknown_of_her(checkout)
        if unknown == "person":
            raise ToolFailed("Uma pessoa da equipe precisa conferir o cadastro antes do pedido.")
        if unknown:
            raise ToolRetry(
                f"Antes do pedido, pergunte o que falta dela ({unknown}) e use remember_customer."
            )


def _require_positive(quantity: int) -> None:
    if quantity < 1:
        raise ToolRetry("A quantidade tem de ser um ou mais.")
