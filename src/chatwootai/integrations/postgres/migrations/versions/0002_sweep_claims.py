"""Who sweeps an account says so in its row, and holds no lock meanwhile.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table sweeps add column claimed_at timestamptz")


def downgrade() -> None:
    op.execute("alter table sweeps drop column claimed_at")
