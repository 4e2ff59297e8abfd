"""Needs, as they are read and remembered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatwootai.crews.sales.answering import stated_in
from chatwootai.crews.sales.needs import Need, after, kept, need_of, remembered, speaks_of_illness
from chatwootai.domain.catalog import Product
from chatwootai.domain.requests import Amount

pytestmark = pytest.mark.unit

TEXTS = st.text(st.characters(codec="utf-8"), max_size=200)
SAID = "o que vc indica pra pele oleosa seca até 100 reais shampoo e mais barato outro presente ? então"
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("o que vc indica pra cabelo ressecado?", "cabelo ressecado"),
        ("Oi, bom dia! tenho pele oleosa, o que vcs recomendam?", "pele oleosa"),
        ("me indica um shampoo pra cabelo loiro", "shampoo para cabelo loiro"),
        ("qual shampoo vc indica pra caspa?", "shampoo para caspa"),
        ("o que vc indica pra quem treina?", "quem treina"),
        ("mesa pra 6 pessoas", "mesa para 6 pessoas"),
        ("o que vc indica?", ""),
        ("qual vc me recomenda?", ""),
        ("um presente pra minha mãe", ""),
    ],
)
def test_what_she_needs_is_kept_in_her_words(text: str, said: str) -> None:
    assert need_of(text).said == said


def test_money_and_presents_are_no_words_of_the_need() -> None:
    need = need_of("presente pra minha mãe até 100 reais", (Amount(Decimal(100), at_most=True),))
    assert (need.words, need.gift, need.at_most) == ((), True, Decimal(100))


def test_a_follow_up_keeps_the_kind_and_the_price_of_before() -> None:
    before = need_of("me indica um sérum pra pele oleosa até 100", (Amount(Decimal(100), at_most=True),))
    need = after(need_of("e pra pele seca?"), before, {"serum"})
    assert (need.words, need.at_most) == (("serum", "pele", "seca"), Decimal(100))


def test_a_new_need_keeps_nothing() -> None:
    before = need_of("me indica um sérum até 100", (Amount(Decimal(100), at_most=True),))
    assert after(need_of("o que vc indica pra cachos?"), before, {"serum"}).at_most is None


@pytest.mark.parametrize(
    "text",
    ["sou alérgica", "estou grávida", "é pra gestante", "tomo remédio", "tenho diabetes", "tá coçando"],
)
def test_illness_is_heard(text: str) -> None:
    assert speaks_of_illness(text)


@pytest.mark.parametrize(
    "text", ["presente pra bebê recém-nascido", "almofada de bolinhas", "é hipoalergênico?", "pele oleosa"]
)
def test_what_is_no_illness_is_not_taken_for_one(text: str) -> None:
    assert not speaks_of_illness(text)


def test_a_name_is_no_illness() -> None:
    assert not speaks_of_illness(
        "a poltrona de amamentação é reclinável?", "Poltrona Amamentação com Balanço"
    )


@given(TEXTS | WORDS, st.lists(st.integers(1, 10_000), max_size=5))
@settings(max_examples=150, deadline=None)
def test_every_need_is_remembered_as_it_was(text: str, shown: list[int]) -> None:
    need = need_of(text, (Amount(Decimal("49.90"), at_most=True),))
    again, ids = remembered(kept(need, shown))
    assert again == Need(need.words, need.said, need.at_most, need.at_least, need.gift)
    assert list(ids) == shown


@given(TEXTS | WORDS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_nothing_is_stated_that_the_shop_did_not_write(question: str, description: str) -> None:
    product = Product(1, "Shampoo de Coco 300 ml", description=description)
    whole = " ".join(description.split())
    assert all(told in whole or told == product.name for told in stated_in(product, question))
