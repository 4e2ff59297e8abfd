"""Who keeps what an account can tell searchable, and fresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from chatwootai.domain.catalog import Catalog, StockLevel
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.knowledge import PassageIndex
from chatwootai.domain.profiles import Profile
from chatwootai.hub.passages.products import keys_of, product_passage
from chatwootai.hub.passages.profile import profile_passages

_PRODUCTS_AT_ONCE = 200
"""Whose stock is asked for in one call: a large shop's would take Odoo too long."""


class KnowledgeKeeper:
    """A `ChangeListener` of one account. `profile` and `today` tell what holds now, in the shop's zone."""

    def __init__(
        self,
        account: str,
        catalog: Catalog,
        index: PassageIndex,
        profile: Callable[[], Profile],
        today: Callable[[], date],
    ) -> None:
        self._account = account
        self._catalog = catalog
        self._index = index
        self._profile = profile
        self._today = today

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """Put the products that changed, or whose stock did, as they are now; drop what is not sold any more.

        Prices are in no passage.
        """
        if account != self._account:
            return
        records = {change.record for change in changes if change.kind is not ChangeKind.PRICE}
        if records:
            await self._renew(sorted(records))

    async def rebuild(self, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
        """Index everything anew and return how many passages that are; `progress` hears how many of how many.

        Due after the profile changed, when a day begins (rules have dates), and where the index was lost.
        """
        profile = self._profile()
        levels = await self._levels([product.id for product in await self._catalog.products()])
        passages = [product_passage(level, profile.booking.preparation) for level in levels]
        passages += profile_passages(profile, self._today())
        await self._index.rebuild(passages, lambda done: progress(done, len(passages)))
        return len(passages)

    async def _renew(self, records: Sequence[int]) -> None:
        # Asked for their stock, for names may be a minute old, and a change is told only once.
        levels = await self._levels(records)
        preparation = self._profile().booking.preparation
        passages = [product_passage(level, preparation) for level in levels]
        kept = {passage.key for passage in passages}
        await self._index.put(passages)
        await self._index.drop([key for record in records for key in keys_of(record) if key not in kept])

    async def _levels(self, records: Sequence[int]) -> list[StockLevel]:
        found: list[StockLevel] = []
        for start in range(0, len(records), _PRODUCTS_AT_ONCE):
            found += await self._catalog.stock(records[start : start + _PRODUCTS_AT_ONCE])
        return found
