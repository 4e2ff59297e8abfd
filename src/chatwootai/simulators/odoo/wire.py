"""Odoo's HTTP face: JSON-RPC, where every application error travels in an HTTP 200."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chatwootai.simulators.odoo.errors import AccessDenied, BadArguments, DatabaseDown, OdooError
from chatwootai.simulators.odoo.models import model_named
from chatwootai.simulators.odoo.records import Records

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.fields import Json
    from chatwootai.simulators.odoo.state import State

router = APIRouter()


def _state(request: Request) -> State:
    state: State = request.app.state.simulation
    return state


@router.post("/jsonrpc")
async def jsonrpc(request: Request) -> Response:
    """Services `common` and `object`; HTTP 400 only for what is no JSON."""
    call = await _parsed(request)
    if call is None:
        return Response("Invalid JSON data", status_code=400, media_type="text/html")
    state = _state(request)
    if random.random() < state.faults.status_500:  # noqa: S311 - chance of a simulated fault, no secret
        return Response("Internal Server Error", status_code=500, media_type="text/html")
    answer = await _answered(state, call)
    if random.random() < state.faults.timeout:  # noqa: S311 - as above
        await asyncio.sleep(state.faults.timeout_seconds)
    return _json(answer)


@router.get("/web/health")
async def health() -> dict[str, str]:
    """Passes even when the database is down, as Odoo's does: it proves that the process lives."""
    return {"status": "pass"}


@router.post("/web/webclient/version_info")
async def version_info(request: Request) -> Response:
    """The version, without authentication."""
    call = await _parsed(request)
    if call is None:
        return Response("Invalid JSON data", status_code=400, media_type="text/html")
    return _json(_envelope(call) | {"result": version(_state(request).settings.series)})


@router.api_route("/json/2/{path:path}", methods=["GET", "POST"])
async def json_2(path: str) -> RedirectResponse:
    """No JSON-2 before series 19: Odoo redirects to a page. Probe by version, never by following."""
    del path
    return RedirectResponse("/", status_code=303)


def version(series: int) -> dict[str, Json]:
    """What `common.version` answers."""
    return {
        "server_version": f"{series}.0",
        "server_version_info": [series, 0, 0, "final", 0, ""],
        "server_serie": f"{series}.0",
        "protocol_version": 1,
    }


async def _parsed(request: Request) -> dict[str, Json] | None:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return None
    try:
        call = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        return None
    return call if isinstance(call, dict) else None


async def _answered(state: State, call: dict[str, Json]) -> dict[str, Json]:
    envelope = _envelope(call)
    try:
        result = await _dispatched(state, call.get("params"))
    except OdooError as error:
        return envelope | {"error": _error(error)}
    # A method that returns None leaves the key out: success without a result.
    return envelope if result is None else envelope | {"result": result}


async def _dispatched(state: State, params: Json) -> Json:
    if not isinstance(params, dict):
        raise BadArguments("rpc params must be an object")
    args = params.get("args", [])
    if not isinstance(args, list):
        raise BadArguments("rpc args must be a list")
    match params.get("service"), params.get("method"):
        case "common", "version":
            return version(state.settings.series)
        case "common", "login" | "authenticate":
            return _login(state, args)
        case "object", "execute_kw":
            return await _execute(state, args)
        case "object", "execute":
            return await _execute(state, [*args[:5], args[5:]])
        case service, method:
            raise BadArguments(f"Method not found: {service}.{method}")


def _login(state: State, args: list[Json]) -> Json:
    if len(args) < 3:
        raise BadArguments("login() takes a database, a login and a password")
    _open_database(state, args[0])
    return state.directory.login(args[1], args[2]) or False


async def _execute(state: State, args: list[Json]) -> Json:
    if len(args) not in (5, 6, 7):
        raise BadArguments("execute_kw() takes db, uid, password, model, method, args and kwargs")
    database, uid, key, model, method = args[:5]
    positional = args[5] if len(args) > 5 else []
    named = args[6] if len(args) > 6 else {}
    _open_database(state, database)
    env = state.directory.environment(uid, key)
    if not isinstance(model, str) or not isinstance(method, str):
        raise AccessDenied
    if not isinstance(positional, list) or not isinstance(named, dict):
        raise BadArguments("execute_kw() takes a list and an object of arguments")
    named = dict(named)
    context = named.pop("context", None)
    env = env.in_context(context if isinstance(context, dict) else {})
    return await Records(model_named(model), env, state.storage).call(method, positional, named)


def _open_database(state: State, name: Json) -> None:
    if state.faults.database_down:
        raise DatabaseDown("connection to server failed: Connection refused")
    if name != state.settings.database:
        raise DatabaseDown(f'connection to server failed: FATAL:  database "{name}" does not exist')


def _envelope(call: dict[str, Json]) -> dict[str, Json]:
    return {"jsonrpc": "2.0", "id": call.get("id")}


def _error(error: OdooError) -> dict[str, Json]:
    message = str(error)
    return {
        "code": 200,
        "message": "Odoo Server Error",
        "data": {
            "name": error.name,
            "debug": f"Traceback (most recent call last):\n{error.name}: {message}\n",
            "message": message,
            "arguments": [message],
            "context": {},
        },
    }


def _json(answer: dict[str, Json]) -> Response:
    return Response(orjson.dumps(answer), media_type="application/json")
