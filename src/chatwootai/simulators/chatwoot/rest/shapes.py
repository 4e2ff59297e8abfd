"""Records as the REST interface shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import iso, unix
from chatwootai.simulators.chatwoot.push import attachments_push, can_reply, message_push, sender_push
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import unread_count
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import newest_non_activity, newest_public
from chatwootai.simulators.chatwoot.store.people import agent_bots, role_of, teams, token_of, users

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import Contact, Note
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message
    from chatwootai.simulators.chatwoot.store.people import AgentBot, Team, User


def message_shape(db: sqlite3.Connection, message: Message, display_id: int) -> JsonObject:
    """A message in lists and as the answer to its creation: no sender type, no additional attributes."""
    shown: JsonObject = {
        "id": message.id,
        "content": message.content,
        "inbox_id": message.inbox_id,
        "conversation_id": display_id,
        "message_type": message.message_type,
        "content_type": message.content_type,
        "status": message.status,
        "content_attributes": message.content_attributes,
        "created_at": unix(message.created_at),
        "private": message.private,
        "source_id": message.source_id,
    }
    sender = sender_push(db, message)
    if sender:
        shown["sender"] = sender
    if message.attachments:
        shown["attachments"] = attachments_push(message)
    return shown


def contact_shape(contact: Contact) -> JsonObject:
    """A contact."""
    return {
        "additional_attributes": contact.additional_attributes,
        "availability_status": "offline",
        "email": contact.email,
        "id": contact.id,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "blocked": contact.blocked,
        "identifier": contact.identifier,
        "thumbnail": "",
        "custom_attributes": contact.custom_attributes,
        "last_activity_at": unix(contact.last_activity_at) if contact.last_activity_at else None,
        "created_at": unix(contact.created_at),
    }


def contact_with_inboxes(db: sqlite3.Connection, contact: Contact) -> JsonObject:
    """A contact with her places in inboxes."""
    places = contact_inboxes.all(db, "contact_id = ? ORDER BY id", contact.id)
    shown = [
        {"source_id": place.source_id, "inbox": slim_inbox(inboxes.require(db, place.inbox_id))}
        for place in places
    ]
    return {**contact_shape(contact), "contact_inboxes": shown}


def slim_inbox(inbox: Inbox) -> JsonObject:
    """An inbox as contacts show it."""
    return {
        "id": inbox.id,
        "avatar_url": "",
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": inbox.channel_type,
        "provider": "whatsapp_cloud" if inbox.kind == "whatsapp" else None,
    }


def note_shape(db: sqlite3.Connection, note: Note) -> JsonObject:
    """A note about a contact."""
    author = users.find(db, note.user_id)
    return {
        "id": note.id,
        "content": note.content,
        "account_id": note.account_id,
        "contact_id": note.contact_id,
        "user": agent_shape(db, author, note.account_id) if author else None,
        "created_at": unix(note.created_at),
        "updated_at": unix(note.updated_at),
    }


def agent_shape(db: sqlite3.Connection, user: User, account_id: int) -> JsonObject:
    """A human agent."""
    return {
        "id": user.id,
        "account_id": account_id,
        "availability_status": "online" if user.online else "offline",
        "auto_offline": True,
        "confirmed": True,
        "email": user.email,
        "provider": "email",
        "available_name": user.name,
        "name": user.name,
        "role": role_of(db, account_id, user.id),
        "thumbnail": "",
        "custom_role_id": None,
    }


def bot_shape(db: sqlite3.Connection, bot: AgentBot, *, secret: bool) -> JsonObject:
    """An agent bot; the installation's own bots hide their token, `secret` shows the signing secret."""
    shown: JsonObject = {
        "id": bot.id,
        "name": bot.name,
        "description": bot.description,
        "thumbnail": "",
        "outgoing_url": bot.outgoing_url,
        "bot_type": "webhook",
        "bot_config": bot.bot_config,
        "account_id": bot.account_id,
        "system_bot": bot.account_id is None,
    }
    if bot.account_id is not None:
        shown["access_token"] = token_of(db, "AgentBot", bot.id)
    return {**shown, "secret": bot.secret} if secret else shown


def bot_slim(bot: AgentBot) -> JsonObject:
    """An agent bot as an assignee."""
    return {
        "id": bot.id,
        "name": bot.name,
        "description": bot.description,
        "thumbnail": "",
        "outgoing_url": bot.outgoing_url,
        "bot_type": "webhook",
        "bot_config": bot.bot_config,
    }


def team_shape(db: sqlite3.Connection, team: Team, user: User | None) -> JsonObject:
    """A team, and whether the reader is in it."""
    member = (
        user
        and db.execute(
            "SELECT 1 FROM team_members WHERE team_id = ? AND user_id = ?", (team.id, user.id)
        ).fetchone()
    )
    return {
        "id": team.id,
        "name": team.name,
        "description": team.description,
        "allow_auto_assign": team.allow_auto_assign,
        "account_id": team.account_id,
        "is_member": bool(member),
    }


def conversation_meta(db: sqlite3.Connection, conversation: Conversation, inbox: Inbox) -> JsonObject:
    """People around a conversation; without an assignee or team their keys are missing, not null."""
    place = contact_inboxes.require(db, conversation.contact_inbox_id)
    meta: JsonObject = {
        "sender": contact_shape(contacts.require(db, conversation.contact_id)),
        "channel": inbox.channel_type,
        "hmac_verified": place.hmac_verified,
    }
    user = users.find(db, conversation.assignee_id)
    bot = agent_bots.find(db, conversation.assignee_agent_bot_id)
    if user:
        meta |= {"assignee": agent_shape(db, user, conversation.account_id), "assignee_type": "User"}
    elif bot:
        meta |= {"assignee": bot_slim(bot), "assignee_type": "AgentBot"}
    team = teams.find(db, conversation.team_id)
    if team:
        meta["team"] = team_shape(db, team, None)
    return meta


def conversation_shape(db: sqlite3.Connection, conversation: Conversation) -> JsonObject:
    """A conversation, the same in lists and alone; `id` is the display id."""
    inbox = inboxes.require(db, conversation.inbox_id)
    newest = newest_public(db, conversation.id)
    last = newest_non_activity(db, conversation.id)
    return {
        "meta": conversation_meta(db, conversation, inbox),
        "id": conversation.display_id,
        "messages": [message_push(db, newest, conversation)] if newest else [],
        "account_id": conversation.account_id,
        "uuid": conversation.uuid,
        "additional_attributes": conversation.additional_attributes,
        "agent_last_seen_at": unix(conversation.agent_last_seen_at),
        "assignee_last_seen_at": 0,
        "can_reply": can_reply(db, inbox, conversation),
        "contact_last_seen_at": unix(conversation.contact_last_seen_at),
        "custom_attributes": conversation.custom_attributes,
        "inbox_id": conversation.inbox_id,
        "labels": conversation.labels,
        "muted": contacts.require(db, conversation.contact_id).blocked,
        "snoozed_until": iso(conversation.snoozed_until),
        "status": conversation.status,
        "created_at": unix(conversation.created_at),
        "updated_at": conversation.updated_at,
        "timestamp": unix(conversation.last_activity_at),
        "first_reply_created_at": unix(conversation.first_reply_created_at),
        "unread_count": unread_count(db, conversation),
        "last_non_activity_message": message_push(db, last, conversation) if last else None,
        "last_activity_at": unix(conversation.last_activity_at),
        "priority": conversation.priority,
        "waiting_since": unix(conversation.waiting_since),
        "sla_policy_id": None,
    }
