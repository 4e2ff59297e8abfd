from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.understanding.fragments import fragments_of
from chatwootai.crews.understanding.words import fold, norms_of, singular

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("loções", "locao"),
        ("mãos", "mao"),
        ("cabelos", "cabelo"),
        ("batons", "batom"),
        ("colares", "colar"),
        ("capilares", "capilar"),
        ("faciais", "facial"),
        ("pincéis", "pincel"),
        ("lençóis", "lencol"),
        ("gás", "gas"),
        ("shampoo", "shampoo"),
    ],
)
def test_a_plural_finds_its_singular(plural: str, one: str) -> None:
    assert singular(fold(plural)) == one


@pytest.mark.parametrize(
    ("written", "norm"),
    [
        ("300ml", "300ml"),
        ("300 ML", "300ml"),
        ("1 litro", "1000ml"),
        ("um litro", "1000ml"),
        ("1L", "1000ml"),
        ("1,5 l", "1500ml"),
        ("meio litro", "500ml"),
        ("2 kg", "2000g"),
        ("1,80 m", "180cm"),
    ],
)
def test_a_size_is_the_same_however_it_is_written(written: str, norm: str) -> None:
    assert norms_of(written) == (norm,)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("qto custa p/ vc hj", "quanto custa para voce hoje"),
        ("oq vcs tem", "o que voces tem"),
        ("oiiiii", "oi"),
        ("é", "eh"),
        ("orario do atendiment", "horario do atendimento"),
        ("batom preto", "batom preto"),
        ("sabão", "sabao"),
    ],
)
def test_chat_spelling_is_read_and_innocent_words_are_left_alone(written: str, meant: str) -> None:
    assert " ".join(norms_of(written)) == meant


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(norm for norm in norms_of(text))
    assert all(fragment.words for fragment in fragments_of(text))


@given(st.text(max_size=200))
def test_a_quotation_carries_no_markup_and_no_template(text: str) -> None:
    said = quoted(text)
    assert len(said) <= 44
    assert not set(said) & set("*_`{}[]()<>#$%&@:\n")


def test_a_stated_quantity_is_not_repeated() -> None:
    assert quoted("caixa com 12 unidades") == "isso"
