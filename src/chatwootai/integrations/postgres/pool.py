"""Connections, and the one translation of their errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from chatwootai.domain.errors import ServiceUnavailable

Connection = psycopg.AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]

LOCK_TIMEOUT_MS = 30_000
IDLE_IN_TRANSACTION_MS = 60_000
"""A worker that was frozen in the middle of sending gives its turn back after this time."""

VANISHED = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""libpq's, in seconds and milliseconds: who waits for a database whose machine vanished is told so in 25 s,
where the operating system would take two hours."""


def make_pool(
    dsn: str, *, size: int, timeout: float, name: str, settings: Mapping[str, int] | None = None
) -> Pool:
    """A pool that is not open yet. `timeout` is how long a caller waits for a connection, in seconds.

    `settings` are the server's, for these connections, beside or instead of the usual ones.
    """
    usual = {"lock_timeout": LOCK_TIMEOUT_MS, "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS}
    options = {**usual, **(settings or {})}
    return AsyncConnectionPool(
        dsn,
        min_size=1,
        max_size=size,
        timeout=timeout,
        name=name,
        open=False,
        reconnect_timeout=5.0,
        connection_class=psycopg.AsyncConnection[DictRow],
        check=AsyncConnectionPool.check_connection,
        kwargs={
            "autocommit": True,
            "row_factory": dict_row,
            **VANISHED,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )


@contextmanager
def database_errors() -> Iterator[None]:
    """What means "the database is away" becomes `ServiceUnavailable`; our own mistakes stay as they are."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        raise ServiceUnavailable("postgres", type(error).__name__) from error
