"""One at a time in all processes: advisory locks, on connections of their own."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.postgres.pool import Connection, Pool, database_errors, make_pool

PATIENCE = 45.0
"""Seconds that one who waits to be alone waits in all; her turn is then tried again."""
IDLE_MS = 180_000
"""Longer than a turn may last: one that lives never loses its lock, one that is frozen gives it back."""
VANISHED = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""The server's own settings, in seconds and milliseconds: a machine that vanished is given up in 25 s, where
the operating system would take two hours."""
LOCK = "select pg_advisory_xact_lock(%s)"


def make_lock_pool(dsn: str, *, size: int, timeout: float) -> Pool:
    """A pool for `Seclusion`, not open yet. Its connections are held while the ERP is asked and told."""
    settings = {**VANISHED, "idle_in_transaction_session_timeout": IDLE_MS}
    return make_pool(dsn, size=size, timeout=timeout, name="locks", settings=settings)


class Seclusion:
    """Being alone with some subjects of an account.

    Who waits for another of the same process waits without a connection, so that a crowd before one product
    takes one. One account takes at most half of the pool. All locks are taken in the order of their numbers,
    first here and then in the database, so that nobody waits in a circle. They belong to a transaction: it
    ends with its connection, and that with its process.
    """

    def __init__(self, pool: Pool, patience: float = PATIENCE) -> None:
        self._pool = pool
        self._patience = patience
        share = max(1, pool.max_size // 2)
        self._share: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(share))
        self._here: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(self, account: str, subjects: Sequence[str]) -> AsyncIterator[None]:
        """Raises `ServiceUnavailable` when it takes longer than the patience."""
        numbers = sorted({lock_number(account, subject) for subject in subjects})
        async with AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(self._patience):
                    await self._enter(stack, account, numbers)
            except TimeoutError as error:
                reason = f"waited {self._patience:g} s to be alone with {', '.join(subjects)}"
                raise ServiceUnavailable("postgres", reason) from error
            yield

    async def _enter(self, stack: AsyncExitStack, account: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            await stack.enter_async_context(self._here.setdefault(number, asyncio.Lock()))
        await stack.enter_async_context(self._share[account])
        stack.enter_context(database_errors())
        connection: Connection = await stack.enter_async_context(self._pool.connection())
        await stack.enter_async_context(connection.transaction())
        for number in numbers:
            await connection.execute(LOCK, (number,))


def lock_number(account: str, subject: str) -> int:
    """64 bits of both. Two subjects that share a number wait for one another, which is harmless."""
    digest = hashlib.blake2b(f"{len(account)}:{account}{subject}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
