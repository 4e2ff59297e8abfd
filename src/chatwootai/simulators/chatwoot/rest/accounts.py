"""The account itself, its labels, and what the dashboard embeds."""

import time
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.jsontypes import JsonObject, iso
from chatwootai.simulators.chatwoot.rest.answers import answer, invalid, not_found
from chatwootai.simulators.chatwoot.rest.caller import identify, installation_of
from chatwootai.simulators.chatwoot.rest.params import Params, read_params
from chatwootai.simulators.chatwoot.store.accounts import Account, accounts
from chatwootai.simulators.chatwoot.store.table import Table

router = APIRouter(prefix="/accounts/{account_id}")

SETTINGS = ("auto_resolve_after", "keep_pending_on_bot_failure", "audio_transcriptions")


@dataclass(frozen=True, slots=True)
class DashboardApp:
    """A page that the dashboard shows beside conversations."""

    id: int
    account_id: int
    title: str
    content: list[object]
    user_id: int | None
    created_at: float


dashboard_apps = Table(DashboardApp, "dashboard_apps", json=["content"])


@router.get("")
async def show(request: Request, account_id: int) -> Response:
    """The account."""
    caller = identify(request, account_id)
    return answer(_shape(caller.account, installation_of(request).features.version))


@router.patch("")
@router.put("")
async def update(request: Request, account_id: int) -> Response:
    """Change name, locale and settings; administrators only."""
    caller = identify(request, account_id)
    caller.require_administrator()
    installation = installation_of(request)
    params = await read_params(request)
    given = {**params.values, **(params.mapping("settings") or {})}
    settings = {**caller.account.settings, **{key: given[key] for key in SETTINGS if key in given}}
    values: dict[str, object] = {key: params.text(key) for key in ("name", "locale") if params.text(key)}
    with installation.change(caller.who) as change:
        account = accounts.update(change.db, account_id, settings=settings, **values)
    return answer(_shape(account, installation.features.version))


@router.get("/labels")
async def labels(request: Request, account_id: int) -> Response:
    """Labels in use, as the account would have defined them."""
    identify(request, account_id)
    sql = (
        "SELECT DISTINCT json_each.value FROM conversations, json_each(conversations.labels) "
        "WHERE account_id = ? AND labels <> '[]' ORDER BY 1"
    )
    rows = installation_of(request).db.execute(sql, (account_id,)).fetchall()
    return answer(
        {
            "payload": [
                {
                    "id": number,
                    "title": title,
                    "description": None,
                    "color": "#1f93ff",
                    "show_on_sidebar": True,
                }
                for number, (title,) in enumerate(rows, 1)
            ]
        }
    )


@router.get("/canned_responses")
@router.get("/custom_attribute_definitions")
async def nothing_defined(request: Request, account_id: int) -> Response:
    """An account that has defined none of these."""
    identify(request, account_id)
    return answer([])


@router.get("/dashboard_apps")
async def list_apps(request: Request, account_id: int) -> Response:
    """Embedded pages."""
    identify(request, account_id)
    found = dashboard_apps.all(installation_of(request).db, "account_id = ? ORDER BY id", account_id)
    return answer([_app_shape(item) for item in found])


@router.post("/dashboard_apps")
async def create_app(request: Request, account_id: int) -> Response:
    """A new embedded page; any agent may add one."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    params = await read_params(request)
    given = Params(params.mapping("dashboard_app") or params.values)
    title, content = given.text("title"), given.items("content")
    if not title or not content:
        raise invalid("Content: Invalid data", ["content"])
    with installation.change(caller.who) as change:
        created = dashboard_apps.insert(
            change.db,
            account_id=account_id,
            title=title,
            content=content,
            user_id=caller.user.id if caller.user else None,
            created_at=time.time(),
        )
    return answer(_app_shape(created))


@router.delete("/dashboard_apps/{app_id}")
async def destroy_app(request: Request, account_id: int, app_id: int) -> Response:
    """Remove an embedded page."""
    caller = identify(request, account_id)
    installation = installation_of(request)
    found = dashboard_apps.first(installation.db, "account_id = ? AND id = ?", account_id, app_id)
    if found is None:
        raise not_found()
    with installation.change(caller.who) as change:
        dashboard_apps.delete(change.db, found.id)
    return Response(status_code=204)


def _shape(account: Account, version: str) -> JsonObject:
    return {
        "id": account.id,
        "name": account.name,
        "locale": account.locale,
        "domain": None,
        "support_email": None,
        "status": "active",
        "settings": account.settings,
        "features": {},
        "latest_chatwoot_version": version,
    }


def _app_shape(item: DashboardApp) -> JsonObject:
    return {
        "id": item.id,
        "title": item.title,
        "content": item.content,
        "created_at": iso(item.created_at),
    }
