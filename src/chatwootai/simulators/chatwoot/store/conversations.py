"""Conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

STATUSES = ("open", "resolved", "pending", "snoozed")
PRIORITIES = ("low", "medium", "high", "urgent")
UNREAD_CAP = 10


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of an account; `id` is internal, `display_id` is what every interface calls its id."""

    id: int
    account_id: int
    display_id: int
    inbox_id: int
    contact_id: int
    contact_inbox_id: int
    uuid: str
    status: str
    priority: str | None
    assignee_id: int | None
    assignee_agent_bot_id: int | None
    team_id: int | None
    custom_attributes: JsonObject
    additional_attributes: JsonObject
    labels: list[str]
    snoozed_until: float | None
    waiting_since: float | None
    first_reply_created_at: float | None
    agent_last_seen_at: float | None
    contact_last_seen_at: float | None
    last_activity_at: float
    created_at: float
    updated_at: float


conversations = Table(
    Conversation, "conversations", json=["custom_attributes", "additional_attributes", "labels"]
)


def by_display_id(db: sqlite3.Connection, account_id: int, display_id: int) -> Conversation | None:
    """The conversation that an account's paths call `display_id`."""
    return conversations.first(db, "account_id = ? AND display_id = ?", account_id, display_id)


def unread_count(db: sqlite3.Connection, conversation: Conversation) -> int:
    """Incoming messages since an agent last looked; Chatwoot counts no further than 10."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM messages "
        "WHERE conversation_id = ? AND message_type = 0 AND created_at > ? LIMIT ?)"
    )
    seen = conversation.agent_last_seen_at or 0
    return int(db.execute(sql, (conversation.id, seen, UNREAD_CAP)).fetchone()[0])
