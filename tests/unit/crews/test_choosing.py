"""What presses the button of a proposal, and what only looks like it (promise P7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatwootai.crews.dialogues.answers import remembered
from chatwootai.crews.dialogues.assenting import answer_to
from chatwootai.crews.dialogues.choosing import chosen_plainly
from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.requests import Assent
from chatwootai.hub.yes import no_value, yes_value

pytestmark = pytest.mark.unit

CHOICES = (Choice("Sim, confirmar R$ 90,72", yes_value("p1")), Choice("Agora não", no_value("p1")))
MEMORY = remembered(CHOICES)


def message(text: str, chosen: Choice | None = None) -> Message:
    return Message(1, Author.CUSTOMER, text, datetime(2026, 11, 25, tzinfo=UTC), chosen=chosen)


@pytest.mark.parametrize(
    "text", ["1", " 1 ", "1️⃣", "opção 1", "sim, confirmar r$ 90,72", "Sim, confirmar R$ 90,72"]
)
def test_a_bare_number_or_the_title_presses_the_button(text: str) -> None:
    assert chosen_plainly(message(text), MEMORY) == yes_value("p1")
    assert answer_to("p1", message(text), MEMORY) is Assent.YES


@pytest.mark.parametrize("text", ["quero 1", "pode ser 1", "1 e 2", "a primeira", "quero a primeira"])
def test_what_may_be_a_quantity_or_something_else_is_no_yes(text: str) -> None:
    assert chosen_plainly(message(text), MEMORY) == ""
    assert answer_to("p1", message(text), MEMORY) is Assent.CHANGE


def test_a_form_tells_its_own_value() -> None:
    pressed = message("Confirma?", CHOICES[0])
    assert answer_to("p1", pressed, {}) is Assent.YES
    assert answer_to("p2", pressed, {}) is None
    assert answer_to("p1", message("Confirma?", CHOICES[1]), {}) is Assent.NO


def test_without_choices_her_words_count() -> None:
    assert chosen_plainly(message("sim"), {}) is None
    assert answer_to("p1", message("sim"), {}) is Assent.YES
    assert answer_to("p1", message("não"), MEMORY) is Assent.NO
