"""What ends with people: health, erased data, anger, other languages, and what no crew of the shop does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.fixtures.talking import Shop, Talk

from chatwootai.crews.dialogues.answers import OFFERED_PERSON, accepts_person, refuses_person
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, Crew, CrewName
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.profiles import Profile

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))


def talk_in(shop: Shop, *crews: CrewName) -> Talk:
    """In a shop that has the info crew, and in the end these crews as well, by name alone."""
    reader = Reader()
    known = frozenset({CrewName.INFO, *crews})
    shop.profile = replace(shop.profile, crews=frozenset(name.value for name in known))
    info: Crew = InfoCrew(shop.desk)
    return shop.talk(reader, {CrewName.INFO: info}, Frontdesk(shop.desk.leads))


def reason(talk: Talk) -> HandoffReason | None:
    """Why the last answer handed over, if it did."""
    outcome = talk.handed_over
    return outcome.reason if outcome else None


@pytest.mark.parametrize("shop", ["cosmeticos", "saude", "varejo"])
@pytest.mark.parametrize(
    "text", ["passei o creme e meu rosto inchou", "tô grávida, posso usar?", "estou passando mal socorro"]
)
async def test_health_begins_with_the_emergency_sentence_and_calls_a_person_at_once(
    shop: str, text: str
) -> None:
    talk = talk_in(Shop(shop))
    said = await talk.hears(text)
    outcome = talk.handed_over
    assert outcome is not None
    assert said.startswith(talk.shop.profile.health.emergency)
    assert outcome.reason is HandoffReason.HEALTH
    assert outcome.urgent
    assert "URGENTE" in outcome.summary


async def test_health_goes_before_everything_else_that_was_asked() -> None:
    talk = talk_in(Shop("cosmeticos"))
    said = await talk.hears("aceita pix? usei o shampoo e minha cabeça tá ardendo muito")
    assert reason(talk) is not None
    assert "SAMU" in said


async def test_data_to_erase_are_recorded_once_acknowledged_and_given_to_a_person() -> None:
    shop = Shop("cosmeticos")
    talk = talk_in(shop)
    said = await talk.hears("quero que apaguem meus dados")
    outcome = talk.handed_over
    assert outcome is not None
    assert outcome.reason is HandoffReason.ERASE_DATA
    assert "egistr" in said
    (effect,) = talk.ledger.effects
    assert effect.key.startswith("erase_data:")
    assert effect.key.endswith(f":{talk.history[0].id}")
    (entered,) = shop.leads.by_key.values()
    assert entered.title == "LGPD: apagar dados"


async def test_an_insult_is_answered_with_an_offer_and_the_next_with_a_person() -> None:
    talk = talk_in(Shop("cosmeticos"))
    said = await talk.hears("vc é burro")
    assert "pessoa" in said
    assert reason(talk) is None
    await talk.hears("idiota")
    assert reason(talk) is HandoffReason.UPSET


async def test_an_insult_after_peace_is_answered_with_an_offer_again() -> None:
    talk = talk_in(Shop("cosmeticos"))
    await talk.hears("vc é burro")
    await talk.hears("que horas abre?")
    await talk.hears("idiota")
    assert reason(talk) is None


@pytest.mark.parametrize(
    ("first", "second", "welcome", "handoff"),
    [
        ("hi, do you speak english?", "how much is the shampoo?", "Hi! I'm Bia", "All right"),
        ("hola, ¿cuánto cuesta el envío?", "¿hablan español?", "¡Hola! Soy Bia", "De acuerdo"),
    ],
)
async def test_another_language_is_welcomed_in_it_and_then_gets_a_person(
    first: str, second: str, welcome: str, handoff: str
) -> None:
    talk = talk_in(Shop("cosmeticos"))
    assert (await talk.hears(first)).startswith(welcome)
    assert reason(talk) is None
    assert (await talk.hears(second)).startswith(handoff)
    assert reason(talk) is HandoffReason.OTHER_LANGUAGE


@pytest.mark.parametrize("text", ["queria marcar um horário pra sexta", "cadê meu pedido?"])
async def test_what_no_crew_of_the_shop_does_is_said_so_and_a_person_offered(text: str) -> None:
    talk = talk_in(Shop("cosmeticos"))
    said = await talk.hears(text)
    assert "equipe" in said
    assert [choice.value for choice in talk.choices] == ["pessoa"]
    assert await talk.hears("sim")
    assert reason(talk) is not None


@pytest.mark.parametrize("text", ["é sobre um pedido aí", "isso do meu pacote aí"])
async def test_a_theme_that_a_crew_has_is_never_called_impossible(text: str) -> None:
    talk = talk_in(Shop("cosmeticos"), CrewName.SUPPORT)
    said = await talk.hears(text)
    assert "não consigo" not in said
    assert "não entendi" not in said
    values = [choice.value for choice in talk.choices]
    assert values == ["intent:order_status", "intent:cancel_order", "pessoa"]


async def test_the_choice_of_an_intent_is_that_intent() -> None:
    talk = talk_in(Shop("cosmeticos"), CrewName.SUPPORT)
    await talk.hears("é sobre um pedido aí")
    await talk.presses("Onde está o pedido")
    assert "equipe" in talk.history[-1].text  # this shop's support crew is a name alone


async def test_who_stays_unclear_is_asked_twice_and_then_given_a_person() -> None:
    talk = talk_in(Shop("cosmeticos"), CrewName.SUPPORT)
    said = [await talk.hears(f"é sobre um pedido aí {'né' * times}") for times in range(3)]
    assert reason(talk) is not None
    assert said[0] != said[1]


async def test_what_is_offered_to_whom_nothing_was_understood_of_is_what_the_shop_does() -> None:
    talk = talk_in(Shop("cosmeticos"))
    await talk.hears("xyzzy plugh")
    assert [choice.value for choice in talk.choices] == ["horario", "pessoa"]


def offered(text: str, profile: Profile) -> tuple[Message, Briefing]:
    """A message that comes right after our offer to call a person."""
    before = Message(1, Author.CUSTOMER, "oi", NOW)
    message = Message(3, Author.CUSTOMER, text, NOW)
    key = ConversationKey(AccountId("1"), 7)
    conversation = Conversation(key, 1, ChannelKind.WHATSAPP, Status.PENDING, True, Contact(1, "Ana"))
    return message, Briefing(conversation, profile, (message,), NOW, (before,), {OFFERED_PERSON: 1})


@pytest.mark.parametrize(
    "text",
    [
        "sim",
        "quero",
        "pode chamar",
        "chama logo",
        "por favor",
        "me passa",
        "passa",
        "quero sim, obrigada",
        "👍",
    ],
)
def test_a_person_is_accepted_in_many_ways(text: str) -> None:
    assert accepts_person(*offered(text, Shop().profile))


@pytest.mark.parametrize(
    "text",
    ["obrigada", "obg", "valeu", "agora", "quero um batom", "e o preço?", "não", "❤️", "agora obrigada"],
)
def test_thanks_and_other_wishes_accept_nobody(text: str) -> None:
    assert not accepts_person(*offered(text, Shop().profile))


@pytest.mark.parametrize("text", ["não", "não, obrigada", "deixa pra lá", "não precisa", "agora não"])
def test_a_person_is_refused_in_many_ways(text: str) -> None:
    assert refuses_person(*offered(text, Shop().profile))
