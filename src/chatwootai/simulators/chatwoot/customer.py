"""What customers do: write, send a voice note, tap a button; and what the shop types on its own phone."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.channel import provider_id
from chatwootai.simulators.chatwoot.lifecycle.incoming import (
    BROWSER,
    E164,
    conversation_for,
    create_contact,
    instagram_source,
    place_in_inbox,
)
from chatwootai.simulators.chatwoot.lifecycle.messages import Draft, create_message, update_message
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import MessageType, messages
from chatwootai.simulators.chatwoot.threads import choices
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_widget

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.contacts import ContactInbox
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.messages import Message

Kind = Literal["text", "audio", "image", "location"]


class CustomerRefusedError(Exception):
    """Something that a customer of this channel cannot do."""


def new_thread(change: Change, inbox: Inbox, name: str, phone_number: str | None) -> ContactInbox:
    """A customer who has found the shop; the widget also reports that it was opened.

    Raises:
        CustomerRefusedError: the phone number is not in E.164 form.
    """
    if inbox.kind == "whatsapp" and not phone_number:
        phone_number = f"+55119{secrets.randbelow(10**8):08d}"
    if phone_number and not E164.fullmatch(phone_number):
        raise CustomerRefusedError(
            f"{phone_number!r} is not a phone number in E.164 form, such as +5511987654321"
        )
    known = phone_number and contacts.first(
        change.db, "account_id = ? AND phone_number = ?", inbox.account_id, phone_number
    )
    values: dict[str, object] = {"phone_number": phone_number}
    if inbox.kind == "instagram":
        values["additional_attributes"] = {"social_profiles": {"instagram": name}}
    if inbox.kind == "email":
        values["email"] = f"cliente-{secrets.token_hex(4)}@example.com.br"
    contact = known or create_contact(change, inbox.account_id, name, **values)
    place = place_in_inbox(change, contact, inbox, instagram_source() if inbox.kind == "instagram" else None)
    if inbox.kind == "web_widget":
        tell_of_widget(change, place, {**BROWSER, "widget_language": "pt_BR"})
    return place


def write(
    change: Change,
    place: ContactInbox,
    content: str | None,
    kind: Kind = "text",
    in_reply_to: int | None = None,
) -> Message:
    """Bring in what the customer sends.

    Raises:
        MessageRefusedError: as for any message.
    """
    inbox = inboxes.require(change.db, place.inbox_id)
    conversation = conversation_for(change, place, inbox)
    attributes: JsonObject = {} if in_reply_to is None else {"in_reply_to": in_reply_to}
    content_type = "text"
    if inbox.kind == "email":
        content_type, attributes = "incoming_email", _email(place, inbox, content or "")
    draft = Draft(
        content if kind in ("text", "image") else None,
        MessageType.INCOMING,
        content_type=content_type,
        content_attributes=attributes,
        attachments=_attachments(change, kind, content),
        source_id=provider_id(inbox.kind) if inbox.kind in ("whatsapp", "instagram") else None,
        sender_type="Contact",
        sender_id=place.contact_id,
    )
    message = create_message(change, conversation, draft)
    contact_inboxes.update(change.db, place.id, customer_seen_id=message.id)
    return message


def choose(change: Change, place: ContactInbox, message_id: int, value: str) -> Message:
    """Tap a choice of an `input_select`: the widget writes it into that message, WhatsApp sends its title.

    Raises:
        CustomerRefusedError: there is no such choice, or the channel shows none.
    """
    inbox = inboxes.require(change.db, place.inbox_id)
    message = messages.first(change.db, "contact_inbox_id = ? AND id = ?", place.id, message_id)
    offered = choices(message) if message else []
    taken = next((item for item in offered if item["value"] == value), None)
    if message is None or taken is None or inbox.kind in ("instagram", "email"):
        raise CustomerRefusedError(f"message {message_id} offers no choice {value!r} in this channel")
    if inbox.kind == "web_widget":
        attributes = {**message.content_attributes, "submitted_values": [taken]}
        return update_message(change, message, content_attributes=attributes)
    return write(change, place, taken["title"], in_reply_to=message.id)


def echo(change: Change, place: ContactInbox, content: str) -> Message:
    """What somebody of the shop types in WhatsApp's or Instagram's own app.

    Raises:
        CustomerRefusedError: other channels have no such app.
    """
    inbox = inboxes.require(change.db, place.inbox_id)
    if inbox.kind not in ("whatsapp", "instagram"):
        raise CustomerRefusedError("only WhatsApp and Instagram report what the shop types on its phone")
    conversation = conversation_for(change, place, inbox)
    attributes: JsonObject = {"external_echo": True} if change.features.external_echo else {}
    draft = Draft(content, content_attributes=attributes, source_id=provider_id(inbox.kind), echo=True)
    return create_message(change, conversation, draft)


def _attachments(change: Change, kind: Kind, content: str | None) -> list[JsonObject]:
    if kind == "text":
        return []
    number = secrets.randbelow(10**9)
    if kind == "location":
        return [
            {
                "id": number,
                "file_type": "location",
                "coordinates_lat": -23.561414,
                "coordinates_long": -46.655881,
                "fallback_title": content or "Av. Paulista, 1578 - Bela Vista, São Paulo",
                "data_url": "https://maps.example/?q=-23.561414,-46.655881",
            }
        ]
    name = "audio.wav" if kind == "audio" else "foto.png"
    url = (
        f"{change.settings.public_url}/rails/active_storage/blobs/redirect/{secrets.token_urlsafe(12)}/{name}"
    )
    file: JsonObject = {
        "id": number,
        "file_type": kind,
        "extension": None,
        "data_url": url,
        "thumb_url": url if kind == "image" else "",
        "file_size": 8211,
        "width": 1 if kind == "image" else None,
        "height": 1 if kind == "image" else None,
    }
    return [file | {"transcribed_text": ""} if kind == "audio" else file]


def _email(place: ContactInbox, inbox: Inbox, text: str) -> JsonObject:
    parts = {"full": text, "reply": text, "quoted": text}
    email: JsonObject = {
        "subject": "Contato",
        "from": [place.source_id],
        "to": [f"inbox-{inbox.id}@loja.example"],
        "cc": None,
        "bcc": None,
        "in_reply_to": None,
        "message_id": f"{uuid.uuid4()}@mail.example",
        "multipart": False,
        "number_of_attachments": 0,
        "references": None,
        "auto_reply": False,
        "headers": {},
        "text_content": parts,
        "html_content": parts,
    }
    return {"email": email, "cc_email": None, "bcc_email": None}
