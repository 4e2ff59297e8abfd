"""Messages of a conversation."""

import sqlite3
from dataclasses import replace

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.jsontypes import JsonObject
from chatwootai.simulators.chatwoot.lifecycle.messages import Draft, create_message, update_message
from chatwootai.simulators.chatwoot.lifecycle.validation import MessageRefusedError
from chatwootai.simulators.chatwoot.rest.answers import answer, not_found, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import Caller, conversation_of, identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.rest.shapes import contact_shape, conversation_meta, message_shape
from chatwootai.simulators.chatwoot.store.contacts import contacts
from chatwootai.simulators.chatwoot.store.conversations import Conversation
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import Message, MessageType, messages
from chatwootai.simulators.chatwoot.store.people import bot_for_account

router = APIRouter(prefix="/accounts/{account_id}/conversations/{display_id}/messages")

PAGE = 20
AFTER_LIMIT = 100
BETWEEN_LIMIT = 1000
COPIED_ATTRIBUTES = ("cc_emails", "bcc_emails", "to_emails", "external_created_at")
FILE_TYPES = ("image", "audio", "video")


@router.get("")
async def index(request: Request, account_id: int, display_id: int) -> Response:
    """A stretch of the conversation, oldest first."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    conversation = conversation_of(db, caller, display_id)
    params = await read_params(request)
    found = find_messages(db, conversation, params)
    inbox = inboxes.require(db, conversation.inbox_id)
    meta = conversation_meta(db, conversation, inbox)
    return answer(
        {
            "meta": {
                "labels": conversation.labels,
                "additional_attributes": conversation.additional_attributes,
                "contact": contact_shape(contacts.require(db, conversation.contact_id)),
                "assignee": meta.get("assignee"),
                "agent_last_seen_at": conversation.agent_last_seen_at,
                "assignee_last_seen_at": None,
            },
            "payload": [message_shape(db, message, display_id) for message in found],
        }
    )


@router.post("")
async def create(request: Request, account_id: int, display_id: int) -> Response:
    """Store a message; whether it reached the customer is told later, by `message_updated`."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    draft = draft_from(installation.db, caller, conversation, params)
    try:
        with installation.change(caller.who) as change:
            message = create_message(change, conversation, draft)
    except MessageRefusedError as error:
        raise unprocessable(str(error)) from error
    shown = message_shape(installation.db, message, display_id)
    if params.text("echo_id"):
        shown["echo_id"] = params.text("echo_id")
    return answer(shown)


@router.delete("/{message_id}")
async def destroy(request: Request, account_id: int, display_id: int, message_id: int) -> Response:
    """Blank a message: it stays, marked as deleted."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    conversation = conversation_of(installation.db, caller, display_id)
    message = messages.first(installation.db, "conversation_id = ? AND id = ?", conversation.id, message_id)
    if message is None:
        raise not_found()
    with installation.change(caller.who) as change:
        message = update_message(
            change,
            message,
            content="This message was deleted",
            content_type="text",
            content_attributes={"deleted": True},
            attachments=[],
        )
    return answer(message_shape(installation.db, message, display_id))


def find_messages(db: sqlite3.Connection, conversation: Conversation, params: Params) -> list[Message]:
    """The rules of message_finder.rb: the last 20, 20 before an id, 100 after one, or all between two."""
    before, after = params.integer("before"), params.integer("after")
    where = "conversation_id = ?"
    values: list[object] = [conversation.id]
    if params.text("filter_internal_messages"):
        where += " AND private = 0 AND message_type <> 2"
    if before is not None and after is not None:
        where += f" AND id >= ? AND id < ? ORDER BY id LIMIT {BETWEEN_LIMIT}"
        return messages.all(db, where, *values, after, before)
    if after is not None:
        return messages.all(db, f"{where} AND id > ? ORDER BY id LIMIT {AFTER_LIMIT}", *values, after)
    if before is not None:
        where += " AND id < ?"
        values.append(before)
    return messages.all(db, f"{where} ORDER BY id DESC LIMIT {PAGE}", *values)[::-1]


def draft_from(db: sqlite3.Connection, caller: Caller, conversation: Conversation, params: Params) -> Draft:
    """The message that the parameters of message_builder.rb describe.

    Raises:
        RestError: 422, a type that is unknown or not allowed here.
    """
    kind = params.text("message_type") or "outgoing"
    if kind.upper() not in MessageType.__members__:
        raise unprocessable(f"'{kind}' is not a valid message_type")
    inbox = inboxes.require(db, conversation.inbox_id)
    if kind == "incoming" and inbox.kind != "api":
        raise unprocessable("Incoming messages are only allowed in Api inboxes")
    draft = Draft(
        params.text("content"),
        MessageType[kind.upper()],
        private=params.flag("private"),
        content_type=params.text("content_type") or "text",
        content_attributes=_content_attributes(params),
        additional_attributes=_additional_attributes(params),
        attachments=uploaded_attachments(params),
        source_id=params.text("source_id"),
    )
    if kind == "incoming":
        return replace(draft, sender_type="Contact", sender_id=conversation.contact_id)
    return _with_sender(db, caller, params, draft)


def _with_sender(db: sqlite3.Connection, caller: Caller, params: Params, draft: Draft) -> Draft:
    bot_id = params.integer("sender_id") if params.text("sender_type") == "AgentBot" else None
    bot = bot_for_account(db, caller.account.id, bot_id) if bot_id is not None else None
    if bot:
        return replace(draft, sender_type="AgentBot", sender_id=bot.id)
    return replace(draft, sender_type="User" if caller.user else "AgentBot", sender_id=caller.who.id)


def _content_attributes(params: Params) -> JsonObject:
    attributes: JsonObject = dict(params.mapping("content_attributes") or {})
    attributes |= {key: params.values[key] for key in COPIED_ATTRIBUTES if params.text(key)}
    return attributes


def _additional_attributes(params: Params) -> JsonObject:
    attributes: JsonObject = {}
    if template := params.mapping("template_params"):
        attributes["template_params"] = template
    if campaign := params.text("campaign_id"):
        attributes["campaign_id"] = campaign
    return attributes


def uploaded_attachments(params: Params) -> list[JsonObject]:
    """What is known of uploaded files; their bytes are not kept."""
    found: list[JsonObject] = []
    for number, upload in enumerate(params.uploads("attachments"), 1):
        main = (upload.content_type or "").split("/")[0]
        found.append(
            {
                "id": number,
                "file_type": main if main in FILE_TYPES else "file",
                "extension": None,
                "data_url": f"/rails/active_storage/blobs/redirect/{upload.filename}",
                "thumb_url": "",
                "file_size": upload.size or 0,
                "width": None,
                "height": None,
            }
        )
    return found
