"""Who is told of an event, and the jobs that will tell them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import encode
from chatwootai.simulators.chatwoot.payloads import conversation_payload, message_payload
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import MessageType
from chatwootai.simulators.chatwoot.store.people import AgentBot, agent_bots
from chatwootai.simulators.chatwoot.store.webhooks import Webhook, webhook_jobs, webhooks

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import Contact, ContactInbox
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.messages import Message
    from chatwootai.simulators.chatwoot.store.webhooks import RecordType, TargetKind

QUEUE_HIGH, QUEUE_MEDIUM = 1, 2
BOT_EVENTS_ALWAYS = frozenset(
    {
        "message_created",
        "message_updated",
        "conversation_opened",
        "conversation_resolved",
        "webwidget_triggered",
    }
)
BOT_EVENTS_LATER = frozenset({"conversation_updated", "conversation_status_changed"})
BOT_ONLY_EVENTS = frozenset({"conversation_opened", "conversation_resolved"})


def tell_of_message(change: Change, event: str, message: Message, conversation: Conversation) -> None:
    """Queue a message event; activities are never told."""
    if message.message_type == MessageType.ACTIVITY:
        return
    bots = _bots_for(change, conversation)
    if bots:
        payload = encode(message_payload(change.db, event, message, change.features))
        for bot in bots:
            _queue(change, "agent_bot", bot.id, event, conversation, "message", message.id, payload=payload)
    _tell_accounts(change, event, conversation, "message", message.id, {})


def tell_of_conversation(
    change: Change, event: str, conversation: Conversation, changed: list[JsonObject] | None = None
) -> None:
    """Queue a conversation event; only an update or a change of status carries what changed."""
    extra = _changed_attributes(change, event, changed)
    if event in BOT_EVENTS_ALWAYS or (event in BOT_EVENTS_LATER and change.features.bot_hears_conversations):
        bots = _bots_for(change, conversation)
        if bots:
            body = {"event": event, **conversation_payload(change.db, conversation), **extra}
            payload = encode(body)
            for bot in bots:
                _queue(
                    change,
                    "agent_bot",
                    bot.id,
                    event,
                    conversation,
                    "conversation",
                    conversation.id,
                    payload=payload,
                )
    if event not in BOT_ONLY_EVENTS:
        _tell_accounts(change, event, conversation, "conversation", conversation.id, extra)


def tell_of_typing(
    change: Change, event: str, conversation: Conversation, user: JsonObject, *, private: bool
) -> None:
    """Queue a typing event: bots do not get it."""
    extra: JsonObject = {"user": user, "is_private": private}
    _tell_accounts(change, event, conversation, "conversation", conversation.id, extra)


def tell_of_contact(
    change: Change, event: str, contact: Contact, changed: list[JsonObject] | None = None
) -> None:
    """Queue `contact_created` or `contact_updated`, which go to account webhooks only."""
    extra: JsonObject = {} if changed is None else {"changed_attributes": changed}
    for hook in _subscribed(change, contact.account_id, event):
        _queue(
            change,
            "account",
            hook.id,
            event,
            None,
            "contact",
            contact.id,
            account_id=contact.account_id,
            extra=extra,
        )


def tell_of_widget(change: Change, place: ContactInbox, details: JsonObject) -> None:
    """Queue `webwidget_triggered`."""
    event = "webwidget_triggered"
    inbox = inboxes.require(change.db, place.inbox_id)
    bot = agent_bots.find(change.db, inbox.agent_bot_id)
    if bot and bot.outgoing_url:
        _queue(
            change,
            "agent_bot",
            bot.id,
            event,
            None,
            "contact_inbox",
            place.id,
            account_id=place.account_id,
            extra=details,
        )
    for hook in _subscribed(change, place.account_id, event):
        _queue(
            change,
            "account",
            hook.id,
            event,
            None,
            "contact_inbox",
            place.id,
            account_id=place.account_id,
            extra=details,
        )


def _tell_accounts(
    change: Change,
    event: str,
    conversation: Conversation,
    record: RecordType,
    record_id: int,
    extra: JsonObject,
) -> None:
    for hook in _subscribed(change, conversation.account_id, event):
        _queue(change, "account", hook.id, event, conversation, record, record_id, extra=extra)
    inbox = inboxes.require(change.db, conversation.inbox_id)
    if inbox.kind == "api" and inbox.webhook_url:
        _queue(change, "api_inbox", inbox.id, event, conversation, record, record_id, extra=extra)


def _bots_for(change: Change, conversation: Conversation) -> list[AgentBot]:
    # The inbox's bot and the assigned one, each once; neither status nor a human assignee keeps events back.
    inbox = inboxes.require(change.db, conversation.inbox_id)
    keys = dict.fromkeys((inbox.agent_bot_id, conversation.assignee_agent_bot_id))
    found = (agent_bots.find(change.db, key) for key in keys)
    return [bot for bot in found if bot and bot.outgoing_url]


def _subscribed(change: Change, account_id: int, event: str) -> list[Webhook]:
    return [
        hook for hook in webhooks.all(change.db, "account_id = ?", account_id) if event in hook.subscriptions
    ]


def _changed_attributes(change: Change, event: str, changed: list[JsonObject] | None) -> JsonObject:
    if event == "conversation_updated":
        return {"changed_attributes": changed}
    if event == "conversation_status_changed":
        # Up to 4.12 the changes were read after the commit had cleared them.
        return {"changed_attributes": changed if change.features.bot_hears_conversations else None}
    return {}


def _queue(
    change: Change,
    target_kind: TargetKind,
    target_id: int,
    event: str,
    conversation: Conversation | None,
    record_type: RecordType,
    record_id: int,
    *,
    account_id: int | None = None,
    payload: str | None = None,
    extra: JsonObject | None = None,
) -> None:
    webhook_jobs.insert(
        change.db,
        queue=QUEUE_HIGH if target_kind == "agent_bot" else QUEUE_MEDIUM,
        target_kind=target_kind,
        target_id=target_id,
        event=event,
        account_id=conversation.account_id if conversation else account_id,
        conversation_id=conversation.id if conversation else None,
        record_type=record_type,
        record_id=record_id,
        payload=payload,
        extra=extra or {},
        delivery=str(uuid.uuid4()),
        due_at=change.now,
    )
