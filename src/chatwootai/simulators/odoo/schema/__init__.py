"""The simulation's tables, brought up to date with alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

_LOCK = 0x0D00
"""Any constant number: replicas that start together migrate one after the other."""

# The simulation before alembic kept its own list of steps. It held samples only: nothing to save.
_IS_OUTDATED = "SELECT to_regclass('erp.schema_steps') IS NOT NULL"
_DROP = ("DROP SCHEMA erp CASCADE", "DROP TABLE IF EXISTS public.products CASCADE")


def migrate(dsn: str) -> None:
    """Bring the database at `dsn` (a `postgresql://` URL) up to date. Safe to run at every start."""
    engine = sa.create_engine("postgresql+psycopg://" + dsn.partition("://")[2], poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        if connection.scalar(sa.text(_IS_OUTDATED)):
            for statement in _DROP:
                connection.execute(sa.text(statement))
        # Alembic keeps its version there, before its first version could make it.
        connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS erp"))
        connection.commit()
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
