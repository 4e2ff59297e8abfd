"""Inboxes and the bots that serve them."""

import sqlite3

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.jsontypes import JsonObject
from chatwootai.simulators.chatwoot.rest.answers import answer, not_found
from chatwootai.simulators.chatwoot.rest.caller import Caller, identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import read_params
from chatwootai.simulators.chatwoot.rest.shapes import bot_shape
from chatwootai.simulators.chatwoot.store.inboxes import Inbox, inboxes
from chatwootai.simulators.chatwoot.store.people import agent_bots

router = APIRouter(prefix="/accounts/{account_id}/inboxes")

FLAGS = ("greeting_enabled", "lock_to_single_conversation", "enable_auto_assignment")


@router.get("")
async def index(request: Request, account_id: int) -> Response:
    """Inboxes that the caller may see."""
    caller = identify(request, account_id)
    found = inboxes.all(installation_of(request).db, "account_id = ? ORDER BY id", account_id)
    return answer({"payload": [inbox_shape(inbox, caller) for inbox in found if caller.sees_inbox(inbox.id)]})


@router.get("/{inbox_id}")
async def show(request: Request, account_id: int, inbox_id: int) -> Response:
    """One inbox."""
    caller = identify(request, account_id)
    return answer(inbox_shape(_inbox(installation_of(request).db, caller, inbox_id), caller))


@router.patch("/{inbox_id}")
async def update(request: Request, account_id: int, inbox_id: int) -> Response:
    """Change settings; administrators only."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    params = await read_params(request)
    inbox = _inbox(installation.db, caller, inbox_id)
    values: dict[str, object] = {key: params.flag(key) for key in FLAGS if key in params}
    if params.text("name"):
        values["name"] = params.text("name")
    if "greeting_message" in params:
        values["greeting_message"] = params.text("greeting_message")
    channel = params.mapping("channel") or {}
    if inbox.kind == "api" and "webhook_url" in channel:
        values["webhook_url"] = channel["webhook_url"]
    if values:
        with installation.change(caller.who) as change:
            inbox = inboxes.update(change.db, inbox.id, **values)
    return answer(inbox_shape(inbox, caller))


@router.get("/{inbox_id}/agent_bot")
async def agent_bot(request: Request, account_id: int, inbox_id: int) -> Response:
    """The linked bot, as a raw record: its token is an object here."""
    caller = identify(request, account_id)
    db = installation_of(request).db
    inbox = _inbox(db, caller, inbox_id)
    bot = agent_bots.find(db, inbox.agent_bot_id)
    if bot is None:
        return answer({"agent_bot": {}})
    shown = bot_shape(db, bot, secret=False)
    shown["access_token"] = {"owner_type": "AgentBot", "owner_id": bot.id, "token": shown.get("access_token")}
    return answer({"agent_bot": shown})


@router.post("/{inbox_id}/set_agent_bot")
async def set_agent_bot(request: Request, account_id: int, inbox_id: int) -> Response:
    """Link a bot, or unlink with null. Whose account the bot belongs to is not checked, as in Chatwoot."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    params = await read_params(request)
    inbox = _inbox(installation.db, caller, inbox_id)
    bot_id = params.integer("agent_bot")
    if bot_id is not None and agent_bots.find(installation.db, bot_id) is None:
        raise not_found()
    with installation.change(caller.who) as change:
        inboxes.update(change.db, inbox.id, agent_bot_id=bot_id)
    return Response()


def inbox_shape(inbox: Inbox, caller: Caller) -> JsonObject:
    """An inbox; administrators also see its secrets."""
    shown: JsonObject = {
        "id": inbox.id,
        "avatar_url": "",
        "channel_id": inbox.id,
        "name": inbox.name,
        "channel_type": inbox.channel_type,
        "greeting_enabled": inbox.greeting_enabled,
        "greeting_message": inbox.greeting_message,
        "working_hours_enabled": False,
        "enable_email_collect": False,
        "csat_survey_enabled": False,
        "csat_config": {},
        "enable_auto_assignment": inbox.enable_auto_assignment,
        "auto_assignment_config": {},
        "out_of_office_message": None,
        "working_hours": [],
        "timezone": "America/Sao_Paulo",
        "callback_webhook_url": None,
        "allow_messages_after_resolved": True,
        "lock_to_single_conversation": inbox.lock_to_single_conversation,
        "sender_name_type": "friendly",
        "business_name": None,
        "hmac_mandatory": False,
    }
    match inbox.kind:
        case "whatsapp":
            shown |= {
                "provider": "whatsapp_cloud",
                "phone_number": inbox.phone_number,
                "message_templates": [],
                "reauthorization_required": False,
            }
        case "web_widget":
            shown |= {
                "website_token": inbox.identifier,
                "website_url": "http://127.0.0.1",
                "web_widget_script": "",
            }
        case "api":
            shown |= {
                "webhook_url": inbox.webhook_url,
                "inbox_identifier": inbox.identifier,
                "additional_attributes": {"agent_reply_time_window": inbox.agent_reply_time_window},
            }
        case _:
            pass
    if caller.role == "administrator" and inbox.kind in ("api", "web_widget"):
        shown |= {"hmac_token": inbox.secret} | ({"secret": inbox.secret} if inbox.kind == "api" else {})
    return shown


def _inbox(db: sqlite3.Connection, caller: Caller, inbox_id: int) -> Inbox:
    found = inboxes.first(db, "account_id = ? AND id = ?", caller.account.id, inbox_id)
    if found is None or not caller.sees_inbox(found.id):
        raise not_found()
    return found
