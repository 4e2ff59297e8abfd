"""The durable queue: one wake-up job per conversation, in its contact's lane (procrastinate)."""

from __future__ import annotations

import procrastinate

from chatwootai.domain.accounts import ConversationKey
from chatwootai.integrations.postgres.pool import Connection

QUEUE = "turns"
TASK = "take_turn"


def make_queue(connector: procrastinate.PsycopgConnector | None = None) -> procrastinate.App:
    """An app that can enqueue on a caller's connection; to run jobs it needs a connector that is opened."""
    return procrastinate.App(connector=connector or procrastinate.PsycopgConnector())


async def enqueue(queue: procrastinate.App, connection: Connection, key: ConversationKey, lane: str) -> None:
    """Add the wake-up in the caller's transaction. Jobs of one lane run one after the other, in order."""
    await queue.configure_task(
        TASK, queue=QUEUE, lock=f"{key.account}|{lane}", connection=connection
    ).defer_async(account=key.account, conversation=key.conversation)
