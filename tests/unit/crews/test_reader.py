"""What the reader makes of turns: by the model, keywords and open questions, and of texts that mean ill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwootai.crews.understanding.reader import Reader, understand
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, opened

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
EVERY = frozenset(crew.value for crew in CrewName)


def shown(requests: tuple[Request, ...]) -> str:
    return "; ".join(
        ("bare" if request.intent is Intent.UNKNOWN and request.crew else request.intent.value)
        + (f"={request.mention}" if request.mention else "")
        for request in requests
    )


def said(text: str) -> str:
    return shown(understand(text, now=NOW))


def asking(crew: CrewName, dialogue: str, asks: str) -> Memory:
    return opened({}, Thread(crew, dialogue, asks))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("oi qto custa o serum e vcs entregam em santos", "price=serum; delivery"),
        ("quanto custa\no shampoo de coco", "price=shampoo de coco"),
        ("quero cancelar meu pedido", "cancel_order"),
        ("bom dia! meu pedido veio quebrado e quero trocar", "wrong_item; exchange"),
        ("quero 2 shampoos de coco e 1 condicionador", "buy=shampoos de coco; buy=condicionador"),
        ("tem horário sexta?", "availability"),
        ("quero marcar manicure", "book"),
        ("apaga meus dados por favor", "erase_data"),
        ("usei o creme e meu rosto ficou todo inchado", "health"),
        ("estou grávida, posso usar o ácido?", "health"),
        ("quero falar com uma pessoa", "person"),
        ("qual a diferença entre o batom matte e o cremoso?", "compare=batom matte e o cremoso"),
        ("sim", "yes"),
        ("não, obrigada", "no"),
        ("sexta às 15h", "answer"),
    ],
)
def test_a_text_alone_is_understood(text: str, wanted: str) -> None:
    assert said(text) == wanted


def test_each_request_has_the_entities_of_its_own_words() -> None:
    booked, coupon = understand(
        "quero marcar escova pra sexta às 15h. aplica o cupom PROMO10 no meu pedido?", now=NOW
    )
    assert [moment.at for moment in booked.entities.moments] != []
    assert booked.entities.coupons == ()
    assert coupon.entities.coupons == ("PROMO10",)


@pytest.mark.parametrize(
    ("asks", "text", "wanted"),
    [
        ("day", "sexta", "answer"),
        ("day", "pode ser quarta às 14", "answer"),
        ("slot", "15h", "answer"),
        ("name", "Camila Ferreira", "answer"),
        ("yes", "sim", "yes"),
        ("yes", "não", "no"),
        ("day", "quanto custa a escova?", "price=escova"),
        ("day", "qual o endereço de vcs?", "address"),
        ("day", "quero falar com uma pessoa", "person"),
        ("day", "sexta, e qual o endereço?", "answer; address"),
    ],
)
def test_while_a_question_is_open_answers_are_told_from_wishes(
    brief: Brief, asks: str, text: str, wanted: str
) -> None:
    briefing = brief(text, memory=asking(CrewName.SCHEDULING, "book", asks))
    briefing = replace(briefing, profile=replace(briefing.profile, crews=EVERY))
    requests = Reader().requests(briefing)
    assert shown(requests) == wanted
    assert all(
        request.crew is CrewName.SCHEDULING
        for request in requests
        if request.intent in (Intent.ANSWER, Intent.YES, Intent.NO)
    )


def test_a_yes_with_a_change_is_an_answer_that_says_so(brief: Brief) -> None:
    briefing = brief("sim, mas duas unidades", memory=asking(CrewName.SALES, "buy", "yes"))
    (request,) = Reader().requests(briefing)
    assert (request.intent, request.assent) == (Intent.ANSWER, Assent.CHANGE)


def test_a_pressed_button_answers_the_open_question(brief: Brief) -> None:
    pressed = Message(5, Author.CUSTOMER, "", NOW, chosen=Choice("Sexta, 15h", "slot:3"))
    briefing = brief(pressed, memory=asking(CrewName.SALES, "buy", "slot"))
    (request,) = Reader().requests(briefing)
    assert (request.intent, request.crew, request.chosen) == (Intent.ANSWER, CrewName.SALES, "slot:3")


def test_what_no_crew_of_the_business_does_goes_to_people(brief: Brief) -> None:
    (request,) = Reader().requests(brief("quero marcar manicure pra sexta"))
    assert (request.intent, request.crew) == (Intent.BOOK, None)


def test_a_request_names_the_message_in_which_it_stands(brief: Brief) -> None:
    price, hours = Reader().requests(brief("qto custa o batom?", "que horas vcs abrem?"))
    assert (price.message_id, hours.message_id) == (100, 101)


def test_sentences_of_a_business_are_learned(brief: Brief) -> None:
    briefing = brief("rola um zum na laje")
    own = {
        "loyalty": ("rola zum na laje", "tem zum na laje?", "faz zum na laje", "quero saber do zum na laje")
    }
    taught = replace(briefing, profile=replace(briefing.profile, examples=own))
    assert Reader().requests(taught)[0].intent is Intent.LOYALTY


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "👍",
        "\u200b\u200d",
        "שלום, כמה זה עולה",
        "'; DROP TABLE orders; --",
        "{{ 7*7 }}",
        "a" * 20_000,
    ],
)
def test_a_text_that_means_ill_is_read_without_harm(brief: Brief, text: str) -> None:
    assert Reader().requests(brief(text))
    assert understand(text, now=NOW)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert understand(text, now=NOW)
