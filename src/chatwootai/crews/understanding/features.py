"""What a model of intents sees of a sentence: words, stems, letters, pairs, concepts and cues.

Every feature belongs to a word, to a pair of neighbours or to a cue, so that the score of any part of a
message is a sum over its words: a message is cut into requests by comparing all its parts cheaply.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import Stemmer  # type: ignore[import-not-found]  # a C extension without types

from chatwootai.crews.understanding import cues
from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.themes import PATTERNS, Theme
from chatwootai.domain.crews import Intent

SHORTEST, LONGEST = 2, 5
"""Letters of the parts of a word that count."""
BOUNDARY: Final = "^"
"""Stands before the first and after the last word."""

CUES: Final[dict[str, re.Pattern[str]]] = {
    Intent.BUSINESS_HOURS.value: cues.HOURS,
    Intent.ADDRESS.value: cues.ADDRESS,
    Intent.PERSON.value: cues.PERSON,
    Intent.PRICE.value: cues.PRICE,
    Intent.STOCK.value: cues.STOCK,
    "threat": cues.THREATS,
    "want": cues.WANT,
    Intent.IDENTITY.value: cues.IDENTITY,
    Intent.GREETING.value: cues.GREETING,
    Intent.THANKS.value: cues.THANKS,
    Intent.GOODBYE.value: cues.GOODBYE,
    **{f"theme {theme.value}": pattern for theme, pattern in PATTERNS.items() if theme is not Theme.OTHER},
}

_stemmer = Stemmer.Stemmer("portuguese")


@lru_cache(maxsize=16384)
def stem_of(norm: str) -> str:
    return str(_stemmer.stemWord(norm))


@lru_cache(maxsize=16384)
def shape_of(norm: str) -> str:
    """A word as its neighbours see it: its concept, or else its stem."""
    concept = concept_of(norm)
    return f"<{concept}>" if concept else stem_of(norm)


@lru_cache(maxsize=16384)
def word_features(norm: str) -> tuple[str, ...]:
    """The features of one word. Figures are nothing but their kind."""
    shape = shape_of(norm)
    if norm[0].isdigit():
        return (shape,)
    padded = f" {norm} "
    grams = {
        f"g{padded[start : start + length]}"
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(padded) - length + 1)
    }
    own = {f"w{norm}", f"s{stem_of(norm)}"}
    return tuple(sorted({shape, *own, *grams}))


@lru_cache(maxsize=32768)
def pair_features(first: str, second: str) -> tuple[str, ...]:
    """The features of two neighbours; either may be `BOUNDARY`."""
    left = first if first == BOUNDARY else shape_of(first)
    right = second if second == BOUNDARY else shape_of(second)
    return (f"p{left}_{right}",)


def cue_spans(norms: Sequence[str]) -> tuple[tuple[str, int, int], ...]:
    """Each cue among the words, with the places of its first word and after its last."""
    spoken = " ".join(norms)
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    position = 0
    for place, norm in enumerate(norms):
        starts[position] = place
        ends[position + len(norm)] = place + 1
        position += len(norm) + 1
    found: list[tuple[str, int, int]] = []
    for name, pattern in CUES.items():
        for match in pattern.finditer(spoken):
            start, end = starts.get(match.start()), ends.get(match.end())
            if start is not None and end is not None:
                found.append((f"q{name}", start, end))
    return tuple(found)
