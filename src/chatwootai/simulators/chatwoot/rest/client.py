"""The public client interface of API inboxes: an identifier and a source id in place of a token."""

import sqlite3

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.jsontypes import JsonObject, unix
from chatwootai.simulators.chatwoot.lifecycle.conversations import start_conversation
from chatwootai.simulators.chatwoot.lifecycle.incoming import create_contact, place_in_inbox
from chatwootai.simulators.chatwoot.lifecycle.messages import Draft, create_message, update_message
from chatwootai.simulators.chatwoot.lifecycle.validation import MessageRefusedError
from chatwootai.simulators.chatwoot.payloads import contact_payload
from chatwootai.simulators.chatwoot.push import sender_push
from chatwootai.simulators.chatwoot.rest.answers import answer, not_found, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import installation_of
from chatwootai.simulators.chatwoot.rest.params import read_params
from chatwootai.simulators.chatwoot.store.contacts import ContactInbox, contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import Conversation, conversations
from chatwootai.simulators.chatwoot.store.inboxes import Inbox, inboxes
from chatwootai.simulators.chatwoot.store.messages import Message, MessageType, messages
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_typing

router = APIRouter(prefix="/public/api/v1/inboxes/{identifier}/contacts")

TALK = "/{source_id}/conversations/{display_id}"
MESSAGE_LIMIT = 100


@router.post("")
async def create_a_contact(request: Request, identifier: str) -> Response:
    """A contact of the inbox; an identifier that is known brings its contact back."""
    installation = installation_of(request)
    inbox = _inbox(installation.db, identifier)
    params = await read_params(request)
    given = params.text("identifier")
    known = given and contacts.first(
        installation.db, "account_id = ? AND identifier = ?", inbox.account_id, given
    )
    values: JsonObject = {
        key: params.text(key) for key in ("email", "phone_number", "identifier") if params.text(key)
    }
    values["custom_attributes"] = params.mapping("custom_attributes") or {}
    try:
        with installation.change() as change:
            contact = known or create_contact(change, inbox.account_id, params.text("name") or "", **values)
            place = place_in_inbox(change, contact, inbox, params.text("source_id"))
    except sqlite3.IntegrityError as error:
        raise unprocessable(str(error)) from error
    return answer(_contact_shape(installation.db, place))


@router.get("/{source_id}")
async def show_contact(request: Request, identifier: str, source_id: str) -> Response:
    """The contact."""
    db = installation_of(request).db
    return answer(_contact_shape(db, _place(db, identifier, source_id)))


@router.get("/{source_id}/conversations")
async def list_conversations(request: Request, identifier: str, source_id: str) -> Response:
    """The contact's conversations in the inbox."""
    db = installation_of(request).db
    place = _place(db, identifier, source_id)
    found = conversations.all(db, "contact_inbox_id = ? ORDER BY id", place.id)
    return answer([_conversation_shape(db, place, conversation) for conversation in found])


@router.post("/{source_id}/conversations")
async def create_conversation(request: Request, identifier: str, source_id: str) -> Response:
    """A new conversation."""
    installation = installation_of(request)
    place = _place(installation.db, identifier, source_id)
    params = await read_params(request)
    with installation.change() as change:
        conversation = start_conversation(
            change, place, custom_attributes=params.mapping("custom_attributes")
        )
    return answer(_conversation_shape(installation.db, place, conversation))


@router.get(TALK + "/messages")
async def list_messages(request: Request, identifier: str, source_id: str, display_id: int) -> Response:
    """What the contact may see, oldest first."""
    db = installation_of(request).db
    conversation = _conversation(db, _place(db, identifier, source_id), display_id)
    where = (
        f"conversation_id = ? AND private = 0 AND message_type <> 2 ORDER BY id DESC LIMIT {MESSAGE_LIMIT}"
    )
    found = messages.all(db, where, conversation.id)[::-1]
    return answer([_message_shape(db, message, display_id) for message in found])


@router.post(TALK + "/messages")
async def create_a_message(request: Request, identifier: str, source_id: str, display_id: int) -> Response:
    """The contact writes."""
    installation = installation_of(request)
    place = _place(installation.db, identifier, source_id)
    conversation = _conversation(installation.db, place, display_id)
    params = await read_params(request)
    draft = Draft(
        params.text("content"), MessageType.INCOMING, sender_type="Contact", sender_id=place.contact_id
    )
    try:
        with installation.change() as change:
            message = create_message(change, conversation, draft)
    except MessageRefusedError as error:
        raise unprocessable(str(error)) from error
    return answer(_message_shape(installation.db, message, display_id))


@router.patch(TALK + "/messages/{message_id}")
async def submit_values(
    request: Request, identifier: str, source_id: str, display_id: int, message_id: int
) -> Response:
    """The contact answers an interactive message."""
    installation = installation_of(request)
    conversation = _conversation(installation.db, _place(installation.db, identifier, source_id), display_id)
    message = messages.first(installation.db, "conversation_id = ? AND id = ?", conversation.id, message_id)
    if message is None:
        raise not_found()
    params = await read_params(request)
    attributes = {**message.content_attributes, "submitted_values": params.items("submitted_values") or []}
    with installation.change() as change:
        message = update_message(change, message, content_attributes=attributes)
    return answer(_message_shape(installation.db, message, display_id))


@router.post(TALK + "/toggle_typing")
async def toggle_typing(request: Request, identifier: str, source_id: str, display_id: int) -> Response:
    """The contact starts or stops writing."""
    installation = installation_of(request)
    place = _place(installation.db, identifier, source_id)
    conversation = _conversation(installation.db, place, display_id)
    typing = (await read_params(request)).text("typing_status")
    if typing in ("on", "off"):
        with installation.change() as change:
            writer = contact_payload(change.db, contacts.require(change.db, place.contact_id))
            tell_of_typing(change, f"conversation_typing_{typing}", conversation, writer, private=False)
    return Response()


def _inbox(db: sqlite3.Connection, identifier: str) -> Inbox:
    found = inboxes.first(db, "identifier = ? AND kind = 'api'", identifier)
    if found is None:
        raise not_found()
    return found


def _place(db: sqlite3.Connection, identifier: str, source_id: str) -> ContactInbox:
    found = contact_inboxes.first(db, "inbox_id = ? AND source_id = ?", _inbox(db, identifier).id, source_id)
    if found is None:
        raise not_found()
    return found


def _conversation(db: sqlite3.Connection, place: ContactInbox, display_id: int) -> Conversation:
    found = conversations.first(
        db,
        "account_id = ? AND display_id = ? AND contact_inbox_id = ?",
        place.account_id,
        display_id,
        place.id,
    )
    if found is None:
        raise not_found()
    return found


def _contact_shape(db: sqlite3.Connection, place: ContactInbox) -> JsonObject:
    contact = contacts.require(db, place.contact_id)
    return {
        "source_id": place.source_id,
        "pubsub_token": place.pubsub_token,
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "phone_number": contact.phone_number,
    }


def _conversation_shape(
    db: sqlite3.Connection, place: ContactInbox, conversation: Conversation
) -> JsonObject:
    return {
        "id": conversation.display_id,
        "uuid": conversation.uuid,
        "inbox_id": conversation.inbox_id,
        "contact_last_seen_at": unix(conversation.contact_last_seen_at),
        "status": conversation.status,
        "agent_last_seen_at": unix(conversation.agent_last_seen_at),
        "messages": [],
        "contact": _contact_shape(db, place),
    }


def _message_shape(db: sqlite3.Connection, message: Message, display_id: int) -> JsonObject:
    return {
        "id": message.id,
        "content": message.content,
        "message_type": message.message_type,
        "content_type": message.content_type,
        "content_attributes": message.content_attributes,
        "created_at": unix(message.created_at),
        "conversation_id": display_id,
        "attachments": message.attachments,
        "sender": sender_push(db, message),
    }
