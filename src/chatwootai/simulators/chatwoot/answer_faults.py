"""Broken answers of the REST interface, at the outermost layer of the application."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from chatwootai.simulators.chatwoot.faults import Faults

PREFIXES = ("/api/v1/", "/public/api/v1/")


async def call_with_faults(app: ASGIApp, faults: Faults, scope: Scope, receive: Receive, send: Send) -> None:
    """Call the application, unless the plan has something else for this call."""
    if scope["type"] != "http" or not scope["path"].startswith(PREFIXES):
        await app(scope, receive, send)
        return
    if faults.is_down:
        await _answer(send, 503, {"error": "Service Unavailable"})
        return
    match faults.for_answer(scope["path"]):
        case "429":
            await _answer(send, 429, None)
        case "500":
            await _answer(send, 500, {"status": 500, "error": "Internal Server Error"})
        case "timeout":
            # The call is carried out; only its answer comes when the client has given up.
            await app(scope, receive, _late(send, faults.plan.timeout_seconds))
        case "lost":
            await app(scope, receive, _swallow)
            await _hang_up(receive, send)
        case _:
            await app(scope, receive, send)


async def _answer(send: Send, status: int, body: dict[str, object] | None) -> None:
    content = b"Retry later\n" if body is None else orjson.dumps(body)
    kind = b"text/plain" if body is None else b"application/json"
    headers = [(b"content-type", kind), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _late(send: Send, seconds: float) -> Send:
    async def send_late(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(seconds)
        await send(message)

    return send_late


async def _swallow(_message: Message) -> None:
    return


async def _hang_up(receive: Receive, send: Send) -> None:
    # ASGI has no word for closing without an answer; uvicorn's `send` is a method of the cycle that holds the
    # connection.
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    abort = getattr(transport, "abort", None)
    if not callable(abort):
        raise TypeError("answers can only be lost under uvicorn")
    abort()
    while (await receive())["type"] != "http.disconnect":
        pass
