"""What all accounts of a worker share: connections, the cache, the client of the index, the reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from qdrant_client import AsyncQdrantClient

from chatwootai.config import Settings
from chatwootai.crews.understanding.reader import Reader
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.two_levels import TwoLevelCache
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import Pool
from chatwootai.integrations.postgres.proposal_store import PostgresProposalStore
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool
from chatwootai.integrations.qdrant.client import open_client

LOCK_CONNECTIONS = 24
LOCK_TIMEOUT = 45.0
QDRANT_TIMEOUT = 10


@dataclass(frozen=True, slots=True)
class Shared:
    """`qdrant` is None where no index is configured: then nothing is found in it."""

    session: aiohttp.ClientSession
    holds: PostgresHoldStore
    proposals: PostgresProposalStore
    cache: TwoLevelCache
    qdrant: AsyncQdrantClient | None
    reader: Reader


@asynccontextmanager
async def shared_parts(settings: Settings, pool: Pool) -> AsyncIterator[Shared]:
    """Opened over the worker's own pool; closed in reverse order."""
    dsn = settings.database_url.get_secret_value()
    redis_url = settings.redis_url.get_secret_value() if settings.redis_url else None
    async with AsyncExitStack() as stack:
        locks = await stack.enter_async_context(
            make_lock_pool(dsn, size=LOCK_CONNECTIONS, timeout=LOCK_TIMEOUT)
        )
        session = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, limit_per_host=100),
                cookie_jar=aiohttp.DummyCookieJar(),  # accounts share connections, never a session
            )
        )
        cache = await stack.enter_async_context(make_cache(redis_url))
        qdrant = qdrant_client(settings)
        if qdrant is not None:
            stack.push_async_callback(qdrant.close)
        yield Shared(
            session=session,
            holds=PostgresHoldStore(pool, Seclusion(locks)),
            proposals=PostgresProposalStore(pool),
            cache=cache,
            qdrant=qdrant,
            reader=Reader(settings.models_folder),
        )


def qdrant_client(settings: Settings, timeout: int = QDRANT_TIMEOUT) -> AsyncQdrantClient | None:
    """The client of the index, None where none is configured. `timeout` in seconds."""
    if settings.qdrant_url is None:
        return None
    key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
    return open_client(settings.qdrant_url, key, timeout)
