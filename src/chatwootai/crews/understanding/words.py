"""Portuguese as customers type it, made comparable: accents, abbreviations, sizes, plurals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from chatwootai.brazil.letters import folded
from chatwootai.crews.understanding.vocabulary import ABBREVIATIONS, CORRECTED, NUMBER_WORDS

UNITS: dict[str, tuple[str, Decimal]] = {
    "ml": ("ml", Decimal(1)),
    "l": ("ml", Decimal(1000)),
    "lt": ("ml", Decimal(1000)),
    "lts": ("ml", Decimal(1000)),
    "litro": ("ml", Decimal(1000)),
    "litros": ("ml", Decimal(1000)),
    "g": ("g", Decimal(1)),
    "gr": ("g", Decimal(1)),
    "grama": ("g", Decimal(1)),
    "gramas": ("g", Decimal(1)),
    "kg": ("g", Decimal(1000)),
    "quilo": ("g", Decimal(1000)),
    "quilos": ("g", Decimal(1000)),
    "mm": ("cm", Decimal("0.1")),
    "cm": ("cm", Decimal(1)),
    "m": ("cm", Decimal(100)),
    "metro": ("cm", Decimal(100)),
    "metros": ("cm", Decimal(100)),
}
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
TOKEN = re.compile(
    rf"(?P<size>\d+(?:[.,]\d+)?\s?(?:{UNIT})\b)"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}:\d{2}|\d{1,2}h(?:s|\d{2})?\b"
    r"|\d+(?:[.,]\d+)*|[pcs]/|[bdk]\d{1,2}\b|[^\W\d_]+",
    re.IGNORECASE,
)
SIZE = re.compile(r"\d+(?:\.\d+)?(?:ml|g|cm)")
TYPO_LENGTH = 7
"""Shorter words have too many innocent neighbours ("preto", "preço"); their typos are listed one by one."""


@dataclass(frozen=True, slots=True)
class Word:
    """`norm` is for comparing, `surface` is as the customer wrote it (abbreviations spelled out)."""

    norm: str
    surface: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with where it stands in the text, as indices into its NFC form."""

    word: Word
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents."""
    return folded(text)


def composed(text: str) -> str:
    """The text in the form (NFC) into which places of words point."""
    return unicodedata.normalize("NFC", text)


def placed_words(text: str) -> tuple[Placed, ...]:
    """Every word of a composed text. "é" becomes "eh", lest it be taken for the conjunction "e"."""
    found: list[Placed] = []
    for match in TOKEN.finditer(text):
        surface = match.group()
        spelled = [Word(_size(surface), surface)] if match.group("size") else _spelled(surface)
        found += [Placed(word, match.start(), match.end()) for word in spelled]
    return _with_spelled_sizes(found)


def words_of(text: str) -> tuple[Word, ...]:
    """Every word of `text`, comparable and as it was written."""
    return tuple(placed.word for placed in placed_words(composed(text)))


def norms_of(text: str) -> tuple[str, ...]:
    return tuple(word.norm for word in words_of(text))


def is_size(norm: str) -> bool:
    """Whether a word is a quantity such as "300ml"; litres, kilos and metres were converted."""
    return SIZE.fullmatch(norm) is not None


@lru_cache(maxsize=4096)
def singular(norm: str) -> str:
    """A Portuguese noun or adjective without its plural: "loções" → "locao", "cabelos" → "cabelo"."""
    if len(norm) <= 3 or not norm.endswith("s") or norm.endswith("ss"):
        return norm
    for ending, replaced in (
        ("oes", "ao"),
        ("aes", "ao"),
        ("ais", "al"),
        ("eis", "el"),
        ("ois", "ol"),
        ("ns", "m"),
    ):
        if norm.endswith(ending):
            return norm.removesuffix(ending) + replaced
    if norm.endswith(("res", "zes", "ses")) and len(norm) > 5:
        return norm.removesuffix("es")
    return norm.removesuffix("s")


def _spelled(surface: str) -> list[Word]:
    if surface.lower() == "é":
        return [Word("eh", surface)]
    norm = re.sub(r"(.)\1{2,}|([aeiu])\2$", r"\1\2", fold(surface))
    spelled = ABBREVIATIONS.get(norm)
    if spelled is not None:
        return [Word(part, part) for part in spelled.split()]
    return [Word(_corrected(norm), surface)]


@lru_cache(maxsize=4096)
def _corrected(norm: str) -> str:
    if len(norm) < TYPO_LENGTH - 1 or norm in CORRECTED:
        return norm
    candidates = [word for word in CORRECTED if word[0] == norm[0] or word[1:2] == norm[0]]
    near = process.extractOne(norm, candidates, scorer=OSA.distance, score_cutoff=2)
    if near is None:
        return norm
    word, distance, _ = near
    return word if distance <= (1 if len(word) < TYPO_LENGTH + 2 else 2) else norm


def _size(surface: str) -> str:
    match = re.fullmatch(rf"(\d+(?:[.,]\d+)?)\s?({UNIT})", surface, re.IGNORECASE)
    if match is None:
        return fold(surface)
    return _canonical(Decimal(match.group(1).replace(",", ".")), match.group(2).lower())


def _canonical(amount: Decimal, unit: str) -> str:
    name, factor = UNITS[unit]
    return f"{(amount * factor).normalize():f}{name}"


def _with_spelled_sizes(words: list[Placed]) -> tuple[Placed, ...]:
    joined: list[Placed] = []
    for placed in words:
        word = placed.word
        amount = NUMBER_WORDS.get(joined[-1].word.norm) if joined else None
        if amount is not None and len(word.norm) > 2 and word.norm in UNITS:
            number = joined.pop()
            spelled = Word(_canonical(amount, word.norm), f"{number.word.surface} {word.surface}")
            joined.append(Placed(spelled, number.start, placed.end))
        else:
            joined.append(placed)
    return tuple(joined)
