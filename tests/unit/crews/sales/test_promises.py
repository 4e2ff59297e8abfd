"""The promises that hold in every dialogue of buying: P4, P7, P9 and P11."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.fixtures.selling import Selling

from chatwootai.domain.conversations import Author, Contact, Message
from chatwootai.domain.errors import OutcomeUnknown, ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import OrderState
from chatwootai.domain.proposals import ProposalState

pytestmark = pytest.mark.unit

COCO = "SH-COCO-300"
TO_THE_SUMMARY = ("quero 2 shampoos de coco", "Retirar na loja", "Pix")
BIA = Contact(2, "Bia Nunes", "+5511966665555")


async def waiting(*turns: str) -> Selling:
    """Somebody who has a summary before her."""
    at = Selling()
    answer = await at.hears(*(turns or TO_THE_SUMMARY))
    assert answer.endswith("⇒ Não, obrigado")
    return at


def open_ones(at: Selling) -> int:
    return sum(proposal.state is ProposalState.OPEN for proposal in at.shop.proposals.all())


def reprice(at: Selling, code: str, price: str) -> None:
    at.shop.catalog.set_price(at.shop.product(code).id, Decimal(price))


async def test_p7_a_yes_before_any_summary_writes_nothing() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco", "sim", "confirmo")
    assert not at.shop.orders.all()


async def test_p7_a_yes_in_the_message_that_asks_for_the_goods_writes_nothing() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco, retirada na loja, pago no pix, pode confirmar sim")
    assert not at.placed


@pytest.mark.parametrize("said", ["sim", "Confirmar pedido", "pode fechar", "ok, confirmo", "isso mesmo"])
async def test_p7_a_yes_after_the_summary_places_it(said: str) -> None:
    at = await waiting()
    await at.hears(said)
    assert len(at.placed) == 1


@pytest.mark.parametrize("said", ["não", "Não, obrigado", "deixa pra lá", "vou pensar"])
async def test_p7_whatever_is_no_yes_places_nothing_and_gives_the_units_back(said: str) -> None:
    at = await waiting()
    await at.hears(said)
    assert not at.placed
    assert await at.shop.holds.stock_held("1", [at.shop.product(COCO).id]) == {at.shop.product(COCO).id: 0}
    assert open_ones(at) == 0
    await at.hears("sim")
    assert not at.placed


async def test_p7_a_yes_with_a_change_shows_a_new_summary_and_only_its_yes_counts() -> None:
    at = await waiting()
    answer = await at.hears("sim, mas quero 3")
    assert not at.placed
    assert "3 × **Shampoo Hidratante Coco 300 ml**: R$ 119,70" in answer
    await at.hears("sim")
    assert [order.total for order in at.placed] == [Money(Decimal("119.70"))]


async def test_p7_a_change_voids_the_summary_before_and_its_button_counts_no_more() -> None:
    at = await waiting()
    first = at.talk.choices[0]
    await at.hears("na verdade são 3")
    assert open_ones(at) == 1
    pressed = Message(900, Author.CUSTOMER, "", at.shop.now, chosen=first)
    answer = await at.talk.hears(pressed)
    assert not at.placed
    assert "119,70" in answer


async def test_p7_of_two_summaries_the_last_one_is_bought() -> None:
    at = await waiting()
    await at.hears("coloca mais um batom matte rosa", "sim")
    (order,) = at.placed
    assert order.total == Money(Decimal("109.70"))


async def test_p7_after_it_has_expired_a_yes_brings_a_fresh_summary() -> None:
    at = await waiting()
    at.shop.now += timedelta(minutes=20)
    answer = await at.hears("sim")
    assert not at.placed
    assert answer.endswith("⇒ Confirmar pedido ⇒ Não, obrigado")
    await at.hears("sim")
    assert len(at.placed) == 1


async def test_p7_a_price_that_changed_before_the_yes_is_told_with_a_new_summary() -> None:
    at = await waiting()
    reprice(at, COCO, "45.00")
    answer = await at.hears("sim")
    assert not at.placed
    assert "R$ 90,00" in answer
    assert any(word in answer for word in ("mudou", "preço"))
    await at.hears("sim")
    assert [order.total for order in at.placed] == [Money(Decimal("90.00"))]


async def test_p4_a_yes_twice_places_one_order() -> None:
    at = await waiting()
    await at.hears("sim", "sim", "Confirmar pedido", "confirmo")
    assert len(at.placed) == 1


async def test_p4_a_crash_between_order_and_answer_tells_the_same_order_once_more() -> None:
    at = await waiting()
    lost = await at.hears_and_crashes("sim")
    again = await at.hears("sim")
    (order,) = at.placed
    assert order.code in lost
    assert order.code in again
    assert at.left(COCO) == 10


async def test_p4_an_answer_of_the_erp_that_was_lost_leads_to_one_order() -> None:
    at = await waiting()
    at.shop.orders.script.lose_answer("confirm")
    await at.hears("sim")
    assert len(at.placed) == 1


async def test_p4_a_write_that_was_cut_off_is_ended_by_the_next_turn() -> None:
    at = await waiting()
    at.shop.orders.script.fail("draft", ServiceUnavailable("odoo", "fora do ar"))
    with pytest.raises((ServiceUnavailable, OutcomeUnknown)):
        await at.hears("sim")
    answer = await at.hears("oi?")
    (order,) = at.placed
    assert order.code in answer


async def test_p9_what_was_not_placed_is_not_said_to_be() -> None:
    at = await waiting()
    at.shop.orders.sell(at.shop.product(COCO).id, Decimal(11))
    answer = await at.hears("sim")
    assert not [order for order in at.placed if order.key]
    assert "confirmado" not in answer
    assert not at.talk.ledger.effects


async def test_p11_units_that_people_sold_meanwhile_are_offered_as_they_are_left() -> None:
    at = await waiting()
    at.shop.orders.sell(at.shop.product(COCO).id, Decimal(11))
    answer = await at.hears("sim")
    assert "1 unidade" in answer
    assert "⇒ Levar 1" in answer
    await at.hears("Levar 1", "sim")
    (order,) = [order for order in at.placed if order.key]
    assert [line.quantity for line in order.lines] == [Decimal(1)]
    assert at.left(COCO) == 0


async def test_p11_the_last_units_go_to_one_of_two_customers() -> None:
    ana = await waiting("quero 12 shampoos de coco", "Retirar na loja", "Pix")
    bia = Selling(shop=ana.shop, contact=BIA, conversation=8)
    answer = await bia.hears("quero 2 shampoos de coco", "Retirar na loja", "Pix")
    assert "em falta" in answer
    assert "⇒" in answer
    await ana.hears("sim")
    assert len(ana.placed) == 1
    assert ana.left(COCO) == 0


async def test_p11_what_she_no_longer_wants_is_free_for_others() -> None:
    ana = await waiting("quero 12 shampoos de coco", "Retirar na loja", "Pix")
    bia = Selling(shop=ana.shop, contact=BIA, conversation=8)
    await ana.hears("não")
    await bia.hears("quero 2 shampoos de coco", "Retirar na loja", "Pix", "sim")
    assert len(ana.placed) == 1


async def test_p11_her_own_summary_is_not_in_the_way_of_her_next_one() -> None:
    at = await waiting("quero 12 shampoos de coco", "Retirar na loja", "Pix")
    answer = await at.hears("na verdade são 11")
    assert "11 × **Shampoo Hidratante Coco 300 ml**" in answer
    await at.hears("sim")
    assert at.left(COCO) == 1


async def test_a_draft_of_a_coupon_is_cancelled_when_she_wants_something_else() -> None:
    at = Selling()
    at.shop.orders.coupons = {"BELA20": Decimal(10)}
    await at.hears("quero 2 shampoos de coco com o cupom BELA20", "Retirar na loja", "Pix")
    await at.hears("na verdade são 3", "sim")
    states = [order.state for order in at.shop.orders.all()]
    assert states == [OrderState.CANCELLED, OrderState.CONFIRMED]
    assert at.placed[0].total == Money(Decimal("107.73"))


async def test_an_order_that_a_person_changed_goes_to_people() -> None:
    at = await waiting()
    (proposal,) = [each for each in at.shop.proposals.all() if each.state is ProposalState.OPEN]
    at.shop.orders.script.after("confirm", lambda: at.shop.orders.lock(proposal.id))
    at.shop.orders.script.after("confirm", lambda: None)
    at.shop.orders.sell(at.shop.product(COCO).id, Decimal(10))
    at.shop.orders.script.before("confirm", lambda: _sell_by_hand(at))
    await at.hears("sim")
    assert at.talk.handed_over is not None
    assert at.talk.handed_over.urgent


def _sell_by_hand(at: Selling) -> None:
    at.shop.orders.sell(at.shop.product(COCO).id, Decimal(1))


async def test_a_question_of_ours_in_between_is_answered_and_the_summary_comes_back() -> None:
    at = await waiting()
    answer = await at.hears("quanto custa a água micelar?")
    assert "⇒ Água Micelar Demaquilante 200 ml" in answer
    answer = await at.hears("a maior")
    assert "R$ 59,90" in answer
    assert answer.endswith("⇒ Confirmar pedido ⇒ Não, obrigado")
    await at.hears("sim")
    assert [order.total for order in at.placed] == [Money(Decimal("79.80"))]


async def test_another_question_in_between_leaves_the_summary_to_come_back_to() -> None:
    at = await waiting()
    answer = await at.hears("quanto custa o batom matte rosa?")
    assert "R$ 29,90" in answer
    assert answer.endswith("⇒ Confirmar pedido ⇒ Não, obrigado")
    await at.hears("sim")
    assert [order.total for order in at.placed] == [Money(Decimal("79.80"))]


async def test_p7_nobody_is_entered_in_the_erp_before_her_yes() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco", "retiro na loja", "pix")
    assert at.talk.choices
    assert at.shop.customers.all() == []
    await at.hears("sim")
    (ana,) = at.shop.customers.all()
    assert ana.name == "Ana Souza"
    assert [order.customer_id for order in at.placed] == [ana.id]


async def test_p7_who_says_no_leaves_nothing_in_the_erp() -> None:
    at = Selling()
    await at.hears("quero 2 shampoos de coco", "retiro na loja", "pix", "não, deixa pra lá")
    assert at.shop.customers.all() == []
    assert at.placed == []
