"""Customers who buy, from the first word to the order in the ERP."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.fixtures.selling import Selling
from tests.fixtures.talking import Shop

from chatwootai.domain.catalog import Offer
from chatwootai.domain.conversations import ChannelKind, Contact
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.ledger import Effect
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import DeliveryRules
from chatwootai.domain.promotions import Promotion

pytestmark = pytest.mark.unit

TO_THE_SUMMARY = ("quero 2 shampoos de coco", "Retirar na loja", "Pix")


async def test_who_says_everything_at_once_is_asked_nothing_that_she_said() -> None:
    at = Selling()
    answer = await at.hears("quero 2 shampoos de coco entrega em 01310-100")
    assert "CEP" not in answer.split("\n\n")[1]
    assert "endereço completo" in answer
    answer = await at.hears("Av. Paulista, 1000, ap 12")
    assert "pagar" in answer or "pagamento" in answer
    answer = await at.hears("pix")
    assert "2 × **Shampoo Hidratante Coco 300 ml**: R$ 79,80 (R$ 39,90 cada)" in answer
    assert "Motoboy na capital (1 a 2 dias úteis): R$ 15,00" in answer
    assert "Endereço: Av. Paulista, 1000, ap 12" in answer
    assert "**Total: R$ 94,80**" in answer
    assert answer.endswith("⇒ Confirmar pedido ⇒ Não, obrigado")
    assert not at.shop.orders.all()


async def test_a_yes_places_the_order_with_what_was_agreed_and_tells_how_to_pay() -> None:
    at = Selling()
    customer = at.shop.customer()
    await at.hears("quero 2 shampoos de coco", "01310-100", "Av Paulista 1000", "pix")
    answer = await at.talk.presses("Confirmar pedido")
    (order,) = at.placed
    assert (order.customer_id, order.total) == (customer.id, Money(Decimal("79.80")))
    assert f"**{order.code}**" in answer
    assert "R$ 94,80" in answer
    assert "chave Pix" in answer
    assert at.shop.orders.notes[order.key].splitlines() == [
        "Entrega: Motoboy na capital, CEP 01310-100",
        "Endereço: Av Paulista 1000",
        "Frete: R$ 15,00",
        "Pagamento: Pix",
    ]
    assert at.talk.ledger.effects == [Effect("order", order.key)]
    assert at.left("SH-COCO-300") == 10


async def test_picking_up_costs_nothing_and_needs_no_address() -> None:
    at = Selling()
    answer = await at.hears(*TO_THE_SUMMARY)
    assert "Retirada na loja: grátis" in answer
    assert "**Total: R$ 79,80**" in answer
    answer = await at.hears("sim")
    assert "Retirada grátis na loja" in answer
    assert at.shop.orders.notes[at.placed[0].key] == "Retirada na loja\nPagamento: Pix"


async def test_an_unknown_customer_of_whatsapp_is_entered_with_her_proven_number() -> None:
    at = Selling()
    await at.hears(*TO_THE_SUMMARY, "sim")
    (customer,) = at.shop.customers.all()
    assert (customer.name, customer.phones) == ("Ana Souza", ("+5511987654321",))
    assert at.placed[0].customer_id == customer.id


async def test_a_contact_without_a_name_is_asked_for_it() -> None:
    at = Selling(contact=Contact(1, "📱", "+5511987654321"))
    answer = await at.hears(*TO_THE_SUMMARY)
    assert "nome" in answer
    await at.hears("Joana Prado", "sim")
    assert [each.name for each in at.shop.customers.all()] == ["Joana Prado"]


async def test_of_two_customers_with_one_number_the_cpf_tells_which() -> None:
    at = Selling()
    at.shop.customer("Ana Souza", document="52998224725")
    joana = at.shop.customer("Joana Souza", document="11144477735")
    assert "CPF" in await at.hears(*TO_THE_SUMMARY)
    answer = await at.hears("111.444.777-35")
    assert "Joana" not in answer
    await at.hears("sim")
    assert at.placed[0].customer_id == joana.id


async def test_a_visitor_of_the_site_gives_name_and_telephone_once() -> None:
    at = Selling(channel=ChannelKind.WEB_WIDGET, contact=Contact(3, "misty-river-12"))
    answer = await at.hears(*TO_THE_SUMMARY)
    assert "nome completo" in answer
    assert "telefone" in answer
    answer = await at.hears("Carla Dias, (11) 97777-6666")
    assert "**Total: R$ 79,80**" in answer
    await at.hears("na verdade são 3", "sim")
    (customer,) = at.shop.customers.all()
    assert (customer.name, customer.phones) == ("Carla Dias", ("+5511977776666",))
    assert at.placed[0].total == Money(Decimal("119.70"))


async def test_what_a_visitor_types_opens_nobody_elses_record() -> None:
    at = Selling(channel=ChannelKind.WEB_WIDGET, contact=Contact(3, "misty-river-12"))
    other = at.shop.customers.enter(NewCustomer("Maria Lima", "+5511977776666", None, "52998224725"))
    answer = await at.hears(*TO_THE_SUMMARY, "Carla Dias, (11) 97777-6666", "sim")
    assert "Maria" not in answer
    assert at.placed[0].customer_id != other.id


@pytest.mark.parametrize(
    ("turns", "wanted"),
    [
        (("quero 2 shampoos de coco e 1 máscara de queratina",), {"SH-COCO-300": 2, "MA-REC-250": 1}),
        (("qto custa o batom matte rosa?", "vou querer 3"), {"BA-ROS-MT": 3}),
        (("quanto custa o shampoo de coco e o condicionador de coco?", "quero os dois"),
         {"SH-COCO-300": 1, "CO-COCO-300": 1}),
        (("tem água micelar?", "fico com a maior"), {"AG-MIC-400": 1}),
        (("tem água micelar?", "quero a primeira"), {"AG-MIC-200": 1}),
        (("tem shampoo de coco?", "quero esse"), {"SH-COCO-300": 1}),
        (("quero 2 shampoos de coco", "na verdade são 3"), {"SH-COCO-300": 3}),
        (("quero 3 shampoos de coco", "tira um"), {"SH-COCO-300": 2}),
        (("quero 3 shampoos de coco", "muda pra 5 unidades"), {"SH-COCO-300": 5}),
        (("quero um shampoo de coco", "3"), {"SH-COCO-300": 3}),
        (("queria 2 xampu de coco e um condicionador de coco pra entregar na rua augusta 500",),
         {"SH-COCO-300": 2, "CO-COCO-300": 1}),
        (("quero 2 shampoos de coco", "coloca mais um"), {"SH-COCO-300": 3}),
        (("quero 1 shampoo de coco e 1 condicionador de coco", "tira o condicionador"),
         {"SH-COCO-300": 1}),
        (("quero um shampoo de hidratação profunda de 300 ml", "quero também um batom matte rosa"),
         {"SH-HID-300": 1, "BA-ROS-MT": 1}),
        (("coloca no carrinho um vale presente de 100",), {"VP-100": 1}),
        # While she is asked for her postal code or her address:
        (("quero 1 shampoo de coco", "e mais 2 condicionador de coco"), {"SH-COCO-300": 1, "CO-COCO-300": 2}),
        (("quero 1 shampoo de coco e 2 condicionador de coco", "tira o shampoo de coco"), {"CO-COCO-300": 2}),
        (("quero 2 shampoo de coco", "quero o condicionador de coco no lugar"), {"CO-COCO-300": 2}),
        (("quero 1 shampoo de coco", "01310-100", "rua do Retiro, 100"), {"SH-COCO-300": 1}),
        (("quero 2 removedor de esmalte",), {"RE-ACE-100": 2}),
        # While she is asked which product:
        (("quero 1 shampoo de coco e 1 condicionador de coco", "e mais um batom matte",
          "tira o shampoo de coco"), {"CO-COCO-300": 1}),
    ],
)  # fmt: skip
async def test_the_cart_holds_what_she_wants(turns: tuple[str, ...], wanted: dict[str, int]) -> None:
    at = Selling()
    await at.hears(*turns)
    kept = at.talk.memory.get("cart")
    assert isinstance(kept, list)
    held = {each["product"]: int(str(each["quantity"])) for each in kept if isinstance(each, dict)}
    assert held == {at.shop.product(code).id: count for code, count in wanted.items()}


async def test_the_cart_is_shown_and_emptied() -> None:
    at = Selling()
    answer = await at.hears("coloca no carrinho 2 shampoos de coco", "ver carrinho")
    assert "2 × **Shampoo Hidratante Coco 300 ml**: R$ 79,80" in answer
    assert "**Total: R$ 79,80**" in answer
    assert answer.endswith("⇒ Fechar pedido")
    answer = await at.hears("limpa o carrinho")
    assert "vazio" in answer
    assert at.talk.memory.get("cart") is None
    assert "carrinho" in await at.hears("ver carrinho")
    assert not at.talk.ledger.facts


async def test_more_than_there_is_is_said_with_what_is_left_and_others() -> None:
    at = Selling()
    answer = await at.hears("quero 5000 shampoos de coco")
    assert "12 unidades" in answer
    assert "⇒ Levar 12" in answer
    answer = await at.hears("sim", "Retirar na loja", "pix")
    assert "12 × **Shampoo Hidratante Coco 300 ml**" in answer


async def test_what_is_sold_out_is_said_with_what_is_really_there() -> None:
    at = Selling()
    answer = await at.hears("quero 2 shampoos cachos definidos de 1 litro")
    assert "em falta" in answer
    assert "Shampoo Cachos Definidos 300 ml – R$ 42,90" in answer
    await at.hears("Shampoo Cachos Definidos 300 ml – R$ 42,90")
    kept = at.talk.memory["cart"]
    assert kept == [{"product": at.shop.product("SH-CAC-300").id, "quantity": "2"}]


@pytest.mark.parametrize("said", ["quero -3 shampoos de coco", "quero 0 shampoos de coco"])
async def test_a_quantity_that_cannot_be_is_refused_kindly(said: str) -> None:
    at = Selling()
    answer = await at.hears(said)
    assert "quantidade" in answer
    assert at.talk.memory.get("cart") is None
    await at.hears("2")
    assert at.talk.memory["cart"] == [{"product": at.shop.product("SH-COCO-300").id, "quantity": "2"}]


async def test_a_service_is_booked_and_never_put_into_the_cart() -> None:
    at = Selling()
    answer = await at.hears("coloca no carrinho um corte feminino")
    assert "agendar" in answer or "agenda" in answer
    assert at.talk.memory.get("cart") is None


async def test_a_postal_code_that_nobody_serves_leaves_picking_up() -> None:
    at = Selling("saude")
    code = next(offer.product for offer in _offers(at) if not offer.product.is_service)
    answer = await at.hears(f"quero 1 {code.name}", "01310-100")
    assert "não entregamos" in answer
    assert "⇒ Retirar na loja" in answer


async def test_freight_that_people_quote_is_offered_to_people() -> None:
    at = Selling("varejo")
    product = next(offer.product for offer in _offers(at) if not offer.product.is_service)
    answer = await at.hears(f"quero 1 {product.name}", "90010-000")
    assert "Transportadora" in answer
    assert "⇒ Falar com uma pessoa" in answer
    assert not at.shop.proposals.all()


async def test_freight_is_free_from_its_threshold_on() -> None:
    at = Selling()
    answer = await at.hears("quero 7 shampoos de coco", "01310-100", "Motoboy na capital", "Rua A, 10", "pix")
    assert "Motoboy na capital (1 a 2 dias úteis): grátis" in answer
    assert "**Total: R$ 279,30** (ou 3x de R$ 93,10 sem juros)" in answer


async def test_a_coupon_takes_off_what_the_erp_says() -> None:
    at = Selling()
    at.shop.orders.coupons = {"BEMVINDA10": Decimal(10)}
    answer = await at.hears(*TO_THE_SUMMARY, "tenho o cupom BEMVINDA10")
    assert "BEMVINDA10: −R$ 7,98" in answer
    assert "**Total: R$ 71,82**" in answer
    await at.hears("sim")
    assert at.placed[0].total == Money(Decimal("71.82"))
    assert "Pagamento: Pix" in at.shop.orders.notes[at.placed[0].key]


async def test_a_coupon_of_another_shop_is_refused_with_those_that_are_valid() -> None:
    at = Selling()
    at.shop.promotions.add(Promotion(1, "R$ 20", "R$ 20 em compras acima de R$ 150", "BELA20"))
    answer = await at.hears(*TO_THE_SUMMARY, "usa o cupom NATAL99")
    assert "**NATAL99**" in answer
    assert "**BELA20** (R$ 20 em compras acima de R$ 150)" in answer
    assert "**Total: R$ 79,80**" in answer
    await at.hears("sim")
    assert at.placed[0].total == Money(Decimal("79.80"))


async def test_the_coupon_is_asked_for_where_she_only_says_that_she_has_one() -> None:
    at = Selling()
    at.shop.orders.coupons = {"BELA20": Decimal(10)}
    assert "código" in await at.hears(*TO_THE_SUMMARY, "tenho um cupom")
    assert "**Total: R$ 71,82**" in await at.hears("BELA20")


async def test_the_same_question_is_asked_twice_and_then_a_person_helps() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco", "hã")
    assert at.talk.handed_over is None
    await at.hears("hmm então")
    assert at.talk.handed_over is not None


def _offers(at: Selling) -> list[Offer]:
    found = [at.shop.catalog.offer(number) for number in range(1, 30)]
    return [offer for offer in found if offer is not None]


async def test_who_comes_for_it_after_all_gives_no_address() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco entrega em 01310-100", "na verdade vou buscar aí na loja")
    answer = await at.hears("pix")
    assert "Retirada na loja" in answer
    assert "Endereço" not in answer
    assert "**Total: R$ 79,80**" in answer


async def test_a_coupon_that_nobody_here_takes_is_refused_before_there_is_a_cart() -> None:
    at = Selling()
    answer = await at.hears("tenho o cupom CASANOVA, vale aí?")
    assert "**CASANOVA**" in answer
    assert "não vale" in answer or "Não encontrei" in answer
    answer = await at.hears("quero 1 shampoo de coco", "retirar na loja", "pix")
    assert "CASANOVA" not in answer


async def test_a_shop_that_does_not_deliver_says_so_before_the_summary() -> None:
    shop = Shop()
    shop.profile = replace(shop.profile, delivery=DeliveryRules((), "Retirada na loja, de segunda a sexta."))
    at = Selling(shop=shop)
    answer = await at.hears("quero 1 shampoo de coco, entrega em 01310-100")
    assert "só retirada na loja" in answer
    assert "Total" not in answer
    assert "Retirada na loja: grátis" in await at.hears("pode ser", "pix")
