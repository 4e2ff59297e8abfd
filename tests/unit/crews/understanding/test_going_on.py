"""Wishes that go on with what was answered last, and questions that the shop's profile answers."""

from __future__ import annotations

import pytest
from tests.fixtures.talking import WEDNESDAY_MORNING, profile_of

from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request

pytestmark = pytest.mark.unit

READER = Reader()
CART: Memory = {"topic": "sales", "cart": [{"product": 1, "quantity": "1"}]}


def read(
    said: str, shop: str = "cosmeticos", memory: Memory | None = None, before: tuple[str, ...] = ()
) -> list[tuple[Intent, CrewName | None]]:
    """The intents of one message, after `before` was said by her."""
    return [(request.intent, request.crew) for request in _requests(said, shop, memory or {}, before)]


def _requests(said: str, shop: str, memory: Memory, before: tuple[str, ...]) -> tuple[Request, ...]:
    key = ConversationKey(AccountId("1"), 7)
    conversation = Conversation(key, 1, ChannelKind.WHATSAPP, Status.PENDING, True, Contact(1, "Ana"))
    history = tuple(
        Message(place, Author.CUSTOMER, text, WEDNESDAY_MORNING) for place, text in enumerate(before, 1)
    )
    message = Message(100, Author.CUSTOMER, said, WEDNESDAY_MORNING)
    briefing = Briefing(conversation, profile_of(shop), (message,), WEDNESDAY_MORNING, history, memory)
    return READER.requests(briefing)


@pytest.mark.parametrize(
    "said",
    [
        "nao pera, sao so 2",
        "na vdd são 3",
        "não, são 3",
        "perai, muda pra 2",
        "errei, quero 4",
        "blz, quero 1 então",
        "blz, pode confirmar o pedido",
    ],
)
@pytest.mark.parametrize("memory", [{"topic": "sales"}, CART])
def test_how_many_it_should_be_is_for_whoever_sells(said: str, memory: Memory) -> None:
    assert read(said, memory=memory) == [(Intent.BUY, CrewName.SALES)]


@pytest.mark.parametrize(
    "said",
    [
        "tem outro?",
        "tem mais barato?",
        "mais opções?",
        "tem outra opção?",
        "algum mais em conta?",
        "e mais barato?",
    ],
)
def test_more_of_what_was_advised_is_advice(said: str) -> None:
    assert read(said, memory={"topic": "advice"}) == [(Intent.ADVICE, CrewName.SALES)]


@pytest.mark.parametrize("said", ["quanto fica tudo?", "e os dois juntos qto fica?", "quanto dá no total?"])
def test_all_together_is_the_cart_where_there_is_one(said: str) -> None:
    assert read(said, memory=CART) == [(Intent.CART, CrewName.SALES)]


def test_her_order_is_the_cart_while_she_is_buying() -> None:
    assert read("quero ver meu pedido", memory=CART) == [(Intent.CART, CrewName.SALES)]
    assert read("quero ver meu pedido") == [(Intent.ORDER_STATUS, CrewName.SUPPORT)]


@pytest.mark.parametrize("said", ["e no sabado?", "e sábado", "e no feriado", "e domingo?"])
def test_a_day_after_the_opening_hours_is_about_them(said: str) -> None:
    memory: Memory = {"topic": "business_hours"}
    assert read(said, memory=memory) == [(Intent.BUSINESS_HOURS, CrewName.INFO)]


@pytest.mark.parametrize("said", ["e no boleto?", "e em 3x?", "e se for no cartão de crédito?"])
def test_means_after_payment_are_about_it(said: str) -> None:
    assert read(said, memory={"topic": "payment"}) == [(Intent.PAYMENT, CrewName.INFO)]


@pytest.mark.parametrize("said", ["e pro hemograma?", "e pra glicose?", "e pro exame de colesterol?"])
@pytest.mark.parametrize(
    "before", [("precisa de jejum pra glicemia?",), ("precisa de jejum pra glicemia?", "e pra ureia?")]
)
def test_another_treatment_after_how_to_prepare_is_about_that(said: str, before: tuple[str, ...]) -> None:
    read_now = read(said, "saude", {"topic": "scheduling"}, before)
    assert read_now == [(Intent.PREPARATION, CrewName.SCHEDULING)]


@pytest.mark.parametrize(
    ("said", "shop"),
    [
        ("vcs atendem urgencia?", "saude"),
        ("oi, atendem urgência?", "saude"),
        ("vcs dão atestado?", "saude"),
        ("vcs fazem movel sob medida?", "varejo"),
        ("fazem movel sob medida?", "varejo"),
        ("é cruelty free?", "cosmeticos"),
        ("vcs testam em animal?", "cosmeticos"),
        ("tem registro na anvisa?", "cosmeticos"),
    ],
)
def test_a_question_of_the_profile_is_for_whoever_reads_it_out(said: str, shop: str) -> None:
    assert read(said, shop) == [(Intent.ABOUT, CrewName.INFO)]


def test_a_wish_is_no_question_of_the_profile() -> None:
    assert read("quero marcar uma consulta", "saude") == [(Intent.BOOK, CrewName.SCHEDULING)]
