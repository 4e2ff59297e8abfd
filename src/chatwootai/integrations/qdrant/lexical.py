"""Passages and questions as two sparse vectors, weighted as BM25 does.

`w` holds the stems of words, `g` the pieces of three to five letters of each word as it sounds: typos
break a stem and leave most pieces. How rare a term is in the account's passages is Qdrant's part (modifier
IDF). Measured in November 2026 on WhatsApp-style questions: both fused find more than either, and more than
English embeddings.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatwootai.domain.knowledge import Passage
from chatwootai.integrations.qdrant.spelling import sound, stem, words_of
from chatwootai.integrations.qdrant.thesaurus import meant

WORDS, PIECES = "w", "g"
_SATURATION = 1.2
_LENGTH_SHARE = 0.3
"""BM25's b: low, because a passage with many aliases is no less about its subject than one with few."""
_TITLE_WEIGHT, _TEXT_WEIGHT, _ALIAS_WEIGHT, _CATEGORY_WEIGHT = 5.0, 0.7, 1.0, 0.5
_MEANT_WEIGHT = 0.5
"""Of what the thesaurus adds to a question, beside the 1 of her own words."""
_AVERAGE_LENGTH = {WORDS: 20.0, PIECES: 260.0}
"""Weighted terms of a passage in the sample shops. A constant, so that one passage's weights do not depend on
the others': BM25 is insensitive to it."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse vector: `indices` are each there once, in order."""

    indices: Sequence[int]
    values: Sequence[float]


def passage_vectors(passage: Passage) -> dict[str, Sparse]:
    """The vectors of a passage by name; title and aliases count."""
    words: Counter[str] = Counter()
    parts = [
        (passage.title, _TITLE_WEIGHT),
        (passage.category, _CATEGORY_WEIGHT),
        (passage.text, _TEXT_WEIGHT),
    ]
    parts += [(alias, _ALIAS_WEIGHT) for alias in passage.aliases]
    for text, weight in parts:
        for word in words_of(text):
            words[word] += weight  # type: ignore[assignment]  # a Counter of shares
    return _named(_weighted(_summed(_stems(words)), WORDS), _weighted(_summed(_pieces(words)), PIECES))


def question_vectors(text: str) -> dict[str, Sparse]:
    """The vectors of a question by name; empty where it has no words."""
    words = dict.fromkeys(words_of(text), 1.0)
    words |= dict.fromkeys(meant(words), _MEANT_WEIGHT)
    return _named(_greatest(_stems(words)), _greatest(_pieces(words)))


Terms = Iterator[tuple[str, float]]


def _stems(words: Mapping[str, float]) -> Terms:
    return ((stem(word), weight) for word, weight in words.items())


def _pieces(words: Mapping[str, float]) -> Terms:
    return ((piece, weight) for word, weight in words.items() for piece in pieces(sound(word)))


def pieces(word: str) -> Iterable[str]:
    """Every run of three to five letters, the word's borders included."""
    bordered = f"<{word}>"
    for size in (3, 4, 5):
        for start in range(len(bordered) - size + 1):
            yield bordered[start : start + size]


def _summed(terms: Iterable[tuple[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for term, weight in terms:
        total[term] = total.get(term, 0.0) + weight
    return total


def _greatest(terms: Iterable[tuple[str, float]]) -> dict[str, float]:
    """A term that two words of a question share is asked for once."""
    best: dict[str, float] = {}
    for term, weight in terms:
        best[term] = max(best.get(term, 0.0), weight)
    return best


def _weighted(counts: Mapping[str, float], name: str) -> dict[str, float]:
    length = sum(counts.values())
    floor = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _AVERAGE_LENGTH[name])
    return {term: count * (_SATURATION + 1) / (count + floor) for term, count in counts.items()}


def _named(words: Mapping[str, float], pieces_: Mapping[str, float]) -> dict[str, Sparse]:
    vectors = {WORDS: _sparse(words), PIECES: _sparse(pieces_)}
    return {name: vector for name, vector in vectors.items() if vector.indices}


def _sparse(weights: Mapping[str, float]) -> Sparse:
    # Two terms of one number are rarer than one in ten thousand questions, and then only add up.
    numbered: dict[int, float] = {}
    for term, weight in weights.items():
        number = zlib.crc32(term.encode())
        numbered[number] = numbered.get(number, 0.0) + weight
    ordered = sorted(numbered)
    return Sparse(ordered, [numbered[number] for number in ordered])
