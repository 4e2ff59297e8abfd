"""What happens around every operation: the key, the transaction, and errors told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
from fastapi import APIRouter, HTTPException, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer
from psycopg import errors as pg

from chatwootai.simulators.odoo.errors import (
    AccessDenied,
    DatabaseDown,
    MissingError,
    OdooError,
    SerializationFailure,
)
from chatwootai.simulators.odoo.orm.calls import in_snapshot
from chatwootai.simulators.odoo.rest.messages import field_problems, is_unreadable
from chatwootai.simulators.odoo.rest.refusals import Problem, Refusal, documented
from chatwootai.simulators.odoo.rest.shop import shop_for
from chatwootai.simulators.odoo.wire.bodies import body_of
from chatwootai.simulators.odoo.wire.faulty import open_database, simulation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from starlette.types import Message, Receive

    from chatwootai.simulators.odoo.orm.environment import User
    from chatwootai.simulators.odoo.storage import Connection

_KEY = APIKeyHeader(name="X-API-Key", auto_error=False, description="Chave de API de um usuário")
_BEARER = HTTPBearer(auto_error=False, description="A mesma chave, como Bearer")
_DEPENDED_ON = "Não é possível: outros registros dependem deste."
_TAKEN = "Já existe um registro com esses dados."


class RestRoute(APIRoute):
    """One request is one transaction: committed with a success, undone with a refusal.

    The key is looked at before anything else of the request is.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        handled = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await _in_transaction(request, handled)
            except Refusal as error:
                return _told(error.status, error.problem)
            except RequestValidationError as error:
                return _invalid(error)
            except HTTPException as error:
                return _unread(error)
            except OdooError as error:
                return _refused_by_model(error)
            except (psycopg.IntegrityError, psycopg.DataError) as error:
                return _refused_by_table(error)

        return answered


def router_for(prefix: str, tag: str) -> APIRouter:
    """A router whose operations need a key. The schemes are named for the description: `RestRoute` checks."""
    return APIRouter(
        prefix=prefix,
        tags=[tag],
        route_class=RestRoute,
        responses=documented(),
        dependencies=[Security(_KEY), Security(_BEARER)],
    )


async def _in_transaction(request: Request, handled: Callable[[Request], Awaitable[Response]]) -> Response:
    user = await _authenticated(request)
    body = await body_of(request)

    async def attempt(connection: Connection) -> Response:
        again = Request(request.scope, _replaying(body))
        again.state.shop = await shop_for(user, connection)
        return await handled(again)

    return await in_snapshot(simulation(request), attempt)


async def _authenticated(request: Request) -> User:
    state = simulation(request)
    open_database(state, state.settings.database)
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    given = request.headers.get("x-api-key", "") or (bearer.strip() if scheme.lower() == "bearer" else "")
    return await state.authentication.by_key(given)


def _replaying(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _told(status: int, problem: Problem) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(problem.model_dump(), status, headers)


def _invalid(error: RequestValidationError) -> Response:
    if is_unreadable(error.errors()):
        return _told(400, Problem(detail="O corpo da requisição não é JSON válido."))
    return _told(422, Problem(detail="Há campos inválidos.", errors=field_problems(error.errors())))


def _unread(error: HTTPException) -> Response:
    if error.status_code == 413:
        return _told(413, Problem(detail="O corpo da requisição é grande demais."))
    return _told(400, Problem(detail="O corpo da requisição não pôde ser lido."))


def _refused_by_model(error: OdooError) -> Response:
    match error:
        case AccessDenied():
            text = "Chave de API ausente ou inválida. Use o cabeçalho X-API-Key ou Authorization: Bearer."
            return _told(401, Problem(detail=text))
        case DatabaseDown():
            text = "O banco de dados não responde. Tente de novo em instantes."
            return _told(503, Problem(detail=text))
        case SerializationFailure():
            text = "Outros alteraram os mesmos registros ao mesmo tempo. Tente de novo."
            return _told(503, Problem(detail=text))
        case MissingError():
            return _told(404, Problem(detail="O registro não existe mais."))
    return _told(422, Problem(detail=str(error)))


def _refused_by_table(error: psycopg.Error) -> Response:
    if isinstance(error, pg.UniqueViolation):
        return _told(409, Problem(detail=_TAKEN))
    if isinstance(error, pg.ForeignKeyViolation):
        return _told(409, Problem(detail=_DEPENDED_ON))
    return _told(422, Problem(detail="Um dos valores não pode ser gravado."))
