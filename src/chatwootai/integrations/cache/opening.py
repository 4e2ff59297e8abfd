"""How a process gets its cache."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.cache.listening import Ear
from chatwootai.integrations.cache.redis_level import RedisLevel
from chatwootai.integrations.cache.two_levels import TwoLevelCache

TIMEOUT = 0.1
"""Seconds. A Redis that hangs holds up an answer for this long, once."""
CONNECTIONS = 256


@asynccontextmanager
async def make_cache(redis_url: str | None, *, patience: float = TIMEOUT) -> AsyncIterator[TwoLevelCache]:
    """A cache for this process: of the first level alone without `redis_url`.

    Each command to Redis is given up after `patience` seconds.
    A Redis that is not there is no reason not to start: the cache joins it as soon as it answers.
    `ConfigurationError` for a text that is no address of a Redis.
    """
    cache = TwoLevelCache()
    if redis_url is None:
        try:
            yield cache
        finally:
            await cache.close()
        return
    client = _client(redis_url, patience)
    level = RedisLevel(client)
    cache.join(level)
    ear = Ear(client, level, cache.outdate)
    listening = asyncio.create_task(ear.listen(), name="cache-listening")
    try:
        await ear.tried.wait()
        yield cache
    finally:
        listening.cancel()
        await cache.close()
        try:
            with suppress(asyncio.CancelledError):
                await listening
        finally:
            await client.aclose()


def _client(redis_url: str, patience: float) -> Redis:
    try:
        return Redis.from_url(
            redis_url,
            protocol=2,  # any server speaks it
            decode_responses=False,
            socket_timeout=patience,
            socket_connect_timeout=patience,
            retry=Retry(NoBackoff(), 0),
            max_connections=CONNECTIONS,
        )
    except ValueError as error:
        raise ConfigurationError(
            "REDIS_URL: não é o endereço de um Redis (exemplo: redis://localhost:6379/0)"
        ) from error
