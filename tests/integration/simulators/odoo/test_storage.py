"""The simulation and its PostgreSQL: patience at the start, one schema for all replicas."""

from __future__ import annotations

import asyncio
import uuid
from typing import LiteralString

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.fixtures.ports import free_port

from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
from chatwootai.simulators.odoo.samples import fill
from chatwootai.simulators.odoo.schema import migrate
from chatwootai.simulators.odoo.settings import Login
from chatwootai.simulators.odoo.storage import wait_for_database

pytestmark = pytest.mark.integration

SHAMPOO = "SELECT count(*) AS n FROM public.products WHERE default_code = 'SH-COCO-300'"


@pytest.fixture
def empty_database(postgres_server: EmbeddedPostgres) -> str:
    name = f"empty_{uuid.uuid4().hex}"
    postgres_server.ensure_database(name)
    return postgres_server.dsn(name)


async def count(dsn: str, query: LiteralString) -> int:
    async with await psycopg.AsyncConnection.connect(dsn, row_factory=dict_row) as connection:
        row = await (await connection.execute(query)).fetchone()
        assert row is not None
        return int(row["n"])


async def test_waiting_for_a_database_that_never_comes_ends_with_its_error() -> None:
    with pytest.raises(psycopg.OperationalError):
        await wait_for_database(f"postgresql://nobody@127.0.0.1:{free_port()}/none", 0.2)


async def test_replicas_that_start_together_migrate_and_fill_once(empty_database: str) -> None:
    async def start() -> None:
        await asyncio.to_thread(migrate, empty_database)
        async with await psycopg.AsyncConnection.connect(empty_database, row_factory=dict_row) as connection:
            await fill(connection, [Login("agente@bela.example", "chave", (1,))])

    await asyncio.gather(*(start() for _ in range(4)))
    assert await count(empty_database, SHAMPOO) == 1
    assert await count(empty_database, "SELECT count(*) AS n FROM erp.users WHERE login LIKE 'agente@%'") == 1


async def test_a_company_that_only_a_user_names_starts_empty(odoo_database: str) -> None:
    async with await psycopg.AsyncConnection.connect(odoo_database, row_factory=dict_row) as connection:
        await fill(connection, [Login("agente@quarta.example", "chave", (4,))])
    assert await count(odoo_database, "SELECT count(*) AS n FROM erp.companies WHERE name = 'Loja 4'") == 1
    assert await count(odoo_database, "SELECT count(*) AS n FROM public.products WHERE company_id = 4") == 0


async def test_the_tables_of_the_first_simulation_give_way(empty_database: str) -> None:
    async with await psycopg.AsyncConnection.connect(empty_database) as connection:
        for statement in (
            "CREATE SCHEMA erp",
            "CREATE TABLE erp.schema_steps (name text PRIMARY KEY)",
            "CREATE TABLE public.products (id integer, reserved_quantity numeric)",
            "CREATE TABLE public.notes (text text)",
        ):
            await connection.execute(statement)
    migrate(empty_database)
    migrate(empty_database)
    assert await count(empty_database, "SELECT count(is_storable) AS n FROM public.products") == 0
    assert await count(empty_database, "SELECT count(*) AS n FROM public.notes") == 0


async def test_days_of_plain_queries_are_those_of_the_shop(odoo_database: str) -> None:
    async with await psycopg.AsyncConnection.connect(odoo_database) as connection:
        row = await (await connection.execute("SHOW timezone")).fetchone()
    assert row == ("America/Sao_Paulo",)
