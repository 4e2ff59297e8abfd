"""Opening conversations and changing them: events and activities follow from what has changed."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.jsontypes import iso
from chatwootai.simulators.chatwoot.lifecycle.activity import tell_of_changes
from chatwootai.simulators.chatwoot.store.accounts import next_display_id
from chatwootai.simulators.chatwoot.store.contacts import contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_conversation

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import ContactInbox
    from chatwootai.simulators.chatwoot.store.conversations import Conversation

# conversation.rb: only these make `conversation_updated`.
ANNOUNCED = frozenset(
    {
        "team_id",
        "assignee_id",
        "assignee_agent_bot_id",
        "status",
        "snoozed_until",
        "custom_attributes",
        "labels",
        "waiting_since",
        "first_reply_created_at",
        "priority",
    }
)
_TIMES = frozenset({"snoozed_until", "waiting_since", "first_reply_created_at", "updated_at"})


def start_conversation(
    change: Change,
    place: ContactInbox,
    *,
    status: str | None = None,
    additional_attributes: JsonObject | None = None,
    custom_attributes: JsonObject | None = None,
) -> Conversation:
    """A new conversation: resolved for a blocked contact, pending if a bot serves the inbox, or as asked."""
    inbox = inboxes.require(change.db, place.inbox_id)
    contact = contacts.require(change.db, place.contact_id)
    if contact.blocked:
        status = "resolved"
    elif inbox.agent_bot_id is not None:
        status = "pending"
    conversation = conversations.insert(
        change.db,
        account_id=place.account_id,
        display_id=next_display_id(change.db, place.account_id),
        inbox_id=place.inbox_id,
        contact_id=place.contact_id,
        contact_inbox_id=place.id,
        uuid=str(uuid.uuid4()),
        status=status or "open",
        additional_attributes=additional_attributes or {},
        custom_attributes=custom_attributes or {},
        waiting_since=change.now,
        last_activity_at=change.now,
        created_at=change.now,
        updated_at=change.now,
    )
    tell_of_conversation(change, "conversation_created", conversation)
    announce(change, conversation)
    return conversation


def update_conversation(change: Change, conversation: Conversation, **values: object) -> Conversation:
    """Change columns; nothing happens when they already hold these values."""
    before = conversations.require(change.db, conversation.id)
    changed = {key: value for key, value in values.items() if getattr(before, key) != value}
    if not changed:
        return before
    if changed.get("status") == "resolved":
        changed["waiting_since"] = None
    after = conversations.update(change.db, before.id, **changed, updated_at=change.now)
    difference = _difference(before, after)
    if "status" in changed:
        if after.status in ("open", "resolved"):
            event = "conversation_opened" if after.status == "open" else "conversation_resolved"
            tell_of_conversation(change, event, after)
        tell_of_conversation(change, "conversation_status_changed", after, difference)
    tell_of_changes(change, before, after)
    if ANNOUNCED & set(changed):
        tell_of_conversation(change, "conversation_updated", after, difference)
        announce(change, after)
    return after


def touch(change: Change, conversation: Conversation, *, active: bool) -> Conversation:
    """Note that something was said, without any event."""
    values = {"last_activity_at": change.now} if active else {}
    return conversations.update(change.db, conversation.id, updated_at=change.now, **values)


def announce(change: Change, conversation: Conversation) -> None:
    """Tell the pages."""
    change.live.append(
        LiveEvent(
            "conversation_updated",
            conversation.account_id,
            conversation.contact_inbox_id,
            conversation.display_id,
        )
    )


def _difference(before: Conversation, after: Conversation) -> list[JsonObject]:
    found: list[JsonObject] = []
    for field in dataclasses.fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if field.name in _TIMES:
            old, new = iso(old), iso(new)
        name = "label_list" if field.name == "labels" else field.name
        found.append({name: {"previous_value": old, "current_value": new}})
    return found
