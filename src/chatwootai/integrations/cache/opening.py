"""How a process gets its cache."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from chatwootai.integrations.cache.listening import Ear
from chatwootai.integrations.cache.redis_level import RedisLevel
from chatwootai.integrations.cache.two_levels import TwoLevelCache

TIMEOUT = 0.1
"""Seconds. A Redis that hangs holds up an answer for this long, once."""
CONNECTIONS = 256


@asynccontextmanager
async def make_cache(redis_url: str | None) -> AsyncIterator[TwoLevelCache]:
    """A cache for this process: of the first level alone without `redis_url`.

    A Redis that is not there is no reason not to start: the cache joins it as soon as it answers.
    """
    cache = TwoLevelCache()
    if redis_url is None:
        try:
            yield cache
        finally:
            await cache.close()
        return
    client = Redis.from_url(
        redis_url,
        protocol=2,
        decode_responses=False,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
        max_connections=CONNECTIONS,
    )
    level = RedisLevel(client)
    cache.join(level)
    ear = Ear(client, level, cache.outdate)
    listening = asyncio.create_task(ear.listen(), name="cache-listening")
    try:
        await ear.tried.wait()
        yield cache
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        await cache.close()
        await client.aclose()
