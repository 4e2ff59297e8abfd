"""PostgreSQL: connecting with patience, and transactions."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from psycopg import AsyncConnection, DataError, IsolationLevel, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from chatwootai.simulators.odoo.errors import BadValue, DatabaseDown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from psycopg.abc import Query

Connection = AsyncConnection[DictRow]

_LOG = logging.getLogger(__name__)
_SESSION = "-c timezone=UTC"  # Odoo's times are UTC without zone; comparisons rely on it
_RIVALRY = ("40", "55")  # classes of SQLSTATE: the transaction lost to another one, the server is well


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
            max_size=16,
            timeout=30.0,
            open=False,
        )

    async def open(self) -> None:
        """Fill the pool; the database must answer already."""
        await self._pool.open(wait=True)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.close()

    @asynccontextmanager
    async def transaction(self, level: IsolationLevel | None = None) -> AsyncIterator[Connection]:
        """A connection in a transaction; an unreachable PostgreSQL is `DatabaseDown`."""
        try:
            async with self._pool.connection() as connection:
                await connection.set_isolation_level(level)
                yield connection
        except OperationalError as error:  # a pool that is empty for too long raises one, too
            if (error.sqlstate or "").startswith(_RIVALRY):
                raise
            raise DatabaseDown("connection to server failed") from error

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        """A transaction as Odoo's: REPEATABLE READ, so that rivals fail instead of waiting for each other."""
        async with self.transaction(IsolationLevel.REPEATABLE_READ) as connection:
            yield connection

    async def rows(self, query: Query) -> list[DictRow]:
        """All rows of one statement; `BadValue` for a value that PostgreSQL cannot hold."""
        try:
            async with self.transaction() as connection:
                cursor = await connection.execute(query)
                return await cursor.fetchall()
        except DataError as error:
            raise BadValue(str(error)) from error
