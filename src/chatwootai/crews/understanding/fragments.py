"""A message cut where one request ends and the next may begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatwootai.crews.understanding.cues import has_cue
from chatwootai.crews.understanding.words import Word, is_size, words_of

SENTENCE = re.compile(r"([?!;\n…]+|\.(?!\d))")
COMMA = re.compile(r",(?!\d)")
ARTICLES = frozenset({"o", "a", "os", "as", "um", "uma"})
LIST_SEPARATORS = frozenset({"e", "mas"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words that hold one request, or a part of it.

    `continues` tells that it belongs to the sentence of the fragment before; `question` that a question mark
    ends its sentence.
    """

    words: tuple[Word, ...]
    question: bool
    continues: bool

    @property
    def spoken(self) -> str:
        """The comparable words, for cues."""
        return " ".join(word.norm for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.surface for word in self.words)


def fragments_of(text: str) -> tuple[Fragment, ...]:
    """Fragments in order: sentences, cut at their commas and before new requests."""
    found: list[Fragment] = []
    pieces = [*SENTENCE.split(text), ""]
    for sentence, mark in zip(pieces[::2], pieces[1::2], strict=False):
        parts = [
            part
            for clause in COMMA.split(sentence)
            if (words := words_of(clause))
            for part in _at_joints(words)
        ]
        found += [
            Fragment(part, "?" in mark, continues=position > 0)
            for position, part in enumerate(_with_sizes(parts))
        ]
    return tuple(found)


def _at_joints(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Cut before an "e" that begins another request: "… e o condicionador", "… e vocês abrem sábado"."""
    parts: list[tuple[Word, ...]] = []
    start = 0
    for position in range(1, len(words) - 1):
        if words[position].norm in LIST_SEPARATORS and _begins_anew(words[position + 1 :]):
            parts.append(words[start:position])
            start = position
    parts.append(words[start:])
    return [part for part in parts if part]


def _begins_anew(rest: tuple[Word, ...]) -> bool:
    if rest[0].norm in ARTICLES and len(rest) > 1:
        return True
    return has_cue(" ".join(word.norm for word in rest[:4]))


def _with_sizes(parts: list[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """A lone size after a comma belongs to what it measures: "shampoo de coco, 300ml"."""
    joined: list[tuple[Word, ...]] = []
    for part in parts:
        if joined and all(is_size(word.norm) for word in part):
            joined[-1] = (*joined[-1], *part)
        else:
            joined.append(part)
    return joined
