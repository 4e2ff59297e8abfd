"""Messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject


class MessageType(IntEnum):
    """Chatwoot's numbers; webhooks carry the lower-case names at top level."""

    INCOMING = 0
    OUTGOING = 1
    ACTIVITY = 2
    TEMPLATE = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One item of a conversation.

    `unsent` marks an outgoing message that a client stored with its own source id: Chatwoot takes it as sent
    already, so the customer never gets it.
    """

    id: int
    account_id: int
    conversation_id: int
    contact_inbox_id: int
    inbox_id: int
    content: str | None
    message_type: int
    content_type: str
    private: bool
    status: str
    source_id: str | None
    unsent: bool
    content_attributes: JsonObject
    additional_attributes: JsonObject
    attachments: list[JsonObject]
    sender_type: str | None
    sender_id: int | None
    created_at: float
    updated_at: float

    @property
    def kind(self) -> str:
        """Name of the message type."""
        return MessageType(self.message_type).name.lower()


messages = Table(
    Message,
    "messages",
    json=["content_attributes", "additional_attributes", "attachments"],
    boolean=["private", "unsent"],
)


def newest_public(db: sqlite3.Connection, conversation_id: int) -> Message | None:
    """The newest message that is neither activity nor a private note: the one that payloads show."""
    where = "conversation_id = ? AND message_type <> 2 AND private = 0 ORDER BY id DESC"
    return messages.first(db, where, conversation_id)


def newest_non_activity(db: sqlite3.Connection, conversation_id: int) -> Message | None:
    """The newest message but activities; private notes count."""
    return messages.first(db, "conversation_id = ? AND message_type <> 2 ORDER BY id DESC", conversation_id)


def newest_incoming_time(db: sqlite3.Connection, conversation_id: int) -> float | None:
    """When the contact last wrote."""
    sql = "SELECT max(created_at) FROM messages WHERE conversation_id = ? AND message_type = 0"
    row = db.execute(sql, (conversation_id,)).fetchone()
    return float(row[0]) if row[0] is not None else None
