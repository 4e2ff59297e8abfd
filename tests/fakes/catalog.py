"""A catalogue in memory that behaves as `domain.catalog.Catalog` promises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from chatwootai.domain.catalog import Offer, Product, StockLevel
from chatwootai.domain.errors import IntegrationError


async def _no_pause() -> None:
    return None


class FakeCatalog:
    """Sells `offers`; `fail_next` makes the next calls raise, `asked` keeps the ids of each `offers` call.

    `pause` is awaited before and after figures are read, so that others can come in between.
    """

    def __init__(self, offers: Iterable[Offer] = ()) -> None:
        self._offers = {offer.product.id: offer for offer in offers}
        self._failures: list[IntegrationError] = []
        self.asked: list[tuple[int, ...]] = []
        self.pause: Callable[[], Awaitable[None]] = _no_pause

    async def products(self) -> Sequence[Product]:
        self._fail()
        products = (offer.product for offer in self._offers.values())
        return tuple(sorted(products, key=lambda product: (product.name.casefold(), product.id)))

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        wanted = text.strip().casefold()
        found = [
            p for p in await self.products() if wanted in p.name.casefold() or wanted == p.code.casefold()
        ]
        return tuple(found[:limit])

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        self.asked.append(tuple(product_ids))
        await self.pause()
        self._fail()
        offers = tuple(self._offers[id_] for id_ in dict.fromkeys(product_ids) if id_ in self._offers)
        await self.pause()
        return offers

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        return tuple(
            StockLevel(offer.product, offer.available, offer.expected, offer.shortfall)
            for offer in await self.offers(product_ids)
        )

    def offer(self, product_id: int) -> Offer | None:
        """What is known of a product, without a call."""
        return self._offers.get(product_id)

    def set_available(self, product_id: int, available: Decimal | None) -> None:
        """The stock of a product from now on."""
        self._offers[product_id] = replace(
            self._offers[product_id], available=available, shortfall=Decimal(0)
        )

    def set_price(self, product_id: int, price: Decimal) -> None:
        """The price of a product from now on, in its currency."""
        offer = self._offers[product_id]
        self._offers[product_id] = replace(offer, price=replace(offer.price, amount=price))

    def take(self, product_id: int, quantity: Decimal) -> None:
        """A confirmed order takes its units, whether they are there or not; less than zero gives back."""
        offer = self._offers[product_id]
        if offer.available is not None:
            left = offer.available - offer.shortfall - quantity
            available, shortfall = max(left, Decimal(0)), max(-left, Decimal(0))
            self._offers[product_id] = replace(offer, available=available, shortfall=shortfall)

    def fail_next(self, *errors: IntegrationError) -> None:
        """Raise these, one per call."""
        self._failures += errors

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)
