"""What a customer sees: one thread per contact inbox, over all its conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import unix
from chatwootai.simulators.chatwoot.rendering import render
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import MessageType, messages

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.features import Features
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import ContactInbox
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message

THREAD_LIMIT = 200
MESSAGE_LIMIT = 500
UNREAD_LIMIT = 99
# Not activities, not notes, not what Chatwoot takes as sent already; and on WhatsApp and Instagram only what
# the provider has accepted, or refused: the page shows those with a warning that the customer never got them.
VISIBLE = (
    "message_type <> 2 AND private = 0 AND unsent = 0 AND (message_type = 0 OR source_id IS NOT NULL "
    "OR status = 'failed' "
    "OR inbox_id IN (SELECT id FROM inboxes WHERE kind NOT IN ('whatsapp', 'instagram')))"
)


def list_threads(db: sqlite3.Connection, account_id: int, features: Features) -> list[JsonObject]:
    """The account's threads: those without a word, then those with the newest messages first."""
    limit = f"LIMIT {THREAD_LIMIT}"
    silent = f"account_id = ? AND last_message_id IS NULL ORDER BY id DESC {limit}"
    spoken = f"account_id = ? AND last_message_id IS NOT NULL ORDER BY last_message_id DESC {limit}"
    places = contact_inboxes.all(db, silent, account_id) + contact_inboxes.all(db, spoken, account_id)
    return [thread_shape(db, place, features) for place in places[:THREAD_LIMIT]]


def thread_shape(db: sqlite3.Connection, place: ContactInbox, features: Features) -> JsonObject:
    """One thread with its last message."""
    inbox = inboxes.require(db, place.inbox_id)
    contact = contacts.require(db, place.contact_id)
    last = messages.first(db, f"contact_inbox_id = ? AND {VISIBLE} ORDER BY id DESC", place.id)
    sql = (
        f"SELECT count(*) FROM (SELECT 1 FROM messages WHERE contact_inbox_id = ? AND id > ? "  # noqa: S608  # our own clause
        f"AND message_type <> 0 AND {VISIBLE} LIMIT {UNREAD_LIMIT})"
    )
    unread = db.execute(sql, (place.id, place.customer_seen_id)).fetchone()[0]
    return {
        "id": place.id,
        "account_id": place.account_id,
        "inbox_id": inbox.id,
        "kind": inbox.kind,
        "contact": {"id": contact.id, "name": contact.name, "phone_number": contact.phone_number},
        "source_id": place.source_id,
        "last_message": customer_messages(db, inbox, [last], features)[0] if last else None,
        "unread": unread,
    }


def thread_messages(
    db: sqlite3.Connection, place: ContactInbox, after: int | None, features: Features
) -> list[JsonObject]:
    """Messages after an id, or the newest ones, oldest first."""
    inbox = inboxes.require(db, place.inbox_id)
    where = f"contact_inbox_id = ? AND {VISIBLE}"
    if after is None:
        found = messages.all(db, f"{where} ORDER BY id DESC LIMIT {MESSAGE_LIMIT}", place.id)[::-1]
    else:
        found = messages.all(db, f"{where} AND id > ? ORDER BY id LIMIT {MESSAGE_LIMIT}", place.id, after)
    return customer_messages(db, inbox, found, features)


def customer_messages(
    db: sqlite3.Connection, inbox: Inbox, found: list[Message], features: Features
) -> list[JsonObject]:
    """Messages of one thread as the channel shows them."""
    answered = max(
        (message.id for message in found if message.message_type != MessageType.INCOMING), default=0
    )
    replies = {
        (message.content_attributes.get("in_reply_to"), message.content)
        for message in found
        if message.message_type == MessageType.INCOMING
    }
    display_ids: dict[int, int] = {}
    for key in {message.conversation_id for message in found}:
        display_ids[key] = conversations.require(db, key).display_id
    shown: list[JsonObject] = []
    for message in found:
        items = _items(inbox, message)
        chosen = _submitted(message) or next(
            (item["value"] for item in items if (message.id, item["title"]) in replies), None
        )
        shown.append(
            {
                "id": message.id,
                "from": "customer" if message.message_type == MessageType.INCOMING else "shop",
                "author": _author(message),
                "content": _content(inbox, message, features),
                "content_type": message.content_type,
                "items": items,
                "chosen": chosen,
                "attachments": [_attachment(item) for item in message.attachments],
                "status": _status(message, answered),
                "in_reply_to": message.content_attributes.get("in_reply_to"),
                "created_at": unix(message.created_at),
                "conversation_id": display_ids[message.conversation_id],
            }
        )
    return shown


def choices(message: Message) -> list[dict[str, str]]:
    """Titles and values of an `input_select`."""
    items = message.content_attributes.get("items")
    if message.content_type != "input_select" or not isinstance(items, list):
        return []
    return [
        {"title": str(item.get("title", "")), "value": str(item.get("value", ""))}
        for item in items
        if isinstance(item, dict)
    ]


def _items(inbox: Inbox, message: Message) -> list[dict[str, str]]:
    # Instagram sends the text alone; so does e-mail.
    return [] if inbox.kind in ("instagram", "email") else choices(message)


def _submitted(message: Message) -> str | None:
    submitted = message.content_attributes.get("submitted_values")
    match submitted:
        case [{"value": value}, *_]:
            return str(value)
        case _:
            return None


def _author(message: Message) -> str | None:
    if message.message_type == MessageType.INCOMING:
        return None
    if message.sender_type == "AgentBot":
        return "bot"
    if message.sender_type == "User":
        return "human"
    if message.message_type == MessageType.OUTGOING and message.source_id:
        return "phone"
    return "template"


def _content(inbox: Inbox, message: Message, features: Features) -> str | None:
    if message.message_type == MessageType.INCOMING or inbox.kind not in ("whatsapp", "instagram"):
        return message.content
    if message.sender_type is None and message.message_type == MessageType.OUTGOING:
        return message.content
    numbers = not features.rendered_list_numbers_lost
    return render(inbox.kind, message.content, keep_list_numbers=numbers)


def _attachment(item: JsonObject) -> JsonObject:
    shown: JsonObject = {"kind": item.get("file_type"), "url": item.get("data_url")}
    if "fallback_title" in item:
        shown["title"] = item["fallback_title"]
    return shown


def _status(message: Message, answered: int) -> str:
    if message.message_type == MessageType.INCOMING:
        return "read" if message.id < answered else "delivered"
    return message.status
