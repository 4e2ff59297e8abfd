"""Portuguese made comparable, and passages and questions as sparse vectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.knowledge import Passage, PassageKind
from chatwootai.integrations.qdrant.lexical import PIECES, WORDS, passage_vectors, pieces, question_vectors
from chatwootai.integrations.qdrant.spelling import fold, sound, stem, words_of
from chatwootai.integrations.qdrant.thesaurus import meant
from chatwootai.integrations.qdrant.vocabulary import SPELLED_OUT, STOP_WORDS

pytestmark = pytest.mark.unit

TEXTS = st.text(max_size=200) | st.text(alphabet="aáãâçcçõhqurslmnoxz '-0123456789,.\u200b", max_size=60)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_any_text_has_vectors_of_positive_weights_each_index_once_and_in_order(text: str) -> None:
    passage = Passage("faq:1", PassageKind.FAQ, text, text, aliases=(text,))
    for vectors in (question_vectors(text), passage_vectors(passage)):
        for vector in vectors.values():
            assert list(vector.indices) == sorted(set(vector.indices))
            assert len(vector.indices) == len(vector.values) > 0
            assert all(0 <= index < 2**32 for index in vector.indices)
            assert all(value > 0 for value in vector.values)


@given(TEXTS)
def test_a_question_and_a_passage_of_the_same_words_share_their_terms(text: str) -> None:
    asked, told = question_vectors(text), passage_vectors(Passage("faq:1", PassageKind.FAQ, text))
    for name in told:
        assert set(told[name].indices) <= set(asked[name].indices)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("loção", "loções"),
        ("hidratação", "hidratações"),
        ("capilar", "capilares"),
        ("corporal", "corporais"),
        ("troca", "trocar"),
        ("shampoo", "shampoos"),
        ("protetor", "protetores"),
        ("grátis", "gratis"),
    ],
)
def test_words_of_one_stem(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


def test_short_words_are_not_cut_until_they_mean_something_else() -> None:
    assert stem("coco") != stem("cocando")
    assert stem("mesas") == stem("mesa")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xampu", "shampoo"),
        ("limpesa", "limpeza"),
        ("jel", "gel"),
        ("acido ialuronico", "acido hialuronico"),
        ("quilo", "kilo"),
        ("colxao", "colchao"),
        ("condisionador", "condicionador"),
        ("retinou", "retinol"),
        ("linpo", "limpo"),
    ],
)
def test_words_of_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_abbreviations_are_spelled_out_and_empty_words_left_out() -> None:
    assert words_of("Qto custa o cond. de coco?") == ["quanto", "custa", "condicionador", "coco"]
    assert words_of("RX de tórax") == ["raio", "torax"]
    assert words_of("Sérum 10% 30 ml") == ["serum", "10", "30", "ml"]


def test_only_empty_words_are_no_question() -> None:
    for text in ("", "o que é isso?", "😀", "\u200b\u202e", "?!"):
        assert question_vectors(text) == {}


def test_tables_are_folded() -> None:
    for word in [*SPELLED_OUT, *STOP_WORDS, *(word for words in SPELLED_OUT.values() for word in words)]:
        assert fold(word) == word
        assert word.isascii()


def test_a_title_weighs_more_than_a_text() -> None:
    titled = passage_vectors(Passage("faq:1", PassageKind.FAQ, "sabonete", "abacate"))[WORDS]
    by_index = dict(zip(titled.indices, titled.values, strict=True))
    (title,) = question_vectors("sabonete")[WORDS].indices
    (text,) = question_vectors("abacate")[WORDS].indices
    assert by_index[title] > by_index[text]


def test_a_question_is_asked_in_the_words_of_shops_too() -> None:
    assert "cardiologia" in meant(words_of("médico do coração"))
    assert "dermatologia" in meant(words_of("medicos de pele"))
    assert "cardiologia" not in meant(words_of("médico de pele"))
    assert meant(words_of("batom vermelho")) == []


@given(TEXTS)
def test_what_is_meant_repeats_no_word(text: str) -> None:
    words = words_of(text)
    others = meant(words)
    assert len(set(others)) == len(others)
    assert not set(others) & set(words)


def test_a_typo_keeps_most_pieces() -> None:
    right, wrong = (
        set(question_vectors(text)[PIECES].indices) for text in ("espreguicadeira", "espriguicadeira")
    )
    assert len(right & wrong) > len(right) / 2


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert list(pieces("gel")) == ["<ge", "gel", "el>", "<gel", "gel>", "<gel>"]
