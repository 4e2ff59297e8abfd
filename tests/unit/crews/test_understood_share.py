"""No change may make the reading of strangers' sentences worse: floors a little below what was measured."""

from __future__ import annotations

import pytest
from bench.understanding import accuracy, coverage_at, exact_and_f1, intents_of

from chatwootai.crews.understanding.examples import examples_with
from chatwootai.crews.understanding.learning import features_of, learned, matrix_of
from chatwootai.domain.crews import Intent

pytestmark = pytest.mark.unit


def test_intents_of_strangers_are_understood_as_often_as_before() -> None:
    messages, _ = intents_of("intents_a", "intent")
    answered, right = accuracy(messages)
    assert answered >= 0.90
    assert right >= 0.95
    assert coverage_at(messages, 0.97) >= 0.85


def test_several_requests_in_a_message_are_told_apart_as_often_as_before() -> None:
    messages, _ = intents_of("several", "intents")
    exact, f1 = exact_and_f1(messages)
    assert exact >= 0.85
    assert f1 >= 0.94


def test_the_quick_judgement_is_that_of_the_learned_machine() -> None:
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # comes without types

    from chatwootai.crews.understanding.learning import INVERSE_PENALTY

    examples = {
        intent: examples_with({})[intent][:40] for intent in (Intent.PRICE, Intent.BOOK, Intent.ORDER_STATUS)
    }
    model = learned(examples)
    documents = [features_of(text) for intent in model.intents for text in examples[intent]]
    labels = [place for place, intent in enumerate(model.intents) for _ in examples[intent]]
    matrix = matrix_of(documents, model.places, model.rarity)
    machine = LinearSVC(C=INVERSE_PENALTY, random_state=0).fit(matrix, labels)
    strange = ["quanto custa o corte?", "cadê meu pedido 4410", "quero marcar pra sexta às 15h", "oi"]
    judged = [model.probabilities(text).argmax() for text in strange]
    wanted = machine.predict(matrix_of([features_of(text) for text in strange], model.places, model.rarity))
    assert judged == wanted.tolist()


def test_the_same_sentences_are_learned_once() -> None:
    examples = {Intent.PRICE: ("quanto custa?", "qual o valor?"), Intent.STOCK: ("tem batom?", "tem gloss?")}
    assert learned(examples) is learned(dict(examples))
