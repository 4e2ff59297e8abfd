"""The product's tables, brought up to date with alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

MIGRATION_LOCK = 7_305_264_821
"""Any constant number: two processes that start together migrate one after the other."""


def migrate(dsn: str) -> None:
    """Bring the database at `dsn` (a `postgresql://` URL) up to date. Safe to run at every start."""
    engine = sa.create_engine(sqlalchemy_url(dsn), poolclass=sa.pool.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("select pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        connection.commit()
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def sqlalchemy_url(dsn: str) -> str:
    """The same address, naming the driver that we ship."""
    return "postgresql+psycopg://" + dsn.partition("://")[2]
