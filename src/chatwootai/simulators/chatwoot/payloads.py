"""The bodies of webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import iso, unix
from chatwootai.simulators.chatwoot.push import (
    assignee_push,
    attachments_push,
    can_reply,
    contact_push,
    message_push,
    team_of,
)
from chatwootai.simulators.chatwoot.rendering import render
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations, unread_count
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import newest_public
from chatwootai.simulators.chatwoot.store.people import agent_bots, users

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.features import Features
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import Contact, ContactInbox
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message
    from chatwootai.simulators.chatwoot.store.people import User


def account_payload(db: sqlite3.Connection, account_id: int) -> JsonObject:
    """Id and name of an account."""
    account = accounts.require(db, account_id)
    return {"id": account.id, "name": account.name}


def contact_payload(db: sqlite3.Connection, contact: Contact) -> JsonObject:
    """A contact's `webhook_data`: it has the account, but no type."""
    return {
        "account": account_payload(db, contact.account_id),
        "additional_attributes": contact.additional_attributes,
        "avatar": "",
        "custom_attributes": contact.custom_attributes,
        "email": contact.email,
        "id": contact.id,
        "identifier": contact.identifier,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "thumbnail": "",
        "blocked": contact.blocked,
    }


def user_payload(user: User) -> JsonObject:
    """A human agent's `webhook_data`."""
    return {"id": user.id, "name": user.name, "email": user.email, "type": "user"}


def contact_inbox_payload(place: ContactInbox) -> JsonObject:
    """The contact inbox with the visitor's socket token, which Chatwoot really leaks."""
    return {
        "id": place.id,
        "contact_id": place.contact_id,
        "inbox_id": place.inbox_id,
        "source_id": place.source_id,
        "created_at": iso(place.created_at),
        "updated_at": iso(place.updated_at),
        "hmac_verified": place.hmac_verified,
        "pubsub_token": place.pubsub_token,
    }


def conversation_payload(db: sqlite3.Connection, conversation: Conversation) -> JsonObject:
    """A conversation; its `messages` hold the newest public message, whichever message the event is about."""
    inbox = inboxes.require(db, conversation.inbox_id)
    place = contact_inboxes.require(db, conversation.contact_inbox_id)
    newest = newest_public(db, conversation.id)
    assignee, assignee_type = assignee_push(db, conversation)
    return {
        "additional_attributes": conversation.additional_attributes,
        "can_reply": can_reply(db, inbox, conversation),
        "channel": inbox.channel_type,
        "contact_inbox": contact_inbox_payload(place),
        "id": conversation.display_id,
        "inbox_id": conversation.inbox_id,
        "messages": [message_push(db, newest, conversation)] if newest else [],
        "labels": conversation.labels,
        "meta": {
            "sender": contact_push(contacts.require(db, conversation.contact_id)),
            "assignee": assignee,
            "assignee_type": assignee_type,
            "team": team_of(db, conversation),
            "hmac_verified": place.hmac_verified,
        },
        "status": conversation.status,
        "custom_attributes": conversation.custom_attributes,
        "snoozed_until": iso(conversation.snoozed_until),
        "unread_count": unread_count(db, conversation),
        "first_reply_created_at": iso(conversation.first_reply_created_at),
        "priority": conversation.priority,
        "waiting_since": unix(conversation.waiting_since),
        "agent_last_seen_at": unix(conversation.agent_last_seen_at),
        "contact_last_seen_at": unix(conversation.contact_last_seen_at),
        "last_activity_at": unix(conversation.last_activity_at),
        "timestamp": unix(conversation.last_activity_at),
        "created_at": unix(conversation.created_at),
        "updated_at": conversation.updated_at,
    }


def message_payload(db: sqlite3.Connection, event: str, message: Message, features: Features) -> JsonObject:
    """A message event: `message_type` is a string, and up to 4.12 `content` is written for the channel."""
    inbox = inboxes.require(db, message.inbox_id)
    payload: JsonObject = {
        "account": account_payload(db, message.account_id),
        "additional_attributes": message.additional_attributes,
        "content_attributes": message.content_attributes,
        "content_type": message.content_type,
        "content": _webhook_content(inbox, message, features),
        "conversation": conversation_payload(db, conversations.require(db, message.conversation_id)),
        "created_at": iso(message.created_at),
        "id": message.id,
        "inbox": {"id": inbox.id, "name": inbox.name},
        "message_type": message.kind,
        "private": message.private,
        "sender": _sender_payload(db, message),
        "source_id": message.source_id,
    }
    if message.attachments:
        payload["attachments"] = attachments_push(message)
    return {**payload, "event": event}


def widget_payload(db: sqlite3.Connection, place: ContactInbox, details: JsonObject) -> JsonObject:
    """A visitor has opened the widget."""
    inbox = inboxes.require(db, place.inbox_id)
    current = conversations.first(db, "contact_inbox_id = ? ORDER BY id DESC", place.id)
    return {
        "id": place.id,
        "contact": contact_payload(db, contacts.require(db, place.contact_id)),
        "inbox": {"id": inbox.id, "name": inbox.name},
        "account": account_payload(db, place.account_id),
        "current_conversation": conversation_payload(db, current) if current else None,
        "source_id": place.source_id,
        "event": "webwidget_triggered",
        "event_info": details,
    }


def _webhook_content(inbox: Inbox, message: Message, features: Features) -> str | None:
    if not features.rendered_content:
        return message.content
    numbers = not features.rendered_list_numbers_lost
    return render(inbox.kind, message.content, keep_list_numbers=numbers)


def _sender_payload(db: sqlite3.Connection, message: Message) -> JsonObject | None:
    if message.sender_type == "Contact":
        contact = contacts.find(db, message.sender_id)
        return contact_payload(db, contact) if contact else None
    if message.sender_type == "User":
        user = users.find(db, message.sender_id)
        return user_payload(user) if user else None
    if message.sender_type == "AgentBot":
        bot = agent_bots.find(db, message.sender_id)
        return {"id": bot.id, "name": bot.name, "type": "agent_bot"} if bot else None
    return None
