"""Pictures: the simulation has none, and Odoo never says so."""

from __future__ import annotations

from base64 import b64decode

from fastapi import APIRouter, Response

from chatwootai.simulators.odoo.wire.faulty import FaultyRoute

# One grey pixel; Odoo's is larger.
_PLACEHOLDER = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)

router = APIRouter(route_class=FaultyRoute)


@router.get("/web/image")
@router.get("/web/image/{path:path}")
async def image(path: str = "") -> Response:
    """A placeholder under status 200, whatever was asked for and by whom."""
    del path
    return Response(_PLACEHOLDER, media_type="image/png")
