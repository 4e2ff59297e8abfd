"""The specification's queries, word for word, on the sample shops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from tests.fixtures.samples import empty_database, fill_now

from chatwootai.integrations.postgres.embedded import EmbeddedPostgres

pytestmark = pytest.mark.integration

# "Usando CLI do PostgreSQL", 3: "Consultar dados".
TABLES: tuple[LiteralString, ...] = (
    """
   -- Verificar produtos
   SELECT * FROM products LIMIT 10;
   """,
    """
   -- Verificar pedidos
   SELECT * FROM orders LIMIT 10;
   """,
    """
   -- Verificar clientes
   SELECT * FROM customers LIMIT 10;
   """,
    """
   -- Verificar vendas (últimas 10)
   SELECT o.id, o.customer_id, c.name as customer_name, o.total_amount, o.status, o.created_at 
   FROM orders o 
   JOIN customers c ON o.customer_id = c.id 
   ORDER BY o.created_at DESC 
   LIMIT 10;
   """,  # noqa: W291 - the spaces are the specification's
)

# "Script para Monitoramento de Vendas".
LAST_SALES: LiteralString = "SELECT o.id, o.customer_id, c.name as customer_name, o.total_amount, o.status, o.created_at FROM orders o JOIN customers c ON o.customer_id = c.id ORDER BY o.created_at DESC LIMIT 10;"  # noqa: E501 - word for word
SALES_OF_TODAY: LiteralString = "SELECT o.id, o.customer_id, c.name as customer_name, o.total_amount, o.status, o.created_at FROM orders o JOIN customers c ON o.customer_id = c.id WHERE o.created_at::date = CURRENT_DATE ORDER BY o.created_at DESC;"  # noqa: E501 - word for word
RECENT_CUSTOMERS: LiteralString = (
    "SELECT id, name, email, phone, created_at FROM customers ORDER BY created_at DESC LIMIT 10;"
)
BEST_SELLERS: LiteralString = "SELECT p.id, p.name, COUNT(oi.id) as times_sold, SUM(oi.quantity) as total_quantity FROM products p JOIN order_items oi ON p.id = oi.product_id GROUP BY p.id, p.name ORDER BY times_sold DESC LIMIT 10;"  # noqa: E501 - word for word
SUMMARY: LiteralString = "SELECT 'Vendas hoje' as metric, COUNT(*) as value FROM orders WHERE created_at::date = CURRENT_DATE UNION ALL SELECT 'Clientes novos hoje', COUNT(*) FROM customers WHERE created_at::date = CURRENT_DATE UNION ALL SELECT 'Total de produtos', COUNT(*) FROM products UNION ALL SELECT 'Total de pedidos', COUNT(*) FROM orders;"  # noqa: E501 - word for word


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    with empty_database(postgres_server) as dsn:
        asyncio.run(fill_now(dsn))
        yield dsn


@pytest.fixture
def shops(filled: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(filled) as connection:
        yield connection


@pytest.mark.parametrize("query", [*TABLES, LAST_SALES, RECENT_CUSTOMERS, BEST_SELLERS])
def test_lists_of_ten_have_ten(shops: psycopg.Connection[tuple[object, ...]], query: LiteralString) -> None:
    assert len(shops.execute(query).fetchall()) == 10


def test_today_has_sales_newest_first(shops: psycopg.Connection[tuple[object, ...]]) -> None:
    rows = shops.execute(SALES_OF_TODAY).fetchall()
    assert len(rows) >= 15
    times = [row[-1] for row in rows]
    assert times == sorted(times, key=str, reverse=True)


def test_best_sellers_are_things_that_are_sold(shops: psycopg.Connection[tuple[object, ...]]) -> None:
    names = [row[1] for row in shops.execute(BEST_SELLERS).fetchall()]
    sold = shops.execute("SELECT name FROM products WHERE sale_ok AND name = ANY(%s)", (names,)).fetchall()
    assert len(sold) == 10


def test_the_summary_counts_today_and_everything(shops: psycopg.Connection[tuple[object, ...]]) -> None:
    summary = {row[0]: row[1] for row in shops.execute(SUMMARY).fetchall()}
    assert list(summary) == ["Vendas hoje", "Clientes novos hoje", "Total de produtos", "Total de pedidos"]
    assert summary["Vendas hoje"] == 21
    assert summary["Clientes novos hoje"] == 9
    assert summary["Total de pedidos"] == 960


def test_the_queries_are_the_specifications(request: pytest.FixtureRequest) -> None:
    specification = request.config.rootpath.parent / "shared" / "spec"
    text = "".join(page.read_text(encoding="utf-8") for page in specification.glob("*.md"))
    if not text:
        pytest.skip("the specification does not come with the repository")
    for query in (LAST_SALES, SALES_OF_TODAY, RECENT_CUSTOMERS, BEST_SELLERS, SUMMARY):
        assert query in text
    for query in TABLES:
        assert query.strip() in text
