from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.channels import CHANNELS
from chatwootai.domain.conversations import ChannelKind, Choice
from chatwootai.domain.outcomes import Reply

pytestmark = pytest.mark.unit

LIMITS = {
    ChannelKind.WHATSAPP: 4096,
    ChannelKind.INSTAGRAM: 1000,
    ChannelKind.WEB_WIDGET: 10_000,
    ChannelKind.API: 10_000,
    ChannelKind.EMAIL: 10_000,
    ChannelKind.OTHER: 1600,
}


def choices(*titles: str) -> tuple[Choice, ...]:
    return tuple(Choice(title, f"v{index}") for index, title in enumerate(titles))


def test_every_kind_of_channel_has_its_channel() -> None:
    assert set(CHANNELS) == set(ChannelKind)


@pytest.mark.parametrize("kind", ChannelKind)
@given(text=st.text(alphabet="aé .\n", max_size=200), repeat=st.integers(1, 80), count=st.integers(0, 12))
def test_no_bubble_is_empty_or_too_long(kind: ChannelKind, text: str, repeat: int, count: int) -> None:
    reply = Reply(text * repeat, choices(*(f"Opção {n}" for n in range(count))))
    bubbles = CHANNELS[kind].bubbles(reply)
    assert all(bubble.text.strip() and len(bubble.text) <= LIMITS[kind] for bubble in bubbles)
    assert bool(bubbles) == bool(reply.text.strip() or reply.choices)
    assert all(not bubble.choices for bubble in bubbles[:-1])
    said = re.sub(r"\s+", "", "".join(bubble.text for bubble in bubbles))
    assert said.startswith(re.sub(r"\s+", "", reply.text))


def test_whatsapp_draws_three_short_choices_as_buttons() -> None:
    asked = choices("Preço de um produto", "Horário", "Falar com uma pessoa")
    (bubble,) = CHANNELS[ChannelKind.WHATSAPP].bubbles(Reply("O que você quer?", asked))
    assert bubble.choices == asked


def test_whatsapp_draws_ten_short_choices_as_a_list() -> None:
    asked = choices(*(f"Tamanho {n}" for n in range(10)))
    assert CHANNELS[ChannelKind.WHATSAPP].bubbles(Reply("Qual?", asked))[-1].choices == asked


@pytest.mark.parametrize(
    "asked",
    [
        choices("Sim", "Condicionador 300ml de coco"),
        choices(*(f"Tamanho {n}" for n in range(11))),
        choices("Um", "Dois", "Três", "Shampoo de Coco Nutritivo"),
        choices("Igual", "Igual"),
    ],
)
def test_whatsapp_numbers_choices_that_meta_would_refuse(asked: tuple[Choice, ...]) -> None:
    (bubble,) = CHANNELS[ChannelKind.WHATSAPP].bubbles(Reply("Qual?", asked))
    assert bubble.choices == ()
    assert bubble.text.startswith("Qual?\n\n**1** – ")


def test_what_stands_above_whatsapp_buttons_is_at_most_1024_long() -> None:
    reply = Reply("Uma frase curta. " * 100, choices("Sim", "Não"))
    bubbles = CHANNELS[ChannelKind.WHATSAPP].bubbles(reply)
    assert bubbles[-1].choices == reply.choices
    assert len(bubbles[-1].text) <= 1024


def test_numbered_lines_are_no_list_to_a_markdown_reader() -> None:
    (bubble,) = CHANNELS[ChannelKind.INSTAGRAM].bubbles(Reply("Qual?", choices("A", "B")))
    assert bubble.text == "Qual?\n\n1 – A  \n2 – B"
    assert not re.search(r"^\s*(\d+[.)]|[-*+])\s", bubble.text, re.MULTILINE)


def test_instagram_shows_no_asterisks() -> None:
    (bubble,) = CHANNELS[ChannelKind.INSTAGRAM].bubbles(Reply("O **Shampoo de Coco** custa R$ 39,90."))
    assert bubble.text == "O Shampoo de Coco custa R$ 39,90."


def test_instagram_counts_bytes() -> None:
    bubbles = CHANNELS[ChannelKind.INSTAGRAM].bubbles(Reply("ação " * 300))
    assert all(len(bubble.text.encode()) <= 1000 for bubble in bubbles)


@pytest.mark.parametrize("kind", [ChannelKind.WEB_WIDGET, ChannelKind.API])
def test_widget_and_api_are_given_the_choices_whatever_their_length(kind: ChannelKind) -> None:
    asked = choices(*(f"Um título bastante comprido de número {n}" for n in range(12)))
    assert CHANNELS[kind].bubbles(Reply("Qual?", asked))[-1].choices == asked
