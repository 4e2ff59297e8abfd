"""Proposals that wait for a customer's yes.

Revision ID: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# `json` keeps the terms letter by letter; `jsonb` refuses some of what customers can type.
TABLES = """
create table proposals (
    account         text not null,
    id              text not null,
    conversation    bigint not null,
    position        bigint generated always as identity,
    kind            text not null,
    terms           json not null,
    asked_up_to     bigint not null,
    expires_at      timestamptz not null,
    state           text not null default 'open' check (state in ('open', 'accepted', 'done', 'void')),
    accepted_by     bigint check (accepted_by > asked_up_to),
    created_at      timestamptz not null default now(),
    primary key (account, id),
    check (state not in ('accepted', 'done') or accepted_by is not null)
);
create unique index proposals_open on proposals (account, conversation) where state = 'open';
create index proposals_of_conversation on proposals (account, conversation, position);
"""


def upgrade() -> None:
    cursor = op.get_bind().connection.cursor()
    cursor.execute(TABLES)
    cursor.close()


def downgrade() -> None:
    op.execute("drop table proposals")
