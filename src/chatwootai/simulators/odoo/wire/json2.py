"""JSON-2, Odoo's API from series 19 on: a key in a header, arguments by name, real HTTP status codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from chatwootai.simulators.odoo.errors import (
    AccessDenied,
    AccessError,
    DatabaseDown,
    MissingError,
    OdooError,
    SerializationFailure,
    Unforeseen,
    UnknownMethod,
    UserError,
)
from chatwootai.simulators.odoo.orm.calls import execute_named
from chatwootai.simulators.odoo.orm.model import Recordset
from chatwootai.simulators.odoo.orm.registry import model_named
from chatwootai.simulators.odoo.wire.bodies import body_of, media_type
from chatwootai.simulators.odoo.wire.failures import odoo_errors, serialized
from chatwootai.simulators.odoo.wire.faulty import FaultyRoute, open_database, simulation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.environment import User
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.state import State

_FIRST_SERIES = 19

router = APIRouter(route_class=FaultyRoute)


class _Refused(Unforeseen):
    """What the web server refuses before a model sees it, by the name of Werkzeug's class."""

    def __init__(self, status: int, name: str, text: str) -> None:
        super().__init__(f"werkzeug.exceptions.{name}", text)
        self.status = status


@router.post("/json/2/{model}/{method}")
async def json_2(model: str, method: str, request: Request) -> Response:
    """Call a method; the bare result, or an error under a status of its own."""
    state = simulation(request)
    if state.settings.series < _FIRST_SERIES:
        return _redirected()
    if request.headers.get("x-odoo-database", state.settings.database) != state.settings.database:
        # Without a database that it knows, Odoo has no such route.
        return Response("Not Found", status_code=404, media_type="text/html")
    body = await body_of(request)
    try:
        with odoo_errors():
            user = await _bearer(state, request)
            result = await _called(state, user, model, method, _arguments(request, body))
    except OdooError as error:
        headers = {"WWW-Authenticate": "bearer"} if _status(error) == 401 else None
        return _json(serialized(error), _status(error), headers)
    return _json(list(result.ids) if isinstance(result, Recordset) else result)


@router.api_route("/json/2/{path:path}", methods=["GET", "POST"])
async def elsewhere(path: str, request: Request) -> Response:
    """Before series 19 every path below redirects to a page. Probe by version, never by following."""
    del path
    if simulation(request).settings.series < _FIRST_SERIES:
        return _redirected()
    return Response("Not Found", status_code=404, media_type="text/html")


@router.get("/json/1/{action:path}")
async def json_1(action: str, request: Request) -> Response:
    """The export of views: it needs a right that no user of the simulation has."""
    del action
    try:
        await _bearer(simulation(request), request)
    except OdooError as error:
        return Response(str(error), status_code=_status(error), media_type="text/html")
    return Response("You need export permissions to use the /json route", 403, media_type="text/html")


def _redirected() -> Response:
    return RedirectResponse("/", status_code=303)


async def _bearer(state: State, request: Request) -> User:
    open_database(state, state.settings.database)
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        text = "User not authenticated, use an API Key with a Bearer Authorization header."
        raise _Refused(401, "Unauthorized", text)
    try:
        return await state.authentication.by_key(key.strip())
    except AccessDenied as error:
        raise _Refused(401, "Unauthorized", "Invalid apikey") from error


def _arguments(request: Request, body: bytes) -> dict[str, Json]:
    if not body:
        return {}
    if media_type(request) != "application/json":
        raise _Refused(415, "UnsupportedMediaType", "Please verify the Content-Type request header.")
    try:
        arguments = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _Refused(400, "BadRequest", f"could not parse the body as json: {error}") from error
    if not isinstance(arguments, dict):
        raise _Refused(400, "BadRequest", "the body must be a json object of named arguments")
    return arguments


async def _called(
    state: State, user: User, model: str, method: str, arguments: Mapping[str, Json]
) -> Json | Recordset:
    try:
        model_named(model, state.settings.series)
    except UserError as error:
        raise _Refused(404, "NotFound", f"the model {model!r} does not exist") from error
    named = {name: value for name, value in arguments.items() if name not in ("ids", "context")}
    context = arguments.get("context") or {}
    if not isinstance(context, dict):
        raise _Refused(422, "UnprocessableEntity", "context must be a json object")
    return await execute_named(state, user, model, method, arguments.get("ids"), named, context)


def _status(error: OdooError) -> int:
    match error:
        case _Refused():
            return error.status
        case AccessDenied() | AccessError():
            return 403
        case MissingError() | UnknownMethod():
            return 404
        case DatabaseDown() | SerializationFailure():
            return 500
    return 422


def _json(answer: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(answer), status, headers, "application/json")
