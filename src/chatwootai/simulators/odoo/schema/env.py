"""Alembic's entry: runs on the connection that `migrate` holds."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], target_metadata=None, version_table_schema="erp"
)
with context.begin_transaction():
    context.run_migrations()
