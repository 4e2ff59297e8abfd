"""Storing messages and changing them, with all that follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.jsontypes import iso
from chatwootai.simulators.chatwoot.lifecycle.conversations import touch, update_conversation
from chatwootai.simulators.chatwoot.lifecycle.validation import check
from chatwootai.simulators.chatwoot.liquid import drops, expand
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import MessageType, messages
from chatwootai.simulators.chatwoot.store.people import User
from chatwootai.simulators.chatwoot.store.webhooks import channel_jobs
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_contact, tell_of_message

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message

META_CHANNELS = ("whatsapp", "instagram")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to store.

    `echo` marks one that the channel itself reported as sent, such as what the shop types on its own phone.
    """

    content: str | None
    message_type: MessageType = MessageType.OUTGOING
    private: bool = False
    content_type: str = "text"
    content_attributes: JsonObject = field(default_factory=dict)
    additional_attributes: JsonObject = field(default_factory=dict)
    attachments: list[JsonObject] = field(default_factory=list)
    source_id: str | None = None
    sender_type: str | None = None
    sender_id: int | None = None
    echo: bool = False


def create_message(change: Change, conversation: Conversation, draft: Draft) -> Message:
    """Store a message in the order of message.rb: reopen, activity, event, sending, templates, contact.

    Raises:
        MessageRefusedError: Chatwoot would not store it.
    """
    check(change, conversation, draft)
    inbox = inboxes.require(change.db, conversation.inbox_id)
    message = _store(change, conversation, inbox, draft)
    if message.message_type == MessageType.INCOMING:
        conversation = _reopen(change, conversation, inbox)
    conversation = touch(change, conversation, active=True)
    tell_of_message(change, "message_created", message, conversation)
    conversation = _note_waiting(change, conversation, message, draft)
    _send(change, inbox, message)
    if message.message_type == MessageType.INCOMING:
        _greet(change, conversation, inbox)
        _touch_contact(change, message)
    _show(change, "message_created", conversation, message)
    return message


def update_message(change: Change, message: Message, **values: object) -> Message:
    """Change columns of a message; every real change is an event."""
    changed = {key: value for key, value in values.items() if getattr(message, key) != value}
    if not changed:
        return message
    message = messages.update(change.db, message.id, **changed, updated_at=change.now)
    conversation = touch(change, conversations.require(change.db, message.conversation_id), active=False)
    tell_of_message(change, "message_updated", message, conversation)
    _show(change, "message_updated", conversation, message)
    return message


def fail_message(change: Change, message: Message, reason: str) -> Message:
    """Mark a message as failed, with the reason that the provider gives."""
    attributes = {**message.content_attributes, "external_error": reason}
    return update_message(change, message, status="failed", content_attributes=attributes)


def _store(change: Change, conversation: Conversation, inbox: Inbox, draft: Draft) -> Message:
    outgoing = draft.message_type in (MessageType.OUTGOING, MessageType.TEMPLATE)
    if outgoing and draft.content and not draft.echo:
        draft = replace(draft, content=_expand(change, conversation, inbox, draft.content))
    message = messages.insert(
        change.db,
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        contact_inbox_id=conversation.contact_inbox_id,
        inbox_id=conversation.inbox_id,
        content=draft.content,
        message_type=draft.message_type,
        content_type=draft.content_type,
        private=draft.private,
        status="sent",
        source_id=draft.source_id,
        unsent=outgoing and bool(draft.source_id) and not draft.echo and inbox.kind in META_CHANNELS,
        content_attributes=_with_quote(change, conversation, draft.content_attributes),
        additional_attributes=draft.additional_attributes,
        attachments=draft.attachments,
        sender_type=draft.sender_type,
        sender_id=draft.sender_id,
        created_at=change.now,
        updated_at=change.now,
    )
    if not message.private and not message.unsent:
        contact_inboxes.update(change.db, message.contact_inbox_id, last_message_id=message.id)
    return message


def _expand(change: Change, conversation: Conversation, inbox: Inbox, content: str) -> str:
    if "{" not in content:
        return content
    account = accounts.require(change.db, conversation.account_id)
    contact = contacts.require(change.db, conversation.contact_id)
    agent = change.actor if isinstance(change.actor, User) else None
    return expand(content, drops(account, inbox, conversation, contact, agent))


def _with_quote(change: Change, conversation: Conversation, attributes: JsonObject) -> JsonObject:
    # in_reply_to_message_builder.rb: each of the two keys fills the other; a stranger's id empties both.
    quoted, external = attributes.get("in_reply_to"), attributes.get("in_reply_to_external_id")
    if quoted is None and external is None:
        return attributes
    if quoted is not None:
        found = messages.first(change.db, "conversation_id = ? AND id = ?", conversation.id, quoted)
    else:
        found = messages.first(change.db, "conversation_id = ? AND source_id = ?", conversation.id, external)
    return {
        **attributes,
        "in_reply_to": found.id if found else None,
        "in_reply_to_external_id": found.source_id if found else None,
    }


def _reopen(change: Change, conversation: Conversation, inbox: Inbox) -> Conversation:
    contact = contacts.require(change.db, conversation.contact_id)
    if contact.blocked:
        return conversation
    # The writer did this, nobody in Chatwoot: events, but no activity.
    unattended = replace(change, actor=None)
    if conversation.status == "snoozed":
        return update_conversation(unattended, conversation, status="open", snoozed_until=None)
    if conversation.status == "resolved":
        status = "pending" if inbox.agent_bot_id is not None else "open"
        return update_conversation(unattended, conversation, status=status)
    return conversation


def _note_waiting(change: Change, conversation: Conversation, message: Message, draft: Draft) -> Conversation:
    if message.private:
        return conversation
    if message.message_type == MessageType.INCOMING:
        if conversation.waiting_since is None:
            return update_conversation(change, conversation, waiting_since=message.created_at)
        return conversation
    if message.message_type != MessageType.OUTGOING:
        return conversation
    human = draft.sender_type == "User" and "automation_rule_id" not in draft.content_attributes
    if human and conversation.first_reply_created_at is None:
        values = {"first_reply_created_at": message.created_at, "waiting_since": None}
        return update_conversation(change, conversation, **values)
    if human or draft.sender_type == "AgentBot":
        return update_conversation(change, conversation, waiting_since=None)
    return conversation


def _send(change: Change, inbox: Inbox, message: Message) -> None:
    outgoing = message.message_type in (MessageType.OUTGOING, MessageType.TEMPLATE)
    if outgoing and not message.private and not message.source_id and inbox.kind in META_CHANNELS:
        channel_jobs.insert(change.db, message_id=message.id, step="send", due_at=change.now)


def _greet(change: Change, conversation: Conversation, inbox: Inbox) -> None:
    if not inbox.greeting_enabled or not inbox.greeting_message:
        return
    where = "conversation_id = ? AND message_type IN (1, 3)"
    if messages.count(change.db, where, conversation.id):
        return
    greeting = Draft(inbox.greeting_message, MessageType.TEMPLATE)
    create_message(replace(change, actor=None), conversation, greeting)


def _touch_contact(change: Change, message: Message) -> None:
    contact = contacts.find(change.db, message.sender_id)
    if contact is None:
        return
    after = contacts.update(change.db, contact.id, last_activity_at=change.now, updated_at=change.now)
    changed: list[JsonObject] = [
        {name: {"previous_value": iso(old), "current_value": iso(new)}}
        for name, old, new in (
            ("last_activity_at", contact.last_activity_at, after.last_activity_at),
            ("updated_at", contact.updated_at, after.updated_at),
        )
    ]
    tell_of_contact(change, "contact_updated", after, changed)


def _show(change: Change, kind: str, conversation: Conversation, message: Message) -> None:
    change.live.append(
        LiveEvent(
            "message_created" if kind == "message_created" else "message_updated",
            message.account_id,
            message.contact_inbox_id,
            conversation.display_id,
            message.id,
        )
    )
