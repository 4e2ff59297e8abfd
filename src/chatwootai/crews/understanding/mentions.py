"""How a product was named, cut out of the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatwootai.crews.understanding.beside_names import without_what_is_beside
from chatwootai.crews.understanding.fragments import ARTICLES
from chatwootai.crews.understanding.vocabulary import FILLERS, NOT_NAMES
from chatwootai.crews.understanding.words import Word, is_size

LONGEST = 12
"""Words; a longer mention is a story of which the beginning names the product."""
LONGEST_BARE = 6
QUALIFIERS = frozenset({"de", "com", "sem", "da", "do", "para"})
RELATIVE = frozenset({"mas", "que", "quem", "porque", "pois"})
OWNERS = frozenset({"meu", "minha", "meus", "minhas", "eu", "ninguem"})


def cut(words: Sequence[Word], cue: re.Pattern[str]) -> tuple[bool, tuple[Word, ...]]:
    """Whether `cue` is among the words, and the words without every match of it."""
    spoken = " ".join(word.norm for word in words)
    spans = [match.span() for match in cue.finditer(spoken)]
    if not spans:
        return False, tuple(words)
    kept: list[Word] = []
    position = 0
    for word in words:
        if not any(start <= position < end for start, end in spans):
            kept.append(word)
        position += len(word.norm) + 1
    return True, tuple(kept)


def mention_of(words: Sequence[Word]) -> str:
    """The name within `words`, as written; "" when only fillers are left.

    "o de 1 litro" keeps its "de": such a mention completes a product named before.
    """
    name = _trimmed(without_what_is_beside(words))
    for position, word in enumerate(name):
        if word.norm in RELATIVE and position:
            name = _trimmed(name[:position])
            break
    if name and all(word.norm.isdigit() for word in name) and len(name[0].norm) < 3:
        return ""  # "quero 2" says how many of what was named before.
    return " ".join(word.surface for word in name[:LONGEST] if word.norm not in OWNERS or word is name[0])


def is_someones(words: Sequence[Word]) -> bool:
    """Whether the words speak of the customer's own thing ("meu pacote"), which no catalogue holds."""
    name = _trimmed(words)
    return bool(name) and name[0].norm in OWNERS


def is_bare_name(words: Sequence[Word], *, numbers: bool) -> bool:
    """Whether the words may be the name of a product and nothing else; `numbers` takes "de 4" for one."""
    name = _trimmed(words)
    if not name or len(name) > LONGEST_BARE:
        return False
    if any(word.norm in NOT_NAMES for word in words):
        return False
    if numbers and any(word.norm.isdigit() for word in name):
        return True
    return any(is_size(word.norm) or (len(word.norm) >= 3 and word.norm.isalpha()) for word in name)


def _trimmed(words: Sequence[Word]) -> tuple[Word, ...]:
    start, end = 0, len(words)
    while end > start and words[end - 1].norm in FILLERS:
        end -= 1
    while start < end and words[start].norm in FILLERS | {"nao"}:
        if words[start].norm in QUALIFIERS and start and words[start - 1].norm in ARTICLES:
            break
        start += 1
    return tuple(words[start:end])
