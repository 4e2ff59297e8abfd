"""The whole ERP: what is sold, to whom, orders, appointments, threads.

Revision ID: 0001
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # On psycopg's own connection: SQLAlchemy would read "%" and ":" in the text.
    driver = op.get_bind().connection.driver_connection
    if driver is None:
        raise ConnectionError("alembic runs without a connection")
    driver.execute(text)


def downgrade() -> None:
    for statement in ("DROP SCHEMA erp CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
        op.execute(statement)
