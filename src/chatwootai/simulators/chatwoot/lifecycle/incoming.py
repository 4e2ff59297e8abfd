"""What a channel brings in: which conversation it belongs to, and the people it comes from."""

from __future__ import annotations

import re
import secrets
import uuid
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.lifecycle.conversations import start_conversation
from chatwootai.simulators.chatwoot.store.contacts import add_contact_inbox, contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_contact

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import Contact, ContactInbox
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox

E164 = re.compile(r"\+[1-9]\d{1,14}")
BROWSER: JsonObject = {
    "browser": {
        "device_name": "Unknown",
        "browser_name": "Chrome",
        "platform_name": "macOS",
        "browser_version": "131.0.0.0",
        "platform_version": "10.15.7",
    },
    "browser_language": "pt",
    "referer": "http://127.0.0.1/cliente",
}


class SourceUnknownError(Exception):
    """Nothing is known from which a source id for the inbox could be made."""


def create_contact(change: Change, account_id: int, name: str, **values: object) -> Contact:
    """A new contact.

    Raises:
        sqlite3.IntegrityError: e-mail, phone number or identifier are taken.
    """
    contact = contacts.insert(
        change.db, account_id=account_id, name=name, created_at=change.now, updated_at=change.now, **values
    )
    tell_of_contact(change, "contact_created", contact)
    return contact


def place_in_inbox(
    change: Change, contact: Contact, inbox: Inbox, source_id: str | None = None
) -> ContactInbox:
    """The contact's place in the inbox, made if it does not exist.

    Raises:
        SourceUnknownError: the inbox needs a phone number or address that the contact lacks.
        sqlite3.IntegrityError: the source id belongs to somebody else.
    """
    source_id = source_id or source_for(contact, inbox)
    where = "contact_id = ? AND inbox_id = ? AND source_id = ?"
    known = contact_inboxes.first(change.db, where, contact.id, inbox.id, source_id)
    if known:
        return known
    place = add_contact_inbox(change.db, contact, inbox.id, source_id, change.now)
    change.live.append(LiveEvent("thread_created", contact.account_id, place.id))
    return place


def source_for(contact: Contact, inbox: Inbox) -> str:
    """A source id as the channel would give it.

    Raises:
        SourceUnknownError: the contact lacks what the channel knows people by.
    """
    if inbox.kind == "whatsapp" and contact.phone_number:
        return contact.phone_number.removeprefix("+")
    if inbox.kind == "email" and contact.email:
        return contact.email
    if inbox.kind in ("web_widget", "api"):
        return str(uuid.uuid4())
    raise SourceUnknownError(f"contact {contact.id} cannot be reached in inbox {inbox.id}")


def instagram_source() -> str:
    """An Instagram-scoped id."""
    return f"1784{secrets.randbelow(10**13):013d}"


def conversation_for(change: Change, place: ContactInbox, inbox: Inbox) -> Conversation:
    """Where a new message of the customer goes.

    The widget, API inboxes and locked inboxes go on with the last conversation, whatever its status.
    WhatsApp, Instagram and e-mail go on with the last one that is not resolved, or open a new one.
    """
    goes_on = inbox.lock_to_single_conversation or inbox.kind in ("web_widget", "api")
    where = "contact_inbox_id = ? ORDER BY id DESC"
    if not goes_on:
        where = "contact_inbox_id = ? AND status <> 'resolved' ORDER BY id DESC"
    current = conversations.first(change.db, where, place.id)
    if current:
        return current
    attributes = BROWSER if inbox.kind == "web_widget" else {}
    return start_conversation(change, place, additional_attributes=attributes)
