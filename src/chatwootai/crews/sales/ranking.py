""" "O mais barato", "a maior": one product out of several, by what can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from chatwootai.crews.sales.telling import sold_out
from chatwootai.crews.understanding.words import is_size, words_of
from chatwootai.domain.catalog import Offer, Product

FIGURE = re.compile(r"\d+(?:\.\d+)?")


class Rank(StrEnum):
    CHEAPEST = "cheapest"
    DEAREST = "dearest"
    BIGGEST = "biggest"
    SMALLEST = "smallest"


RANKS = {
    Rank.CHEAPEST: re.compile(r"barat[oa]s?|baratinh[oa]s?|em conta"),
    Rank.DEAREST: re.compile(r"car[oa]s?"),
    Rank.BIGGEST: re.compile(r"maior(?:es)?|grandes?|grandao"),
    Rank.SMALLEST: re.compile(r"menor(?:es)?|pequen[oa]s?|menorzinh[oa]"),
}
AROUND = frozenset({"mais", "bem", "o", "a", "os", "as", "de", "em", "conta", "outro", "outra"})


def rank_of(mention: str) -> tuple[Rank | None, str]:
    """By what a mention ranks, and the mention without it: "shampoo mais barato" → cheapest, "shampoo"."""
    words = words_of(mention)
    spoken = " ".join(word.norm for word in words)
    for rank, pattern in RANKS.items():
        match = re.search(rf"\b(?:{pattern.pattern})\b", spoken)
        if match:
            ranked = set(match.group().split())
            kept = [word for word in words if word.norm not in ranked]
            while kept and kept[-1].norm in AROUND:
                kept.pop()
            return rank, " ".join(
                word.surface for word in kept if word.norm not in {"mais", "outro", "outra"}
            )
    return None, mention


def best(rank: Rank, offers: Sequence[Offer]) -> Product | None:
    """The product that ranks first among what is there, else among all; None where nothing compares."""
    there = [offer for offer in offers if not sold_out(offer)] or list(offers)
    if rank in (Rank.BIGGEST, Rank.SMALLEST):
        there = [offer for offer in there if _size(offer) is not None]
    if not there:
        return None
    first = min if rank in (Rank.CHEAPEST, Rank.SMALLEST) else max
    by_price = rank in (Rank.CHEAPEST, Rank.DEAREST)
    return first(there, key=lambda offer: offer.price.amount if by_price else _size(offer) or 0).product


def _size(offer: Offer) -> Decimal | None:
    sizes = [word.norm for word in words_of(offer.product.name) if is_size(word.norm)]
    figure = FIGURE.match(sizes[-1]) if sizes else None
    return Decimal(figure.group()) if figure else None
