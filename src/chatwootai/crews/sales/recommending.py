"""Choosing what to recommend, by what products themselves say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from chatwootai.crews.sales.fitting import (
    FITS,
    Kinds,
    is_used_up,
    line_of,
    reason,
    says_more,
    score,
    told_by,
    width,
)
from chatwootai.crews.sales.names import head_of, terms_of
from chatwootai.crews.sales.need_words import keys_of
from chatwootai.crews.sales.needs import Need
from chatwootai.crews.sales.telling import sold_out
from chatwootai.domain.catalog import Catalog, Offer, Product

MOST: Final = 3
READ: Final = 24
"""Whose price and stock are read to find so many."""
NEARLY_AS_GOOD: Final = 0.4
"""What fits less than the best by more than this is not shown beside it."""
HER_LINE: Final = 0.2
"""What a product of a line that she bought before counts more."""
_GIFTS: Final = """
kit conjunto vale perfume colonia almofada manta vaso quadro luminaria puff decoracao
"""
GIFTS: Final = keys_of(_GIFTS.split())
"""What shops give as presents, among what a shop that sells everything has."""
NO_GIFTS: Final = keys_of(
    ("shampoo", "condicionador", "protetor", "removedor", "colchao", "desodorante", "corretivo", "base")
)


class Fitness(StrEnum):
    """Why these were chosen."""

    FITS = "fits"
    """Their own words tell what she needs."""
    KIND = "kind"
    """They are the kind of thing that she wants, and she said no more."""
    UNSAID = "unsaid"
    """They are that kind of thing, but no word of theirs tells the rest of what she needs."""
    GIFT = "gift"
    """She looks for a present and said no more."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`reason` is a sentence of the product's own description, "" where it has none."""

    offer: Offer
    reason: str
    bought_before: bool = False
    same_line: bool = False
    """Whether it does not tell the need itself, but is of the line of one that does."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Best first. With `beyond_price` nothing fits the price that she named, and these are the nearest to it.
    `missing` would fit, but are sold out."""

    suggestions: tuple[Suggestion, ...] = ()
    fitness: Fitness = Fitness.NONE
    beyond_price: bool = False
    missing: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommending:
    """One choice among `products`. `found` are ids that the index finds for the need, best first; `bought`
    those that the customer bought before, `without` those that are not wanted again."""

    products: Sequence[Product]
    need: Need
    found: Sequence[int] = ()
    bought: Collection[int] = ()
    without: Collection[int] = field(default_factory=frozenset)

    async def choose(self, catalog: Catalog) -> Recommendation:
        """Reads prices and stock of those that may be shown. Raises `IntegrationError`."""
        found, fitness = self._ranked()
        # Left out only now, lest what fits less becomes the best there is.
        ranked = [product for product in found if product.id not in self.without]
        if not ranked:
            return Recommendation()
        offers = await catalog.offers([product.id for product in ranked[:READ]])
        there = [offer for offer in offers if not sold_out(offer)]
        missing = tuple(offer for offer in offers if sold_out(offer) and fitness is Fitness.FITS)
        priced = [offer for offer in there if self._is_priced(offer)]
        if not there:
            return Recommendation((), Fitness.NONE, missing=missing[:1])
        if not priced and fitness is Fitness.GIFT and not self.without:
            priced = await self._other_presents(catalog)
        beyond = not priced
        shown = self._by_price(priced) if priced else self._nearest(there)
        suggestions = [self._suggestion(offer) for offer in _varied(_each_once(shown))[:MOST]]
        if fitness is Fitness.FITS and not beyond and len(suggestions) == 1:
            suggestions += await self._companions(suggestions[0].offer.product, catalog)
        return Recommendation(tuple(suggestions), fitness, beyond, missing[:1] if beyond else ())

    def _ranked(self) -> tuple[list[Product], Fitness]:
        """Those that may be shown, best first, and why."""
        pool = [product for product in self.products if self._may_be_shown(product)]
        kinds = Kinds(pool).named_in(self.need.words)
        of_kind = Kinds(pool).of(kinds) if kinds else ()
        fits = self._fitting(of_kind, kinds) or (() if of_kind else self._fitting(pool, ()))
        if fits:
            return list(fits), Fitness.FITS
        fitness = Fitness.UNSAID if says_more(self.need, kinds) else Fitness.KIND
        suiting = [product for product in of_kind if score(product, self.need, kinds) >= 0]
        if suiting:
            return self._in_order(suiting), fitness
        if others := self._fitting(pool, kinds):
            return list(others), Fitness.FITS
        priced_only = not self.need.words and not self.need.is_open
        if self.need.gift or priced_only:
            return self._presents(pool), Fitness.GIFT if self.need.gift else Fitness.KIND
        return [], Fitness.NONE

    def _fitting(self, pool: Sequence[Product], kinds: Collection[str]) -> list[Product]:
        scores = {product.id: score(product, self.need, kinds) for product in pool}
        least = max(FITS, max(scores.values(), default=0.0) - NEARLY_AS_GOOD)
        return self._in_order([product for product in pool if scores[product.id] >= least], scores)

    def _in_order(
        self, products: Sequence[Product], scores: Mapping[int, float] | None = None
    ) -> list[Product]:
        place = {id_: position for position, id_ in enumerate(self.found)}
        lines = [line_of(product) for product in self.products if product.id in self.bought]
        small = "small" in self.need.keys

        def rank(product: Product) -> tuple[float, float, int]:
            fit = (scores or {}).get(product.id, 0.0) + HER_LINE * _is_of(product, lines)
            return -fit, width(product) if small else 0.0, place.get(product.id, len(place))

        return sorted(products, key=rank)

    def _presents(self, pool: Sequence[Product]) -> list[Product]:
        """Usual presents, one of each category before a second of any; none in a shop without such things."""
        return _by_turns([product for product in pool if GIFTS & _all_keys(product)])

    async def _other_presents(self, catalog: Catalog) -> list[Offer]:
        """What else costs no more, where usual presents do."""
        others = [product for product in self.products if not (GIFTS | NO_GIFTS) & _all_keys(product)]
        offers = await catalog.offers([product.id for product in _by_turns(others)[: 2 * READ]])
        return [offer for offer in offers if not sold_out(offer) and self._is_priced(offer)]

    def _may_be_shown(self, product: Product) -> bool:
        return product.id not in self.bought or is_used_up(product)

    def _is_priced(self, offer: Offer) -> bool:
        price, need = offer.price.amount, self.need
        return (need.at_most is None or price <= need.at_most) and (
            need.at_least is None or price >= need.at_least
        )

    def _by_price(self, offers: Sequence[Offer]) -> list[Offer]:
        return sorted(offers, key=lambda offer: offer.price.amount) if self.need.cheaper else list(offers)

    def _nearest(self, offers: Sequence[Offer]) -> list[Offer]:
        """To the price that she named; the cheapest above it, or the dearest below."""
        limit = self.need.at_most if self.need.at_most is not None else self.need.at_least
        return sorted(offers, key=lambda offer: abs(offer.price.amount - (limit or 0)))

    def _suggestion(self, offer: Offer) -> Suggestion:
        product = offer.product
        return Suggestion(offer, reason(product, self.need), product.id in self.bought)

    async def _companions(self, first: Product, catalog: Catalog) -> list[Suggestion]:
        """Of the same line, where one alone tells the need."""
        line = line_of(first)
        alike = [
            product
            for product in self.products
            if self._may_be_shown(product)
            and product.id not in {first.id, *self.without}
            and line
            and line <= terms_of(product.name)[0]
            and terms_of(product.name) != terms_of(first.name)
        ]
        if not alike:
            return []
        offers = await catalog.offers([product.id for product in alike[:MOST]])
        fitting = [offer for offer in offers if not sold_out(offer) and self._is_priced(offer)]
        return [replace(self._suggestion(offer), same_line=True) for offer in fitting[: MOST - 1]]


def _each_once(offers: Sequence[Offer]) -> list[Offer]:
    """Of several sizes the cheapest."""
    sizes: dict[frozenset[str], Offer] = {}
    for offer in offers:
        name = terms_of(offer.product.name)[0]
        if name not in sizes or offer.price.amount < sizes[name].price.amount:
            sizes[name] = offer
    return list(sizes.values())


def _varied(offers: Sequence[Offer]) -> list[Offer]:
    """One of each kind of thing before a second of any."""
    turn: dict[str, int] = {}
    ranked: list[tuple[int, Offer]] = []
    for offer in offers:
        kind = head_of(offer.product.name)
        turn[kind] = turn.get(kind, 0) + 1
        ranked.append((turn[kind], offer))
    return [offer for _, offer in sorted(ranked, key=lambda item: item[0])]


def _by_turns(products: Sequence[Product]) -> list[Product]:
    """One of each category before a second of any."""
    turn: dict[str, int] = {}
    ranked: list[tuple[int, Product]] = []
    for product in products:
        turn[product.category] = turn.get(product.category, 0) + 1
        ranked.append((turn[product.category], product))
    return [product for _, product in sorted(ranked, key=lambda item: item[0])]


def _is_of(product: Product, lines: Sequence[frozenset[str]]) -> bool:
    own = line_of(product)
    return any(line and len(own & line) * 2 > len(line) for line in lines)


def _all_keys(product: Product) -> frozenset[str]:
    told = told_by(product)
    return told.category | keys_of(terms_of(product.name)[0])
