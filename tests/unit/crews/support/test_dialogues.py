from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.crews.support.counters import Counter

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.domain.ledger import Effect
from chatwootai.domain.orders import OrderState, PaymentState, Shipment, ShipmentState
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.proposals import ProposalState

pytestmark = pytest.mark.unit

READY, WAITING = ShipmentState.READY, ShipmentState.WAITING


# Where is it?


async def test_the_only_order_is_told_with_state_payment_and_planned_day(counter: Counter) -> None:
    counter.order(placed=-2, shipments=(Shipment(READY, counter.day(2)),), payment=PaymentState.PAID)
    said = await counter.talk.hears("oi, cadê meu pedido?")
    assert "**S00001**, de 23 de novembro (R$ 39,90)" in said
    assert "em separação; a previsão de saída é sexta, 27 de novembro" in said
    assert "Pagamento: confirmado." in said
    assert not counter.talk.choices


async def test_what_left_is_told_with_carrier_and_tracking_and_never_as_delivered(counter: Counter) -> None:
    counter.order(placed=-5, shipments=(counter.left(-1, carrier="Correios PAC", tracking="BR123456789"),))
    said = await counter.talk.hears("qual o rastreio do meu pedido?")
    assert "saiu daqui terça, 24 de novembro, por Correios PAC, código de rastreio **BR123456789**" in said
    assert "entregue" not in said


async def test_several_shipments_are_told_apart(counter: Counter) -> None:
    counter.order(placed=-5, shipments=(counter.left(-1), Shipment(WAITING, counter.day(3))))
    said = await counter.talk.hears("cadê meu pedido")
    assert "em 2 envios" in said
    assert "• Envio 1: saiu daqui terça, 24 de novembro" in said
    assert "• Envio 2: está aguardando a chegada de produtos" in said


async def test_among_several_orders_she_chooses_by_number_button_or_day(counter: Counter) -> None:
    for code, placed in (("SH-COCO-300", -9), ("SH-HID-300", -1)):
        counter.order(code, placed=placed)
    for answer in ("2", "S00001 – 16/11", "o de 16/11", "S00001", "pedido 1"):
        said = await counter.talk.hears("cadê meu pedido")
        assert "• **S00002** – 24/11 – R$ 34,90 – em separação" in said
        assert "Pedido **S00001**" in await counter.talk.hears(answer)


async def test_goods_that_she_names_tell_which_order(counter: Counter) -> None:
    counter.order("CO-HID-300", placed=-9)
    counter.order("SH-COCO-300", placed=-1)
    assert "Pedido **S00001**" in await counter.talk.hears("cadê o condicionador que eu comprei?")


async def test_an_old_order_is_not_offered_beside_the_recent_one(counter: Counter) -> None:
    counter.order(placed=-200)
    counter.order(placed=-2)
    assert "Pedido **S00002**" in await counter.talk.hears("cadê meu pedido?")


async def test_two_codes_are_both_told(counter: Counter) -> None:
    counter.order(placed=-4)
    counter.order(placed=-3)
    said = await counter.talk.hears("me fala dos pedidos S00001 e S00002")
    assert "Pedido **S00001**" in said
    assert "Pedido **S00002**" in said


async def test_an_order_that_is_late_brings_an_apology_and_a_person_on_offer(counter: Counter) -> None:
    counter.order(placed=-9, shipments=(Shipment(READY, counter.day(-2)),))
    said = await counter.talk.hears("cadê meu pedido?")
    assert "a previsão de saída era segunda, 23 de novembro" in said
    assert "Falar com uma pessoa" in said
    assert counter.talk.handed_over is None


async def test_late_and_not_arrived_goes_to_a_person_with_the_facts(counter: Counter) -> None:
    counter.order(placed=-9, shipments=(Shipment(READY, counter.day(-2)),))
    await counter.talk.hears("meu pedido ainda não chegou")
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert handoff.reason is HandoffReason.FOLLOW_UP
    assert "S00001" in handoff.summary
    assert "23/11/2026" in handoff.summary
    assert "Shampoo Hidratante Coco 300 ml" in handoff.summary


async def test_not_arrived_within_the_time_of_its_freight_tells_the_day(counter: Counter) -> None:
    counter.order(placed=-5, shipments=(counter.left(-1, carrier="Correios PAC"),))
    said = await counter.talk.hears("meu pedido não chegou")
    assert "A previsão de entrega é até" in said
    assert counter.talk.handed_over is None


async def test_the_order_of_somebody_else_is_as_unknown_as_one_that_does_not_exist(counter: Counter) -> None:
    bia = counter.shop.customer("Bia Lima", "+5511912345678")
    foreign = counter.order("SH-HID-300", of=bia)
    counter.order()
    seen = await counter.talk.hears(f"cadê o pedido {foreign.code}?")
    missing = await counter.talk.hears("cadê o pedido S09999?")
    for said, code in ((seen, foreign.code), (missing, "S09999")):
        assert f"**{code}**" in said
        assert "no seu cadastro" in said
        assert "34,90" not in said
        assert "Bia" not in said
    assert set(seen.replace(foreign.code, "").split(" ⇒ ")[1:]) == set(missing.split(" ⇒ ")[1:])


async def test_her_orders_are_listed_shortly(counter: Counter) -> None:
    counter.order(placed=-9, shipments=(counter.left(-5),))
    cancelled = counter.order(placed=-1)
    counter.shop.orders._cancel(cancelled.id)
    said = await counter.talk.hears("quais são os meus pedidos?")
    assert "• **S00002**" in said
    assert "cancelado" in said
    assert "• **S00001** – 16/11 – R$ 39,90 – saiu para entrega" in said


async def test_without_an_order_a_person_is_offered(counter: Counter) -> None:
    said = await counter.talk.hears("cadê minha encomenda?")
    assert "Falar com uma pessoa" in said
    await counter.talk.hears("sim")
    assert counter.talk.handed_over is not None


# Cancelling.


async def test_an_order_is_cancelled_after_a_yes_in_a_later_message(counter: Counter) -> None:
    order = counter.order()
    said = await counter.talk.hears("quero cancelar meu pedido, sim, pode confirmar")
    assert "S00001" in said
    assert "R$ 39,90" in said
    assert counter.now(order).state is OrderState.CONFIRMED
    said = await counter.talk.hears("sim")
    assert "cancelado" in said
    assert counter.now(order).state is OrderState.CANCELLED
    proposal = counter.shop.proposals.all()[-1]
    assert counter.talk.ledger.effects == [Effect("cancel_order", proposal.id)]
    assert proposal.state is ProposalState.DONE


async def test_buttons_confirm_and_keep(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar meu pedido")
    await counter.talk.presses("Manter o pedido")
    assert counter.now(order).state is OrderState.CONFIRMED
    assert counter.shop.proposals.all()[-1].state is ProposalState.VOID
    await counter.talk.hears("pensando bem, quero cancelar meu pedido")
    await counter.talk.presses("Sim, cancelar")
    assert counter.now(order).state is OrderState.CANCELLED


@pytest.mark.parametrize("answer", ["melhor não", "vou pensar", "deixa pra lá"])
async def test_a_refusal_changes_nothing(counter: Counter, answer: str) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    await counter.talk.hears(answer)
    assert counter.now(order).state is OrderState.CONFIRMED
    assert not counter.talk.ledger.effects
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CONFIRMED


async def test_cancel_said_to_a_cancellation_is_no_refusal(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    await counter.talk.hears("cancela")
    waits = counter.shop.proposals.all()[-1].state is ProposalState.OPEN
    assert waits or counter.now(order).state is OrderState.CANCELLED


async def test_a_yes_after_the_proposal_expired_is_asked_for_again(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    counter.shop.now += timedelta(minutes=20)
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CONFIRMED
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CANCELLED


async def test_what_left_before_the_yes_is_not_cancelled_and_she_hears_why(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    counter.shop.orders._orders[order.id] = replace(order, shipments=(counter.left(0),))
    said = await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CONFIRMED
    assert "já saiu" in said
    assert "7 dias" in said
    assert not counter.talk.ledger.effects


async def test_an_order_that_people_changed_meanwhile_goes_to_them(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    other = counter.order("SH-HID-300")
    counter.shop.orders._orders[order.id] = replace(order, total=other.total, lines=other.lines)
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CONFIRMED
    assert counter.talk.handed_over is not None


async def test_an_order_that_went_to_another_customer_meanwhile_stays(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    counter.shop.orders._orders[order.id] = replace(order, customer_id=99)
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CONFIRMED


@pytest.mark.parametrize(
    ("locked", "payment", "left", "reason"),
    [
        (True, PaymentState.NOT_INVOICED, False, "fechado"),
        (False, PaymentState.PAID, False, "faturado"),
        (False, PaymentState.NOT_INVOICED, True, "já saiu"),
    ],
)
async def test_what_cannot_be_cancelled_is_told_with_what_is_possible(
    counter: Counter, locked: bool, payment: PaymentState, left: bool, reason: str
) -> None:
    shipments = (counter.left(-1),) if left else (Shipment(READY),)
    counter.order(locked=locked, payment=payment, shipments=shipments)
    said = await counter.talk.hears("quero cancelar o pedido")
    assert reason in said
    assert "Falar com uma pessoa" in said
    assert not counter.shop.proposals.all()


async def test_an_order_that_is_cancelled_already_is_told_so(counter: Counter) -> None:
    order = counter.order()
    counter.shop.orders._cancel(order.id)
    said = await counter.talk.hears("quero cancelar o pedido S00001")
    assert "cancelado" in said
    assert not counter.shop.proposals.all()


async def test_one_of_several_goods_is_not_cancelled_by_cancelling_all(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300")
    said = await counter.talk.hears("cancela só o condicionador do meu pedido")
    assert "inteiro" in said
    assert not counter.shop.proposals.all()
    said = await counter.talk.presses("Cancelar tudo")
    assert "R$ 71,80" in said


async def test_another_order_instead_is_proposed_and_the_first_stays(counter: Counter) -> None:
    first, second = counter.order(placed=-9), counter.order("SH-HID-300", placed=-8)
    await counter.talk.hears("quero cancelar o pedido S00001")
    assert "R$ 34,90" in await counter.talk.hears("não, o S00002")
    await counter.talk.hears("sim")
    assert counter.now(first).state is OrderState.CONFIRMED
    assert counter.now(second).state is OrderState.CANCELLED


async def test_several_orders_are_cancelled_one_by_one_with_a_yes_for_each(counter: Counter) -> None:
    first, second = counter.order(placed=-9), counter.order("SH-HID-300", placed=-8)
    assert "R$ 39,90" in await counter.talk.hears("cancela os pedidos S00001 e S00002")
    said = await counter.talk.hears("sim")
    assert "R$ 34,90" in said
    assert (counter.now(first).state, counter.now(second).state) == (
        OrderState.CANCELLED,
        OrderState.CONFIRMED,
    )
    await counter.talk.hears("sim")
    assert counter.now(second).state is OrderState.CANCELLED


async def test_a_change_of_the_goods_is_shown_anew(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300", placed=-9, shipments=(counter.left(-2),))
    await counter.talk.hears("veio tudo quebrado, quero trocar tudo")
    said = await counter.talk.hears("sim, mas só o condicionador")
    assert "• Condicionador" in said
    assert "• Shampoo" not in said
    assert not counter.shop.leads.by_key
    await counter.talk.hears("sim")
    [lead] = counter.shop.leads.by_key.values()
    assert "Shampoo" not in lead.title


async def test_the_same_question_is_asked_twice_and_then_a_person_comes(counter: Counter) -> None:
    counter.order(placed=-2)
    counter.order(placed=-1)
    await counter.talk.hears("quero cancelar meu pedido")
    assert "S00001" in await counter.talk.hears("o azul")
    await counter.talk.hears("aquele lá")
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert handoff.reason is HandoffReason.NOT_UNDERSTOOD


# Exchange and return.


async def test_a_return_is_asked_step_by_step_and_recorded_for_people(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300", placed=-9, shipments=(counter.left(-3),))
    assert "De qual" in (said := await counter.talk.hears("quero devolver um produto")) or "Qual" in said
    assert "Não quero mais" in await counter.talk.hears("o shampoo")
    assert "Está lacrado" in await counter.talk.hears("não gostei")
    said = await counter.talk.hears("tá lacrado")
    assert "devolução" in said
    assert "há 3 dias, dentro do prazo de 7 dias" in said
    assert "Condicionador" not in said
    assert not counter.shop.leads.by_key
    await counter.talk.hears("pode registrar sim")
    proposal = counter.shop.proposals.all()[-1]
    lead = counter.shop.leads.by_key[proposal.id]
    assert lead.title.startswith("Devolução: S00001, Shampoo Hidratação Profunda 300 ml")
    assert lead.customer_id == counter.ana.id
    assert "Cliente: não gostei" in lead.transcript
    assert counter.talk.ledger.effects == [Effect("exchange", proposal.id)]
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert not handoff.urgent
    assert "S00001" in handoff.summary


async def test_buttons_for_goods_fit_whatsapp_and_tell_sizes_apart(counter: Counter) -> None:
    counter.order("SH-HID-300", "SH-HID-1L", placed=-9, shipments=(counter.left(-3),))
    await counter.talk.hears("quero devolver um shampoo")
    titles = [choice.title for choice in counter.talk.choices]
    assert len(set(titles)) == 3
    assert all(len(title) <= 20 for title in titles)
    assert [title.split("… ")[-1] for title in titles[:2]] == ["300 ml", "1 L"]
    await counter.talk.presses(titles[1])
    said = await counter.talk.presses("Veio com defeito")
    assert "• Shampoo Hidratação Profunda 1 L" in said
    assert "300 ml" not in said


async def test_what_came_broken_brings_sympathy_a_photo_and_priority(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300", placed=-20, shipments=(counter.left(-15),))
    said = await counter.talk.hears("o condicionador veio quebrado")
    assert "sinto muito" in said.lower()
    assert "prazo de 30 dias" in said
    said = await counter.talk.hears("sim")
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert handoff.urgent
    assert "foto" in said
    assert "equipe" in said


async def test_a_photo_is_asked_for_where_the_order_is_not_known_either(counter: Counter) -> None:
    said = await counter.talk.hears("meu shampoo chegou vazando")
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert handoff.urgent
    assert "foto" in said


async def test_after_the_deadline_it_is_refused_with_rule_and_days_and_a_person(counter: Counter) -> None:
    counter.order(placed=-20, shipments=(counter.left(-13),))
    said = await counter.talk.hears("quero devolver, me arrependi")
    assert "7 dias" in said
    assert "há 13 dias" in said
    assert "Falar com uma pessoa" in said
    assert not counter.shop.proposals.all()
    await counter.talk.hears("sim")
    assert counter.talk.handed_over is not None


async def test_where_leaving_is_unknown_the_day_of_the_order_is_told_as_such(counter: Counter) -> None:
    counter.order(placed=-20, shipments=(Shipment(ShipmentState.DONE),))
    assert "o pedido foi feito há 20 dias" in await counter.talk.hears("quero devolver, me arrependi")


async def test_what_was_opened_comes_back_for_a_defect_alone(counter: Counter) -> None:
    counter.order(placed=-4, shipments=(counter.left(-3),))
    await counter.talk.hears("não gostei do shampoo, quero devolver")
    said = await counter.talk.presses("Foi aberto")
    assert "lacrado" in said or "aberto" in said
    assert "defeito" in said
    assert not counter.shop.proposals.all()


async def test_excluded_goods_come_back_for_a_defect_alone(counter: Counter) -> None:
    rules = replace(counter.shop.profile.exchange, excluded=("Shampoos",))
    counter.talk.shop.profile = replace(counter.shop.profile, exchange=rules)
    counter.order(placed=-4, shipments=(counter.left(-3),))
    said = await counter.talk.hears("me arrependi do shampoo, tá lacrado, quero devolver")
    assert "defeito" in said
    assert not counter.shop.proposals.all()
    assert "Sim, registrar" in await counter.talk.hears("o shampoo veio vazando, quero trocar")


async def test_of_several_goods_the_excluded_ones_are_left_out(counter: Counter) -> None:
    rules = replace(counter.shop.profile.exchange, excluded=("CO-HID-300",))
    counter.talk.shop.profile = replace(counter.shop.profile, exchange=rules)
    counter.order("SH-HID-300", "CO-HID-300", placed=-4, shipments=(counter.left(-3),))
    said = await counter.talk.hears("me arrependi, quero devolver tudo, está lacrado")
    assert "• Shampoo Hidratação Profunda 300 ml" in said
    assert "• Condicionador" not in said
    assert "fica de fora" in said


async def test_what_has_not_left_is_cancelled_instead(counter: Counter) -> None:
    order = counter.order(placed=-1)
    said = await counter.talk.hears("me arrependi da compra, quero devolver")
    assert "cancel" in said
    await counter.talk.hears("sim")
    assert counter.now(order).state is OrderState.CANCELLED


async def test_a_refused_record_is_no_promise(counter: Counter) -> None:
    counter.order(placed=-4, shipments=(counter.left(-3),))
    await counter.talk.hears("o shampoo veio quebrado")
    counter.shop.leads.script.fail("create", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await counter.talk.hears("sim")
    proposal = counter.shop.proposals.all()[-1]
    assert proposal.state is ProposalState.ACCEPTED
    await counter.talk.hears("sim")
    assert list(counter.shop.leads.by_key) == [proposal.id]


async def test_a_refund_that_is_due_is_for_people(counter: Counter) -> None:
    counter.order(placed=-20, shipments=(counter.left(-13),))
    assert "Falar com uma pessoa" in await counter.talk.hears("quando cai o estorno da minha devolução?")


# Complaints and invoices.


async def test_a_complaint_is_heard_recorded_and_handed_over(counter: Counter) -> None:
    assert "aconteceu" in await counter.talk.hears("quero fazer uma reclamação")
    assert not counter.shop.leads.by_key
    await counter.talk.hears("a atendente da loja foi muito grossa comigo")
    assert counter.talk.handed_over is not None
    [(key, lead)] = counter.shop.leads.by_key.items()
    assert "foi muito grossa" in lead.description
    assert counter.talk.ledger.effects == [Effect("complaint", key)]


async def test_a_threat_is_urgent(counter: Counter) -> None:
    await counter.talk.hears("isso é um absurdo, vou no procon")
    handoff = counter.talk.handed_over
    assert handoff is not None
    assert handoff.urgent


async def test_a_shop_that_records_no_complaints_does_not_say_so(counter: Counter) -> None:
    counter.shop.leads.script.fail("create", RequestRefused("odoo", "no crm"))
    said = await counter.talk.hears("péssimo atendimento, que descaso")
    assert "egistr" not in said
    assert not counter.talk.ledger.effects
    assert counter.talk.handed_over is not None


async def test_an_invoice_is_told_as_far_as_known_and_sent_by_people(counter: Counter) -> None:
    counter.order(payment=PaymentState.PAID)
    said = await counter.talk.hears("preciso da nota fiscal do meu pedido")
    assert "S00001" in said
    assert "confirmado" in said
    assert "Falar com uma pessoa" in said


# Who is it?


async def test_on_the_site_nothing_is_told_before_two_things_fit(site: Counter) -> None:
    site.order()
    said = await site.talk.hears("cadê meu pedido?")
    assert "CPF" in said
    said = await site.talk.hears("529.982.247-25")
    assert "S00001" not in said
    said = await site.talk.hears("(11) 98765-4321")
    assert "Pedido **S00001**" in said
    assert "Pedido **S00001**" in await site.talk.hears("e o pedido S00001, cadê?")


async def test_after_two_wrong_answers_a_person_comes(site: Counter) -> None:
    site.order()
    await site.talk.hears("cadê meu pedido?")
    said = await site.talk.hears("529.982.247-25, ana@errado.example")
    assert "S00001" not in said
    assert "CPF" in said
    said = await site.talk.hears("529.982.247-25, outra@errado.example")
    assert "S00001" not in said
    assert site.talk.handed_over is not None


async def test_who_exists_is_not_told(site: Counter) -> None:
    await site.talk.hears("cadê meu pedido?")
    known = await site.talk.hears("529.982.247-25")
    other = Counter(channel=site.talk.conversation.channel)
    await other.talk.hears("cadê meu pedido?")
    stranger = await other.talk.hears("111.444.777-35")
    assert known == stranger


async def test_two_customers_with_one_telephone_are_told_apart_by_cpf(counter: Counter) -> None:
    counter.shop.customer("Rui Souza", document="11144477735")
    counter.order()
    assert "CPF" in await counter.talk.hears("cadê meu pedido?")
    assert "Pedido **S00001**" in await counter.talk.hears("529.982.247-25")


async def test_a_whole_message_of_proof_leads_on_to_the_matter(site: Counter) -> None:
    order = site.order()
    await site.talk.hears("quero cancelar meu pedido")
    said = await site.talk.hears("meu cpf é 529.982.247-25 e meu telefone (11) 98765-4321")
    assert "Sim, cancelar" in said
    await site.talk.hears("sim")
    assert site.now(order).state is OrderState.CANCELLED


@pytest.mark.parametrize("name", ["varejo", "saude"])
async def test_formal_shops_use_no_exclamation_marks_and_no_emoji(name: str) -> None:
    counter = Counter(name)
    product = counter.shop.catalog.offer(1)
    assert product is not None
    counter.order(product.product.code, placed=-9, shipments=(counter.left(-3),))
    for said in ("cadê meu pedido?", "veio quebrado, quero trocar", "não", "quero cancelar o pedido"):
        answer = await counter.talk.hears(said)
        assert "!" not in answer
        assert "😊" not in answer
