"""Reading what a client sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import HTTPException

if TYPE_CHECKING:
    from fastapi import Request

_MAX_BYTES = 16 * 1024 * 1024  # a real Odoo takes 128 MiB


async def body_of(request: Request) -> bytes:
    """The whole body; HTTP 413 as soon as it is longer than the limit."""
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > _MAX_BYTES:
            raise HTTPException(413, "Request Entity Too Large")
        parts.append(part)
    return b"".join(parts)


def media_type(request: Request) -> str:
    """The content type without its parameters, in lower case; empty where none was given."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
