"""The webhook server's parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import psycopg
from psycopg_pool import PoolTimeout

from chatwootai.bootstrap.accounts import chatwoot_account
from chatwootai.config import AccountSettings, Settings
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.queue import make_queue

WEBHOOK_CONNECTIONS = 10


@dataclass(frozen=True, slots=True)
class Doors:
    """How an account's deliveries are let in. `chatwoot_account` is the number that payloads must name."""

    account: AccountId
    chatwoot_account: int
    path_secret: str | None
    signing_secret: str | None


@dataclass(frozen=True, slots=True)
class WebhookParts:
    """What the webhook server works with."""

    store: PostgresDeliveryStore
    doors: Mapping[str, Doors]
    body_limit: int

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Starts even while the database is away: it may come back at any moment."""
        await self.store.pool.open(wait=False)
        try:
            yield
        finally:
            await self.store.pool.close()

    async def is_ready(self) -> bool:
        try:
            async with self.store.pool.connection(timeout=1.0) as connection:
                await connection.execute("select 1")
        except (psycopg.Error, PoolTimeout):
            return False
        return True


def webhook_parts(settings: Settings) -> WebhookParts:
    dsn = settings.database_url.get_secret_value()
    pool = make_pool(dsn, size=WEBHOOK_CONNECTIONS, timeout=3.0, name="webhook")
    doors = {key: _doors(key, account) for key, account in settings.accounts.items()}
    return WebhookParts(PostgresDeliveryStore(pool, make_queue()), doors, settings.webhook_body_limit)


def _doors(key: str, account: AccountSettings) -> Doors:
    path_secret, signing_secret = account.webhook.path_secret, account.webhook.signing_secret
    if path_secret is None and signing_secret is None:
        prefix = f"CHATWOOTAI_ACCOUNTS__{key.upper()}__WEBHOOK"
        raise ConfigurationError(f"defina {prefix}__PATH_SECRET ou {prefix}__SIGNING_SECRET")
    return Doors(
        account=AccountId(key),
        chatwoot_account=chatwoot_account(key, account),
        path_secret=path_secret.get_secret_value() if path_secret else None,
        signing_secret=signing_secret.get_secret_value() if signing_secret else None,
    )
