"""The promotions of a day, as they were a minute ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter

from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.promotions import Promotion, Promotions
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.hearing import tells
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

_PROMOTIONS = Codec(TypeAdapter[tuple[Promotion, ...]](tuple[Promotion, ...]))


class CachedPromotions:
    """`Promotions` and `ChangeListener` of one account. Points are read each time: a purchase changes them.

    Whether a coupon applies is decided by `Orders.draft`, never here.
    """

    def __init__(self, promotions: Promotions, cache: TwoLevelCache, account: str) -> None:
        self._promotions = promotions
        self._cache = cache
        self._account = account
        self._shelf = Shelf(account, Kind.PROMOTIONS, _PROMOTIONS, seconds=60, alone=60)

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        async def load() -> tuple[Promotion, ...]:
            return tuple(await self._promotions.valid_on(day))

        return await self._cache.get(self._shelf, day.isoformat(), load)

    async def points(self, customer_id: int) -> Decimal | None:
        return await self._promotions.points(customer_id)

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """No feed tells of promotions; who changes prices often changes them as well."""
        if account == self._account and tells(changes, ChangeKind.PRICE):
            await self._cache.invalidate(account, Kind.PROMOTIONS)
