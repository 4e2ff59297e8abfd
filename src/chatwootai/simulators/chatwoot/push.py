"""Records as Chatwoot's `push_event_data` shows them: inside webhooks' `meta` and `messages`, and in REST."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import iso, unix
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations, unread_count
from chatwootai.simulators.chatwoot.store.messages import newest_incoming_time
from chatwootai.simulators.chatwoot.store.people import AgentBot, Team, User, agent_bots, teams, users

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import Contact
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message

HOUR = 3600
META_WINDOW_HOURS = 24


def contact_push(contact: Contact) -> JsonObject:
    """A contact with its type."""
    return {
        "additional_attributes": contact.additional_attributes,
        "custom_attributes": contact.custom_attributes,
        "email": contact.email,
        "id": contact.id,
        "identifier": contact.identifier,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "thumbnail": "",
        "blocked": contact.blocked,
        "type": "contact",
    }


def user_push(user: User) -> JsonObject:
    """A human agent, without her address."""
    return {
        "id": user.id,
        "name": user.name,
        "available_name": user.name,
        "avatar_url": "",
        "type": "user",
        "availability_status": "online" if user.online else "offline",
        "thumbnail": "",
    }


def bot_push(bot: AgentBot) -> JsonObject:
    """An agent bot."""
    return {"id": bot.id, "name": bot.name, "avatar_url": "", "type": "agent_bot"}


def team_push(team: Team) -> JsonObject:
    """A team."""
    return {"id": team.id, "name": team.name}


def sender_push(db: sqlite3.Connection, message: Message) -> JsonObject | None:
    """Who wrote a message; None for templates, automations and echoes."""
    if message.sender_type == "Contact":
        contact = contacts.find(db, message.sender_id)
        return contact_push(contact) if contact else None
    if message.sender_type == "User":
        user = users.find(db, message.sender_id)
        return user_push(user) if user else None
    if message.sender_type == "AgentBot":
        bot = agent_bots.find(db, message.sender_id)
        return bot_push(bot) if bot else None
    return None


def assignee_push(db: sqlite3.Connection, conversation: Conversation) -> tuple[JsonObject | None, str | None]:
    """The assigned person or bot, and which of the two it is."""
    user = users.find(db, conversation.assignee_id)
    if user:
        return user_push(user), "User"
    bot = agent_bots.find(db, conversation.assignee_agent_bot_id)
    return (bot_push(bot), "AgentBot") if bot else (None, None)


def attachments_push(message: Message) -> list[JsonObject]:
    """Attachments with the keys that come from their message."""
    return [
        {**item, "message_id": message.id, "account_id": message.account_id} for item in message.attachments
    ]


def message_push(
    db: sqlite3.Connection, message: Message, conversation: Conversation | None = None
) -> JsonObject:
    """A message as it stands in `conversation.messages`: raw text, integer type, its status."""
    conversation = conversation or conversations.require(db, message.conversation_id)
    place = contact_inboxes.require(db, conversation.contact_inbox_id)
    shown: JsonObject = {
        "id": message.id,
        "content": message.content,
        "account_id": message.account_id,
        "inbox_id": message.inbox_id,
        "conversation_id": conversation.display_id,
        "message_type": message.message_type,
        "created_at": unix(message.created_at),
        "updated_at": iso(message.updated_at),
        "private": message.private,
        "status": message.status,
        "source_id": message.source_id,
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "sender_type": message.sender_type,
        "sender_id": message.sender_id,
        "external_source_ids": {},
        "additional_attributes": message.additional_attributes,
        "processed_message_content": message.content,
        "sentiment": {},
        "conversation": {
            "assignee_id": conversation.assignee_id,
            "unread_count": unread_count(db, conversation),
            "last_activity_at": unix(conversation.last_activity_at),
            "contact_inbox": {"source_id": place.source_id},
        },
    }
    if message.attachments:
        shown["attachments"] = attachments_push(message)
    sender = sender_push(db, message)
    if sender:
        shown["sender"] = sender
    return shown


def can_reply(
    db: sqlite3.Connection, inbox: Inbox, conversation: Conversation, now: float | None = None
) -> bool:
    """Whether the channel's window for free text is still open; it starts with the last incoming message."""
    hours: float | None = None
    if inbox.kind in ("whatsapp", "instagram"):
        hours = META_WINDOW_HOURS
    elif inbox.kind == "api":
        hours = inbox.agent_reply_time_window
    if hours is None:
        return True
    last = newest_incoming_time(db, conversation.id)
    return last is not None and (now or time.time()) < last + hours * HOUR


def team_of(db: sqlite3.Connection, conversation: Conversation) -> JsonObject | None:
    """The conversation's team."""
    team = teams.find(db, conversation.team_id)
    return team_push(team) if team else None
