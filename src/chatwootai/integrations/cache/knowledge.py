"""What searches of the shop's passages found a moment ago."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import TypeAdapter

from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.knowledge import Found, KnowledgeBase, PassageKind
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.hearing import tells
from chatwootai.integrations.cache.keys import Kind, digest
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

_FOUND = Codec(TypeAdapter[tuple[Found, ...]](tuple[Found, ...]))


class CachedKnowledge:
    """`KnowledgeBase` and `ChangeListener` of one account. Whether something is in stock may be a minute old
    here, as it may be in the index: figures are asked of the catalogue."""

    def __init__(self, knowledge: KnowledgeBase, cache: TwoLevelCache, account: str) -> None:
        self._knowledge = knowledge
        self._cache = cache
        self._account = account
        self._shelf = Shelf(account, Kind.PASSAGES, _FOUND, seconds=60, alone=60)

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        async def load() -> tuple[Found, ...]:
            found = await self._knowledge.search(text, kinds=kinds, only_in_stock=only_in_stock, limit=limit)
            return tuple(found)

        name = digest(text.strip(), *sorted(set(kinds)), str(only_in_stock), str(limit))
        return await self._cache.get(self._shelf, name, load)

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        """Must hear after the index, or it keeps for a minute what the index says no more."""
        if account == self._account and tells(changes, ChangeKind.PRODUCT):
            await self.forget()

    async def forget(self) -> None:
        """After the index was written for another reason, such as a new profile."""
        await self._cache.invalidate(self._account, Kind.PASSAGES)
