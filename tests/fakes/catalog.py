"""A catalogue in memory that behaves as `domain.catalog.Catalog` promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.errors import IntegrationError


class FakeCatalog:
    """Sells `offers`; `fail_next` makes the next calls raise, `asked` keeps the ids of each `offers` call."""

    def __init__(self, offers: Iterable[Offer] = ()) -> None:
        self._offers = {offer.product.id: offer for offer in offers}
        self._failures: list[IntegrationError] = []
        self.asked: list[tuple[int, ...]] = []

    async def products(self) -> Sequence[Product]:
        self._fail()
        products = (offer.product for offer in self._offers.values())
        return tuple(sorted(products, key=lambda product: (product.name.casefold(), product.id)))

    async def offers(self, product_ids: Sequence[int]) -> Sequence[Offer]:
        self.asked.append(tuple(product_ids))
        self._fail()
        return tuple(self._offers[id_] for id_ in dict.fromkeys(product_ids) if id_ in self._offers)

    def set_available(self, product_id: int, available: Decimal | None) -> None:
        """The stock of a product from now on."""
        self._offers[product_id] = replace(self._offers[product_id], available=available)

    def fail_next(self, *errors: IntegrationError) -> None:
        """Raise these, one per call."""
        self._failures += errors

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)
