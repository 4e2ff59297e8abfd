"""The ear of a process: hears what the others invalidate, and notices when it is deaf."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from chatwootai.integrations.cache.invalidation import heard
from chatwootai.integrations.cache.keys import Invalidation
from chatwootai.integrations.cache.layout import CHANNEL
from chatwootai.integrations.cache.redis_level import RedisLevel
from chatwootai.integrations.cache.shared import SharedLevelLost
from chatwootai.observability import metrics
from chatwootai.observability.logs import logger

log = logger("cache")

HEARTBEAT = 0.5
"""Seconds without a message after which Redis is asked whether it lives, and in which it must answer."""
AGAIN = 0.5
"""Seconds between two attempts to connect."""


class Ear:
    """Runs for as long as its process. `outdate` is told what is invalidated; None means everything, for
    whoever was deaf may have missed anything."""

    def __init__(
        self, client: Redis, level: RedisLevel, outdate: Callable[[Invalidation | None], None]
    ) -> None:
        self._client = client
        self._level = level
        self._outdate = outdate
        self.tried = asyncio.Event()
        """Set when the first attempt to connect has ended, well or not."""

    async def listen(self) -> None:
        """Until cancelled."""
        was_lost = False
        while True:
            try:
                async with self._client.pubsub() as channel:
                    await self._subscribe(channel)
                    was_lost = False
                    while True:
                        await self._hear(channel)
            except (RedisError, OSError, SharedLevelLost) as error:
                if not was_lost:
                    log.warning("cache_deaf", reason=type(error).__name__)
                    metrics.cache_errors.labels("listening").inc()
                was_lost = True
            finally:
                self._lost()
                self.tried.set()
            await asyncio.sleep(AGAIN)

    async def _subscribe(self, channel: PubSub) -> None:
        await channel.subscribe(CHANNEL)
        if await channel.get_message(timeout=HEARTBEAT) is None:
            raise TimeoutError("the subscription was not confirmed")
        self._level.begin(await self._level.time())
        self._outdate(None)
        metrics.cache_listening.set(1)
        self.tried.set()
        await self._level.pay()
        log.info("cache_listens")

    async def _hear(self, channel: PubSub) -> None:
        """The next message, or a sign of life."""
        message = await channel.get_message(timeout=HEARTBEAT)
        if message is None:
            await channel.ping()
            message = await channel.get_message(timeout=HEARTBEAT)
            if message is None:
                raise TimeoutError("no sign of life")
        if message["type"] == "message":
            self._understand(message["data"])
        await self._level.pay()

    def _understand(self, message: bytes) -> None:
        try:
            what, origin = heard(message)
        except ValueError:
            metrics.cache_errors.labels("listening").inc()
            self._outdate(None)
            return
        if origin != self._level.origin:  # what this process told the others it forgot itself
            self._outdate(what)

    def _lost(self) -> None:
        """What others invalidate now is missed, and what they did in the last second may have been."""
        self._level.end()
        self._outdate(None)
        metrics.cache_listening.set(0)
