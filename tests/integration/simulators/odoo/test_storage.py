"""The simulation and its PostgreSQL: patience at the start, one schema for all replicas."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.fixtures.ports import free_port

from chatwootai.simulators.odoo.seed import seed
from chatwootai.simulators.odoo.settings import Login
from chatwootai.simulators.odoo.storage import migrate, wait_for_database

pytestmark = pytest.mark.integration


async def test_waiting_for_a_database_that_never_comes_ends_with_its_error() -> None:
    with pytest.raises(psycopg.OperationalError):
        await wait_for_database(f"postgresql://nobody@127.0.0.1:{free_port()}/none", 0.2)


async def test_replicas_that_start_together_seed_once(database: str) -> None:
    async def start() -> int:
        async with await psycopg.AsyncConnection.connect(database, row_factory=dict_row) as connection:
            await migrate(connection)
            (user,) = await seed(connection, [Login("agente@bela.example", "chave", (1,))])
            return user.id

    assert len(set(await asyncio.gather(*(start() for _ in range(4))))) == 1
    async with await psycopg.AsyncConnection.connect(database) as connection:
        cursor = await connection.execute("SELECT company_id, count(*) FROM products GROUP BY 1 ORDER BY 1")
        assert await cursor.fetchall() == [(1, 78), (2, 20)]
        cursor = await connection.execute("SELECT * FROM products LIMIT 10")
        assert len(await cursor.fetchall()) == 10


async def test_a_company_that_only_a_user_names_starts_empty(database: str) -> None:
    async with await psycopg.AsyncConnection.connect(database, row_factory=dict_row) as connection:
        await migrate(connection)
        await seed(connection, [Login("agente@terceira.example", "chave", (3,))])
        cursor = await connection.execute("SELECT name FROM erp.companies WHERE id = 3")
        assert await cursor.fetchall() == [{"name": "Loja 3"}]
