from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.fixtures.salon import FRIDAY, Salon
from tests.fixtures.talking import Shop

from chatwootai.crews.scheduling.crew import SchedulingCrew
from chatwootai.domain.crews import CrewName
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.proposals import ProposalState

pytestmark = pytest.mark.unit


async def test_from_a_wish_to_an_appointment_in_three_messages(salon: Salon) -> None:
    offered = await salon.hears("quero marcar manicure sexta à tarde")
    assert "**Manicure**" in offered
    assert "sexta, 27 de novembro, à tarde" in offered
    assert "sex 27/11, 13h" in offered
    summary = await salon.hears("14h")
    assert "**Manicure** com Débora Nogueira\nsexta, 27 de novembro, às 14h\nR$ 40,00" in summary
    assert salon.lines() == []
    done = await salon.hears("sim")
    assert "**Manicure** com Débora Nogueira: sexta, 27 de novembro, às 14h." in done
    assert "sem custo até 4 horas antes" in done
    assert salon.lines() == ["Manicure: Ana Souza 27 14h00"]
    assert [effect.kind for effect in salon.talk.ledger.effects] == ["booking"]


async def test_all_in_one_message_leads_straight_to_the_summary(salon: Salon) -> None:
    summary = await salon.hears("marca pé e mão com a Edna sexta às 10h")
    assert "**Manicure e pedicure** com Edna Barros\nsexta, 27 de novembro, às 10h\nR$ 78,00" in summary


async def test_buttons_do_what_words_do(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta")
    summary = await salon.talk.presses("sex 27/11, 9h")
    assert "às 9h" in summary
    await salon.talk.presses("Confirmar")
    assert salon.lines() == ["Manicure: Ana Souza 27 09h00"]


async def test_the_preparation_comes_with_the_confirmation(clinic: Salon) -> None:
    done = await clinic.hears("quero marcar glicemia sexta às 9h", "sim")
    assert "Preparo: Jejum de 8 horas." in done


async def test_a_no_books_nothing_and_gives_the_time_back(salon: Salon) -> None:
    said = await salon.hears("quero marcar manicure sexta às 10h", "não")
    assert salon.lines() == []
    assert "marcad" not in said or "nada foi marcado" in said
    assert "10h" in await salon.hears("sexta às 10h")


async def test_a_yes_with_a_change_books_nothing_yet(salon: Salon) -> None:
    summary = await salon.hears("quero marcar manicure sexta às 10h", "pode ser, mas às 15h")
    assert salon.lines() == []
    assert "sexta, 27 de novembro, às 15h" in summary
    await salon.hears("sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 15h00"]


async def test_another_treatment_at_the_same_time_is_shown_afresh(salon: Salon) -> None:
    summary = await salon.hears("quero manicure sexta às 10h", "na verdade pedicure")
    assert "**Pedicure** com Débora Nogueira\nsexta, 27 de novembro, às 10h\nR$ 45,00" in summary
    assert salon.lines() == []


async def test_two_treatments_are_booked_one_after_the_other(salon: Salon) -> None:
    first = await salon.hears("quero manicure e drenagem sexta às 10h")
    assert "**Manicure**" in first
    assert "depois" in first
    second = await salon.hears("sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]
    assert "**Drenagem linfática**" in second
    assert "sex 27/11, 11h" in second
    await salon.hears("a primeira", "sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00", "Drenagem linfática: Ana Souza 27 11h00"]


async def test_a_slot_that_was_taken_is_told_with_others(salon: Salon) -> None:
    await salon.hears("quero marcar manicure com a Débora sexta às 10h")
    salon.booked("Manicure: Outra", salon.at(FRIDAY, 10), of=salon.shop.customer("Bia", "+5511911112222"))
    said = await salon.hears("sim")
    assert salon.lines() == ["Manicure: Outra 27 10h00"]
    assert "Esse horário acabou de ser" in said
    assert salon.talk.choices
    await salon.hears("a primeira", "sim")
    assert len(salon.lines()) == 2


async def test_a_price_that_changed_is_shown_before_anything_is_booked(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta às 10h")
    salon.shop.catalog.set_price(salon.shop.product("SV-MAN").id, Decimal("44.00"))
    said = await salon.hears("sim")
    assert salon.lines() == []
    assert "R$ 44,00" in said
    await salon.hears("sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]


async def test_an_old_summary_is_shown_afresh_instead_of_booked(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta às 10h")
    salon.shop.now += timedelta(minutes=20)
    said = await salon.hears("sim")
    assert salon.lines() == []
    assert "sexta, 27 de novembro, às 10h" in said
    await salon.hears("sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]


async def test_what_is_replaced_keeps_no_slot(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta às 10h", "quinta às 9h", "segunda às 9h")
    states = [proposal.state for proposal in salon.shop.proposals.all()]
    assert states == [ProposalState.VOID, ProposalState.VOID, ProposalState.OPEN]
    held = await salon.shop.holds.slots_held("1", [904, 905], salon.at(26, 0), salon.at(30, 23))
    assert len(held) == 1


async def test_a_day_limit_of_the_shop_is_told(salon: Salon) -> None:
    for hour in (9, 13, 15, 17):
        salon.booked("Corte feminino: Ana Souza", salon.at(FRIDAY, hour), professional=901)
    said = await salon.hears("quero marcar manicure sexta às 10h")
    assert "4 horários" in said
    assert salon.lines() == [f"Corte feminino: Ana Souza 27 {hour:02d}h00" for hour in (9, 13, 15, 17)]


async def test_her_own_appointments_are_in_her_way(salon: Salon) -> None:
    salon.booked("Corte feminino: Ana Souza", salon.at(FRIDAY, 10), professional=901, minutes=60)
    said = await salon.hears("quero marcar manicure sexta às 10h")
    assert "já tem outro atendimento" in said
    assert "sex 27/11, 10h" not in said.replace("10h30", "")


async def test_what_she_books_for_her_mother_is_not_in_her_way(salon: Salon) -> None:
    salon.booked("Corte feminino: Maria Souza", salon.at(FRIDAY, 10), professional=901, minutes=60)
    assert "às 10h" in await salon.hears("quero marcar manicure sexta às 10h")


async def test_not_understood_twice_a_person_takes_over(salon: Salon) -> None:
    await salon.hears("quero marcar manicure", "blá blá", "xyzt")
    assert salon.talk.handed_over is not None


async def test_a_farewell_from_the_middle_closes_it(salon: Salon) -> None:
    said = await salon.hears("quero marcar manicure", "deixa pra lá")
    assert "marc" in said
    assert salon.talk.memory.get("threads") is None


async def test_later_keeps_the_times_on_offer(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta", "vou pensar")
    assert "às 9h" in await salon.hears("a primeira")


async def test_a_write_that_was_cut_off_is_ended_once_when_the_turn_is_tried_again(salon: Salon) -> None:
    await salon.hears("marca manicure sexta às 10h")
    salon.shop.calendar.script.fail("book", ServiceUnavailable("odoo", "down"))
    with pytest.raises(ServiceUnavailable):
        await salon.hears("sim")
    assert salon.lines() == []
    told = await salon.hears("sim")
    assert "sexta, 27 de novembro, às 10h" in told
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]


async def test_a_turn_that_died_before_its_answer_tells_what_is_booked(salon: Salon) -> None:
    await salon.hears("marca manicure sexta às 10h")
    talk = salon.talk
    before, history = dict(talk.memory), talk.history
    await salon.hears("sim")
    talk.memory, talk.history = before, history
    told = await salon.hears("sim")
    assert "sexta, 27 de novembro, às 10h" in told
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]


async def test_the_same_yes_twice_books_once(salon: Salon) -> None:
    await salon.hears("marca manicure sexta às 10h", "sim", "sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 10h00"]


async def test_a_yes_in_the_burst_that_asks_is_none(salon: Salon) -> None:
    await salon.talk.hears("marca manicure sexta às 10h", "sim")
    assert salon.lines() == []


async def test_a_slot_lost_while_the_worker_was_dead_is_told_without_a_thread(salon: Salon) -> None:
    await salon.hears("marca manicure com a Débora sexta às 10h")
    salon.shop.calendar.script.fail("book", ServiceUnavailable("odoo", "down"))
    with pytest.raises(ServiceUnavailable):
        await salon.hears("sim")
    salon.talk.memory = {key: value for key, value in salon.talk.memory.items() if key != "threads"}
    salon.booked("Manicure: Outra", salon.at(FRIDAY, 10), of=salon.shop.customer("Bia", "+5511911112222"))
    told = await salon.hears("sim")
    assert "Esse horário acabou de ser" in told
    await salon.hears("a primeira", "sim")
    assert len(salon.lines()) == 2


async def test_people_who_take_over_find_no_slot_held(salon: Salon) -> None:
    await salon.hears("marca manicure sexta às 10h", "blá blá", "xyzt")
    assert salon.talk.handed_over is not None
    held = await salon.shop.holds.slots_held("1", [904, 905], salon.at(26, 0), salon.at(30, 23))
    assert not held


async def test_what_was_just_spoken_of_need_not_be_named_again(salon: Salon) -> None:
    salon.talk.memory = {"products": [salon.shop.product("SV-MAN").id]}
    assert "**Manicure**" in await salon.hears("pode marcar pra sexta?")


async def test_goods_that_were_spoken_of_are_not_booked(salon: Salon) -> None:
    salon.talk.memory = {"products": [1]}
    await salon.hears("pode marcar pra sexta?")
    assert salon.talk.memory["threads"][0]["asks"] == "service"  # type: ignore[index,call-overload]


async def test_p8_a_price_that_only_the_cache_still_has_books_nothing(salon: Salon) -> None:
    behind = SchedulingCrew(replace(salon.shop.desk, catalog=Shop().catalog))
    salon.talk.account = replace(salon.talk.account, crews={CrewName.SCHEDULING: behind})
    await salon.hears("marca manicure sexta às 10h")
    salon.shop.catalog.set_price(salon.shop.product("SV-MAN").id, Decimal("44.00"))
    answer = await salon.hears("sim")
    assert not salon.lines()
    assert "R$ 44,00" in answer
    await salon.hears("sim")
    assert len(salon.lines()) == 1
