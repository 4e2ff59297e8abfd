"""Learning a model of intents from example sentences, when the process starts.

One linear support vector machine for each intent over the features of `features`, each weighed by its rarity:
a third of a second for 1,700 sentences, where a multinomial regression takes two and is no better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from chatwootai.crews.understanding.features import BOUNDARY, cue_spans, pair_features, word_features
from chatwootai.crews.understanding.keeping import keep, kept, key_of
from chatwootai.crews.understanding.model import IntentModel, Vector
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Intent

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # comes without types

Examples = Mapping[Intent, Sequence[str]]

INVERSE_PENALTY: Final = 2.0
SHARPNESS: Final = 4.0
"""Times a margin, before it becomes a probability. Both were chosen by cross-validation over the examples."""
CUE_WEIGHT: Final = 2.0
PAIR_WEIGHT: Final = 1.5
STRANGE_WEIGHT: Final = 2
"""Of sentences that are out of scope: a wrong answer to one is worse than a question to another."""
RAREST: Final = 2
"""Features that fewer examples have are left out: typing errors teach nothing."""

_models: dict[str, IntentModel] = {}


def learned(examples: Examples, folder: Path | None = None) -> IntentModel:
    """The model of these sentences; the same sentences give the same model, learned once in a process.

    With a `folder` it is learned once for every process that names it.
    """
    key = key_of(examples)
    if key not in _models:
        model = kept(folder, key) if folder else None
        if model is None:
            model = learn(examples)
            if folder:
                keep(folder, key, model)
        _models[key] = model
    return _models[key]


def learn(examples: Examples) -> IntentModel:
    """A new model. Raises ValueError for fewer than two intents with sentences."""
    # Imported here: a second, which only those shall pay who read customers.
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # comes without types

    intents = tuple(sorted(intent for intent in examples if examples[intent]))
    documents = [features_of(text) for intent in intents for text in examples[intent]]
    labels = [place for place, intent in enumerate(intents) for _ in examples[intent]]
    spread = Counter(feature for document in documents for feature in set(document))
    kept = sorted(feature for feature, count in spread.items() if count >= RAREST)
    places = {feature: place for place, feature in enumerate(kept)}
    rarity = np.array([_rarity(feature, spread[feature], len(documents)) for feature in kept])
    weights = {
        place: STRANGE_WEIGHT if intent is Intent.UNKNOWN else 1 for place, intent in enumerate(intents)
    }
    machine = LinearSVC(C=INVERSE_PENALTY, class_weight=weights, random_state=0)
    machine.fit(matrix_of(documents, places, rarity), labels)
    return IntentModel(
        intents,
        places,
        rarity,
        np.ascontiguousarray(machine.coef_.T) * SHARPNESS,
        machine.intercept_ * SHARPNESS,
    )


def features_of(text: str) -> list[str]:
    """All features of a text, as often as it has them."""
    norms = norms_of(text)
    framed = [BOUNDARY, *norms, BOUNDARY]
    found = [feature for norm in norms for feature in word_features(norm)]
    if norms:
        found += [feature for first, second in pairwise(framed) for feature in pair_features(first, second)]
    return found + [name for name, _, _ in cue_spans(norms)]


def matrix_of(documents: Sequence[Sequence[str]], places: Mapping[str, int], rarity: Vector) -> csr_matrix:
    """One row per document, as `IntentModel` weighs it."""
    from scipy.sparse import csr_matrix

    known = [[places[feature] for feature in document if feature in places] for document in documents]
    columns = np.fromiter(chain.from_iterable(known), dtype=np.int32)
    rows = np.repeat(np.arange(len(known)), [len(row) for row in known])
    weights = rarity[columns]
    squares = np.bincount(rows, weights=weights**2, minlength=len(known))
    lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
    return csr_matrix((weights / lengths[rows], (rows, columns)), shape=(len(known), len(places)))


def _rarity(feature: str, count: int, documents: int) -> float:
    """Cues count for more than letters: they were written with thought."""
    weight = CUE_WEIGHT if feature[0] == "q" else PAIR_WEIGHT if feature[0] == "p" else 1.0
    return weight * (log((1 + documents) / (1 + count)) + 1)
