"""What customers correct, cancel and ask on the way to an order, in their own spelling."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.fixtures.selling import Selling
from tests.fixtures.talking import WEDNESDAY_MORNING, profile_of

from chatwootai.crews.sales.checkout import PICKUP, Checkout
from chatwootai.crews.sales.details import with_details
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.domain.conversations import Contact
from chatwootai.domain.crews import Intent, Request
from chatwootai.domain.money import Money
from chatwootai.domain.promotions import Promotion

pytestmark = pytest.mark.unit

BELA20 = Promotion(1, "Beleza", "20% acima de R$ 100,00", "BELA20", minimum=Money(Decimal(100)))
OVER = Promotion(2, "Primavera", "15%", "PRIMAVERA15", valid_until=date(2026, 10, 31))


async def test_a_coupon_that_is_over_is_refused_at_once() -> None:
    at = Selling()
    at.shop.promotions.add(BELA20)
    at.shop.promotions.add(OVER)
    answer = await at.hears("o cupom PRIMAVERA15 ainda ta valendo?")
    assert "não vale" in answer or "Não encontrei" in answer
    assert "**BELA20**" in answer


async def test_a_valid_coupon_is_noted_with_its_condition() -> None:
    at = Selling()
    at.shop.promotions.add(BELA20)
    assert "**BELA20** (20% acima de R$ 100,00)" in await at.hears("tenho o cupom BELA20, vale ainda?")


async def test_a_coupon_that_no_promotion_has_is_called_so_before_the_summary_tries_it() -> None:
    at = Selling()
    at.shop.promotions.add(BELA20)
    answer = await at.hears("quero 1 shampoo de coco, cupom CASANOVA")
    assert "**CASANOVA**" in answer
    assert "cupons de hoje" in answer or "entre os de hoje" in answer
    answer = await at.hears("retiro na loja", "pix")
    assert "CASANOVA" in answer
    assert "**Total: R$ 39,90**" in answer


def test_picking_up_is_no_coupon_where_a_code_was_asked_for() -> None:
    said = "retiro na loja"
    request = Request(Intent.ANSWER, None, said, entities=read_entities(said, WEDNESDAY_MORNING))
    told = with_details(Checkout(), request, "coupon", profile_of("cosmeticos"))
    assert told == Checkout(way=PICKUP)


async def test_the_discount_of_pix_is_told_below_the_total_and_is_in_no_total() -> None:
    at = Selling("varejo")
    answer = await at.hears("quero 3 almofada de linho pra retirar, pix")
    _, _, after = answer.partition("**Total: R$ 267,00**")
    assert after.count("5%") == 1
    assert "pagamento" in after.lower()
    await at.hears("sim")
    assert at.placed[0].total == Money(Decimal("267.00"))


async def test_no_discount_of_pix_is_told_to_who_pays_otherwise_or_where_there_is_none() -> None:
    answer = await Selling("varejo").hears("quero 3 almofada de linho pra retirar, cartão de crédito")
    assert "**Total: R$ 267,00**" in answer
    assert "%" not in answer
    assert "%" not in await Selling().hears("quero 1 shampoo de coco, retiro na loja, pix")


async def test_the_number_of_a_name_tells_which_product_is_meant() -> None:
    answer = await Selling().hears("quero 1 Protetor Solar Corporal FPS 50, pra retirar")
    assert "Anotado" in answer or "Certo" in answer or "Ok" in answer
    assert "1 × **Protetor Solar Corporal FPS 50 200 ml**" in answer
    answer = await Selling("saude").hears("1 protetor labial e 1 vitamina d3")
    assert "1 × **Vitamina D3 2.000 UI 60 cápsulas**" in answer


async def test_the_last_unit_that_somebody_else_holds_is_not_noted_and_then_missing() -> None:
    first = Selling()
    product = first.shop.product("BA-ROS-MT")
    first.shop.catalog.set_available(product.id, Decimal(1))
    second = Selling(shop=first.shop, contact=Contact(2, "Bia Lima", "+5511911112222"), conversation=8)
    await first.hears("quero 1 batom matte rosa, retiro na loja, pix")
    answer = await second.hears("quero 1 batom matte rosa, retiro na loja, pix")
    assert "em falta" in answer
    assert "1 × **Batom Matte Rosa Antigo**" not in answer


async def test_of_two_wishes_with_delivery_and_payment_nothing_is_dropped() -> None:
    answer = await Selling().hears(
        "quero 2 esmaltes vermelhos e um removedor, entrega em 01310-100, pago no cartao"
    )
    assert "2 × **Esmalte Cremoso Vermelho Clássico 8 ml**" in answer
    assert "1 × **Removedor de Esmalte sem Acetona 100 ml**" in answer
    assert "no seu carrinho" not in answer


@pytest.mark.parametrize("out", ["batom", "shampoo de cachos"])
async def test_what_goes_and_what_comes_in_one_sentence_is_both_done(out: str) -> None:
    at = Selling()
    await at.hears("quero 1 batom matte rosa")
    answer = await at.hears(f"na verdade tira o {out} e coloca 2 shampoos de coco")
    assert "2 × **Shampoo Hidratante Coco 300 ml**" in answer
    assert "no seu carrinho" not in answer


async def test_an_order_that_a_person_cancelled_before_the_yes_is_not_placed() -> None:
    at = Selling()
    at.shop.promotions.add(BELA20)
    at.shop.orders.coupons = {"BELA20": Decimal(10)}
    await at.hears("quero 3 shampoos de coco, retiro na loja, pix, cupom BELA20")
    (draft,) = at.shop.orders.all()
    at.shop.orders.cancel_by_hand(draft.key)
    answer = await at.hears("sim")
    assert not at.placed
    assert "confirmado" not in answer


async def test_after_two_changes_of_the_price_only_the_one_that_she_saw_is_ordered() -> None:
    at = Selling()
    product = at.shop.product("SH-COCO-300")
    await at.hears("quero 2 shampoos de coco, retiro na loja, pix")
    for price, total in (("41.90", "83,80"), ("43.90", "87,80")):
        at.shop.catalog.set_price(product.id, Decimal(price))
        answer = await at.hears("sim")
        assert not at.placed
        assert f"**Total: R$ {total}**" in answer
    answer = await at.hears("sim")
    assert at.placed[0].total == Money(Decimal("87.80"))
    assert "R$ 87,80" in answer


async def test_picking_up_takes_nothing_out_of_the_cart() -> None:
    at = Selling("varejo")
    answer = await at.hears("quero 2 almofada de linho", "pra retirar")
    assert "sem **" not in answer
    assert "Retirada na loja" in await at.hears("pix")


async def test_a_coupon_is_dropped_when_she_says_so() -> None:
    at = Selling()
    at.shop.promotions.add(BELA20)
    at.shop.orders.coupons = {"BELA20": Decimal(20)}
    answer = await at.hears("quero 3 shampoos de coco, retiro na loja, pix, cupom BELA20")
    assert "**Total: R$ 95,76**" in answer
    answer = await at.hears("tira o cupom")
    assert "sem cupom" in answer
    assert "**Total: R$ 119,70**" in answer
