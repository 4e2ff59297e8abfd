"""The simulated faults, the same for every transport."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from fastapi import Response
from fastapi.routing import APIRoute

from chatwootai.simulators.odoo.errors import DatabaseDown

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fastapi import Request

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.state import State


def simulation(request: Request) -> State:
    """The running simulation that this request came to."""
    state: State = request.app.state.simulation
    return state


class FaultyRoute(APIRoute):
    """A route that fails and tarries as `Faults` says."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        answered = super().get_route_handler()

        async def misbehaving(request: Request) -> Response:
            faults = simulation(request).faults
            if random.random() < faults.status_500:  # noqa: S311 - chance of a simulated fault, no secret
                return Response("Internal Server Error", status_code=500, media_type="text/html")
            answer = await answered(request)
            if random.random() < faults.timeout:  # noqa: S311 - as above
                await asyncio.sleep(faults.timeout_seconds)
            return answer

        return misbehaving


def open_database(state: State, name: Json) -> None:
    """Raises `DatabaseDown` while it is simulated to be down, and for a name that does not exist."""
    if state.faults.database_down:
        raise DatabaseDown("connection to server failed: Connection refused")
    if name != state.settings.database:
        raise DatabaseDown(f'connection to server failed: FATAL:  database "{name}" does not exist')
