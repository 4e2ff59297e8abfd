"""The web client's routes: a login with a password, then a cookie. Not a public API, but clients use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chatwootai.simulators.odoo.errors import AccessDenied, AccessError, BadArguments, SessionExpired
from chatwootai.simulators.odoo.orm.calls import execute
from chatwootai.simulators.odoo.sessions import LIFETIME
from chatwootai.simulators.odoo.wire.failures import odoo_errors
from chatwootai.simulators.odoo.wire.faulty import FaultyRoute, open_database, simulation
from chatwootai.simulators.odoo.wire.jsonrpc import rpc_answer
from chatwootai.simulators.odoo.wire.versions import version

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import User
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.model import Recordset
    from chatwootai.simulators.odoo.state import State

    Params = dict[str, Json]

_COOKIE = "session_id"

router = APIRouter(route_class=FaultyRoute)


@router.post("/web/session/authenticate")
async def authenticate(request: Request) -> Response:
    """Open a session. A user with a second factor gets no session and no error: `{"uid": null}`."""
    state = simulation(request)
    opened: list[str] = []

    async def enter(params: Params) -> Json:
        user = await _entered(state, request, params)
        if user is None:
            return {"uid": None}
        opened.append(state.sessions.open(user.id))
        return await _described(state, user)

    response = await rpc_answer(request, enter)
    for token in opened:
        response.set_cookie(_COOKIE, token, max_age=LIFETIME, httponly=True, samesite="lax")
    return response


@router.post("/web/session/get_session_info")
async def get_session_info(request: Request) -> Response:
    """Who is in this session."""

    async def describe(params: Params) -> Json:
        del params
        state = simulation(request)
        return await _described(state, await _caller(state, request))

    return await rpc_answer(request, describe)


@router.post("/web/session/destroy")
async def destroy(request: Request) -> Response:
    """End the session."""

    async def leave(params: Params) -> None:
        del params
        state = simulation(request)
        await _caller(state, request)
        state.sessions.close(request.cookies[_COOKIE])

    return await rpc_answer(request, leave)


@router.post("/web/dataset/call_kw")
@router.post("/web/dataset/call_kw/{path:path}")
async def call_kw(request: Request, path: str = "") -> Response:
    """Call a method as the user of the session; the path is only for people who read logs."""
    del path

    async def call(params: Params) -> Json | Recordset:
        state = simulation(request)
        user = await _caller(state, request)
        model, method = params.get("model"), params.get("method")
        args, kwargs = params.get("args"), params.get("kwargs")
        if not (isinstance(model, str) and isinstance(method, str)):
            raise BadArguments("call_kw() needs the names of a model and a method")
        if not (isinstance(args, list) and isinstance(kwargs, dict)):
            raise BadArguments("call_kw() needs a list 'args' and an object 'kwargs'")
        with odoo_errors():
            # Unlike RPC, a session has a context of its own, with the user's language.
            own = None if kwargs.get("context") else await _context(state, user)
            return await execute(state, user, model, method, args, kwargs | ({"context": own} if own else {}))

    return await rpc_answer(request, call)


@router.get("/web/webclient/version_info")
async def version_for_browsers(request: Request) -> Response:
    """The same as its POST, for people who try the address in a browser."""
    told = version(simulation(request).settings.series)
    return JSONResponse({"jsonrpc": "2.0", "id": None, "result": told})


@router.post("/web/webclient/version_info")
async def version_info(request: Request) -> Response:
    """The version, without authentication."""

    async def tell(params: Params) -> Json:
        del params
        return version(simulation(request).settings.series)

    return await rpc_answer(request, tell)


async def _entered(state: State, request: Request, params: Params) -> User | None:
    if params.get("db") != state.settings.database:
        raise AccessError("Database not found.")
    open_database(state, params["db"])
    address = request.client.host if request.client else ""
    state.cooldown.check(address)
    try:
        user = await state.authentication.by_password(params.get("login"), params.get("password"))
    except AccessDenied:
        state.cooldown.failed(address)
        raise
    state.cooldown.passed(address)
    return user


async def _caller(state: State, request: Request) -> User:
    open_database(state, state.settings.database)
    uid = state.sessions.user(request.cookies.get(_COOKIE, ""))
    user = None if uid is None else await state.authentication.active(uid)
    if user is None:
        raise SessionExpired("Session expired")
    return user


async def _context(state: State, user: User) -> Json:
    result = await execute(state, user, "res.users", "context_get", [], {})
    return result if isinstance(result, dict) else None


async def _described(state: State, user: User) -> Json:
    told = version(state.settings.series)
    admin = "system" in user.groups
    companies: Json = {
        "current_company": user.company_id,
        "allowed_companies": {str(company): {"id": company} for company in user.company_ids},
    }
    return {
        "uid": user.id,
        "is_admin": admin,
        "is_system": admin,
        "db": state.settings.database,
        "name": user.name,
        "username": user.login,
        "partner_id": user.partner_id,
        "user_context": await _context(state, user),
        "user_companies": companies,
        "server_version": told["server_version"],
        "server_version_info": told["server_version_info"],
    }
