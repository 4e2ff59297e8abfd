from __future__ import annotations

import pytest
from tests.fixtures.salon import Salon

from chatwootai.crews.scheduling.facts import ServiceFacts, Times
from chatwootai.crews.scheduling.toolbox import SchedulingTools
from chatwootai.crews.tools import Visit, tools_of
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.ledger import Ledger

pytestmark = pytest.mark.unit


async def test_a_treatment_is_told_with_its_price_and_leads_to_times(salon: Salon) -> None:
    told = await salon.hears("fazem drenagem?")
    assert "**Drenagem linfática**" in told
    assert "R$ 140,00" in told
    assert "1 hora" in told
    assert "Drenagem" in await salon.hears("sim")
    assert salon.talk.choices


async def test_what_there_is_not_is_told_with_what_there_is(clinic: Salon) -> None:
    told = await clinic.hears("quero marcar dentista")
    assert "dentista" in told
    assert "consultas" in told


async def test_a_word_for_many_is_asked_about(clinic: Salon) -> None:
    await clinic.hears("queria marcar um ultrassom")
    assert "Ultrassom de tireoide" in [choice.title for choice in clinic.talk.choices]
    assert "**Ultrassom de mamas**" in await clinic.hears("o de mamas")


async def test_who_does_it_is_told(salon: Salon) -> None:
    told = await salon.hears("quem faz manicure?")
    assert "Débora Nogueira e Edna Barros" in told


async def test_whoever_does_something_else_is_told_as_such(salon: Salon) -> None:
    told = await salon.hears("quero marcar manicure com a Ana sexta")
    assert "Ana Lima" in told
    assert "Débora Nogueira e Edna Barros" in told
    assert salon.talk.choices


async def test_health_plans_are_told_as_the_profile_says(clinic: Salon) -> None:
    assert "O atendimento é particular." in await clinic.hears("aceita convênio?")


async def test_the_preparation_is_the_profiles_own(clinic: Salon) -> None:
    assert "Jejum de 8 horas." in await clinic.hears("precisa de jejum pra glicemia?")


async def test_the_preparation_of_what_she_has_booked(clinic: Salon) -> None:
    clinic.booked("Glicemia de jejum: Ana Souza", professional=913, minutes=15)
    assert "Jejum de 8 horas." in await clinic.hears("precisa de jejum?")


async def test_a_question_in_between_comes_back_to_the_summary(clinic: Salon) -> None:
    told = await clinic.hears("marca hemograma sexta às 9h", "precisa de jejum?")
    assert "Não precisa de jejum." in told
    assert "sexta, 27 de novembro, às 9h" in told
    await clinic.hears("sim")
    assert clinic.lines() == ["Hemograma completo: Ana Souza 27 09h00"]


async def test_a_question_put_off_is_resumed_with_its_choices(salon: Salon) -> None:
    await salon.hears("quero marcar manicure sexta")
    briefing = _briefing(salon, "qual o endereço?")
    draft = await salon.crew.resume(briefing, Ledger())
    assert draft is not None
    assert "**Manicure**" in draft.outcome.text
    assert draft.memory["choices"]


async def test_nothing_open_is_not_resumed(salon: Salon) -> None:
    assert await salon.crew.resume(_briefing(salon, "oi"), Ledger()) is None


async def test_tools_take_no_customer_and_answer_in_json(salon: Salon) -> None:
    visit = Visit.of(_briefing(salon, "oi"), Ledger())
    tools = {tool.name: tool for tool in tools_of(SchedulingTools(salon.shop.desk, visit))}
    assert not any("customer" in str(tool.parameters) for tool in tools.values())
    services = await tools["services"].call({"name": "manicure"})
    assert isinstance(services, list)
    assert services[0]["name"] == "Manicure"
    times = await tools["free_slots"].call({"service_id": services[0]["id"], "days": ["2026-11-27"]})
    assert isinstance(times, dict)
    assert times["reason"] is None
    proposal = await tools["propose_booking"].call(
        {"service_id": services[0]["id"], "slot": times["slots"][0]["key"]}
    )
    assert isinstance(proposal, dict)
    done = await tools["confirm"].call({"proposal_id": proposal["id"]})
    assert isinstance(done, dict)
    assert done["why"] == "expired"
    assert salon.lines() == []


async def test_a_tool_called_with_an_unknown_service_says_so(salon: Salon) -> None:
    tools = SchedulingTools(salon.shop.desk, Visit.of(_briefing(salon, "oi"), Ledger()))
    with pytest.raises(ToolRetry, match="999"):
        await tools.professionals(999)
    assert isinstance((await tools.services("manicure"))[0], ServiceFacts)
    assert isinstance(await tools.free_slots((await tools.services("manicure"))[0].id), Times)


def _briefing(salon: Salon, said: str) -> Briefing:
    talk = salon.talk
    message = Message(900, Author.CUSTOMER, said, salon.shop.now)
    return Briefing(
        talk.conversation, salon.shop.profile, (message,), salon.shop.now, talk.history, talk.memory
    )


async def test_the_preparation_is_asked_about_where_many_may_be_meant(clinic: Salon) -> None:
    asked = await clinic.hears("o que preciso levar na consulta?")
    assert "Consulta em cardiologia" in asked
    assert "Traga exames anteriores" in await clinic.talk.presses("Consulta em cardiologia")
