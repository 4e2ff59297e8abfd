"""What answers without authentication: version and health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from chatwootai.simulators.odoo.wire.faulty import FaultyRoute, simulation

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json

router = APIRouter(route_class=FaultyRoute)
living = APIRouter()


@living.get("/web/health")
async def health() -> dict[str, str]:
    """Passes even when the database is down, as Odoo's does: it proves that the process lives."""
    return {"status": "pass"}


@router.get("/web/version")
async def web_version(request: Request) -> Response:
    """Since series 19, in the place of `common.version`."""
    series = simulation(request).settings.series
    if series < 19:
        return Response("Not Found", status_code=404, media_type="text/html")
    told = version(series)
    return JSONResponse({"version_info": told["server_version_info"], "version": told["server_version"]})


def version(series: int) -> dict[str, Json]:
    """What `common.version` answers on a Community server."""
    return {
        "server_version": f"{series}.0",
        "server_version_info": [series, 0, 0, "final", 0, ""],
        "server_serie": f"{series}.0",
        "protocol_version": 1,
    }
