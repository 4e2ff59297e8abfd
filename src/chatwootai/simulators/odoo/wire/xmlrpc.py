"""XML-RPC in both versions: the same services, poorer answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.odoo.errors import (
    AccessDenied,
    AccessError,
    MissingError,
    OdooError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from chatwootai.simulators.odoo.wire import marshalling
from chatwootai.simulators.odoo.wire.bodies import body_of
from chatwootai.simulators.odoo.wire.failures import odoo_errors, traceback_of
from chatwootai.simulators.odoo.wire.faulty import FaultyRoute, simulation
from chatwootai.simulators.odoo.wire.services import dispatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatwootai.simulators.odoo.state import State

_OTHER, _REFUSED, _DENIED, _FORBIDDEN = 1, 2, 3, 4

router = APIRouter(route_class=FaultyRoute)


@router.post("/xmlrpc/2/{service}")
async def version_2(service: str, request: Request) -> Response:
    """Faults by number."""
    return await _answered(service, request, _fault)


@router.post("/xmlrpc/{service}")
async def version_1(service: str, request: Request) -> Response:
    """Faults whose code is a text."""
    return await _answered(service, request, _old_fault)


async def _answered(service: str, request: Request, fault: Callable[[OdooError], str]) -> Response:
    body = await body_of(request)
    try:
        with odoo_errors():
            text = await _called(simulation(request), service, body)
    except OdooError as error:
        text = fault(error)
    return Response(text.encode(), media_type="text/xml")


async def _called(state: State, service: str, body: bytes) -> str:
    method, arguments = marshalling.read_call(body)
    result = await dispatch(state, service, method, arguments)
    # Only now, when the call is committed, does it turn out whether its result can be sent at all.
    return marshalling.answer(result)


def _fault(error: OdooError) -> str:
    match error:
        case AccessDenied():
            return marshalling.fault(_DENIED, str(error))
        case AccessError():
            return marshalling.fault(_FORBIDDEN, str(error))
        case UserError() | ValidationError() | MissingError() | RedirectWarning():
            return marshalling.fault(_REFUSED, str(error))
    return marshalling.fault(_OTHER, traceback_of(error))


def _old_fault(error: OdooError) -> str:
    match error:
        case AccessDenied():
            return marshalling.fault("AccessDenied", str(error))
        case AccessError() | MissingError():
            return marshalling.fault(f"warning -- {type(error).__name__}\n\n{error}", "")
        case RedirectWarning():
            return marshalling.fault(f"warning -- Warning\n\n{error}", "")
        case UserError() | ValidationError():
            return marshalling.fault(f"warning -- UserError\n\n{error}", "")
    return marshalling.fault(str(error), traceback_of(error))
