"""Telling keys struck at random from words, so that "asdfgh" is never looked for in a shop."""

from __future__ import annotations

import re
from itertools import pairwise

from chatwootai.crews.understanding.words import norms_of

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
FAR = 2
"""Keys apart; nearer neighbours all along a word are no Portuguese word of four letters or more."""
SHORTEST = 4
CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
CLUSTERS = re.compile(r"[nrb]s(?:tr|cr|pl|pr)")
"""Four consonants that Portuguese does put together ("monstro", "transplante")."""


def is_gibberish(text: str) -> bool:
    """Whether every word of `text` is keys struck at random."""
    norms = [norm for norm in norms_of(text) if norm.isalpha()]
    return bool(norms) and all(_is_struck(norm) for norm in norms)


def _is_struck(word: str) -> bool:
    if len(word) < SHORTEST:
        return False
    if CONSONANTS.search(word) and not CLUSTERS.search(word):
        return True
    return any(_along(word, row) for row in ROWS)


def _along(word: str, row: str) -> bool:
    if not all(letter in row for letter in word):
        return False
    return all(abs(row.index(one) - row.index(other)) <= FAR for one, other in pairwise(word))
