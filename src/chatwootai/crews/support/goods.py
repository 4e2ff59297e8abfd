"""Which goods of an order the customer means, by their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.crews.understanding.words import fold, norms_of, singular

ALL: Final = re.compile(
    r"\b(?:tudo|todos?|todas?|inteir[oa]|ambos|ambas|os dois|as duas|complet[oa]|pedido todo)\b"
)
LETTERS: Final = 4
"""Shorter words ("de", "cor") tell no goods apart, unless they hold a figure."""


def named(text: str, names: Sequence[str]) -> tuple[int, ...]:
    """Places of the names that share the most words with `text`; () where none shares any."""
    folded = fold(text).strip()
    exact = tuple(place for place, name in enumerate(names) if fold(name).strip() == folded)
    if exact:
        return exact
    said = _telling(text)
    shared = [len(said & _telling(name)) for name in names]
    most = max(shared, default=0)
    return tuple(place for place, count in enumerate(shared) if most and count == most)


def means_all(text: str) -> bool:
    return ALL.search(fold(text)) is not None


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        singular(norm) for norm in norms_of(text) if len(norm) >= LETTERS or any(map(str.isdigit, norm))
    )
