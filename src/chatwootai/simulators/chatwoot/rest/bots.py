"""Agent bots of an account."""

import secrets
import sqlite3

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.installation import Installation
from chatwootai.simulators.chatwoot.rest.answers import answer, invalid, not_found
from chatwootai.simulators.chatwoot.rest.caller import Caller, identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.rest.shapes import bot_shape
from chatwootai.simulators.chatwoot.store.people import AgentBot, agent_bots, bot_for_account, set_token

router = APIRouter(prefix="/accounts/{account_id}/agent_bots")

LONGEST_URL = 2048


@router.get("")
async def index(request: Request, account_id: int) -> Response:
    """Bots, with tokens: any agent may read them."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    found = agent_bots.all(installation.db, "account_id = ? OR account_id IS NULL ORDER BY id", account_id)
    return answer([_shape(installation, caller, bot) for bot in found])


@router.post("")
async def create(request: Request, account_id: int) -> Response:
    """A new bot with a token and a signing secret."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    params = await read_params(request)
    name = params.text("name")
    if not name:
        raise invalid("Name can't be blank", ["name"])
    with installation.change(caller.who) as change:
        bot = agent_bots.insert(
            change.db,
            account_id=account_id,
            secret=secrets.token_urlsafe(24),
            **{**_values(params), "name": name},
        )
        set_token(change.db, "AgentBot", bot.id, secrets.token_urlsafe(18))
    return answer(_shape(installation, caller, bot))


@router.get("/{bot_id}")
async def show(request: Request, account_id: int, bot_id: int) -> Response:
    """One bot."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    return answer(_shape(installation, caller, _bot(installation.db, account_id, bot_id)))


@router.patch("/{bot_id}")
@router.put("/{bot_id}")
async def update(request: Request, account_id: int, bot_id: int) -> Response:
    """Change name, description, address or configuration."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    params = await read_params(request)
    bot = _bot(installation.db, account_id, bot_id)
    values = _values(params)
    if values:
        with installation.change(caller.who) as change:
            bot = agent_bots.update(change.db, bot.id, **values)
    return answer(_shape(installation, caller, bot))


@router.delete("/{bot_id}")
async def destroy(request: Request, account_id: int, bot_id: int) -> Response:
    """Remove a bot; inboxes lose their link."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    bot = _bot(installation.db, account_id, bot_id)
    with installation.change(caller.who) as change:
        change.db.execute("UPDATE inboxes SET agent_bot_id = NULL WHERE agent_bot_id = ?", (bot.id,))
        change.db.execute(
            "DELETE FROM access_tokens WHERE owner_type = 'AgentBot' AND owner_id = ?", (bot.id,)
        )
        agent_bots.delete(change.db, bot.id)
    return Response()


@router.post("/{bot_id}/reset_access_token")
async def reset_access_token(request: Request, account_id: int, bot_id: int) -> Response:
    """Give the bot a new token."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    bot = _bot(installation.db, account_id, bot_id)
    with installation.change(caller.who) as change:
        set_token(change.db, "AgentBot", bot.id, secrets.token_urlsafe(18))
    return answer(_shape(installation, caller, bot))


def _shape(installation: Installation, caller: Caller, bot: AgentBot) -> dict[str, object]:
    shows_secret = caller.role == "administrator" and installation.features.bot_webhooks_signed
    return bot_shape(installation.db, bot, secret=shows_secret)


def _values(params: Params) -> dict[str, object]:
    values: dict[str, object] = {
        key: params.text(key) for key in ("name", "description", "outgoing_url") if key in params
    }
    if values.get("name", "") is None:
        raise invalid("Name can't be blank", ["name"])
    if len(str(values.get("outgoing_url") or "")) > LONGEST_URL:
        raise invalid(f"Outgoing url is too long (maximum is {LONGEST_URL} characters)", ["outgoing_url"])
    if "bot_config" in params:
        values["bot_config"] = params.mapping("bot_config") or {}
    return values


def _bot(db: sqlite3.Connection, account_id: int, bot_id: int) -> AgentBot:
    found = bot_for_account(db, account_id, bot_id)
    if found is None:
        raise not_found()
    return found
