"""Portuguese made comparable for a search: accents, abbreviations, endings and sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]  # PyStemmer comes without types

from chatwootai.brazil.letters import folded
from chatwootai.integrations.qdrant.vocabulary import SPELLED_OUT, STOP_WORDS

LONGEST_TEXT = 4000
"""Characters of a text that are looked at: a passage or a question is shorter, and work must be bounded."""
_LONGEST_WORD = 40
_SHORT_WORD = 4
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+")
_STEMMER = Stemmer.Stemmer("portuguese")
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^h|(?<![cnlsp])h", ""),
        (r"ch|sh", "x"),
        (r"ph", "f"),
        (r"oo|ou(?!$)", "u"),
        (r"qu(?=[ei])", "k"),
        (r"gu(?=[ei])", "g"),
        (r"xc(?=[ei])|sc(?=[ei])|c(?=[ei])|ss|z", "s"),
        (r"ck|[cq]", "k"),
        (r"g(?=[ei])", "j"),
        (r"y", "i"),
        (r"w", "v"),
        (r"nh|n(?=[pb])", "n"),
        (r"m(?=[^aeiou]|$)", "n"),
        (r"lh", "l"),
        (r"l$", "u"),
        (r"o$", "u"),
        (r"e$", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def fold(text: str) -> str:
    """Small letters without accents; what is invisible or no letter of ours falls away or stays apart."""
    return unicodedata.normalize("NFKC", folded(text))


def words_of(text: str) -> list[str]:
    """The words that mean something, folded and spelled out, in their order. Numbers are words."""
    found: list[str] = []
    for word in _TOKEN.findall(fold(text[:LONGEST_TEXT]).replace("ç", "c")):
        plain = word.replace(",", ".")[:_LONGEST_WORD]
        found.extend(SPELLED_OUT.get(plain, (plain,)))
    return [word for word in found if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What is left of a folded word without its ending: "loções", folded, gives what "loção" gives.

    Snowball knows "-ção" with its accents only, so that "hidratacao" and "hidratacoes" would differ.
    """
    short = word.removesuffix("s")
    if len(short) <= _SHORT_WORD:  # "coco" and "coçando" would both become "coc"
        return short
    if word.endswith(("coes", "soes")):
        word = word[:-3] + "ao"
    elif word.endswith(("ais", "eis", "ois")) and len(word) > 4:
        word = word[:-2] + "l"
    if word.endswith(("cao", "sao")) and len(word) > 4:
        return word[:-2]
    if word.endswith("agem") and len(word) > 8:  # "embalagem" is what comes of "embalar"; "massagem" stays
        return word[:-4]
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """How a folded word sounds: "xampu" and "shampoo", "limpesa" and "limpeza" share a key."""
    for pattern, replaced in _SOUNDS:
        word = pattern.sub(replaced, word)
    return word
