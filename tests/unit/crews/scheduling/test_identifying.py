from __future__ import annotations

import pytest
from tests.fixtures.salon import Salon
from tests.fixtures.talking import PHONE

from chatwootai.domain.conversations import ChannelKind
from chatwootai.domain.outcomes import Handoff

pytestmark = pytest.mark.unit

NEW = "+5511955554444"


async def test_the_mother_comes_and_the_writer_books(clinic: Salon) -> None:
    await clinic.hears("minha mãe quer marcar um cardio sexta às 14h")
    summary = await clinic.hears("Maria Souza")
    assert "para Maria Souza" in summary
    await clinic.hears("sim")
    assert clinic.lines() == ["Consulta em cardiologia: Maria Souza 27 14h00"]
    assert clinic.shop.calendar.booked()[0].customer_id == clinic.ana.id


async def test_who_is_new_becomes_a_customer_with_the_yes_alone() -> None:
    salon = Salon(contact="Joana Prado", phone=NEW)
    await salon.hears("marca manicure sexta às 10h")
    assert not await salon.shop.customers.by_phone(NEW)
    await salon.hears("sim")
    created = await salon.shop.customers.by_phone(NEW)
    assert [each.name for each in created] == ["Joana Prado"]
    assert salon.lines() == ["Manicure: Joana Prado 27 10h00"]
    assert salon.shop.calendar.booked()[0].customer_id == created[0].id


async def test_two_who_share_a_telephone_are_told_apart_by_their_document(salon: Salon) -> None:
    salon.shop.customer("Bia Souza", PHONE, "11144477735")
    asked = await salon.hears("marca manicure sexta às 10h")
    assert "CPF" in asked
    await salon.hears("529.982.247-25", "sim")
    assert salon.shop.calendar.booked()[0].customer_id == salon.ana.id


async def test_on_the_site_name_and_telephone_are_asked(site: Salon) -> None:
    assert "nome" in await site.hears("marca manicure sexta às 10h")
    assert "telefone" in await site.hears("Joana Prado")
    assert "Confirmar" in await site.hears("11 98888-7777")
    await site.hears("sim")
    assert site.lines() == ["Manicure: Joana Prado 27 10h00"]


async def test_on_the_site_nothing_is_told_before_it_is_proven(site: Salon) -> None:
    site.booked()
    assert "CPF" in await site.hears("que horas é meu horário?")
    told = await site.hears("529.982.247-25 e meu telefone é 11 98765-4321")
    assert "segunda, 30 de novembro, às 10h" in told


async def test_a_document_alone_opens_nothing(site: Salon) -> None:
    site.booked()
    said = await site.hears("que horas é meu horário?", "529.982.247-25")
    assert "10h" not in said
    wrong = await site.hears("meu telefone é 11 90000-0000")
    assert "10h" not in wrong
    assert "Ana" not in wrong


@pytest.mark.parametrize("contact", ["Visitante 12", "+55 11 98765-4321", ""])
async def test_what_is_no_name_is_asked_for(contact: str) -> None:
    salon = Salon(channel=ChannelKind.WEB_WIDGET, contact=contact)
    assert "nome" in await salon.hears("marca manicure sexta às 10h")


async def test_p4_who_books_twice_on_the_site_is_entered_once(site: Salon) -> None:
    await site.hears("marca manicure sexta às 10h", "Joana Prado", "11 98888-7777", "sim")
    await site.hears("marca manicure segunda às 10h", "sim")
    assert site.lines() == ["Manicure: Joana Prado 27 10h00", "Manicure: Joana Prado 30 10h00"]
    assert [each.name for each in site.shop.customers.all()] == ["Ana Souza", "Joana Prado"]


async def test_p4_who_is_refused_after_she_was_entered_is_entered_once(site: Salon) -> None:
    await site.hears("marca manicure sexta às 10h", "Joana Prado", "11 98888-7777")
    site.booked("Reunião", site.at(27, 10), professional=904)
    await site.hears("sim", "sexta às 15h", "sim")
    assert "Manicure: Joana Prado 27 15h00" in site.lines()
    assert [each.name for each in site.shop.customers.all()] == ["Ana Souza", "Joana Prado"]


async def test_p10_whether_a_document_is_on_record_is_not_to_be_seen_from_what_is_asked(site: Salon) -> None:
    stranger = Salon(channel=ChannelKind.WEB_WIDGET, contact="Visitante 12")
    known = await site.hears("marca manicure sexta às 10h, meu CPF é 529.982.247-25")
    unknown = await stranger.hears("marca manicure sexta às 10h, meu CPF é 111.444.777-35")
    assert known == unknown


async def test_p10_a_document_alone_books_nothing_into_anybodys_record(site: Salon) -> None:
    await site.hears("marca manicure sexta às 10h, meu CPF é 529.982.247-25", "Joana Prado", "11 98888-7777")
    await site.hears("sim")
    (booked,) = site.shop.calendar.booked()
    assert booked.customer_id != site.ana.id


async def test_p10_who_guesses_telephones_is_stopped(site: Salon) -> None:
    site.booked()
    for last in range(2):
        guess = f"529.982.247-25 e meu telefone é 11 90000-000{last}"
        assert "10h" not in await site.hears("que horas é meu horário?", guess)
    right = await site.hears("que horas é meu horário?")
    assert "10h" not in right
    assert isinstance(site.talk.draft and site.talk.draft.outcome, Handoff)
