"""Keeping an account's index whole: when the worker starts, when a day begins, when the profile changed."""

from __future__ import annotations

import asyncio

from chatwootai.bootstrap.shops import Shop
from chatwootai.domain.errors import IntegrationError
from chatwootai.observability.logs import logger

log = logger("worker.indexing")

LOOK_SECONDS = 5.0
AGAIN_SECONDS = 30.0
"""Until a rebuild that failed is tried again."""


async def keep_indexed(shop: Shop) -> None:
    """Rebuild for ever, whenever what the passages rest on is another. Products keep fresh by the feed."""
    if shop.keeper is None:
        return
    built: object = None
    while True:
        wanted = (shop.profile, shop.today())
        pause = LOOK_SECONDS
        if built != wanted:
            try:
                passages = await shop.rebuild_index()
            except IntegrationError as error:
                log.warning("index_failed", account=shop.id, reason=str(error))
                pause = AGAIN_SECONDS
            else:
                built = wanted
                log.info("index_rebuilt", account=shop.id, passages=passages)
        await asyncio.sleep(pause)
