"""The catalogue, as it was some seconds ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import TypeAdapter

from chatwootai.domain.catalog import Catalog, Offer, Product, StockLevel
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.hearing import products, tells
from chatwootai.integrations.cache.keys import CacheKey, Kind, digest
from chatwootai.integrations.cache.shelves import ALONE_SECONDS, Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

_PRODUCTS = Codec(TypeAdapter[tuple[Product, ...]](tuple[Product, ...]))
_OFFER = Codec(TypeAdapter[Offer | None](Offer | None))
_LEVEL = Codec(TypeAdapter[StockLevel | None](StockLevel | None))


class CachedCatalog:
    """`Catalog` and `ChangeListener` of one account, for what is told to customers.

    Never give it to `hub.purchases` or `hub.bookings`: what decides about a write reads the ERP itself.
    Figures are at most 30 seconds old and dropped as soon as the feed tells of a change; names a minute.
    """

    def __init__(self, catalog: Catalog, cache: TwoLevelCache, account: str) -> None:
        self._catalog = catalog
        self._cache = cache
        self._account = account
        self._names = Shelf(account, Kind.NAMES, _PRODUCTS, seconds=60, alone=60)
        self._searches = Shelf(account, Kind.SEARCH, _PRODUCTS, seconds=60, alone=60)
        self._offers = Shelf(account, Kind.OFFERS, _OFFER, seconds=30, alone=ALONE_SECONDS)
        self._levels = Shelf(account, Kind.STOCK, _LEVEL, seconds=30, alone=ALONE_SECONDS)

    async def products(self) -> Sequence[Product]:
        async def load() -> tuple[Product, ...]:
            return tuple(await self._catalog.products())

        return await self._cache.get(self._names, "all", load)

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        async def load() -> tuple[Product, ...]:
            return tuple(await self._catalog.search(text, limit))

        name = digest(text.strip().casefold(), str(limit))
        return await self._cache.get(self._searches, name, load)

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        """For this customer and quantity; what is not known is asked at once."""
        buyer = "" if customer_id is None else str(customer_id)
        variant = f"{buyer}:{quantity.normalize()}"
        keys = [self._offers.key(str(id_), variant) for id_ in dict.fromkeys(product_ids)]

        async def load(missing: Sequence[CacheKey]) -> Mapping[CacheKey, Offer | None]:
            read = await self._catalog.offers(_ids(missing), customer_id=customer_id, quantity=quantity)
            known = {offer.product.id: offer for offer in read}
            return {key: known.get(int(key.name)) for key in missing}

        found = await self._cache.get_many(self._offers, keys, load)
        return tuple(offer for key in keys if (offer := found[key]) is not None)

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        keys = [self._levels.key(str(id_)) for id_ in dict.fromkeys(product_ids)]

        async def load(missing: Sequence[CacheKey]) -> Mapping[CacheKey, StockLevel | None]:
            known = {level.product.id: level for level in await self._catalog.stock(_ids(missing))}
            return {key: known.get(int(key.name)) for key in missing}

        found = await self._cache.get_many(self._levels, keys, load)
        return tuple(level for key in keys if (level := found[key]) is not None)

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """Must hear after the catalogue behind it, which may keep names, too."""
        if account != self._account:
            return
        product, price, stock = ChangeKind.PRODUCT, ChangeKind.PRICE, ChangeKind.STOCK
        if tells(changes, product):
            await self._cache.invalidate(account, Kind.NAMES)
            await self._cache.invalidate(account, Kind.SEARCH)
        await self._cache.invalidate(account, Kind.OFFERS, products(changes, product, price, stock))
        await self._cache.invalidate(account, Kind.STOCK, products(changes, product, stock))


def _ids(keys: Sequence[CacheKey]) -> list[int]:
    return [int(key.name) for key in keys]
