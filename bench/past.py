"""Past conversations, made in bulk: with SQL in the product's tables, and in the stand-in's SQLite file.

Over the APIs ten thousand would take many minutes. Each has two turns: two messages of the customer, two
answers, and the seven deliveries that told of them, with bodies as recorded; the last was 1 to 90 days ago.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.bodies import PAYLOADS
from chatwootai.entrypoints.one_machine.environment import ACCOUNT

DAY = 86_400.0
MESSAGES_EACH = 4

CONVERSATIONS = """
insert into conversations (account, conversation, lane, last_wake_at, epoch, answered_up_to, seen_up_to)
select %(account)s, n, '1:55118' || n, now() - make_interval(days => 1 + (n %% 90)::integer), 2,
    %(message)s + (n - %(first)s) * 4 + 2, %(message)s + (n - %(first)s) * 4 + 3
from generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
DELIVERIES = """
insert into deliveries (account, dedupe_key, event, conversation, message_id, state, body, received_at)
select %(account)s, 'past:' || n || ':' || m,
    case when m < 4 then 'message_created' else 'message_updated' end,
    n, %(message)s + (n - %(first)s) * 4 + m %% 4,
    case when m in (0, 2) then 'settled' else 'kept' end, %(body)s,
    now() - make_interval(days => 1 + (n %% 90)::integer)
from generate_series(%(first)s::bigint, %(last)s::bigint) n, generate_series(0, 6) m
"""
TURNS = """
insert into turns (account, conversation, state, answers, steps, done, memory, outcome, reason, crews,
    created_at, finished_at)
select %(account)s, n, 'done', array[%(message)s + (n - %(first)s) * 4 + m],
    '[{"kind": "message", "key": "", "text": "Sim, temos 30 unidades, a R$ 29,90 cada.", "choices": [],
    "target": 0}]', 1, '{}', 'reply', '', 'sales', now() - make_interval(days => 1 + (n %% 90)::integer),
    now() - make_interval(days => 1 + (n %% 90)::integer)
from generate_series(%(first)s::bigint, %(last)s::bigint) n, unnest(array[0, 2]) m
"""
ANSWERED = """
insert into answered_messages (account, conversation, message_id)
select %(account)s, n, %(message)s + (n - %(first)s) * 4 + m
from generate_series(%(first)s::bigint, %(last)s::bigint) n, unnest(array[0, 2]) m
"""


@dataclass(frozen=True, slots=True)
class Past:
    """`count` conversations; their numbers begin at `first`, the ids of their messages at `message`."""

    count: int
    first: int = 1
    message: int = 1


def fill_product(database_url: str, past: Past) -> None:
    """The product's records of `past`; analysed, as autovacuum would soon do."""
    values = {
        "account": ACCOUNT,
        "first": past.first,
        "last": past.first + past.count - 1,
        "message": past.message,
        "body": (PAYLOADS / "message_created__whatsapp.json").read_bytes(),
    }
    with psycopg.connect(database_url, autocommit=True) as connection:
        with connection.transaction():
            for statement in (CONVERSATIONS, DELIVERIES, TURNS, ANSWERED):
                connection.execute(statement, values)
        connection.execute("vacuum analyze conversations, deliveries, turns, answered_messages")
        connection.execute("checkpoint")


def fill_stand_in(store: Path, count: int) -> Past:
    """`count` resolved conversations on WhatsApp. The stand-in may run, but nobody should write meanwhile."""
    with closing(sqlite3.connect(store, isolation_level=None, timeout=10)) as db:
        db.execute("begin immediate")
        (first,) = db.execute("select last_display_id + 1 from accounts where id = 1").fetchone()
        (message,) = db.execute("select coalesce(max(id), 0) + 1 from messages").fetchone()
        for number in range(count):
            _past_conversation(db, first + number, message + number * MESSAGES_EACH)
        db.execute("update accounts set last_display_id = ? where id = 1", (first + count - 1,))
        db.execute("commit")
    return Past(count, first, message)


def _past_conversation(db: sqlite3.Connection, number: int, message: int) -> None:
    at = time.time() - DAY * (1 + number % 90)
    contact = _added(
        db,
        "contacts",
        account_id=1,
        name=f"Cliente antigo {number}",
        phone_number=f"+55118{number:08d}",
        last_activity_at=at,
        created_at=at,
        updated_at=at,
    )
    place = _added(
        db,
        "contact_inboxes",
        account_id=1,
        contact_id=contact,
        inbox_id=1,
        source_id=f"55118{number:08d}",
        pubsub_token=uuid.uuid4().hex,
        last_message_id=message + MESSAGES_EACH - 1,
        created_at=at,
        updated_at=at,
    )
    conversation = _added(
        db,
        "conversations",
        account_id=1,
        display_id=number,
        inbox_id=1,
        contact_id=contact,
        contact_inbox_id=place,
        uuid=str(uuid.uuid4()),
        status="resolved",
        last_activity_at=at,
        created_at=at,
        updated_at=at,
    )
    for position in range(MESSAGES_EACH):
        ours = position % 2 == 1
        _added(
            db,
            "messages",
            id=message + position,
            account_id=1,
            conversation_id=conversation,
            contact_inbox_id=place,
            inbox_id=1,
            content="Sim, temos 30 unidades, a R$ 29,90 cada." if ours else "vocês têm batom vermelho?",
            message_type=int(ours),
            content_type="text",
            status="read",
            source_id=f"wamid.past.{message + position}",
            sender_type="AgentBot" if ours else "Contact",
            sender_id=1 if ours else contact,
            created_at=at + position,
            updated_at=at + position,
        )


def _added(db: sqlite3.Connection, table: str, **values: object) -> int:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    sql = f"insert into {table} ({names}) values ({marks})"  # noqa: S608 -- the names above
    return int(db.execute(sql, tuple(values.values())).lastrowid or 0)
