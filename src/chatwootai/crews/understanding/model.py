"""A linear model of intents, which judges a whole text and each of its parts for nearly the same price.

The vector of a text is the sum over its pieces (words, pairs of neighbours, cues), divided by the root of the
sum of their squared lengths: nearly the usual normalisation, but one that a part takes from cumulated sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chatwootai.crews.understanding.features import BOUNDARY, cue_spans, pair_features, word_features
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Intent

Vector = NDArray[np.float64]
Places = NDArray[np.int64]
Weighed = tuple[Vector, float]
"""What a piece adds to the score of each intent, and the square of its length."""

MOST_KNOWN: Final = 20_000
"""Pieces kept with their scores; customers make up new words without end."""


@dataclass(frozen=True, slots=True)
class IntentModel:
    """`coefficients` has one row per feature, one column per class of `intents`."""

    intents: tuple[Intent, ...]
    places: Mapping[str, int]
    rarity: Vector
    coefficients: Vector
    intercepts: Vector
    _known: dict[tuple[str, ...], Weighed] = field(default_factory=dict, repr=False, compare=False)

    def probabilities(self, text: str) -> Vector:
        """Of each of `intents`, for the whole of a text."""
        norms = norms_of(text)
        return np.asarray(self.read(norms).parts(np.array([0]), np.array([len(norms)]))[0])

    def read(self, norms: Sequence[str]) -> Reading:
        """A text, any part of which can be judged."""
        return Reading(
            self.intercepts,
            _cumulated([self.weighed(word_features(norm)) for norm in norms], len(self.intents)),
            _cumulated(
                [
                    self.weighed(pair_features(norms[place - 1], norm) if place else ())
                    for place, norm in enumerate(norms)
                ],
                len(self.intents),
            ),
            _listed([self.weighed(pair_features(BOUNDARY, norm)) for norm in norms], len(self.intents)),
            _listed([self.weighed(pair_features(norm, BOUNDARY)) for norm in norms], len(self.intents)),
            tuple((start, end, *self.weighed((name,))) for name, start, end in cue_spans(norms)),
        )

    def weighed(self, features: tuple[str, ...]) -> Weighed:
        """What these features add; kept, for words come again."""
        known = self._known.get(features)
        if known is None:
            known = self._weighed(features)
            if len(self._known) < MOST_KNOWN:
                self._known[features] = known
        return known

    def _weighed(self, features: tuple[str, ...]) -> Weighed:
        rows = [self.places[feature] for feature in features if feature in self.places]
        rarity = self.rarity[rows]
        return np.asarray(rarity @ self.coefficients[rows]), float(rarity @ rarity)


_Table = tuple[Vector, Vector]
"""Scores by place and intent, and squared lengths by place."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The pieces of one text. `words` and `pairs` are cumulated; a pair stands at its second word."""

    intercepts: Vector
    words: _Table
    pairs: _Table
    first: _Table
    last: _Table
    cues: tuple[tuple[int, int, Vector, float], ...]

    def parts(self, starts: Places, ends: Places) -> Vector:
        """The probabilities of each intent (columns) for each part (rows); the end of a part is exclusive."""
        filled = ends > starts
        scores = np.zeros((len(starts), len(self.intercepts)))
        squares = np.zeros(len(starts))
        start, end = starts[filled], ends[filled]
        scores[filled] = (
            self.words[0][end]
            - self.words[0][start]
            + self.pairs[0][end]
            - self.pairs[0][start + 1]
            + self.first[0][start]
            + self.last[0][end - 1]
        )
        squares[filled] = (
            self.words[1][end]
            - self.words[1][start]
            + self.pairs[1][end]
            - self.pairs[1][start + 1]
            + self.first[1][start]
            + self.last[1][end - 1]
        )
        for begins, stops, weights, square in self.cues:
            held = (starts <= begins) & (ends >= stops)
            scores[held] += weights
            squares[held] += square
        lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
        return softmax(scores / lengths[:, None] + self.intercepts)


def softmax(scores: Vector) -> Vector:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _listed(pieces: Sequence[Weighed], width: int) -> _Table:
    weights = np.array([weight for weight, _ in pieces]).reshape(len(pieces), width)
    return weights, np.array([square for _, square in pieces])


def _cumulated(pieces: Sequence[Weighed], width: int) -> _Table:
    weights, squares = _listed(pieces, width)
    before = np.zeros((len(pieces) + 1, width))
    np.cumsum(weights, axis=0, out=before[1:])
    return before, np.concatenate(([0.0], np.cumsum(squares)))
