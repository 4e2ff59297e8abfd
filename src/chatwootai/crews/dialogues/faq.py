"""Questions that the profile answers: found by the words they share with what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from chatwootai.crews.understanding.vocabulary import FILLERS
from chatwootai.crews.understanding.words import norms_of, singular
from chatwootai.domain.profiles import Faq

ALIKE = 86
"""Likeness (0 to 100) from which it is the same question."""
FEWEST = 2
"""Telling words that must be in common: one alone ("nota", "produto") means many things."""


def answered_by(text: str, faq: Sequence[Faq]) -> Faq | None:
    """The question of the profile that a text asks, None where it is not surely one of them."""
    asked = _telling(text)
    best: tuple[float, Faq] | None = None
    for each in faq:
        for question in each.questions:
            words = _telling(question)
            if len(asked & words) < min(FEWEST, len(words)):
                continue
            score = fuzz.token_sort_ratio(" ".join(sorted(asked)), " ".join(sorted(words)))
            covered = 100 * len(asked & words) / len(words)
            score = max(score, covered - 4 * len(asked - words))
            if best is None or score > best[0]:
                best = (score, each)
    return best[1] if best and best[0] >= ALIKE else None


def _telling(text: str) -> set[str]:
    return {singular(norm) for norm in norms_of(text)} - FILLERS
