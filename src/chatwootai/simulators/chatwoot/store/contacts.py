"""Contacts, their notes, and their places in inboxes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject


@dataclass(frozen=True, slots=True)
class Contact:
    """A writer as the account knows her."""

    id: int
    account_id: int
    name: str
    email: str | None
    phone_number: str | None
    identifier: str | None
    blocked: bool
    custom_attributes: JsonObject
    additional_attributes: JsonObject
    labels: list[str]
    last_activity_at: float | None
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True)
class ContactInbox:
    """A contact in one inbox: what the customer sees as one thread. Ids of messages, not times, mark what was
    last said and last seen by the customer."""

    id: int
    account_id: int
    contact_id: int
    inbox_id: int
    source_id: str
    pubsub_token: str
    hmac_verified: bool
    last_message_id: int | None
    customer_seen_id: int
    created_at: float
    updated_at: float


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about a contact."""

    id: int
    account_id: int
    contact_id: int
    user_id: int | None
    content: str
    created_at: float
    updated_at: float


contacts = Table(
    Contact,
    "contacts",
    json=["custom_attributes", "additional_attributes", "labels"],
    boolean=["blocked"],
)
contact_inboxes = Table(ContactInbox, "contact_inboxes", boolean=["hmac_verified"])
notes = Table(Note, "notes")


def add_contact_inbox(
    db: sqlite3.Connection, contact: Contact, inbox_id: int, source_id: str, now: float
) -> ContactInbox:
    """Place a contact in an inbox.

    Raises:
        sqlite3.IntegrityError: the source id is taken in that inbox.
    """
    return contact_inboxes.insert(
        db,
        account_id=contact.account_id,
        contact_id=contact.id,
        inbox_id=inbox_id,
        source_id=source_id,
        pubsub_token=secrets.token_urlsafe(18),
        created_at=now,
        updated_at=now,
    )
