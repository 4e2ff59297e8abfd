"""How a Brazilian word sounds, so that "xampu" finds "shampoo" and "creme faciau" finds "facial"."""

from __future__ import annotations

import re
from functools import lru_cache

RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sh|ch", "x"),
        (r"ph", "f"),
        (r"oo|ou(?!$)", "u"),
        (r"lh", "l"),
        (r"nh", "n"),
        (r"h", ""),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "g"),
        (r"c(?=[ei])|ss|z|ç", "s"),
        (r"[cq]", "k"),
        (r"g(?=[ei])", "j"),
        (r"y", "i"),
        (r"w", "v"),
        (r"l$", "u"),
        (r"o$", "u"),
        (r"e$", "i"),
        (r"m(?=[bp])|n(?=[bp])", "n"),
        (r"m$", "n"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A key that words of the same sound share; `word` is folded."""
    for pattern, replaced in RULES:
        word = pattern.sub(replaced, word)
    return word
