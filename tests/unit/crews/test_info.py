from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from tests.fixtures.talking import Shop

from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.profiles import Contact, Profile

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]
ZONE = ZoneInfo("America/Sao_Paulo")
FRIDAY_NIGHT = datetime(2026, 11, 27, 21, 0, tzinfo=ZONE)


async def answer(briefing: Briefing, ledger: Ledger | None = None) -> str:
    requests = Reader().requests(briefing)
    mine = tuple(request for request in requests if request.crew is CrewName.INFO)
    return (await InfoCrew(Shop().desk).respond(mine, briefing, ledger or Ledger())).outcome.text


@pytest.mark.parametrize(
    ("hour", "hello"),
    [(0, "Boa noite"), (5, "Bom dia"), (12, "Boa tarde"), (18, "Boa noite"), (23, "Boa noite")],
)
async def test_the_greeting_goes_by_the_time_of_day(brief: Brief, hour: int, hello: str) -> None:
    said = await answer(brief("oi", now=datetime(2026, 11, 25, hour, 0, tzinfo=ZONE)))
    assert said.startswith(f"{hello}, Ana!")
    assert "Bia" in said
    assert "Bela Cosméticos" in said


async def test_whoever_was_greeted_today_is_not_introduced_again(brief: Brief) -> None:
    earlier = Message(50, Author.BOT, "Bom dia!", brief("oi").now)
    said = await answer(brief("oi", history=(earlier,)))
    assert said.startswith("Oi, Ana!")
    assert "Bela Cosméticos" not in said


@pytest.mark.parametrize("contact", ["+55 11 91234-5678", "", "http://x", "🌸", "A"])
async def test_a_contact_without_a_real_name_is_greeted_without(brief: Brief, contact: str) -> None:
    assert (await answer(brief("oi", contact=contact))).startswith("Bom dia!")


async def test_a_shop_without_emoji_uses_none_and_ends_its_sentences(brief: Brief, profile: Profile) -> None:
    for place, text in enumerate(["oi", "obrigada", "tchau", "ok", "vc é um robô?"] * 3):
        said = await answer(brief(text, profile=replace(profile, emoji=False), first_id=place))
        assert not any(letter > "\u2190" for letter in said)
        assert said[-1] in ".!?"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("que horas vcs abrem?", "de segunda a sexta, das 9h às 18h, e sábado, das 9h às 13h"),
        ("ta aberto agora?", "até as 18h"),
        ("abre hj?", "Hoje"),
        ("abre sábado?", "das 9h às 13h"),
        ("que horas fecha hoje?", "s 18h."),
        ("abre dia 31?", "Quinta (31/12)"),
        ("abre dia 0?", "segunda a sexta"),
        ("abre domingo?", "Voltamos segunda, às 9h."),
        ("abre dia 25/12?", "feriado (Natal)"),
        ("abre no natal?", "Sexta (25/12)"),
        ("funcionam no feriado?", "Nos feriados não abrimos. O próximo é Natal, sexta (25/12)."),
        ("qual o endereço?", "Rua das Acácias, 120, São Paulo – SP"),
        ("vc é um robô?", "Bia"),
    ],
)
async def test_a_question_gets_its_answer_and_the_ledger_its_fact(
    brief: Brief, asked: str, told: str
) -> None:
    ledger = Ledger()
    said = await answer(brief(asked), ledger)
    assert told in said
    assert ledger.facts


@pytest.mark.parametrize(
    ("asked", "told"),
    [("ta aberto agora?", "abrimos amanhã, às 9h"), ("que horas vcs abrem?", "abrimos amanhã, às 9h")],
)
async def test_a_closed_shop_says_when_it_opens(brief: Brief, asked: str, told: str) -> None:
    assert told in await answer(brief(asked, now=FRIDAY_NIGHT))


async def test_a_listed_holiday_of_the_city_is_told_as_one(brief: Brief, profile: Profile) -> None:
    hours = replace(profile.hours, municipal_holidays=((12, 8),))
    said = await answer(brief("abre dia 8/12?", profile=replace(profile, hours=hours)))
    assert "(08/12) é feriado municipal e " in said


async def test_a_yes_or_no_question_is_answered_before_the_week(brief: Brief) -> None:
    said = await answer(brief("vocês estão abertos?"))
    assert "abertos" in said
    assert said.index("abertos") < said.index("segunda")


async def test_after_closing_time_the_day_is_not_offered_any_more(brief: Brief) -> None:
    said = await answer(brief("que horas fecha hoje?", now=FRIDAY_NIGHT))
    assert "às 18h. Voltamos amanhã, às 9h." in said


async def test_whether_there_is_a_shop_to_visit_is_answered_with_its_place(brief: Brief) -> None:
    said = await answer(brief("vocês têm loja física?"))
    assert "loja" in said.lower()
    assert "Rua das Acácias, 120" in said


async def test_several_days_are_one_answer(brief: Brief) -> None:
    said = await answer(brief("vcs abrem sábado?", "e domingo?"))
    assert "Sábado" in said
    assert "Domingo" in said
    assert "\n\n" not in said


async def test_hours_and_address_are_two_paragraphs_in_the_order_asked(brief: Brief) -> None:
    address, hours = (await answer(brief("onde fica a loja?", "que horas abre?"))).split("\n\n")
    assert "Acácias" in address
    assert "9h" in hours


async def test_a_shop_without_an_address_offers_a_person(brief: Brief, profile: Profile) -> None:
    briefing = brief("onde fica a loja?", profile=replace(profile, address=None))
    draft = await InfoCrew(Shop().desk).respond(Reader().requests(briefing), briefing, Ledger())
    assert "pessoa da equipe" in draft.outcome.text
    assert draft.memory["offered_person"] == 100


async def test_thanks_and_good_bye_are_one_line(brief: Brief) -> None:
    said = await answer(brief("obg", "tchau"))
    assert "\n" not in said


async def test_thanks_are_answered_in_changing_words(brief: Brief) -> None:
    memory: dict[str, object] = {}
    said = []
    for place in range(6):
        briefing = brief("obrigada", memory=memory, first_id=place)
        requests = Reader().requests(briefing)
        draft = await InfoCrew(Shop().desk).respond(requests, briefing, Ledger())
        memory |= draft.memory
        said.append(draft.outcome.text)
    assert all(one != other for one, other in pairwise(said))


async def test_talk_of_hours_is_remembered_for_the_next_day_asked(brief: Brief) -> None:
    briefing = brief("que horas abre?")
    draft = await InfoCrew(Shop().desk).respond(Reader().requests(briefing), briefing, Ledger())
    assert "Domingo" in await answer(brief("e domingo?", memory=draft.memory))


async def test_parking_and_the_telephone_are_told_to_whoever_asks_for_both(
    brief: Brief, profile: Profile
) -> None:
    contact = Contact(phone="(11) 3862-4400", email="oi@bela.example", parking="Há um pátio grátis.")
    asked = brief("tem estacionamento? e qual o telefone?", profile=replace(profile, contact=contact))
    wanted = Request(Intent.CONTACT, CrewName.INFO, asked.messages[0].text)
    said = (await InfoCrew(Shop().desk).respond((wanted,), asked, Ledger())).outcome.text
    assert "Há um pátio grátis." in said
    assert "3862-4400" in said
    assert "oi@bela.example" not in said
