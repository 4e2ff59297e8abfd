"""`GET /api`: which Chatwoot this is, for anybody who asks."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from chatwootai.simulators.chatwoot.rest.answers import answer

router = APIRouter()


@router.get("/api")
async def version(request: Request) -> Response:
    """The version in three parts, as Chatwoot gives it."""
    known: str = request.app.state.installation.settings.version
    parts = [*known.split("."), "0", "0"][:3]
    return answer(
        {
            "version": ".".join(parts),
            "timestamp": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S"),
            "queue_services": "ok",
            "data_services": "ok",
        }
    )
