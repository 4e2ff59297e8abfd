"""PostgreSQL: connecting with patience, the versioned schema, and short queries."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from psycopg import AsyncConnection, DataError, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from chatwootai.simulators.odoo.errors import BadValue, DatabaseDown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from psycopg.abc import Query

Connection = AsyncConnection[DictRow]

_LOG = logging.getLogger(__name__)
_SCHEMA = files(__package__) / "schema"
_LOCK = 0x0D00  # our key for pg_advisory_xact_lock: replicas that start together migrate one by one
_SESSION = "-c timezone=UTC"  # Odoo's times are UTC without zone; comparisons rely on it


async def wait_for_database(url: str, seconds: float) -> None:
    """Return as soon as PostgreSQL answers; raises the last `OperationalError` after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = 0.1
    while True:
        try:
            async with await AsyncConnection.connect(url, connect_timeout=5):
                return
        except OperationalError:
            if time.monotonic() + pause > deadline:
                raise
            _LOG.warning("PostgreSQL does not answer yet, next try in %.1f s", pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)


class Storage:
    """A pool of connections that speak in dicts and in UTC."""

    def __init__(self, url: str) -> None:
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            connection_class=AsyncConnection[DictRow],
            kwargs={"row_factory": dict_row, "options": _SESSION},
            min_size=1,
            max_size=8,
            timeout=5.0,
            open=False,
        )

    async def open(self) -> None:
        """Fill the pool; the database must answer already."""
        await self._pool.open(wait=True)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection in a transaction; an unreachable PostgreSQL is `DatabaseDown`."""
        try:
            async with self._pool.connection() as connection:
                yield connection
        except (OperationalError, PoolTimeout) as error:
            raise DatabaseDown("connection to server failed") from error

    async def rows(self, query: Query) -> list[DictRow]:
        """All rows of one statement; `BadValue` for a value that PostgreSQL cannot hold."""
        try:
            async with self.transaction() as connection:
                cursor = await connection.execute(query)
                return await cursor.fetchall()
        except DataError as error:
            raise BadValue(str(error)) from error


async def migrate(connection: Connection) -> None:
    """Apply the steps of `schema/` that this database lacks. Holds the lock until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    await connection.execute("CREATE SCHEMA IF NOT EXISTS erp")
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS erp.schema_steps"
        " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    cursor = await connection.execute("SELECT name FROM erp.schema_steps")
    done = {row["name"] for row in await cursor.fetchall()}
    for step in sorted(_SCHEMA.iterdir(), key=lambda entry: entry.name):
        if step.name in done or not step.name.endswith(".sql"):
            continue
        await connection.execute(step.read_bytes())
        await connection.execute("INSERT INTO erp.schema_steps (name) VALUES (%s)", (step.name,))
