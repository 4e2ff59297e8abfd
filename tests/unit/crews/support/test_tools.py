from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fixtures.talking import PHONE
from tests.unit.crews.support.counters import Counter

from chatwootai.crews.support.owners import same_code
from chatwootai.crews.support.results import (
    CancelProposed,
    CannotCancel,
    ComplaintRecorded,
    ExchangeProposed,
    ExchangeRefused,
    Identification,
    OpenedUnknown,
    OrderCancelled,
    UnknownOrder,
)
from chatwootai.crews.support.tools import SupportTools
from chatwootai.crews.support.wishes import Reason
from chatwootai.crews.tools import Visit, tools_of
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Json, Request
from chatwootai.domain.errors import Refusal, ToolFailed, ToolRetry
from chatwootai.domain.ledger import FactKind, Ledger
from chatwootai.domain.orders import OrderState, PaymentState
from chatwootai.domain.proposals import ProposalKind, ProposalState
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import of_crew
from chatwootai.hub.yes import ANSWER_KEY, SHOWN_NOW, NotAccepted, yes_value

pytestmark = pytest.mark.unit


def visit(counter: Counter, *said: str, memory: dict[str, Json] | None = None) -> Visit:
    messages = tuple(
        Message(10 + place, Author.CUSTOMER, text, counter.shop.now) for place, text in enumerate(said)
    )
    talk = counter.talk
    history = (Message(5, Author.BOT, "…", counter.shop.now, key="shown"),)
    briefing = Briefing(
        talk.conversation, counter.shop.profile, messages, counter.shop.now, history, memory or {}
    )
    return Visit.of(briefing, Ledger())


def tools(counter: Counter, *said: str, memory: dict[str, Json] | None = None) -> SupportTools:
    return SupportTools(counter.shop.desk, visit(counter, *said or ("oi",), memory=memory))


async def test_a_model_is_told_every_tool_in_portuguese_and_passes_no_customer(counter: Counter) -> None:
    found = {each.name: each for each in tools_of(tools(counter))}
    assert set(found) == {
        "identify",
        "my_orders",
        "order_status",
        "propose_cancel_order",
        "confirm_cancel_order",
        "propose_exchange",
        "confirm_exchange",
        "record_complaint",
    }
    for each in found.values():
        assert each.description
        assert "customer" not in str(each.parameters)


async def test_a_model_reads_facts_without_ids_and_is_told_of_wrong_arguments(counter: Counter) -> None:
    counter.order()
    found = {each.name: each for each in tools_of(tools(counter))}
    orders = await found["my_orders"].call({})
    assert isinstance(orders, list | tuple)
    assert [order["code"] for order in orders] == ["S00001"]
    assert not {"id", "key", "customer_id"} & set(orders[0])
    with pytest.raises(ToolRetry):
        await found["order_status"].call({"order": "S00001"})


async def test_only_her_own_orders_are_found_by_code(counter: Counter) -> None:
    bia = counter.shop.customer("Bia Lima", "+5511912345678")
    foreign, own = counter.order(of=bia), counter.order()
    toolbox = tools(counter)
    assert await toolbox.order_status(foreign.code) == UnknownOrder(foreign.code)
    assert await toolbox.propose_cancel_order(foreign.code) == UnknownOrder(foreign.code)
    exchange = await toolbox.propose_exchange(foreign.code, Reason.DEFECT)
    assert exchange == UnknownOrder(foreign.code)
    assert await toolbox.record_complaint("…", foreign.code) == UnknownOrder(foreign.code)
    assert [seen.code for seen in await toolbox.my_orders()] == [own.code]
    assert not counter.shop.proposals.all()
    assert not counter.shop.leads.by_key


async def test_without_proof_no_tool_tells_anything(site: Counter) -> None:
    site.order()
    toolbox = tools(site)
    for call in (toolbox.my_orders(), toolbox.order_status("S00001"), toolbox.propose_cancel_order("S00001")):
        with pytest.raises(ToolFailed):
            await call
    assert not toolbox.visit.ledger.facts
    assert isinstance(await toolbox.record_complaint("demorou muito"), ComplaintRecorded)


async def test_guessing_ends_after_two_failures_even_with_the_right_answer(site: Counter) -> None:
    toolbox = tools(site)
    assert await toolbox.identify("529.982.247-25") is Identification.INCOMPLETE
    assert await toolbox.identify("529.982.247-25", email="x@y.example") is Identification.FAILED
    assert await toolbox.identify("123") is Identification.EXHAUSTED
    assert await toolbox.identify("529.982.247-25", phone=PHONE) is Identification.EXHAUSTED
    with pytest.raises(ToolFailed):
        await toolbox.my_orders()


async def test_what_was_proven_lasts_for_the_conversation(site: Counter) -> None:
    site.order()
    first = tools(site)
    assert await first.identify("529.982.247-25", phone=PHONE) is Identification.PROVEN
    assert len(await first.my_orders()) == 1
    later = tools(site, memory=first.visit.memory)
    assert len(await later.my_orders()) == 1


async def test_every_figure_of_an_order_is_a_fact(counter: Counter) -> None:
    order = counter.order(shipments=(counter.left(-1, carrier="Correios PAC", tracking="BR123456789"),))
    toolbox = tools(counter)
    await toolbox.order_status(order.code)
    ledger = toolbox.visit.ledger
    assert ledger.numbers(FactKind.PRICE) == {order.total.amount}
    assert {"S00001", "BR123456789", "Correios PAC", "terça, 24 de novembro"} <= ledger.texts()


async def test_a_cancellation_is_only_proposed_until_she_says_yes(counter: Counter) -> None:
    order = counter.order()
    first = tools(counter, "quero cancelar")
    proposal = await first.propose_cancel_order("1")
    assert isinstance(proposal, CancelProposed)
    assert proposal.total == order.total
    same_turn = await first.confirm_cancel_order(proposal.proposal_id)
    assert same_turn is NotAccepted.NOTHING_SHOWN
    memory = {**first.visit.memory, ANSWER_KEY: "shown"}
    no_yes = tools(counter, "quanto é mesmo?", memory=memory)
    assert await no_yes.confirm_cancel_order(proposal.proposal_id) is NotAccepted.NO_YES
    second = tools(counter, "quero cancelar", "sim", memory=memory)
    assert await second.confirm_cancel_order(proposal.proposal_id) == OrderCancelled("S00001", order.total)
    assert counter.now(order).state is OrderState.CANCELLED
    assert await second.confirm_cancel_order("never-made") is NotAccepted.NOTHING_SHOWN


async def test_a_proposal_of_another_crew_is_not_carried_out_here(counter: Counter) -> None:
    toolbox = tools(counter)
    other = await counter.shop.desk.closings.propose(ProposalKind.ORDER, {}, toolbox.visit.briefing)
    with pytest.raises(ToolRetry):
        await toolbox.confirm_exchange(other.id)


async def test_what_the_erp_would_refuse_is_not_even_proposed(counter: Counter) -> None:
    counter.order(payment=PaymentState.OPEN)
    refused = await tools(counter).propose_cancel_order("S00001")
    assert isinstance(refused, CannotCancel)
    assert refused.reason is Refusal.ORDER_INVOICED


async def test_an_exchange_goes_by_the_rules_of_the_profile(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300", placed=-20, shipments=(counter.left(-10),))
    toolbox = tools(counter)
    refused = await toolbox.propose_exchange("S00001", Reason.REGRET)
    assert isinstance(refused, ExchangeRefused)
    assert (refused.counted.days, refused.allowed) == (10, 7)
    taken = await toolbox.propose_exchange("S00001", Reason.DEFECT, items=("condicionador",))
    assert isinstance(taken, ExchangeProposed)
    assert taken.names == ("Condicionador Hidratação Profunda 300 ml",)
    with pytest.raises(ToolRetry, match="Shampoo Hidratação Profunda"):
        await toolbox.propose_exchange("S00001", Reason.DEFECT, items=("batom",))


async def test_regret_needs_to_know_whether_it_was_opened(counter: Counter) -> None:
    counter.order(placed=-4, shipments=(counter.left(-2),))
    assert isinstance(await tools(counter).propose_exchange("S00001", Reason.REGRET), OpenedUnknown)


async def test_a_complaint_is_recorded_once_however_often_the_turn_is_tried(counter: Counter) -> None:
    await tools(counter, "péssimo").record_complaint("péssimo")
    await tools(counter, "péssimo", "muito ruim").record_complaint("péssimo, muito ruim")
    assert len(counter.shop.leads.by_key) == 1


async def test_a_yes_whose_write_was_cut_off_is_ended_and_told(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    proposal = counter.shop.proposals.all()[-1]
    key = counter.talk.conversation.key
    yes = max(message.id for message in counter.talk.history) + 1
    await counter.shop.proposals.accept(key, proposal.id, yes)
    counter.shop.orders._cancel(order.id)
    again = Request(Intent.YES, None, "", message_id=yes, chosen=yes_value(proposal.id), assent=Assent.YES)
    for memory in (counter.talk.memory, {}):
        briefing = visit(counter, "e aí?", memory=dict(memory)).briefing
        ledger = Ledger()
        draft = await counter.crew.respond((again,), briefing, ledger)
        assert "cancelado" in draft.outcome.text
        assert [effect.key for effect in ledger.effects] == [proposal.id]
        cut_off = replace(proposal, state=ProposalState.ACCEPTED, accepted_by=yes)
        counter.shop.proposals._kept[key.account, proposal.id] = cut_off
    assert counter.now(order).state is OrderState.CANCELLED


def test_codes_are_matched_as_people_write_them() -> None:
    for code in ("S00001", "s00001", "1", "00001", "s1", "#1"):
        assert same_code(code, "S00001")
    for code in ("S00010", "10", "", "S", "SH1X", "¹"):
        assert not same_code(code, "S00001")
    assert not same_code("", "")


async def test_the_open_question_comes_back_once_more_after_another_subject(counter: Counter) -> None:
    counter.order(placed=-2)
    counter.order(placed=-1)
    await counter.talk.hears("quero cancelar meu pedido")
    before = counter.talk.memory
    briefing = visit(counter, "que horas vocês abrem?", memory=before).briefing
    draft = await counter.crew.resume(briefing, Ledger())
    assert draft is not None
    assert "S00001" in draft.outcome.text
    assert draft.memory["threads"] == before["threads"]
    nothing = visit(counter, "oi", memory={}).briefing
    assert await counter.crew.resume(nothing, Ledger()) is None


async def test_a_proposal_comes_back_in_full_and_counts_its_yes(counter: Counter) -> None:
    order = counter.order()
    await counter.talk.hears("quero cancelar o pedido")
    briefing = visit(counter, "que horas vocês abrem?", memory=counter.talk.memory).briefing
    ledger = Ledger()
    draft = await counter.crew.resume(briefing, ledger)
    assert draft is not None
    assert "S00001" in draft.outcome.text
    assert "R$ 39,90" in draft.outcome.text
    assert order.total.amount in ledger.numbers(FactKind.PRICE)


async def test_another_question_of_this_crew_leaves_the_first_one_open(counter: Counter) -> None:
    counter.order("SH-HID-300", placed=-9, shipments=(counter.left(-3),))
    await counter.talk.hears("quero trocar o shampoo")
    said = await counter.talk.hears("qual o rastreio do pedido S00001?")
    assert "saiu daqui" in said
    assert "Veio com defeito" in said
    assert "Sim, registrar" in await counter.talk.presses("Veio com defeito")


def asks(counter: Counter, intent: Intent, text: str) -> Request:
    return Request(intent, CrewName.SUPPORT, text, message_id=10)


async def test_a_proposal_whose_place_another_question_took_counts_as_not_shown(counter: Counter) -> None:
    counter.order("SH-HID-300", "CO-HID-300", placed=-4)
    briefing = visit(counter, "cancela e troca").briefing
    requests = (
        asks(counter, Intent.CANCEL_ORDER, "cancela"),
        asks(counter, Intent.EXCHANGE, "quero trocar"),
    )
    draft = await counter.crew.respond(requests, briefing, Ledger())
    assert "cancel" not in draft.outcome.text
    assert not draft.memory[SHOWN_NOW]


async def test_what_is_told_beside_a_proposal_leaves_it_open(counter: Counter) -> None:
    order = counter.order()
    briefing = visit(counter, "cancela. cadê?").briefing
    requests = (
        asks(counter, Intent.CANCEL_ORDER, "cancela"),
        asks(counter, Intent.ORDER_STATUS, "cadê meu pedido"),
    )
    draft = await counter.crew.respond(requests, briefing, Ledger())
    assert "em separação" in draft.outcome.text
    proposal = counter.shop.proposals.all()[-1]
    thread = of_crew(draft.memory, CrewName.SUPPORT)
    assert thread is not None
    assert thread.proposal == proposal.id
    later = visit(counter, "sim", memory={**draft.memory, ANSWER_KEY: "shown"}).briefing
    later = replace(later, messages=(Message(11, Author.CUSTOMER, "sim", counter.shop.now),))
    await counter.crew.respond((asks(counter, Intent.YES, "sim"),), later, Ledger())
    assert counter.now(order).state is OrderState.CANCELLED
