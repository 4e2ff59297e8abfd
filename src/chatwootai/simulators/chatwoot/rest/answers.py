"""Answers and refusals in Chatwoot's words."""

from __future__ import annotations

import orjson
from fastapi import Response


class RestError(Exception):
    """A call that is refused with this status and JSON body."""

    def __init__(self, status: int, body: dict[str, object]) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


def answer(value: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(value), status, media_type="application/json")


def not_found() -> RestError:
    """What Chatwoot says of anything that is missing, or that belongs to another account."""
    return RestError(404, {"error": "Resource could not be found"})


def unprocessable(text: str) -> RestError:
    """A refusal of the values."""
    return RestError(422, {"error": text})


def invalid(text: str, attributes: list[str]) -> RestError:
    """A refusal by the rules of a record."""
    return RestError(422, {"message": text, "attributes": attributes})


def unauthorized(text: str) -> RestError:
    """Chatwoot also answers 401 where others say 403."""
    return RestError(401, {"error": text})


def server_error() -> RestError:
    """What an invalid enum value gives: nothing rescues it."""
    return RestError(500, {"status": 500, "error": "Internal Server Error"})
