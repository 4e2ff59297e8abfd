"""A message cut where one request ends and the next may begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.understanding.cues import has_cue
from chatwootai.crews.understanding.words import Placed, Word, composed, is_size, placed_words

SENTENCE = re.compile(r"([?!;\n…]+|\.(?!\d))")
COMMA = re.compile(r",(?!\d)")
ARTICLES = frozenset({"o", "a", "os", "as", "um", "uma"})
LEAST_CODE = 3
"""Digits; shorter numbers count things."""
LIST_SEPARATORS = frozenset({"e", "mas"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that hold one request, or a part of it; `text` is how they were written.

    `continues` tells that it belongs to the sentence of the fragment before; `question` that a question mark
    ends its sentence.
    """

    words: tuple[Word, ...]
    text: str
    question: bool
    continues: bool

    @property
    def spoken(self) -> str:
        """The comparable words, for cues."""
        return " ".join(word.norm for word in self.words)


_Part = tuple[Placed, ...]


def fragments_of(text: str) -> tuple[Fragment, ...]:
    """Fragments in order: sentences, cut at their commas and before new requests."""
    text = composed(text)
    words = placed_words(text)
    found: list[Fragment] = []
    for start, end, mark in _sentences(text):
        inside = [placed for placed in words if start <= placed.start < end]
        parts = _with_sizes([part for clause in _clauses(text, inside) for part in _at_joints(clause)])
        found += [
            Fragment(
                tuple(placed.word for placed in part),
                text[part[0].start : part[-1].end],
                "?" in mark,
                continues=position > 0,
            )
            for position, part in enumerate(parts)
        ]
    return tuple(found)


def _sentences(text: str) -> list[tuple[int, int, str]]:
    """Start and end of each sentence, and the marks after it."""
    found: list[tuple[int, int, str]] = []
    start = 0
    for match in SENTENCE.finditer(text):
        found.append((start, match.start(), match.group()))
        start = match.end()
    return [*found, (start, len(text), "")]


def _clauses(text: str, words: Sequence[Placed]) -> list[_Part]:
    """The words of a sentence, cut at its commas."""
    clauses: list[list[Placed]] = []
    for placed in words:
        if not clauses or COMMA.search(text[clauses[-1][-1].end : placed.start]):
            clauses.append([])
        clauses[-1].append(placed)
    return [tuple(clause) for clause in clauses]


def _at_joints(words: _Part) -> list[_Part]:
    """Cut before an "e" that begins another request: "… e o condicionador", "… e vocês abrem sábado"."""
    parts: list[_Part] = []
    start = 0
    for position in range(1, len(words) - 1):
        if words[position].word.norm not in LIST_SEPARATORS or _is_range(words, position):
            continue
        if _begins_anew(words[position + 1 :]):
            parts.append(words[start:position])
            start = position
    parts.append(words[start:])
    return [part for part in parts if part]


def _begins_anew(rest: _Part) -> bool:
    first = rest[0].word.norm
    if (first in ARTICLES or _counts(first)) and len(rest) > 1:
        return True
    return has_cue(" ".join(placed.word.norm for placed in rest[:4]))


def _is_range(words: _Part, position: int) -> bool:
    """ "Entre 30 e 50 reais"."""
    said = [placed.word.norm for placed in words[max(0, position - 2) : position + 2]]
    return said[0] == "entre" and said[1][0].isdigit() and said[-1][0].isdigit()


def _counts(norm: str) -> bool:
    return norm.isdigit() and len(norm) < LEAST_CODE


def _with_sizes(parts: Sequence[_Part]) -> list[_Part]:
    """A lone size after a comma belongs to what it measures: "shampoo de coco, 300ml"."""
    joined: list[_Part] = []
    for part in parts:
        if joined and all(is_size(placed.word.norm) for placed in part):
            joined[-1] = (*joined[-1], *part)
        else:
            joined.append(part)
    return joined
