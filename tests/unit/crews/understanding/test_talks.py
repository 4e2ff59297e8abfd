"""Wishes that mean one thing or another by what was asked, what is talked about, and who answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request
from chatwootai.domain.profiles import BusinessHours, Profile
from chatwootai.domain.threads import Thread, opened

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
EVERY = frozenset(crew.value for crew in CrewName)
SHOP = EVERY - {CrewName.SCHEDULING.value}
PROFILE = Profile("vida", "Vida", "Bia", BusinessHours(ZONE, {}), crews=EVERY)
BOOKING: Memory = {"topic": "scheduling"}
SALES, SUPPORT, SCHEDULING = CrewName.SALES, CrewName.SUPPORT, CrewName.SCHEDULING


def asking(crew: CrewName, asks: str, dialogue: str = "") -> Memory:
    return opened({}, Thread(crew, dialogue, asks, proposal="p1" if asks == "yes" else ""))


def read(
    text: str, memory: Memory | None = None, *, told: Sequence[str] = (), crews: frozenset[str] = EVERY
) -> tuple[Request, ...]:
    contact = Contact(1, "Ana Souza")
    conversation = Conversation(
        ConversationKey(AccountId("1"), 7), 1, ChannelKind.WHATSAPP, Status.PENDING, True, contact
    )
    history = tuple(Message(place, Author.BOT, each, NOW) for place, each in enumerate(told, 1))
    messages = (Message(100, Author.CUSTOMER, text, NOW),)
    profile = replace(PROFILE, crews=crews)
    return Reader().requests(Briefing(conversation, profile, messages, NOW, history, memory or {}))


def shown(requests: Sequence[Request]) -> str:
    return "; ".join(request.intent.value for request in requests)


@pytest.mark.parametrize(
    "text",
    [
        "quero marcar pra amanha de manha",
        "quero marcar um horário pra sexta",
        "quero agendar pra sexta",
        "queria agendar amanhã às 10",
        "gostaria de marcar dia 5",
        "marca pra mim quinta de tarde",
        "preciso de um horário na segunda",
        "quero ir na sexta às 15h",
    ],
)
def test_a_wish_with_a_day_books_where_nothing_is_asked(text: str) -> None:
    assert shown(read(text)) in ("book", "availability")
    assert shown(read(text, asking(SCHEDULING, "day", "book"))) in ("answer", "book")


@pytest.mark.parametrize("emoji", ["👍", "✅", "👌", "👍🏽", "👍👍"])
def test_a_nodding_emoji_is_a_yes_to_what_asks_for_one(emoji: str) -> None:
    (request,) = read(emoji, asking(SALES, "yes", "buy"))
    assert (request.intent, request.crew) == (Intent.YES, SALES)
    assert shown(read(emoji)) == "thanks"


@pytest.mark.parametrize(("emoji", "wanted"), [("👎", "no"), ("🙏", "answer"), ("❤️", "answer")])
def test_another_emoji_is_left_to_the_crew_that_asks_for_a_yes(emoji: str, wanted: str) -> None:
    (request,) = read(emoji, asking(SCHEDULING, "yes", "book"))
    assert (request.intent.value, request.crew) == (wanted, SCHEDULING)


@pytest.mark.parametrize("emoji", ["😡😡😡", "🤬", "😡"])
def test_an_angry_emoji_complains(emoji: str) -> None:
    assert shown(read(emoji)) == "complaint"


@pytest.mark.parametrize("asks", ["slot", "day", "professional"])
@pytest.mark.parametrize(
    "text",
    [
        "qualquer um",
        "qualquer horário",
        "tanto faz",
        "o primeiro que tiver",
        "pode escolher",
        "vc que sabe",
        "o mais cedo possível",
        "quem estiver livre",
        "não tenho preferência",
        "pra mim tanto faz, obrigada",
    ],
)
def test_whoever_has_no_preference_has_answered(asks: str, text: str) -> None:
    (request,) = read(text, asking(SCHEDULING, asks, "book"))
    assert (request.intent, request.crew, request.mention) == (Intent.ANSWER, SCHEDULING, "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a Edna atende sábado?", "professionals"),
        ("a edna trabalha amanhã", "professionals"),
        ("o dr caio tá hoje?", "professionals"),
        ("a dra marina atende terça?", "professionals"),
        ("posso ir hoje fazer a unha?", "availability"),
        ("da pra fazer escova hoje?", "availability"),
        ("posso fazer sobrancelha amanhã?", "availability"),
        ("vcs atendem sábado?", "business_hours"),
        ("a loja abre domingo?", "business_hours"),
        ("a clínica atende sábado?", "business_hours"),
    ],
)
def test_a_person_or_a_treatment_on_a_day_is_no_question_for_opening_hours(text: str, wanted: str) -> None:
    assert shown(read(text)) == wanted


def test_a_shop_without_appointments_is_asked_for_its_hours() -> None:
    assert shown(read("a Edna atende sábado?", crews=SHOP)) == "business_hours"


@pytest.mark.parametrize("text", ["o de tireoide", "esse de diabetes", "a de grávida", "quero o de tireoide"])
def test_a_choice_that_names_an_illness_is_a_choice(text: str) -> None:
    for crew, asks in ((SCHEDULING, "service"), (SALES, "product")):
        (request,) = read(text, asking(crew, asks))
        assert (request.intent, request.crew) == (Intent.ANSWER, crew)


@pytest.mark.parametrize("text", ["o de cabelo queimou minha pele", "estou grávida, posso usar?"])
def test_a_body_that_suffers_is_no_choice(text: str) -> None:
    assert Intent.HEALTH in {request.intent for request in read(text, asking(SALES, "product"))}


@pytest.mark.parametrize("text", ["quero cancelar", "preciso cancelar", "como faço pra cancelar", "cancela"])
def test_what_was_spoken_of_last_is_cancelled(text: str) -> None:
    assert shown(read(text, BOOKING)) == "cancel_booking"
    assert shown(read(text, {"topic": "sales"}, told=["Pedido **S00012** feito!"])) == "cancel_order"
    assert shown(read(text, {"topic": "sales"}, crews=SHOP)) == "cancel_order"


@pytest.mark.parametrize(
    "text",
    ["quero fazer progressiva no fim de semana", "queria fazer as unhas", "quero fazer uma limpeza de pele"],
)
def test_a_treatment_that_is_wished_for_is_booked(text: str) -> None:
    (request,) = read(text)
    assert request.crew is SCHEDULING


@pytest.mark.parametrize("text", ["quanto tempo demora?", "demora quanto?", "dura quanto tempo?"])
def test_how_long_is_asked_of_what_is_spoken_of(text: str) -> None:
    assert shown(read(text, BOOKING)) == "services"
    assert CrewName.SCHEDULING not in {request.crew for request in read(text)}


def test_a_treatment_lasts_in_the_calendar_and_not_on_the_road() -> None:
    assert shown(read("quanto tempo dura a progressiva?")) == "services"


@pytest.mark.parametrize("text", ["já usei um pouco", "abri mas nao usei", "usei uma vez só"])
def test_a_statement_answers_the_question_for_a_reason(text: str) -> None:
    (request,) = read(text, asking(SUPPORT, "reason", "exchange"))
    assert (request.intent, request.crew) == (Intent.ANSWER, SUPPORT)


@pytest.mark.parametrize(
    "text",
    [
        "nao vou passar meu cpf",
        "não quero informar meus dados",
        "não dou meu CPF",
        "pra que vcs querem meu cpf?",
    ],
)
def test_whoever_keeps_her_data_back_has_nothing_erased(text: str) -> None:
    for memory in (asking(SUPPORT, "document", "order"), {}):
        assert not {Intent.ERASE_DATA, Intent.THANKS} & {request.intent for request in read(text, memory)}


@pytest.mark.parametrize(
    "text", ["apaga meus dados", "quero excluir meu cadastro", "tira meu cpf do sistema"]
)
def test_whoever_wants_her_data_erased_is_heard(text: str) -> None:
    assert shown(read(text)) == "erase_data"


def test_every_code_of_an_enumeration_is_kept() -> None:
    for text in ("cadê os pedidos S00001 e S00002?", "quero saber dos pedidos S00001, S00002 e S00003"):
        (request,) = read(text)
        assert request.entities.order_codes[:2] == ("S00001", "S00002")


@pytest.mark.parametrize("text", ["qual a situação do meu pedido?", "qual o andamento da minha compra"])
def test_how_an_order_stands_is_asked(text: str) -> None:
    assert shown(read(text)) == "order_status"


@pytest.mark.parametrize("text", ["cade ele?", "quando chega?", "já saiu?", "chega quando?"])
def test_what_is_awaited_is_the_order_that_was_spoken_of(text: str) -> None:
    assert shown(read(text, told=["Pedido **S00012** confirmado, obrigada!"])) == "order_status"


@pytest.mark.parametrize("text", ["quando chega?", "chega quando?", "quanto tempo demora pra chegar?"])
def test_while_an_order_is_only_proposed_delivery_is_asked_about(text: str) -> None:
    assert shown(read(text, asking(SALES, "yes", "buy"))) == "delivery"


@pytest.mark.parametrize(
    "text", ["pode ser entrega, cep 05422-010", "é entrega", "vou retirar", "retirada", "entrega, 05422-010"]
)
def test_how_she_receives_it_is_answered_and_not_asked(text: str) -> None:
    (request,) = read(text, asking(SALES, "postal_code", "buy"))
    assert (request.intent, request.crew) == (Intent.ANSWER, SALES)


def test_a_question_about_delivery_stays_one() -> None:
    asked = asking(SALES, "postal_code", "buy")
    assert shown(read("quanto custa a entrega?", asked)) == "delivery"


@pytest.mark.parametrize(
    "text",
    ["quero ver meu exame", "meu resultado ficou pronto?", "os exames ja sairam?", "como pego o laudo"],
)
def test_the_result_of_an_examination_is_told_by_the_house(text: str) -> None:
    assert shown(read(text)) == "about"


@pytest.mark.parametrize("text", ["não gostei do resultado", "quero marcar um exame", "preciso fazer exame"])
def test_not_all_examinations_are_results(text: str) -> None:
    assert "about" not in shown(read(text))
