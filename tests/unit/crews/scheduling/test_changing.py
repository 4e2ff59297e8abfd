from __future__ import annotations

from datetime import timedelta

import pytest
from tests.fixtures.salon import FRIDAY, MONDAY, Salon

from chatwootai.domain.calendars import Slot

pytestmark = pytest.mark.unit

CENTS = "R$ 11,40"
"""30% of a blood count for R$ 38,00."""


async def test_an_appointment_is_moved_after_a_yes(salon: Salon) -> None:
    salon.booked()
    summary = await salon.hears("remarca minha manicure de segunda pra terça às 11h")
    assert "De: segunda, 30 de novembro, às 10h\nPara: terça, 1º de dezembro, às 11h" in summary
    assert salon.lines() == ["Manicure: Ana Souza 30 10h00"]
    done = await salon.hears("sim")
    assert salon.lines() == ["Manicure: Ana Souza 01 11h00"]
    assert "terça, 1º de dezembro, às 11h" in done
    assert [effect.kind for effect in salon.talk.ledger.effects] == ["reschedule"]


async def test_without_a_day_it_is_asked(salon: Salon) -> None:
    salon.booked()
    asked = await salon.hears("preciso remarcar")
    assert "segunda, 30 de novembro, às 10h" in asked
    await salon.hears("sexta de manhã", "a primeira", "sim")
    assert salon.lines() == ["Manicure: Ana Souza 27 09h00"]


async def test_it_stays_with_the_professional_where_she_is_free(salon: Salon) -> None:
    salon.booked(professional=905)
    assert "com Edna Barros" in await salon.hears("quero remarcar pra sexta às 14h")


async def test_an_appointment_is_cancelled_after_a_yes(salon: Salon) -> None:
    salon.booked()
    shown = await salon.hears("desmarca minha manicure")
    assert "Desmarcar **Manicure**" in shown
    assert "segunda, 30 de novembro, às 10h" in shown
    assert salon.lines()
    await salon.talk.presses("Sim, desmarcar")
    assert salon.lines() == []
    assert [effect.kind for effect in salon.talk.ledger.effects] == ["cancel_booking"]


async def test_a_no_keeps_it_and_says_so(salon: Salon) -> None:
    salon.booked()
    await salon.hears("desmarca minha manicure")
    said = await salon.talk.presses("Manter o horário")
    assert "segunda, 30 de novembro, às 10h" in said
    assert salon.lines() == ["Manicure: Ana Souza 30 10h00"]


async def test_late_changes_cost_what_the_profile_says(clinic: Salon) -> None:
    clinic.booked("Hemograma completo: Ana Souza", clinic.at(25, 16), professional=913, minutes=15)
    shown = await clinic.hears("quero desmarcar meu horário")
    assert f"menos de 24 horas, há uma taxa de 30% do valor: {CENTS}" in shown
    done = await clinic.hears("sim")
    assert clinic.lines() == []
    assert CENTS in done


async def test_a_late_cancel_of_what_people_entered_in_their_own_words_is_not_called_free(
    clinic: Salon,
) -> None:
    clinic.booked("Retorno da Dra.", clinic.at(25, 16), professional=913, minutes=15)
    await clinic.hears("quero desmarcar meu horário")
    assert clinic.talk.handed_over is not None
    assert clinic.lines() == ["Retorno da Dra. 25 16h00"]


async def test_early_changes_are_free(clinic: Salon) -> None:
    clinic.booked("Hemograma completo: Ana Souza", clinic.at(MONDAY, 16), professional=913, minutes=15)
    assert "taxa" not in await clinic.hears("quero desmarcar meu horário")


async def test_where_the_shop_names_no_fee_people_decide(salon: Salon) -> None:
    salon.booked(start=salon.at(25, 13))
    await salon.hears("quero remarcar minha manicure pra amanhã")
    assert salon.talk.handed_over is not None
    assert "Manicure" in salon.talk.handed_over.summary
    assert salon.lines() == ["Manicure: Ana Souza 25 13h00"]


async def test_one_of_several_is_chosen_by_name_by_day_or_by_button(salon: Salon) -> None:
    salon.booked()
    salon.booked("Drenagem linfática: Ana Souza", salon.at(FRIDAY, 14), professional=906, minutes=60)
    assert "Drenagem" in await salon.hears("desmarca a drenagem")
    await salon.hears("não")
    assert "Desmarcar **Manicure**" in await salon.hears("desmarca o horário de segunda")
    await salon.hears("não")
    asked = await salon.hears("quero desmarcar um horário")
    assert "Drenagem linfática, sex 27/11, 14h" in asked
    assert "Desmarcar **Drenagem linfática**" in await salon.talk.presses(
        "Drenagem linfática, sex 27/11, 14h"
    )


async def test_what_people_moved_meanwhile_is_theirs(salon: Salon) -> None:
    entered = salon.booked()
    await salon.hears("desmarca minha manicure")
    moved = Slot(salon.at(FRIDAY, 15), salon.at(FRIDAY, 15, 45), 904)
    salon.shop.calendar.move_by_hand(entered.id, moved)
    said = await salon.hears("sim")
    assert "sexta, 27 de novembro, às 15h" in said
    assert salon.lines() == ["Manicure: Ana Souza 27 15h00"]


async def test_what_people_cancelled_meanwhile_is_told_as_gone(salon: Salon) -> None:
    entered = salon.booked()
    await salon.hears("remarca minha manicure pra sexta às 10h")
    salon.shop.calendar.cancel_by_hand(entered.id)
    said = await salon.hears("sim")
    assert "não está mais" in said or "não encontrei mais" in said.lower()
    assert salon.lines() == []


async def test_what_people_entered_in_their_own_words_people_move(salon: Salon) -> None:
    salon.booked("Ana, unha")
    await salon.hears("quero remarcar meu horário pra sexta")
    assert salon.talk.handed_over is not None


async def test_what_people_entered_with_a_dash_is_known_and_moved(salon: Salon) -> None:
    salon.booked(title="Manicure – Ana Souza")
    await salon.hears("quero remarcar meu horário pra sexta")
    assert salon.talk.handed_over is None
    assert salon.talk.choices


async def test_nobody_elses_appointment_is_told_or_touched(salon: Salon) -> None:
    salon.booked(of=salon.shop.customer("Bia Lima", "+5511911112222"), title="Manicure: Bia Lima")
    for said in ("que horas é meu horário?", "desmarca minha manicure", "remarca minha manicure"):
        answer = await salon.hears(said)
        assert "10h" not in answer
        assert "Bia" not in answer
    assert salon.lines() == ["Manicure: Bia Lima 30 10h00"]


async def test_her_appointments_are_listed(salon: Salon) -> None:
    salon.booked()
    salon.booked("Manicure: Maria Souza", salon.at(FRIDAY, 14))
    listed = await salon.hears("quais são meus horários marcados?")
    assert "• **Manicure** com Débora Nogueira, para Maria Souza: sexta, 27 de novembro, às 14h" in listed
    assert "• **Manicure** com Débora Nogueira: segunda, 30 de novembro, às 10h" in listed


async def test_who_is_a_little_late_is_reassured(salon: Salon) -> None:
    salon.booked(start=salon.at(25, 10, 30))
    said = await salon.hears("vou chegar 10 min atrasada")
    assert "15 minutos" in said
    assert "10h45" in said
    assert salon.talk.handed_over is None


async def test_who_is_too_late_is_told_to_people(salon: Salon) -> None:
    salon.booked(start=salon.at(25, 10, 30))
    await salon.hears("vou atrasar 40 minutos")
    assert salon.talk.handed_over is not None
    assert "depois da tolerância" in salon.talk.handed_over.summary


async def test_who_missed_it_may_book_anew(salon: Salon) -> None:
    salon.booked(start=salon.at(25, 9))
    salon.shop.now += timedelta(hours=1)
    await salon.hears("perdi meu horário")
    offered = await salon.talk.presses("Ver novos horários")
    assert "**Manicure**" in offered
    assert len(salon.talk.choices) > 1


async def test_the_same_hour_of_another_day(salon: Salon) -> None:
    salon.booked()
    summary = await salon.hears("posso mudar pra terça no mesmo horário?")
    assert "Para: terça, 1º de dezembro, às 10h" in summary


async def test_who_missed_nothing_is_told_what_is_to_come(salon: Salon) -> None:
    salon.booked()
    assert "segunda, 30 de novembro, às 10h" in await salon.hears("perdi meu horário")


async def test_a_move_to_a_time_that_was_taken_leaves_everything_where_it_was(salon: Salon) -> None:
    salon.booked()
    await salon.hears("remarca minha manicure pra sexta às 10h")
    salon.booked("Manicure: Outra", salon.at(FRIDAY, 10), of=salon.shop.customer("Bia", "+5511911112222"))
    said = await salon.hears("sim")
    assert "Esse horário acabou de ser" in said
    assert "Manicure: Ana Souza 30 10h00" in salon.lines()
    await salon.hears("a primeira", "sim")
    assert "Manicure: Ana Souza 30 10h00" not in salon.lines()


async def test_the_cancel_of_a_booking_under_way_books_nothing(salon: Salon) -> None:
    said = await salon.hears("marca manicure sexta às 10h", "cancela")
    assert "nada foi marcado" in said or "não marquei nada" in said
    assert salon.lines() == []
