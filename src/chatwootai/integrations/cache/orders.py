"""Quotes, as the ERP gave them some seconds ago; everything else of orders goes through."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.orders import Item, Order, Orders, Quote
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.hearing import tells
from chatwootai.integrations.cache.keys import Kind, digest
from chatwootai.integrations.cache.shelves import ALONE_SECONDS, Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

_QUOTE = Codec(TypeAdapter[Quote](Quote))


class CachedOrders:
    """`Orders` and `ChangeListener` of one account, for telling what something would cost.

    Never give it to `hub.purchases`: what decides about a write reads the ERP itself.
    """

    def __init__(self, orders: Orders, cache: TwoLevelCache, account: str) -> None:
        self._orders = orders
        self._cache = cache
        self._account = account
        self._shelf = Shelf(account, Kind.QUOTES, _QUOTE, seconds=15, alone=ALONE_SECONDS)

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        async def load() -> Quote:
            return await self._orders.quote(items, customer_id=customer_id)

        wanted = (f"{item.product_id}x{item.quantity.normalize()}" for item in items)
        return await self._cache.get(self._shelf, digest(str(customer_id), *wanted), load)

    async def draft(
        self,
        key: str,
        customer_id: int,
        items: Sequence[Item],
        *,
        coupon: str | None = None,
        note: str = "",
    ) -> Order:
        return await self._orders.draft(key, customer_id, items, coupon=coupon, note=note)

    async def confirm(self, order_id: int) -> Order:
        return await self._orders.confirm(order_id)

    async def cancel(self, order_id: int) -> Order:
        return await self._orders.cancel(order_id)

    async def find(self, key: str) -> Order | None:
        return await self._orders.find(key)

    async def get(self, order_id: int) -> Order | None:
        return await self._orders.get(order_id)

    async def of_customer(self, customer_id: int, limit: int = 10) -> Sequence[Order]:
        return await self._orders.of_customer(customer_id, limit)

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """All quotes: one price may be in many baskets, and none is kept for long."""
        if account == self._account and tells(changes, ChangeKind.PRICE, ChangeKind.PRODUCT):
            await self._cache.invalidate(account, Kind.QUOTES)
