"""Conversations and their messages, as people and bots meet them in the helpdesk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chatwootai.domain.accounts import ConversationKey


class Status(StrEnum):
    """Pending belongs to the bot, open to people."""

    PENDING = "pending"
    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class ChannelKind(StrEnum):
    WHATSAPP = "whatsapp"
    INSTAGRAM = "instagram"
    WEB_WIDGET = "web_widget"
    API = "api"
    EMAIL = "email"
    OTHER = "other"


class Author(StrEnum):
    """Who wrote a message.

    `PHONE` is a person of the shop who typed in the channel's own app (an echo); `SYSTEM` stands for
    templates, campaigns, automations and foreign bots; `ACTIVITY` for the helpdesk's own log lines.
    """

    CUSTOMER = "customer"
    BOT = "bot"
    HUMAN = "human"
    PHONE = "phone"
    SYSTEM = "system"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a question. `value` comes back when the customer chooses it, or the title does."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Message:
    """One item of a conversation. `id` grows with time over the whole helpdesk."""

    id: int
    author: Author
    text: str
    created_at: datetime
    private: bool = False
    key: str | None = None
    """Our delivery key, when we posted it."""
    attachments: tuple[str, ...] = ()
    """Kinds: "image", "audio", "video", "file", "location", "contact", …"""
    chosen: Choice | None = None
    """What the customer chose in a form of the web widget; it arrives as a change of our own message."""
    auto_reply: bool = False
    """An e-mail that a machine sent."""


@dataclass(frozen=True, slots=True)
class Contact:
    """The writer, as the helpdesk knows her."""

    id: int
    name: str
    phone_number: str | None = None
    email: str | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    key: ConversationKey
    inbox_id: int
    channel: ChannelKind
    status: Status
    can_reply: bool
    contact: Contact
    human_assignee_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class ConversationGlance:
    """What a list of conversations tells of one: enough to see that it may wait for an answer.

    `last_message_id` is the newest message that is not an activity (it may be a note or our own); `chosen`
    tells that it is a question of ours in which the visitor chose.
    `lane` is the contact's place in its inbox (see `domain.deliveries.lane_of`), None when the list omits it.
    """

    conversation: int
    inbox_id: int
    status: Status
    last_message_id: int
    lane: str | None = None
    chosen: bool = False
