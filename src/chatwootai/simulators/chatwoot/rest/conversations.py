"""Conversations: finding, showing, opening, and their attributes."""

import sqlite3

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.installation import Change
from chatwootai.simulators.chatwoot.lifecycle.assignment import assign_team, assign_user
from chatwootai.simulators.chatwoot.lifecycle.conversations import start_conversation, update_conversation
from chatwootai.simulators.chatwoot.lifecycle.incoming import SourceUnknownError, place_in_inbox
from chatwootai.simulators.chatwoot.lifecycle.messages import create_message
from chatwootai.simulators.chatwoot.lifecycle.validation import MessageRefusedError
from chatwootai.simulators.chatwoot.rest.answers import answer, not_found, server_error, unprocessable
from chatwootai.simulators.chatwoot.rest.caller import Caller, conversation_of, identify, installation_of
from chatwootai.simulators.chatwoot.rest.finder import Found, meta, search, search_filtered
from chatwootai.simulators.chatwoot.rest.messages import draft_from
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.rest.shapes import conversation_shape
from chatwootai.simulators.chatwoot.store.contacts import ContactInbox, contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import (
    PRIORITIES,
    STATUSES,
    Conversation,
    conversations,
)
from chatwootai.simulators.chatwoot.store.inboxes import Inbox, inboxes
from chatwootai.simulators.chatwoot.store.people import teams, user_in_account

router = APIRouter(prefix="/accounts/{account_id}/conversations")


@router.get("")
async def index(request: Request, account_id: int) -> Response:
    """A page of conversations, or all that changed lately if `updated_within` is given."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    found = search(db, caller, await read_params(request))
    return answer({"data": _listing(db, found)})


@router.get("/meta")
async def counts(request: Request, account_id: int) -> Response:
    """Counts only."""
    caller = identify(request, account_id)
    return answer({"meta": meta(installation_of(request).db, caller, await read_params(request))})


@router.post("/filter")
async def filtered(request: Request, account_id: int) -> Response:
    """Conversations by conditions."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    return answer(_listing(db, search_filtered(db, caller, await read_params(request))))


@router.post("")
async def create(request: Request, account_id: int) -> Response:
    """Open a conversation, with a first message if one is given."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    try:
        with installation.change(caller.who) as change:
            conversation = _create(change, caller, params)
    except (MessageRefusedError, SourceUnknownError) as error:
        raise unprocessable(str(error)) from error
    except sqlite3.IntegrityError as error:
        raise unprocessable("Source has already been taken") from error
    return answer(conversation_shape(installation.db, conversation))


@router.get("/{display_id}")
async def show(request: Request, account_id: int, display_id: int) -> Response:
    """One conversation; from 4.15 on bots may read it."""
    installation = installation_of(request)
    caller = identify(request, account_id, bots=installation.features.bot_may_read)
    return answer(conversation_shape(installation.db, conversation_of(installation.db, caller, display_id)))


@router.patch("/{display_id}")
async def update(request: Request, account_id: int, display_id: int) -> Response:
    """Change the priority."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    priority = params.text("priority")
    if priority is not None and priority not in PRIORITIES:
        raise server_error()
    conversation = conversation_of(installation.db, caller, display_id)
    if "priority" in params:
        with installation.change(caller.who) as change:
            conversation = update_conversation(change, conversation, priority=priority)
    return answer(conversation_shape(installation.db, conversation))


@router.post("/{display_id}/custom_attributes")
async def custom_attributes(request: Request, account_id: int, display_id: int) -> Response:
    """Replace all custom attributes."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    given = params.mapping("custom_attributes") or {}
    with installation.change(caller.who) as change:
        conversation = update_conversation(change, conversation, custom_attributes=given)
    return answer({"custom_attributes": conversation.custom_attributes})


@router.get("/{display_id}/labels")
async def labels(request: Request, account_id: int, display_id: int) -> Response:
    """The labels."""
    installation = installation_of(request)
    caller = identify(request, account_id, bots=installation.features.bot_may_read)
    return answer({"payload": conversation_of(installation.db, caller, display_id).labels})


@router.post("/{display_id}/labels")
async def replace_labels(request: Request, account_id: int, display_id: int) -> Response:
    """Replace all labels; any word will do."""
    installation = installation_of(request)
    caller = identify(request, account_id, bots=installation.features.bot_may_read)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    given = list(dict.fromkeys(str(label) for label in params.items("labels") or []))
    with installation.change(caller.who) as change:
        conversation = update_conversation(change, conversation, labels=given)
    return answer({"payload": conversation.labels})


def _listing(db: sqlite3.Connection, found: Found) -> dict[str, object]:
    shown = [conversation_shape(db, conversation) for conversation in found.conversations]
    return {"meta": found.counts, "payload": shown}


def _create(change: Change, caller: Caller, params: Params) -> Conversation:
    place, inbox = _place(change, caller, params)
    conversation = conversations.first(change.db, "contact_inbox_id = ? ORDER BY id DESC", place.id)
    if conversation is None or not inbox.lock_to_single_conversation:
        status = params.text("status")
        if status is not None and status not in STATUSES:
            raise server_error()
        conversation = start_conversation(
            change,
            place,
            status=status,
            additional_attributes=params.mapping("additional_attributes"),
            custom_attributes=params.mapping("custom_attributes"),
        )
        conversation = _assign(change, caller, conversation, params)
    message = params.mapping("message")
    if message:
        create_message(change, conversation, draft_from(change.db, caller, conversation, Params(message)))
    return conversations.require(change.db, conversation.id)


def _assign(change: Change, caller: Caller, conversation: Conversation, params: Params) -> Conversation:
    user_id, team_id = params.integer("assignee_id"), params.integer("team_id")
    if user_id is not None:
        user = user_in_account(change.db, caller.account.id, user_id)
        conversation = assign_user(change, conversation, user)
    if team_id is not None:
        team = teams.first(change.db, "id = ? AND account_id = ?", team_id, caller.account.id)
        conversation = assign_team(change, conversation, team)
    return conversation


def _place(change: Change, caller: Caller, params: Params) -> tuple[ContactInbox, Inbox]:
    source_id = params.text("source_id")
    where, values = "account_id = ?", [caller.account.id]
    if params.integer("inbox_id") is not None:
        inbox = inboxes.first(change.db, f"{where} AND id = ?", *values, params.integer("inbox_id"))
        if inbox is None:
            raise not_found()
        contact = contacts.first(change.db, f"{where} AND id = ?", *values, params.integer("contact_id"))
        if contact:
            known = contact_inboxes.first(
                change.db, "contact_id = ? AND inbox_id = ? ORDER BY id DESC", contact.id, inbox.id
            )
            if known and source_id in (None, known.source_id):
                return known, inbox
            return place_in_inbox(change, contact, inbox, source_id), inbox
        where, values = f"{where} AND inbox_id = ?", [*values, inbox.id]
    place = (
        contact_inboxes.first(change.db, f"{where} AND source_id = ?", *values, source_id)
        if source_id
        else None
    )
    if place is None:
        raise not_found()
    return place, inboxes.require(change.db, place.inbox_id)
