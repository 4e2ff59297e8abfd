"""`sentences.tsv` holds what customers write and what they want: text, tab, requests.

" / " parts the messages of one burst, "=" gives the product as she named it, and "bare" is a phrase that only
the catalogue can tell to be a product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chatwootai.crews.understanding.belonging import CREW_OF
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]
SENTENCES = [
    line.split("\t") for line in (Path(__file__).parent / "sentences.tsv").read_text("utf-8").splitlines()
]
PRODUCTS: Memory = {"choices": ["product:1", "product:2", "product:3"], "intent": "price", "awaiting": 1}


def shown(requests: tuple[Request, ...]) -> str:
    return "; ".join(
        ("bare" if request.intent is Intent.UNKNOWN and request.crew else request.intent.value)
        + (f"={request.mention}" if request.mention else "")
        for request in requests
    )


def understood(briefing: Briefing) -> str:
    return shown(Reader().requests(briefing))


@pytest.mark.parametrize(("said", "wanted"), SENTENCES, ids=[said for said, _ in SENTENCES])
def test_what_a_customer_writes_is_understood(brief: Brief, said: str, wanted: str) -> None:
    assert understood(brief(*said.split(" / "))) == wanted


def test_every_request_names_the_crew_that_answers_it(brief: Brief) -> None:
    for said, _ in SENTENCES:
        for request in Reader().requests(brief(*said.split(" / "))):
            crew = CREW_OF.get(request.intent)
            if request.intent is Intent.UNKNOWN:
                assert request.crew in (None, CrewName.SALES)
            else:
                assert request.crew is (None if crew is CrewName.SCHEDULING else crew)


def test_the_same_briefing_gives_the_same_requests(brief: Brief) -> None:
    briefing = brief("oi", "qto custa o shampoo de coco", "vcs abrem sábado?")
    assert Reader().requests(briefing) == Reader().requests(briefing)


@pytest.mark.parametrize(
    ("said", "memory", "wanted"),
    [
        ("e o condicionador?", {"intent": "price"}, "price=condicionador"),
        ("e o de 1 litro?", {"intent": "stock"}, "stock=de 1 litro"),
        ("e quanto custa?", {"intent": "stock", "products": [1]}, "price"),
        ("tem em estoque?", {"intent": "price", "products": [1]}, "stock"),
        ("o shampoo de coco", {"intent": "price", "awaiting": 1}, "price=shampoo de coco"),
        ("shampoo de coco", {"intent": "price"}, "bare=shampoo de coco"),
        ("e domingo?", {"topic": "business_hours"}, "business_hours"),
        ("e no feriado?", {"topic": "business_hours"}, "business_hours"),
        ("e domingo?", {"topic": "sales"}, "unknown"),
    ],
)
def test_a_follow_up_is_completed_from_memory(brief: Brief, said: str, memory: Memory, wanted: str) -> None:
    assert understood(brief(said, memory=memory)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("2", "price=product:2"),
        ("2️⃣", "price=product:2"),
        ("*2*", "price=product:2"),
        ("opção 2", "price=product:2"),
        ("a segunda", "price=product:2"),
        ("segunda opção por favor", "price=product:2"),
        ("o primeiro", "price=product:1"),
        ("quero a 3", "price=product:3"),
        ("a última", "price=product:3"),
        ("1 e 3", "price=product:1; price=product:3"),
        ("Batom Rosa", "price=product:2"),
        ("batom rosá", "price=product:2"),
        ("product:2", "price=product:2"),
        ("7", "unknown"),
        ("vcs abrem na segunda?", "business_hours"),
    ],
)
def test_an_answer_to_offered_choices_is_understood(brief: Brief, said: str, wanted: str) -> None:
    memory = {**PRODUCTS, "choice_titles": ["Batom Vermelho", "Batom Rosa", "Batom Nude"]}
    assert understood(brief(said, memory=memory)) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("preco", "price"),
        ("horario", "business_hours"),
        ("pessoa", "person"),
        ("product:9", "stock=product:9"),
    ],
)
def test_a_button_of_the_web_widget_is_understood_whatever_was_offered_last(
    brief: Brief, value: str, wanted: str
) -> None:
    pressed = Message(5, Author.CUSTOMER, "", brief("oi").now, chosen=Choice("Um título", value))
    assert understood(brief(pressed)) == wanted


def test_a_number_without_an_offer_is_not_understood(brief: Brief) -> None:
    assert understood(brief("2")) == "unknown"


@pytest.mark.parametrize("kind", ["audio", "image", "video", "file", "location"])
def test_a_message_without_text_is_unknown_to_every_crew(brief: Brief, kind: str) -> None:
    heard = Message(5, Author.CUSTOMER, "", brief("oi").now, attachments=(kind,))
    (request,) = Reader().requests(brief(heard))
    assert (request.intent, request.crew) == (Intent.UNKNOWN, None)


def test_text_beside_an_attachment_is_understood(brief: Brief) -> None:
    shown_one = Message(5, Author.CUSTOMER, "qto custa esse?", brief("oi").now, attachments=("image",))
    assert understood(brief(shown_one)) == "price"


def test_yes_to_an_offered_person_wants_one(brief: Brief) -> None:
    earlier = Message(90, Author.CUSTOMER, "vcs entregam?", brief("oi").now)
    briefing = brief("sim, por favor", memory={"offered_person": 90}, history=(earlier,))
    assert understood(briefing) == "person"
    assert understood(replace(briefing, memory={"offered_person": 12})) != "person"


def test_a_flood_of_words_is_read_only_so_far(brief: Brief) -> None:
    assert understood(brief("oi " * 5000 + "quanto custa o batom")) == "greeting"
