"""Names of products taken apart: kind of thing, words, sizes."""

from __future__ import annotations

import re
from itertools import takewhile

from chatwootai.crews.understanding.words import is_size, norms_of, singular, words_of

SYNONYMS = {
    "rimel": "máscara de cílios",
    "rímel": "máscara de cílios",
}
"""What customers call things that catalogues name otherwise."""
SYNONYM = re.compile(rf"\b(?:{'|'.join(SYNONYMS)})\b", re.IGNORECASE)

LIGHT = frozenset(
    {
        "cabelo",
        "pele",
        "tipo",
        "cor",
        "tamanho",
        "marca",
        "linha",
        "feminino",
        "masculino",
        "bom",
        "boa",
        "novo",
    }
)
"""Words that customers add and names leave out."""

OTHER_GENDER = {"a": "o", "o": "a"}
""" "A média" is the "Base Tom Médio"."""

STOPWORDS = frozenset(
    {"a", "o", "as", "os", "de", "do", "da", "dos", "das", "e", "em", "no", "na", "para", "com", "por"}
)


def size_numbers(name: str) -> frozenset[str]:
    """Sizes as asked for without their unit: "o de 400"."""
    measured = (word.surface for word in words_of(name) if is_size(word.norm))
    return frozenset("".join(takewhile(str.isdigit, surface)) for surface in measured) - {""}


def _synonyms(text: str) -> str:
    return SYNONYM.sub(lambda match: SYNONYMS[match.group().lower()], text)


def head_of(text: str) -> str:
    """The kind of thing, which Portuguese names first, in the singular."""
    text = _synonyms(text)
    return next(
        (singular(norm) for norm in norms_of(text) if norm not in STOPWORDS and not is_size(norm)), ""
    )


def terms_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The comparable words of a name, and its sizes."""
    norms = norms_of(_synonyms(text))
    sizes = frozenset(norm for norm in norms if is_size(norm))
    terms = frozenset(singular(norm) for norm in norms if not is_size(norm) and norm not in STOPWORDS)
    return terms, sizes
