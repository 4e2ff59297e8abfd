"""Being alone across processes: locks of real PostgreSQL that end with whoever holds them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.holds import StockClaim
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.seclusion import Seclusion, lock_number, make_lock_pool

pytestmark = pytest.mark.integration

SUBJECTS = ["product:7", "product:8"]
GIVEN_UP = {
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
STAYS_INSIDE = """
import asyncio, sys
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

async def main():
    async with make_lock_pool(sys.argv[1], size=1, timeout=10) as pool:
        async with Seclusion(pool).alone("1", ["product:8", "product:7"]):
            print("inside", flush=True)
            await asyncio.sleep(600)

asyncio.run(main())
"""


@asynccontextmanager
async def seclusion(dsn: str, *, size: int = 4, patience: float = 30.0) -> AsyncIterator[Seclusion]:
    async with make_lock_pool(dsn, size=size, timeout=patience) as pool:
        yield Seclusion(pool, patience)


@asynccontextmanager
async def another_process_inside(dsn: str) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", STAYS_INSIDE, dsn, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"inside\n"
        yield process.pid
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def enter(alone: Seclusion, account: str = "1", subjects: list[str] = SUBJECTS) -> None:
    async with alone.alone(account, subjects):
        pass


async def test_a_process_that_is_killed_inside_frees_the_others(database: str) -> None:
    async with another_process_inside(database) as pid, seclusion(database) as alone:
        waiting = asyncio.create_task(enter(alone))
        await asyncio.wait([waiting], timeout=0.5)
        assert not waiting.done()
        os.kill(pid, signal.SIGKILL)
        async with asyncio.timeout(10):
            await waiting


async def test_who_waits_too_long_is_told_so_and_waits_for_nothing_more(database: str) -> None:
    async with another_process_inside(database) as pid, seclusion(database, patience=0.3) as alone:
        with pytest.raises(ServiceUnavailable, match="to be alone with product:7, product:8"):
            await enter(alone)
        await enter(alone, "2")
        os.kill(pid, signal.SIGKILL)
        patient = Seclusion(alone._pool, 10)
        await enter(patient)


async def test_a_crowd_before_one_product_takes_one_connection(database: str) -> None:
    async with seclusion(database, size=2) as alone, alone.alone("1", ["product:7"]):
        crowd = [asyncio.create_task(enter(alone)) for _ in range(20)]
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await enter(alone, "2")
        for waiting in crowd:
            waiting.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)


async def test_one_account_leaves_connections_to_the_others(database: str) -> None:
    async with seclusion(database, size=4, patience=0.5) as alone:
        async with alone.alone("1", ["product:1"]), alone.alone("1", ["product:2"]):
            with pytest.raises(ServiceUnavailable, match="waited"):
                await enter(alone, "1", ["product:3"])
            await enter(alone, "2", ["product:3"])
        await enter(alone, "1", ["product:3"])


async def test_a_pool_without_a_free_connection_is_an_outage_not_a_hang(database: str) -> None:
    async with seclusion(database, size=2, patience=0.5) as alone:
        async with alone.alone("1", ["product:1"]), alone.alone("2", ["product:1"]):
            with pytest.raises(ServiceUnavailable):
                await enter(alone, "3")
        await enter(alone, "3")


async def test_a_connection_lost_inside_is_an_outage_and_the_next_one_gets_in(database: str) -> None:
    async with seclusion(database) as alone:
        with pytest.raises(ServiceUnavailable):
            async with alone.alone("1", SUBJECTS):
                with psycopg.connect(database, autocommit=True) as other:
                    other.execute("""
                        select pg_terminate_backend(pid) from pg_locks
                        where locktype = 'advisory' and pid <> pg_backend_pid()
                    """)
        async with asyncio.timeout(10):
            await enter(alone)


async def test_a_machine_that_vanished_is_given_up(database: str) -> None:
    async with make_lock_pool(database, size=1, timeout=5) as pool, pool.connection() as connection:
        told = await (
            await connection.execute(
                """
                select current_setting('tcp_keepalives_idle') as idle,
                    current_setting('tcp_user_timeout') as unheard,
                    current_setting('idle_in_transaction_session_timeout') as frozen
                """
            )
        ).fetchone()
    assert told == {"idle": "10", "unheard": "25000", "frozen": "3min"}


async def test_a_database_machine_that_vanished_is_given_up_by_those_who_wait_for_it(database: str) -> None:
    """Cancelling does not help them: psycopg waits for the server's word that the query was cancelled."""
    pools = make_lock_pool(database, size=1, timeout=5), make_pool(database, size=1, timeout=5, name="rows")
    for pool in pools:
        async with pool, pool.connection() as connection:
            told = connection.info.get_parameters()
            assert {name: told.get(name) for name in GIVEN_UP} == GIVEN_UP


async def test_expired_rows_are_removed_when_somebody_places_a_hold(database: str) -> None:
    async with (
        make_pool(database, size=2, timeout=5, name="rows") as pool,
        seclusion(database) as alone,
    ):
        holds = PostgresHoldStore(pool, alone)
        claim = [StockClaim(7, Decimal(1))]
        await asyncio.gather(
            *(holds.place("1", f"old-{number}", claim, timedelta(seconds=-1)) for number in range(8))
        )
        await holds.place("2", "old", claim, timedelta(seconds=-1))
        await holds.place("1", "new", claim, timedelta(minutes=1))
        async with pool.connection() as connection:
            rows = await (await connection.execute("select account, key from holds order by 1")).fetchall()
    assert [(row["account"], row["key"]) for row in rows] == [("1", "new"), ("2", "old")]


def test_accounts_and_subjects_do_not_run_into_one_another() -> None:
    assert lock_number("1", "1:product:7") != lock_number("11", ":product:7")
    assert lock_number("1", "product:7") == lock_number("1", "product:7")
    assert -(2**63) <= lock_number("1", "product:7") < 2**63
