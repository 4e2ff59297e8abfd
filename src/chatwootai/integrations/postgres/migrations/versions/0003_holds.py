"""What is held for customers, and how far each account's change feed was read.

Revision ID: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = """
create table holds (
    account         text not null,
    key             text not null,
    position        integer not null,
    product         bigint,
    quantity        numeric,
    professional    bigint,
    starts_at       timestamptz,
    ends_at         timestamptz,
    expires_at      timestamptz not null,
    primary key (account, key, position),
    check (
        product is not null and quantity is not null and quantity > 0 and professional is null
        or product is null and professional is not null and starts_at is not null and ends_at is not null
            and starts_at < ends_at
    )
);
create index holds_of_product on holds (account, product) where product is not null;
create index holds_of_professional on holds (account, professional, starts_at) where professional is not null;
create index holds_by_expiry on holds (account, expires_at);

create table feed_positions (
    account         text primary key,
    position        text not null,
    advanced_at     timestamptz not null default now()
);
"""


def upgrade() -> None:
    cursor = op.get_bind().connection.cursor()
    cursor.execute(TABLES)
    cursor.close()


def downgrade() -> None:
    op.execute("drop table holds")
    op.execute("drop table feed_positions")
