"""Cutting a text into bubbles where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Size = Callable[[str], int]
"""How long a channel counts a text to be."""

WHOLE = re.compile(
    r"https?://\S+"
    r"|R\$\s*[\d.,]*\d"
    r"|\d[\d.,]*\s?(?:ml|l|litros?|g|kg|cm|m|mm|unidades?|h)\b"
    r"|\*\*[^*\n]+\*\*",
    re.IGNORECASE,
)
"""What stays in one piece although it may hold a space: links, prices, quantities, bold names."""

GAP = re.compile(r"\s+")
ABBREVIATION = re.compile(r"\b(?:av|r|dr|dra|sr|sra|n|nº|tel|al|pça|ltda|etc)\.$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…:][\"'”’)*]*$")
FULLEST = 3
"""A better place to cut counts only past a third of the limit, lest a bubble hold two words."""

LOOKAHEAD = 256
"""Characters past the limit in which a unit that straddles it may end."""


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    rank: int


def utf8_size(text: str) -> int:
    """Length in bytes, as Meta counts Instagram messages."""
    return len(text.encode())


def split(text: str, limit: int, size: Size = len) -> tuple[str, ...]:
    """`text` in pieces of at most `limit`, none blank, cut at the most telling white space.

    Paragraphs come before lines, lines before sentences, sentences before words. A single word or link
    longer than the limit is cut through, for nothing else would leave at all. Only white space is lost.
    """
    pieces: list[str] = []
    rest = text.strip()
    while size(rest) > limit:
        piece, rest = _first_piece(rest, limit, size)
        pieces.append(piece)
    if rest:
        pieces.append(rest)
    return tuple(pieces)


def _first_piece(text: str, limit: int, size: Size) -> tuple[str, str]:
    reach = _reach(text, limit, size)
    cuts = [cut for cut in _cuts(text, reach) if 0 < cut.start <= reach]
    if not cuts:
        return text[:reach], text[reach:].strip()
    roomy = [cut for cut in cuts if cut.start * FULLEST >= reach] or cuts
    best = max(roomy, key=lambda cut: (cut.rank, cut.start))
    return text[: best.start], text[best.end :].strip()


def _reach(text: str, limit: int, size: Size) -> int:
    """How many characters from the start fit; at least one."""
    reach = min(len(text), limit)
    while reach > 1 and (excess := size(text[:reach]) - limit) > 0:
        reach -= max(1, excess // 4)
    return reach


def _cuts(text: str, reach: int) -> list[_Cut]:
    wholes = [match.span() for match in WHOLE.finditer(text[: reach + LOOKAHEAD])]
    kept = [(start, end) for start, end in wholes if end - start <= reach]
    return [
        _Cut(gap.start(), gap.end(), _rank(text, gap))
        for gap in GAP.finditer(text[: reach + 1])
        if not any(start <= gap.start() < end for start, end in kept)
    ]


def _rank(text: str, gap: re.Match[str]) -> int:
    breaks = gap.group().count("\n")
    if breaks:
        return min(breaks, 2) + 1
    before = text[max(0, gap.start() - 12) : gap.start()]
    return int(bool(SENTENCE_END.search(before)) and not ABBREVIATION.search(before))
