"""Finding the products that a customer means, by names alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatwootai.crews.sales.likeness import ALIKE, word_likeness
from chatwootai.crews.sales.names import LIGHT, OTHER_GENDER, STOPWORDS, head_of, size_numbers, terms_of
from chatwootai.crews.sales.sounds import sound
from chatwootai.crews.understanding.words import fold, norms_of, words_of
from chatwootai.domain.catalog import Product

SURE = 0.72
"""Share of the mention's weight that a name must cover to be meant."""
NEAR = 0.3
"""The same, to be offered as an alternative when nothing is meant."""
KNOWN = 0.9
"""Likeness from which a word is one of the catalogue's own, so that things of its name are near."""
MARGIN = 0.06
"""Names this close to the best are meant just as likely."""
SHARED = 0.5
"""Share of a name that makes another product its companion."""
CATEGORY = 0.9
"""What a word in the category counts, against 1 in the name."""
MEASURE = 0.75
"""The same for the number of a size, asked for without its unit."""

Likeness = Mapping[str, Mapping[str, float]]
"""For each word of a mention, the words of the catalogue it may stand for, 1 being the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """`found` are the products meant: one, several when the mention is ambiguous, none when unknown.

    `near` are others that resemble the mention, things of the same kind first, then the most alike.
    """

    found: tuple[Product, ...]
    near: tuple[Product, ...] = ()
    nearness: float = 0.0
    """How much of the mention the most alike of `near` covers, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """`head` is the kind of thing, which Portuguese names first; `words` are the terms and neighbours written
    together ("guardaroupa")."""

    product: Product
    head: str
    terms: frozenset[str]
    words: frozenset[str]
    sizes: frozenset[str]
    numbers: frozenset[str]
    category: frozenset[str]


class ProductIndex:
    """The names of one catalogue, ready to be searched. Rebuild it when a name changes."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._entries = tuple(_entry(product) for product in products)
        counts = Counter(
            term for entry in self._entries for term in entry.words | entry.numbers | entry.category
        )
        self._rarity = {term: math.log(1 + len(products) / count) for term, count in counts.items()}
        self._unknown = math.log(1 + len(products)) if products else 1.0
        self._sounds = {term: sound(term) for term in self._rarity}
        self._products = {product.id: product for product in products}
        self._codes = {fold(product.code): product for product in products if product.code}

    def without_additions(self, mention: str) -> str:
        """The mention as searched: without what the catalogue does not use ("masculino")."""
        kept = [word for word in words_of(mention) if word.norm not in LIGHT or word.norm in self._rarity]
        while kept and kept[-1].norm in STOPWORDS:
            kept.pop()
        return " ".join(word.surface for word in kept) or mention

    def is_kind(self, mention: str) -> bool:
        """Whether the mention begins with a kind of thing that the shop sells, not with a property."""
        return self._is_kind(self._alike(head_of(mention)))

    def of_kind(self, mention: str) -> frozenset[int]:
        """Ids of the products that are the kind of thing with which the mention begins."""
        head = self._alike(head_of(mention))
        return frozenset(entry.product.id for entry in self._entries if entry.head in head)

    def sizes(self, product: Product) -> tuple[Product, ...]:
        """The product and those of the same name in other sizes."""
        terms = _entry(product).terms
        return tuple(entry.product for entry in self._entries if entry.terms == terms)

    def closest(self, products: Sequence[Product], subject: Product) -> Product | None:
        """The one that shares clearly most of the subject's name: of the kits, that with the same shampoo."""
        terms = _entry(subject).terms - {head_of(subject.name)}
        scores = sorted(
            ((self._cover(terms, _entry(product)), product) for product in products),
            key=lambda item: -item[0],
        )
        if len(scores) > 1 and scores[0][0] >= SHARED and scores[0][0] > scores[1][0]:
            return scores[0][1]
        return None

    def kind(self, product: Product) -> str:
        return head_of(product.name)

    def product(self, product_id: int) -> Product | None:
        return self._products.get(product_id)

    def find(self, mention: str, among: frozenset[int] = frozenset()) -> Match:
        """What `mention` means; with `among`, of these products alone."""
        coded = self._codes.get(fold(mention).strip())
        if coded is not None:
            return Match((coded,))
        terms, sizes = terms_of(mention)
        if not terms and not sizes:
            return Match(())
        likeness = self._likeness_of(terms)
        entries = [entry for entry in self._entries if not among or entry.product.id in among]
        scored = self._scored(likeness, entries)
        meant = _best(scored) if terms else [entry for _, entry in scored]
        sized = [entry for entry in meant if sizes <= entry.sizes]
        if sizes and not sized:
            return Match((), _products(meant) if terms else (), SURE)
        found = _of_kind(mention, likeness, _exact(likeness, sized) or sized)
        head = likeness.get(head_of(mention), {})
        if self._is_kind(head) and not any(_is_of(entry, head) for entry in found):
            found = ()  # A cleanser for oily skin is no moisturiser for it; it is near, though.
        others = [(score, entry) for score, entry in scored if entry not in found]
        near = [(score, entry) for score, entry in others if score >= NEAR or entry.head in head]
        if not self._is_kind(head) and max(head.values(), default=0.0) < KNOWN:
            near = []  # "pneu de caminhão": nothing here is like a thing that nobody here sells
        near.sort(key=lambda item: item[1].head not in head)
        nearness = max((score for score, _ in near), default=0.0)
        return Match(_products(found), _products([entry for _, entry in near]), nearness)

    def _is_kind(self, head: Mapping[str, float]) -> bool:
        return any(entry.head in head for entry in self._entries)

    def fitting(self, mention: str) -> frozenset[int]:
        """Ids of the products to whose names every word of `mention` belongs."""
        terms, sizes = terms_of(mention)
        likeness = self._likeness_of(terms)
        return frozenset(
            entry.product.id
            for score, entry in self._scored(likeness, self._entries)
            if (score >= SURE or not terms) and sizes <= entry.sizes
        )

    def alternatives(self, product: Product) -> tuple[Product, ...]:
        """Other products like this one, most alike first: same name in another size, then same kind."""
        entry = _entry(product)
        alike = [
            (self._cover(entry.terms, other) + (other.category == entry.category) * CATEGORY, other.product)
            for other in self._entries
            if other.product.id != product.id
            and (other.terms & entry.terms or other.category & entry.category)
        ]
        ranked = sorted(alike, key=lambda item: -item[0])
        return tuple(other for score, other in ranked if score >= SURE)

    def categories(self) -> tuple[str, ...]:
        """Names of the categories, the fullest first."""
        counts = Counter(entry.product.category for entry in self._entries if entry.product.category)
        return tuple(name for name, _ in counts.most_common())

    def _scored(self, likeness: Likeness, entries: Sequence[_Entry]) -> list[tuple[float, _Entry]]:
        weights = {
            term: max((self._rarity[known] for known in alike), default=self._unknown)
            for term, alike in likeness.items()
        }
        total = sum(weights.values()) or 1.0
        scored = []
        for entry in entries:
            covered = sum(weights[term] * _likeness(alike, entry) for term, alike in likeness.items())
            scored.append((covered / total, entry))
        return sorted(scored, key=lambda item: (-item[0], len(item[1].terms)))

    def _cover(self, terms: frozenset[str], entry: _Entry) -> float:
        total = sum(self._rarity.get(term, self._unknown) for term in terms) or 1.0
        return sum(self._rarity.get(term, 0.0) for term in terms & entry.terms) / total

    def _likeness_of(self, terms: frozenset[str]) -> Likeness:
        """A light word counts only where the catalogue uses it, or where nothing else was said."""
        weighty = frozenset(term for term in terms if term not in LIGHT or term in self._rarity)
        return {term: self._alike(term) for term in weighty or terms}

    def _alike(self, term: str) -> dict[str, float]:
        """Words of the catalogue that `term` may stand for, with their likeness."""
        if term in self._rarity:
            other = f"{term[:-1]}{OTHER_GENDER.get(term[-1:], '')}"
            return {term: 1.0, other: 0.95} if other in self._rarity else {term: 1.0}
        heard = sound(term)
        alike: dict[str, float] = {}
        for known, known_sound in self._sounds.items():
            likeness = word_likeness(term, heard, known, known_sound)
            if likeness >= ALIKE:
                alike[known] = likeness
        return alike


def _likeness(alike: Mapping[str, float], entry: _Entry) -> float:
    named = max((likeness for known, likeness in alike.items() if known in entry.words), default=0.0)
    filed = max((likeness for known, likeness in alike.items() if known in entry.category), default=0.0)
    measured = max((likeness for known, likeness in alike.items() if known in entry.numbers), default=0.0)
    return max(named, filed * CATEGORY, measured * MEASURE)


def _best(scored: Sequence[tuple[float, _Entry]]) -> list[_Entry]:
    if not scored or scored[0][0] < SURE:
        return []
    return [entry for score, entry in scored if score >= scored[0][0] - MARGIN]


def _exact(likeness: Likeness, entries: Sequence[_Entry]) -> list[_Entry]:
    """The products whose name says no more than the mention, so that "batom" may be a product of its own."""
    said = {known for alike in likeness.values() for known in alike}
    return [entry for entry in entries if entry.terms and entry.terms <= said]


def _of_kind(mention: str, likeness: Likeness, entries: Sequence[_Entry]) -> Sequence[_Entry]:
    """A "shampoo de coco" is a shampoo rather than a kit with one, where there is such a shampoo."""
    head = head_of(mention)
    return [entry for entry in entries if entry.head in likeness.get(head, {})] or entries


def _is_of(entry: _Entry, head: Mapping[str, float]) -> bool:
    return entry.head in head or any(word in head for word in entry.category | entry.terms)


def _products(entries: Sequence[_Entry]) -> tuple[Product, ...]:
    return tuple(entry.product for entry in entries)


def _entry(product: Product) -> _Entry:
    terms, sizes = terms_of(product.name)
    joined = norms_of(product.name)
    compounds = {
        first + second
        for first, second in pairwise(joined)
        if first.isalpha() and second.isalpha() and min(len(first), len(second)) > 2
    }
    return _Entry(
        product,
        head_of(product.name),
        terms,
        terms | compounds,
        sizes,
        size_numbers(product.name),
        terms_of(product.category)[0],
    )
