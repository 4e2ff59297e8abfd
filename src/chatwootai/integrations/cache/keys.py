"""What an entry is called, and what an invalidation reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple


class Kind(StrEnum):
    """What is kept; closed, because it labels metrics."""

    NAMES = "names"
    SEARCH = "search"
    OFFERS = "offers"
    STOCK = "stock"
    QUOTES = "quotes"
    CUSTOMERS = "customers"
    PASSAGES = "passages"
    PROMOTIONS = "promotions"


class CacheKey(NamedTuple):
    """`name` is what an invalidation names, such as a product; `variant` tells its entries apart.

    A tuple and no dataclass: one is made for each look, and that is most of what a hit costs.
    """

    account: str
    kind: Kind
    name: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Invalidation:
    """Everything of an account's kind, or what has one of `names`, in all variants."""

    account: str
    kind: Kind
    names: frozenset[str] | None = None

    def reaches(self, key: CacheKey) -> bool:
        same = key.account == self.account and key.kind == self.kind
        return same and (self.names is None or key.name in self.names)


def digest(*parts: str) -> str:
    """A name for what customers wrote or are called: short, and unreadable where keys are listed."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
