"""Account webhooks; administrators only."""

import secrets
import sqlite3

from fastapi import APIRouter, Request, Response
from yarl import URL

from chatwootai.simulators.chatwoot.features import Features
from chatwootai.simulators.chatwoot.jsontypes import JsonObject
from chatwootai.simulators.chatwoot.rest.answers import answer, invalid, not_found
from chatwootai.simulators.chatwoot.rest.caller import identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.store.webhooks import EVENTS, Webhook, webhooks

router = APIRouter(prefix="/accounts/{account_id}/webhooks")

# The column's default in Chatwoot: everything but inbox and typing events.
DEFAULT_SUBSCRIPTIONS = EVENTS[:8]


@router.get("")
async def index(request: Request, account_id: int) -> Response:
    """Webhooks, with secrets where the version signs."""
    identify(request, account_id).require_administrator()
    installation = installation_of(request)
    found = webhooks.all(installation.db, "account_id = ? ORDER BY id", account_id)
    return answer({"payload": {"webhooks": [_shape(hook, installation.features) for hook in found]}})


@router.post("")
async def create(request: Request, account_id: int) -> Response:
    """A new webhook; its address must be new to the account."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    values = {"subscriptions": list(DEFAULT_SUBSCRIPTIONS), **_values(await read_params(request))}
    if not values.get("url"):
        raise invalid("Url can't be blank", ["url"])
    try:
        with installation.change(caller.who) as change:
            hook = webhooks.insert(
                change.db, account_id=account_id, secret=secrets.token_urlsafe(24), **values
            )
    except sqlite3.IntegrityError as error:
        raise invalid("Url has already been taken", ["url"]) from error
    return answer({"payload": {"webhook": _shape(hook, installation.features)}})


@router.patch("/{webhook_id}")
@router.put("/{webhook_id}")
async def update(request: Request, account_id: int, webhook_id: int) -> Response:
    """Change address, name or subscriptions."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    hook = _webhook(installation.db, account_id, webhook_id)
    values = _values(await read_params(request))
    if values:
        try:
            with installation.change(caller.who) as change:
                hook = webhooks.update(change.db, hook.id, **values)
        except sqlite3.IntegrityError as error:
            raise invalid("Url has already been taken", ["url"]) from error
    return answer({"payload": {"webhook": _shape(hook, installation.features)}})


@router.delete("/{webhook_id}")
async def destroy(request: Request, account_id: int, webhook_id: int) -> Response:
    """Remove a webhook."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    hook = _webhook(installation.db, account_id, webhook_id)
    with installation.change(caller.who) as change:
        webhooks.delete(change.db, hook.id)
    return Response()


def _values(params: Params) -> dict[str, object]:
    given = Params(params.mapping("webhook") or params.values)
    values: dict[str, object] = {key: given.text(key) for key in ("url", "name") if key in given}
    if "url" in values and not _is_web_address(str(values["url"])):
        raise invalid("Url is invalid", ["url"])
    subscriptions = given.items("subscriptions")
    if subscriptions is not None:
        if not subscriptions or any(event not in EVENTS for event in subscriptions):
            raise invalid("Subscriptions Invalid events", ["subscriptions"])
        values["subscriptions"] = list(dict.fromkeys(subscriptions))
    return values


def _is_web_address(text: str) -> bool:
    try:
        address = URL(text)
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.host)


def _shape(hook: Webhook, features: Features) -> JsonObject:
    shown: JsonObject = {
        "id": hook.id,
        "name": hook.name,
        "url": hook.url,
        "account_id": hook.account_id,
        "subscriptions": hook.subscriptions,
    }
    return {**shown, "secret": hook.secret} if features.account_webhooks_signed else shown


def _webhook(db: sqlite3.Connection, account_id: int, webhook_id: int) -> Webhook:
    found = webhooks.first(db, "account_id = ? AND id = ?", account_id, webhook_id)
    if found is None:
        raise not_found()
    return found
