"""The sample shops: as many records as promised, and the same each time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import DictRow
from tests.fixtures.samples import (
    AGENT,
    FILES,
    Connection,
    connect,
    empty_database,
    fill_now,
    rows_of,
    table_rows,
)

from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
from chatwootai.simulators.odoo.__main__ import main
from chatwootai.simulators.odoo.samples import fill, register, reset
from chatwootai.simulators.odoo.samples.rows import TABLES
from chatwootai.simulators.odoo.settings import Login

pytestmark = pytest.mark.integration

WEDNESDAY = date(2026, 3, 18)  # over: what happened on it does not depend on the time of the test

# What, how many at least in each shop, and the query that counts them by company.
COUNTS: dict[str, tuple[int, LiteralString]] = {
    "products": (60, "SELECT company_id, count(*) AS n FROM products WHERE sale_ok GROUP BY 1"),
    "services": (20, "SELECT company_id, count(*) AS n FROM services JOIN products USING (id) GROUP BY 1"),
    "professionals": (8, "SELECT company_id, count(*) AS n FROM professionals GROUP BY 1"),
    "customers": (60, "SELECT company_id, count(*) AS n FROM customers GROUP BY 1"),
    "orders": (300, "SELECT company_id, count(*) AS n FROM orders GROUP BY 1"),
    "leads": (3, "SELECT company_id, count(*) AS n FROM erp.leads GROUP BY 1"),
    "states of orders": (4, "SELECT company_id, count(DISTINCT status) AS n FROM orders GROUP BY 1"),
    "states of payment": (
        3,
        "SELECT company_id, count(DISTINCT payment_state) AS n FROM erp.invoices GROUP BY 1",
    ),
    "sales of today": (
        4,
        """SELECT company_id, count(*) AS n FROM orders
           WHERE status = 'sale' AND ordered_at::date = CURRENT_DATE GROUP BY 1""",
    ),
    "customers of today": (
        1,
        "SELECT company_id, count(*) AS n FROM customers WHERE created_at::date = CURRENT_DATE GROUP BY 1",
    ),
    "appointments to come": (
        30,
        """SELECT p.company_id, count(*) AS n FROM appointments a
           JOIN professionals p ON p.id = a.professional_id
           WHERE a.active AND a.starts_at > now() GROUP BY 1""",
    ),
    "appointments of the past": (
        60,
        """SELECT p.company_id, count(*) AS n FROM appointments a
           JOIN professionals p ON p.id = a.professional_id WHERE a.ends_at < now() GROUP BY 1""",
    ),
    "rules that are valid": (
        8,
        """SELECT company_id, count(*) AS n FROM business_rules
           WHERE coalesce(valid_from <= CURRENT_DATE, true) AND coalesce(valid_until >= CURRENT_DATE, true)
           GROUP BY 1""",
    ),
    "rules that have expired": (
        1,
        "SELECT company_id, count(*) AS n FROM business_rules WHERE valid_until < CURRENT_DATE GROUP BY 1",
    ),
    "coupons that are valid": (
        3,
        """SELECT company_id, count(*) AS n FROM coupons
           WHERE CURRENT_DATE BETWEEN valid_from AND valid_until GROUP BY 1""",
    ),
    "coupons that have expired": (
        1,
        "SELECT company_id, count(*) AS n FROM coupons WHERE valid_until < CURRENT_DATE GROUP BY 1",
    ),
    "coupons that have not begun": (
        1,
        "SELECT company_id, count(*) AS n FROM coupons WHERE valid_from > CURRENT_DATE GROUP BY 1",
    ),
    "tracking references": (
        30,
        """SELECT company_id, count(tracking_reference) AS n FROM erp.pickings
           WHERE status = 'done' GROUP BY 1""",
    ),
    "restocks to come": (
        1,
        """SELECT company_id, count(*) AS n FROM erp.pickings
           WHERE kind = 'incoming' AND status = 'assigned' AND scheduled_at > now() GROUP BY 1""",
    ),
    "customers with a price list of their own": (
        5,
        "SELECT company_id, count(*) AS n FROM customers WHERE price_list_id IS NOT NULL GROUP BY 1",
    ),
    "price lists": (3, "SELECT company_id, count(*) AS n FROM price_lists GROUP BY 1"),
}


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A database with the shops as they are now; tests only read from it."""
    with empty_database(postgres_server) as dsn:
        asyncio.run(fill_now(dsn))
        yield dsn


@pytest.fixture
async def shops(filled: str) -> AsyncIterator[Connection]:
    async with await connect(filled) as connection:
        yield connection


@pytest.fixture
async def empty(postgres_server: EmbeddedPostgres) -> AsyncIterator[Connection]:
    with empty_database(postgres_server) as dsn:
        async with await connect(dsn) as connection:
            yield connection


async def _dump(connection: Connection) -> dict[str, list[DictRow]]:
    """Everything but the time at which it was really made."""
    tables = {table: await table_rows(connection, table) for table in TABLES}
    for row in tables["erp.samples"]:
        del row["made_at"]
    return tables


@pytest.mark.parametrize("what", COUNTS)
async def test_every_shop_has_enough(shops: Connection, what: str) -> None:
    least, query = COUNTS[what]
    found = {row["company_id"]: row["n"] for row in await rows_of(shops, query)}
    assert set(found) >= set(FILES)
    assert all(found[company] >= least for company in FILES), found


async def test_two_fillings_for_the_same_day_are_equal(
    empty: Connection, postgres_server: EmbeddedPostgres
) -> None:
    await fill(empty, [], today=WEDNESDAY)
    with empty_database(postgres_server) as dsn:
        async with await connect(dsn) as other:
            await fill(other, [], today=WEDNESDAY)
            once, again = await _dump(empty), await _dump(other)
    assert [table for table in TABLES if not once[table]] == []
    for table in TABLES:
        assert once[table] == again[table], table


async def test_filling_again_leaves_what_people_changed(empty: Connection) -> None:
    await fill(empty, [AGENT])
    await empty.execute("UPDATE products SET name = 'Nome novo' WHERE id = 1")
    before = await _dump(empty)
    await fill(empty, [AGENT])
    assert await _dump(empty) == before


async def test_a_reset_brings_everything_back_with_the_same_ids(empty: Connection) -> None:
    await fill(empty, [], today=WEDNESDAY)
    before = await _dump(empty)
    await empty.execute("DELETE FROM order_items")
    await empty.execute("UPDATE products SET name = 'Nome novo' WHERE id = 1")
    await empty.execute("INSERT INTO erp.parameters (key, value) VALUES ('calendar.block_mail', 'True')")
    await empty.execute("CREATE TABLE public.of_others AS SELECT 1 AS id")
    await reset(empty, [], today=WEDNESDAY)
    after = await _dump(empty)
    for table in TABLES:
        assert before[table] == after[table], table
    assert await table_rows(empty, "erp.parameters") == []
    assert await table_rows(empty, "public.of_others") == [{"id": 1}]


def test_the_command_renews_the_shops_and_says_so(
    postgres_server: EmbeddedPostgres, capsys: pytest.CaptureFixture[str]
) -> None:
    with empty_database(postgres_server) as dsn:
        asyncio.run(fill_now(dsn))
        with psycopg.connect(dsn) as connection:
            connection.execute("UPDATE products SET name = 'Nome novo' WHERE id = 1")
        main(["--database-url", dsn, "--api-key", "chave", "--seed"])
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT name FROM products WHERE id = 1").fetchall() == [
                ("Shampoo Hidratante Coco 300 ml",)
            ]
    said = capsys.readouterr().out
    assert said.startswith("Lojas de exemplo recriadas (Bela Cosméticos, Casa Verde, Clínica Vida Plena): ")
    assert "960 pedidos" in said


async def test_new_rows_get_ids_after_those_of_the_samples(empty: Connection) -> None:
    await fill(empty, [AGENT])
    (last,) = await rows_of(empty, "SELECT max(id) AS id FROM erp.partners")
    (new,) = await rows_of(
        empty, "INSERT INTO customers (company_id, name) VALUES (1, 'Ana Nova') RETURNING id"
    )
    assert new["id"] == last["id"] + 1


async def test_a_company_that_only_a_login_names_gets_an_empty_shop(empty: Connection) -> None:
    await fill(empty, [AGENT])
    await fill(empty, [AGENT, Login("agente@nona.example", "chave", (9,))])
    assert await rows_of(empty, "SELECT name FROM erp.companies WHERE id = 9") == [{"name": "Loja 9"}]
    count = sql.SQL("SELECT count(*) AS n FROM {} WHERE company_id = 9")
    for table, expected in {"warehouses": 1, "calendars": 1, "leads": 0}.items():
        assert await rows_of(empty, count.format(sql.Identifier("erp", table))) == [{"n": expected}], table
    for table, expected in {"price_lists": 1, "products": 0, "orders": 0}.items():
        assert await rows_of(empty, count.format(sql.Identifier("public", table))) == [{"n": expected}], table


async def test_users_keep_their_number_and_take_new_rights(empty: Connection) -> None:
    await fill(empty, [AGENT])
    assert (await rows_of(empty, "SELECT id FROM erp.users WHERE login = %s", AGENT.login)) == [{"id": 7}]
    promoted = Login(AGENT.login, "chave", (2, 1), groups=("internal", "system"))
    assert await register(empty, promoted) == 7
    (user,) = await rows_of(empty, "SELECT company_id, company_ids, groups FROM erp.users WHERE id = 7")
    assert user == {"company_id": 2, "company_ids": [2, 1], "groups": ["internal", "system"]}
