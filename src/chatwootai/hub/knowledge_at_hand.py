"""The index as far as it is there: answers get better with it, and go on without it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.knowledge import Found, KnowledgeBase, PassageKind
from chatwootai.observability.logs import logger

log = logger("hub.knowledge")


@dataclass(frozen=True, slots=True)
class KnowledgeAtHand:
    """`KnowledgeBase` that finds nothing where there is no index, or where it does not answer."""

    account: str
    index: KnowledgeBase | None

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        """Never raises `IntegrationError`: prices and stock are read elsewhere, so nothing false follows."""
        if self.index is None:
            return ()
        try:
            return await self.index.search(text, kinds=kinds, only_in_stock=only_in_stock, limit=limit)
        except IntegrationError as error:
            log.warning("knowledge_away", account=self.account, reason=str(error))
            return ()
