"""How likely one word is meant by another: misspelt, misheard, shortened, or of the same root."""

from __future__ import annotations

from rapidfuzz.distance import OSA, Prefix

ALIKE = 0.79
"""Likeness (1 is the same) from which one word may stand for another: at most one letter of five is wrong."""
ROOT = 0.8
"""Share of the shorter word from which a common beginning is a common root ("cacheado", "cachos")."""
HALF = 0.5
"""Share of the longer word that a common root must make up: "oleosidade" is no "óleo"."""
ENDING = 0.55
"""The same for a common ending: "ração" is no "coloração"."""
STEM = 0.7
"""Share of a longer word that its stem in the catalogue must make up."""
SHORTEST = 4
"""Letters; below that too many words are alike by chance."""


def word_likeness(term: str, heard: str, known: str, known_sound: str) -> float:
    """0 to 1; `heard` and `known_sound` are how both words sound."""
    if heard == known_sound:
        return 0.97
    shorter = min(len(term), len(known))
    if len(term) > max(SHORTEST, ENDING * len(known)) and known.endswith(term):
        return 0.85
    if shorter < SHORTEST:
        return 0.0
    if known.startswith(term) or (term.startswith(known) and len(known) >= STEM * len(term)):
        return 0.85
    if Prefix.similarity(term, known) >= max(SHORTEST, ROOT * shorter, HALF * max(len(term), len(known))):
        return 0.8
    if heard[:1] != known_sound[:1]:
        return 0.0  # who mistypes begins right: a "panela" is no "janela"
    spelled = float(OSA.normalized_similarity(term, known, score_cutoff=ALIKE))
    spoken = float(OSA.normalized_similarity(heard, known_sound, score_cutoff=ALIKE)) * 0.97
    return max(spelled, spoken)
