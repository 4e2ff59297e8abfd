from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.channels.splitting import split, utf8_size

pytestmark = pytest.mark.unit

WORDS = st.sampled_from(
    [
        "R$ 39,90",
        "R$ 1.299,00",
        "https://loja.example/p/12?a=b",
        "300 ml",
        "temos",
        "ação.",
        "Sim!",
        "**Shampoo de Coco**",
        "\n\n",
        "\n",
        "😊",
        "Av. Brasil",
        "é",
    ]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(TEXTS, st.integers(min_value=40, max_value=200))
def test_the_pieces_together_say_the_text(text: str, limit: int) -> None:
    assert squeezed("".join(split(text, limit))) == squeezed(text)


@given(st.text(max_size=400), st.integers(min_value=4, max_value=50))
def test_any_text_keeps_the_limit_and_leaves_no_blank_piece(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(len(piece) <= limit and piece.strip() for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(text)


@given(st.text(max_size=400), st.integers(min_value=4, max_value=50))
def test_bytes_keep_the_limit_too(text: str, limit: int) -> None:
    assert all(utf8_size(piece) <= limit for piece in split(text, limit, utf8_size))


@given(TEXTS, st.integers(min_value=40, max_value=120))
def test_no_price_link_quantity_or_bold_name_is_torn(text: str, limit: int) -> None:
    pieces = split(text, limit)
    for whole in (
        "R$ 39,90",
        "R$ 1.299,00",
        "https://loja.example/p/12?a=b",
        "300 ml",
        "**Shampoo de Coco**",
    ):
        assert sum(piece.count(whole) for piece in pieces) == text.count(whole)


def test_a_sentence_end_is_preferred_to_a_later_word() -> None:
    assert split("Temos sim. Custa pouco e chega hoje", 24) == ("Temos sim.", "Custa pouco e chega hoje")


def test_an_abbreviation_ends_no_sentence() -> None:
    assert split("Estamos na Av. Paulista em frente ao parque", 24) == (
        "Estamos na Av. Paulista",
        "em frente ao parque",
    )


def test_a_paragraph_is_preferred_to_a_sentence() -> None:
    assert split("Oi. Tudo bem.\n\nSim. E agora vamos", 26) == ("Oi. Tudo bem.", "Sim. E agora vamos")


def test_a_blank_text_has_no_pieces() -> None:
    assert split(" \n ", 10) == ()


def test_a_word_longer_than_the_limit_is_cut_through() -> None:
    assert split("a" * 25, 10) == ("a" * 10, "a" * 10, "a" * 5)
