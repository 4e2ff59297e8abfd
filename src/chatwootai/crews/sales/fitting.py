"""What a product's own words say of a need. Nothing else counts: no opinion, no knowledge of ours."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from chatwootai.crews.sales.names import head_of, terms_of
from chatwootai.crews.sales.need_words import LIGHT_KEYS, NEAR, keys_of, parts_of, told_words
from chatwootai.crews.sales.needs import Need
from chatwootai.crews.sales.sounds import sound
from chatwootai.crews.understanding.words import is_size, norms_of
from chatwootai.domain.catalog import Product

FITS: Final = 0.5
"""Share of what she needs that a product's words must tell."""
CATEGORY: Final = 0.8
"""What a word of the category counts, against 1 in name and description."""
NEARLY: Final = 0.6
"""What a word counts that is only near the need."""
SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ú0-9])")
WIDTH: Final = re.compile(r"largura de (\d+(?:,\d+)?) ?(m|cm)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a product: of its name and description, of its category, and the parts of the body."""

    keys: frozenset[str]
    category: frozenset[str]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds of things in a catalogue: the words with which names begin, else words of categories."""

    products: Sequence[Product]

    def named_in(self, words: Collection[str]) -> tuple[str, ...]:
        """Those of `words` that name a kind of thing sold here."""
        heads = {sound(_head(product.name)) for product in self.products}
        named = tuple(word for word in words if sound(_head(word)) in heads)
        if named:
            return named
        filed = frozenset(key for product in self.products for key in told_by(product).category)
        return tuple(word for word in words if keys_of((word,)) <= filed - LIGHT_KEYS)

    def of(self, kinds: Collection[str]) -> tuple[Product, ...]:
        """The products of these kinds; of categories, of the first that is named."""
        heads = {sound(_head(kind)) for kind in kinds}
        named = tuple(product for product in self.products if sound(_head(product.name)) in heads)
        keys = keys_of(tuple(kinds)[:1])
        return named or tuple(product for product in self.products if keys & told_by(product).category)


def score(product: Product, need: Need, kinds: Collection[str] = ()) -> float:
    """From 0 to 1, how much of a need a product's words tell; -1 for one of another part of the body.

    Words that name the kind of thing are no part of the need.
    """
    told = told_by(product)
    if need.parts and told.parts and not need.parts & told.parts:
        return -1.0
    keys = need.keys - keys_of(kinds) - LIGHT_KEYS
    if not keys:
        return 0.0
    return sum(_covers(key, told) for key in keys) / len(keys)


def says_more(need: Need, kinds: Collection[str]) -> bool:
    """Whether a need tells more than the kind of thing."""
    return bool(need.keys - keys_of(kinds) - LIGHT_KEYS)


def reason(product: Product, need: Need) -> str:
    """The sentence of its description that tells most of the need, word for word; "" where there is none."""
    sentences = sentences_of(product)
    wanted = need.keys | {near for key in need.keys for near in NEAR.get(key, ())}

    def shared(sentence: str) -> int:
        return len(keys_of(told_words(sentence)) & wanted)

    return max(sentences, key=shared, default="")


def sentences_of(product: Product) -> tuple[str, ...]:
    """A description sentence by sentence, as the shop wrote it."""
    text = " ".join(product.description.split())
    return tuple(SENTENCE.split(text)) if text else ()


def width(product: Product) -> float:
    """Centimetres, as the description tells; infinite where it does not."""
    match = WIDTH.search(product.description)
    if match is None:
        return float("inf")
    return float(match[1].replace(",", ".")) * (100 if match[2].lower() == "m" else 1)


def line_of(product: Product) -> frozenset[str]:
    """What the names of one line share: the name without the kind of thing and the size."""
    return terms_of(product.name)[0] - {head_of(product.name)}


def is_used_up(product: Product) -> bool:
    """Whether it comes in millilitres or grams, and so is bought again."""
    sizes = [norm for norm in norms_of(product.name) if is_size(norm)]
    return any(size.endswith(("ml", "g")) for size in sizes)


def told_by(product: Product) -> Told:
    return _told(product.name, product.category, product.description)


@lru_cache(maxsize=8192)
def _told(name: str, category: str, description: str) -> Told:
    words, filed = told_words(f"{name}. {description}"), told_words(category)
    return Told(keys_of(words), keys_of(filed), parts_of((*words, *filed)))


@lru_cache(maxsize=8192)
def _head(name: str) -> str:
    return head_of(name)


def _covers(key: str, told: Told) -> float:
    if key in told.keys:
        return 1.0
    if key in told.category:
        return CATEGORY
    return NEARLY if NEAR.get(key, frozenset()) & (told.keys | told.category) else 0.0
