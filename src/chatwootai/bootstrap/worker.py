"""The worker's parts: every account with its crews, the records and the queue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import procrastinate
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

from chatwootai.bootstrap.live import LiveAccounts
from chatwootai.bootstrap.shared import shared_parts
from chatwootai.config import Settings
from chatwootai.domain.changes import FeedPositions
from chatwootai.hub.turns import Pace, Turns
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.feed_positions import PostgresFeedPositions
from chatwootai.integrations.postgres.pool import VANISHED, Pool, make_pool
from chatwootai.integrations.postgres.profile_versions import ProfileVersions
from chatwootai.integrations.postgres.queue import make_queue
from chatwootai.integrations.postgres.sweep_store import PostgresSweepStore
from chatwootai.integrations.postgres.turn_store import PostgresTurnStore

WORKER_CONNECTIONS = 16
SENDING_CONNECTIONS = 24
QUEUE_CONNECTIONS = 8
OUTAGE = 900.0
"""Seconds that the queue waits for the database; after the usual 30 the worker would exit."""


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """What the worker works with."""

    pool: Pool
    turns: Turns
    live: LiveAccounts
    positions: FeedPositions
    deliveries: PostgresDeliveryStore
    sweeps: PostgresSweepStore
    queue: procrastinate.App


@asynccontextmanager
async def worker_parts(settings: Settings) -> AsyncIterator[WorkerParts]:
    """Everything opened; closed in reverse order at the end."""
    dsn = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(
            make_pool(dsn, size=WORKER_CONNECTIONS, timeout=30.0, name="worker")
        )
        sending = await stack.enter_async_context(
            make_pool(dsn, size=SENDING_CONNECTIONS, timeout=30.0, name="sending")
        )
        connector = procrastinate.PsycopgConnector(
            pool_factory=AsyncConnectionPool,
            conninfo=make_conninfo(dsn, **VANISHED),
            min_size=2,
            max_size=QUEUE_CONNECTIONS,
            timeout=OUTAGE,
        )
        queue = await stack.enter_async_context(make_queue(connector).open_async())
        shared = await stack.enter_async_context(shared_parts(settings, pool))
        live = LiveAccounts(settings, shared, ProfileVersions(pool))
        pace = Pace(settings.quiet_seconds, settings.patience_seconds)
        yield WorkerParts(
            pool=pool,
            turns=Turns(live.accounts, PostgresTurnStore(pool, sending), pace),
            live=live,
            positions=PostgresFeedPositions(pool),
            deliveries=PostgresDeliveryStore(pool, queue),
            sweeps=PostgresSweepStore(pool, interval=settings.sweep_seconds * 0.9),
            queue=queue,
        )
