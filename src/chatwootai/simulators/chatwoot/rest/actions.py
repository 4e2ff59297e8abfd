"""What callers do to a conversation: status, priority, typing, assignment, muting, reading."""

from datetime import datetime

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.installation import Change
from chatwootai.simulators.chatwoot.jsontypes import JsonObject
from chatwootai.simulators.chatwoot.lifecycle.assignment import assign_bot, assign_team, assign_user
from chatwootai.simulators.chatwoot.lifecycle.conversations import announce, update_conversation
from chatwootai.simulators.chatwoot.payloads import user_payload
from chatwootai.simulators.chatwoot.rest.answers import answer, server_error
from chatwootai.simulators.chatwoot.rest.caller import Caller, conversation_of, identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.rest.shapes import agent_shape, bot_slim, conversation_shape, team_shape
from chatwootai.simulators.chatwoot.store.contacts import contacts
from chatwootai.simulators.chatwoot.store.conversations import (
    PRIORITIES,
    STATUSES,
    Conversation,
    conversations,
)
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.people import (
    AgentBot,
    bot_for_account,
    teams,
    user_in_account,
)
from chatwootai.simulators.chatwoot.webhooks.queue import tell_of_typing

router = APIRouter(prefix="/accounts/{account_id}/conversations/{display_id}")


@router.post("/toggle_status")
async def toggle_status(request: Request, account_id: int, display_id: int) -> Response:
    """Set the status, or flip open and resolved. A bot that opens a pending conversation hands it over."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    status = params.text("status")
    if status and status not in STATUSES:
        raise server_error()
    handoff = isinstance(caller.who, AgentBot) and conversation.status == "pending" and status == "open"
    with installation.change(caller.who) as change:
        conversation = _set_status(change, caller, conversation, params)
    return answer(
        {
            "meta": {},
            "payload": {
                "success": None if handoff else True,
                "conversation_id": conversation.display_id,
                "current_status": conversation.status,
                "snoozed_until": conversation.snoozed_until and int(conversation.snoozed_until),
            },
        }
    )


@router.post("/toggle_priority")
async def toggle_priority(request: Request, account_id: int, display_id: int) -> Response:
    """Set or clear the priority; the answer has no body."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    priority = (await read_params(request)).text("priority")
    if priority and priority not in PRIORITIES:
        raise server_error()
    conversation = conversation_of(installation.db, caller, display_id)
    with installation.change(caller.who) as change:
        update_conversation(change, conversation, priority=priority or None)
    return Response()


@router.post("/toggle_typing_status")
async def toggle_typing_status(request: Request, account_id: int, display_id: int) -> Response:
    """Show or hide that somebody writes; only the widget and API inboxes have a way to show it."""
    installation = installation_of(request)
    caller = identify(request, account_id, bots=installation.features.bot_may_type)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    typing = params.text("typing_status")
    if typing not in ("on", "off"):
        return Response()
    with installation.change(caller.who) as change:
        who = user_payload(caller.user) if caller.user else {"id": caller.who.id, "name": caller.who.name}
        private = params.flag("is_private")
        tell_of_typing(change, f"conversation_typing_{typing}", conversation, who, private=private)
        if not private and inboxes.require(change.db, conversation.inbox_id).kind in ("web_widget", "api"):
            place = conversation.contact_inbox_id
            change.live.append(
                LiveEvent("typing", account_id, place, conversation.display_id, typing=typing == "on")
            )
    return Response()


@router.post("/assignments")
async def assign(request: Request, account_id: int, display_id: int) -> Response:
    """Assign a person, a bot or a team; an id that means nobody leaves nobody assigned."""
    caller = identify(request, account_id, bots=True)
    installation = installation_of(request)
    params = await read_params(request)
    conversation = conversation_of(installation.db, caller, display_id)
    with installation.change(caller.who) as change:
        shown = _assign(change, caller, conversation, params)
    return answer(shown)


@router.post("/update_last_seen")
async def update_last_seen(request: Request, account_id: int, display_id: int) -> Response:
    """Note that an agent has read everything."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    conversation = conversation_of(installation.db, caller, display_id)
    with installation.change(caller.who) as change:
        conversation = conversations.update(change.db, conversation.id, agent_last_seen_at=change.now)
        announce(change, conversation)
    return answer(conversation_shape(installation.db, conversation))


@router.post("/mute")
async def mute(request: Request, account_id: int, display_id: int) -> Response:
    """Block the contact and resolve the conversation."""
    return await _block(request, account_id, display_id, blocked=True)


@router.post("/unmute")
async def unmute(request: Request, account_id: int, display_id: int) -> Response:
    """Take the contact's block away."""
    return await _block(request, account_id, display_id, blocked=False)


async def _block(request: Request, account_id: int, display_id: int, *, blocked: bool) -> Response:
    caller = identify(request, account_id)
    installation = installation_of(request)
    conversation = conversation_of(installation.db, caller, display_id)
    with installation.change(caller.who) as change:
        if blocked:
            update_conversation(change, conversation, status="resolved")
        contacts.update(change.db, conversation.contact_id, blocked=blocked, updated_at=change.now)
    return Response()


def _set_status(change: Change, caller: Caller, conversation: Conversation, params: Params) -> Conversation:
    status = params.text("status")
    if not status:
        status = "resolved" if conversation.status == "open" else "open"
    values: dict[str, object] = {"status": status, "snoozed_until": None}
    if status == "snoozed":
        values["snoozed_until"] = _moment(params.text("snoozed_until"))
    conversation = update_conversation(change, conversation, **values)
    # A person with the role "agent" takes what she opens; administrators and bots do not.
    if conversation.status == "open" and caller.user and caller.role == "agent":
        conversation = assign_user(change, conversation, caller.user)
    return conversation


def _moment(text: str | None) -> float | None:
    if not text:
        return None
    if text.isdigit():
        return float(text)
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise server_error() from error


def _assign(change: Change, caller: Caller, conversation: Conversation, params: Params) -> JsonObject | None:
    if "assignee_id" in params:
        return _assign_somebody(change, caller, conversation, params)
    if "team_id" not in params:
        return None
    team_id = params.integer("team_id")
    team = teams.first(change.db, "id = ? AND account_id = ?", team_id, caller.account.id)
    assign_team(change, conversation, team)
    return team_shape(change.db, team, caller.user) if team else None


def _assign_somebody(
    change: Change, caller: Caller, conversation: Conversation, params: Params
) -> JsonObject | None:
    key = params.integer("assignee_id")
    if params.text("assignee_type") == "AgentBot":
        bot = bot_for_account(change.db, caller.account.id, key) if key is not None else None
        if bot:
            assign_bot(change, conversation, bot)
            return bot_slim(bot)
        assign_user(change, conversation, None)
        return None
    user = user_in_account(change.db, caller.account.id, key) if key is not None else None
    assign_user(change, conversation, user)
    return agent_shape(change.db, user, caller.account.id) if user else None
