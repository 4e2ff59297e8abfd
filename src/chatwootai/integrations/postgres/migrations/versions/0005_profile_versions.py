"""Versions of the profiles that were in force.

Revision ID: 0005
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
create table profile_versions (
    profile     text not null,
    number      integer not null check (number > 0),
    content     text not null,
    seen_at     timestamptz not null default now(),
    primary key (profile, number)
);
"""


def upgrade() -> None:
    op.execute(TABLES)


def downgrade() -> None:
    op.execute("drop table profile_versions")
