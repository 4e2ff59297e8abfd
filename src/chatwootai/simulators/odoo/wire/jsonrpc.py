"""JSON-RPC, where every application error travels in an HTTP 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from fastapi import APIRouter, Request, Response

from chatwootai.simulators.odoo.errors import BadArguments, OdooError, SessionExpired
from chatwootai.simulators.odoo.orm.model import Recordset
from chatwootai.simulators.odoo.wire.bodies import body_of, media_type
from chatwootai.simulators.odoo.wire.failures import serialized
from chatwootai.simulators.odoo.wire.faulty import FaultyRoute, simulation
from chatwootai.simulators.odoo.wire.services import dispatch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from chatwootai.simulators.odoo.orm.calls import Result
    from chatwootai.simulators.odoo.orm.fields import Json

    Params = dict[str, Json]
    Method = Callable[[Params], Awaitable[Result]]

_TYPES = ("application/json", "application/json-rpc")

router = APIRouter(route_class=FaultyRoute)


@router.post("/jsonrpc")
async def jsonrpc(request: Request) -> Response:
    """The services; HTTP 400 only for what is no JSON."""

    async def call(params: Params) -> Result:
        state = simulation(request)
        return await dispatch(state, params.get("service"), params.get("method"), params.get("args"))

    return await rpc_answer(request, call)


async def rpc_answer(request: Request, method: Method) -> Response:
    """Call `method` with the parameters of the request and wrap its result, or the error that it raises."""
    call = _parsed(await body_of(request)) if media_type(request) in _TYPES else "Bad Request"
    if isinstance(call, str):
        return Response(call, status_code=400, media_type="text/html")
    envelope: dict[str, Json] = {"jsonrpc": "2.0", "id": call.get("id")}
    params = call.get("params", {})
    try:
        if not isinstance(params, dict):
            raise BadArguments("rpc params must be an object")
        result = await method(params)
    except OdooError as error:
        return _json(envelope | {"error": _error(error)})
    # A method that returns None leaves the key out: success without a result.
    if result is None:
        return _json(envelope)
    return _json(envelope | {"result": str(result) if isinstance(result, Recordset) else result})


def _parsed(body: bytes) -> dict[str, Json] | str:
    try:
        call = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "Invalid JSON data"
    return call if isinstance(call, dict) else "Invalid JSON-RPC data"


def _error(error: OdooError) -> dict[str, Json]:
    code, message = 200, "Odoo Server Error"
    if isinstance(error, SessionExpired):
        code, message = 100, "Odoo Session Expired"
    return {"code": code, "message": message, "data": serialized(error)}


def _json(answer: Json) -> Response:
    return Response(orjson.dumps(answer), media_type="application/json")
