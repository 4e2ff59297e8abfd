"""What the tests of the simulation rely on: each finds the samples as if no test had been there before."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from tests.fixtures.odoo_snapshot import Snapshot

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def snapshot(shared_odoo_database: str) -> Snapshot:
    return Snapshot(shared_odoo_database)


@pytest.fixture
def connection(shared_odoo_database: str, snapshot: Snapshot) -> Iterator[psycopg.Connection]:
    """Into a database that is restored afterwards."""
    with psycopg.connect(shared_odoo_database, autocommit=True) as connection:
        yield connection
    assert snapshot.restore()


def contents(dsn: str) -> dict[str, list[str]]:
    """Every row of every table, and the next number of every sequence."""
    with psycopg.connect(dsn) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('erp', 'public')"
        ).fetchall()
        found = {
            f"{schema}.{name}": sorted(
                str(row)
                for row in connection.execute(sql.SQL("TABLE {}").format(sql.Identifier(schema, name)))
            )
            for schema, name in tables
        }
        sequences = connection.execute("SELECT * FROM pg_sequences").fetchall()
        return found | {"sequences": sorted(str(row) for row in sequences)}


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO erp.partners (name) VALUES ('Ana')",
        "UPDATE public.products SET list_price = 1",
        "UPDATE erp.partners SET name = 'Ana'",
        "UPDATE public.customers SET name = 'Ana'",
        "DELETE FROM public.stock",
        "TRUNCATE erp.users CASCADE",
        "SELECT nextval('erp.order_numbers')",
        "INSERT INTO erp.partners (name) VALUES ('Ana'); DELETE FROM erp.partners WHERE name = 'Ana'",
    ],
)
def test_every_change_of_rows_is_undone(
    shared_odoo_database: str, snapshot: Snapshot, connection: psycopg.Connection, change: str
) -> None:
    before = contents(shared_odoo_database)
    connection.execute(change.encode())
    assert contents(shared_odoo_database) != before
    assert snapshot.restore()
    assert contents(shared_odoo_database) == before


def test_who_holds_a_lock_is_disconnected(shared_odoo_database: str, snapshot: Snapshot) -> None:
    with psycopg.connect(shared_odoo_database) as left:
        left.execute("LOCK TABLE erp.partners IN ACCESS EXCLUSIVE MODE")
        assert snapshot.restore()
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
        left.close()


@pytest.mark.parametrize(
    ("change", "undo"),
    [
        ("CREATE TABLE public.notes (text text)", "DROP TABLE public.notes"),
        ("ALTER TABLE erp.leads ADD mood text", "ALTER TABLE erp.leads DROP mood"),
    ],
)
def test_a_changed_schema_is_told(
    snapshot: Snapshot, connection: psycopg.Connection, shared_odoo_database: str, change: str, undo: str
) -> None:
    connection.execute(change.encode())
    assert not snapshot.restore()
    with psycopg.connect(shared_odoo_database) as mender:
        mender.execute(undo.encode())
