"""The worker's parts: every account with its crews, the records and the queue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import procrastinate
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool

from chatwootai.bootstrap.accounts import chatwoot_access, odoo_access, profile_of
from chatwootai.channels import CHANNELS
from chatwootai.config import AccountSettings, Settings
from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.dialogues.opening import is_open
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.sales.crew import SalesCrew
from chatwootai.crews.understanding.understanding import KeywordUnderstanding
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.changes import ChangeFeed, ChangeListener, FeedPositions
from chatwootai.domain.conversations import Status
from chatwootai.domain.crews import CrewName
from chatwootai.hub.accounts import Account
from chatwootai.hub.turns import Pace, Turns
from chatwootai.integrations.chatwoot.client import ChatwootHelpdesk
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.changes import OdooChangeFeed
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.feed_positions import PostgresFeedPositions
from chatwootai.integrations.postgres.pool import VANISHED, Pool, make_pool
from chatwootai.integrations.postgres.queue import make_queue
from chatwootai.integrations.postgres.sweep_store import PostgresSweepStore
from chatwootai.integrations.postgres.turn_store import PostgresTurnStore

WORKER_CONNECTIONS = 16
SENDING_CONNECTIONS = 24
QUEUE_CONNECTIONS = 8
OUTAGE = 900.0
"""Seconds that the queue waits for the database; after the usual 30 the worker would exit."""


@dataclass(frozen=True, slots=True)
class Feed:
    """An account's change feed, and who of this process wants to hear of it."""

    changes: ChangeFeed
    listeners: tuple[ChangeListener, ...]


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """What the worker works with."""

    pool: Pool
    turns: Turns
    accounts: Mapping[AccountId, Account]
    feeds: Mapping[AccountId, Feed]
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
        session = await stack.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, limit_per_host=100),
                cookie_jar=aiohttp.DummyCookieJar(),  # accounts share connections, never a session
            )
        )
        accounts: dict[AccountId, Account] = {}
        feeds: dict[AccountId, Feed] = {}
        for key, account in settings.accounts.items():
            id_ = AccountId(key)
            accounts[id_], feeds[id_] = _account(id_, account, settings, session)
        pace = Pace(settings.quiet_seconds, settings.patience_seconds)
        yield WorkerParts(
            pool=pool,
            turns=Turns(accounts, PostgresTurnStore(pool, sending), pace),
            accounts=accounts,
            feeds=feeds,
            positions=PostgresFeedPositions(pool),
            deliveries=PostgresDeliveryStore(pool, queue),
            sweeps=PostgresSweepStore(pool, interval=settings.sweep_seconds * 0.9),
            queue=queue,
        )


def _account(
    id_: AccountId, account: AccountSettings, settings: Settings, session: aiohttp.ClientSession
) -> tuple[Account, Feed]:
    profile = profile_of(account, settings)
    is_open(profile.hours, datetime.now(profile.hours.zone))  # builds its calendar now, not in a turn
    client = OdooClient(session, odoo_access(account))
    catalog = OdooCatalog(client, currency=profile.currency, zone=profile.hours.zone)
    built = Account(
        id=id_,
        profile=profile,
        helpdesk=ChatwootHelpdesk(session, chatwoot_access(id_, account), id_),
        understanding=KeywordUnderstanding(),
        crews={CrewName.SALES: SalesCrew(catalog), CrewName.INFO: InfoCrew()},
        frontdesk=Frontdesk(),
        channels=CHANNELS,
        speaks_in=frozenset(Status(status) for status in account.speaks_in),
    )
    return built, Feed(OdooChangeFeed(client), (catalog,))
