"""Inboxes: the configured channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

InboxKind = Literal["whatsapp", "instagram", "web_widget", "api", "email"]
CHANNEL_TYPES: dict[InboxKind, str] = {
    "whatsapp": "Channel::Whatsapp",
    "instagram": "Channel::Instagram",
    "web_widget": "Channel::WebWidget",
    "api": "Channel::Api",
    "email": "Channel::Email",
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """A channel with its settings; `agent_bot_id` is the active bot, if one is linked.

    `agent_reply_time_window` is in hours and only means something for API inboxes.
    """

    id: int
    account_id: int
    name: str
    kind: InboxKind
    identifier: str
    phone_number: str | None
    webhook_url: str | None
    secret: str
    greeting_enabled: bool
    greeting_message: str | None
    lock_to_single_conversation: bool
    enable_auto_assignment: bool
    agent_reply_time_window: int | None
    agent_bot_id: int | None

    @property
    def channel_type(self) -> str:
        """Chatwoot's class name of the channel."""
        return CHANNEL_TYPES[self.kind]


inboxes = Table(
    Inbox,
    "inboxes",
    boolean=["greeting_enabled", "lock_to_single_conversation", "enable_auto_assignment"],
)


def inbox_ids_of(db: sqlite3.Connection, account_id: int, user_id: int) -> list[int]:
    """Inboxes of the account in which the user is a member."""
    sql = (
        "SELECT inboxes.id FROM inboxes JOIN inbox_members ON inbox_members.inbox_id = inboxes.id "
        "WHERE inboxes.account_id = ? AND inbox_members.user_id = ? ORDER BY inboxes.id"
    )
    return [int(row[0]) for row in db.execute(sql, (account_id, user_id))]
