"""A text made ready for reading: nothing invisible in it, and folded letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

READ_AT_MOST = 1500
"""Characters of one message that are read; a flood must not cost time."""

TAKEN = "\x00"
"""Stands where something was read already: neither a letter nor a space."""

MARKS = frozenset(("Mn", "Me", "Cf", "Cs", "Co", "Cn"))
DASHES = dict.fromkeys("‐‑‒–—−", "-")
LINE_ENDS = frozenset("\n\r\u2028\u2029")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Readable:
    """`folded` is `surface` in lower case without accents, each letter at the same place."""

    surface: str
    folded: str

    def without(self, spans: Iterable[Span]) -> Readable:
        """The same with what stands at `spans` taken out, for no two readers to read the same words."""
        surface, folded = list(self.surface), list(self.folded)
        for start, end in spans:
            surface[start:end] = folded[start:end] = TAKEN * (end - start)
        return Readable("".join(surface), "".join(folded))

    def without_all(self, *patterns: re.Pattern[str]) -> Readable:
        spans = [match.span() for pattern in patterns for match in pattern.finditer(self.folded)]
        return self.without(spans) if spans else self


def readable(text: str) -> Readable:
    """The first `READ_AT_MOST` characters without marks, controls and zero-width characters."""
    composed = unicodedata.normalize("NFC", text[:READ_AT_MOST])
    surface = "".join(map(_shown, composed))
    return Readable(surface, "".join(map(_folded, surface)))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in MARKS:
        return ""
    if character in LINE_ENDS:
        return "\n"
    return " " if category in ("Cc", "Zs") else character


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in DASHES:
        return DASHES[character]
    decomposed = unicodedata.normalize("NFKD", character.lower())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return letters if len(letters) == 1 else character
