"""The application."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError

from chatwootai.simulators.chatwoot.answer_faults import call_with_faults
from chatwootai.simulators.chatwoot.channel import ChannelSteps
from chatwootai.simulators.chatwoot.development import faults as fault_routes
from chatwootai.simulators.chatwoot.development import files as file_routes
from chatwootai.simulators.chatwoot.development import threads as thread_routes
from chatwootai.simulators.chatwoot.installation import Installation
from chatwootai.simulators.chatwoot.pages import mount_pages
from chatwootai.simulators.chatwoot.rest import (
    accounts,
    actions,
    bots,
    client,
    contacts,
    conversations,
    inboxes,
    messages,
    people,
    webhooks,
)
from chatwootai.simulators.chatwoot.rest import (
    installation as installation_routes,
)
from chatwootai.simulators.chatwoot.rest.answers import RestError, answer
from chatwootai.simulators.chatwoot.seed import default_seed, plant
from chatwootai.simulators.chatwoot.webhooks.delivery import Delivery

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from chatwootai.simulators.chatwoot.settings import StandInSettings

NOUNS = (accounts, actions, bots, contacts, conversations, inboxes, messages, people, webhooks)


class StandIn(FastAPI):
    """FastAPI with the fault gate outside everything."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await call_with_faults(super().__call__, self.state.installation.faults, scope, receive, send)


def create_app(settings: StandInSettings) -> FastAPI:
    """The stand-in over its database file, which is created and planted if it is new.

    Raises:
        ValueError: a version that the stand-in does not know.
    """
    installation = Installation(settings)
    plant(installation.db, settings.seed or default_seed())
    app = StandIn(
        title="Chatwoot stand-in", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.installation = installation
    app.add_exception_handler(RestError, _refuse)
    app.add_exception_handler(RequestValidationError, _misread)
    for noun in NOUNS:
        app.include_router(noun.router, prefix="/api/v1")
    for routes in (installation_routes, client, fault_routes, thread_routes, file_routes):
        app.include_router(routes.router)
    mount_pages(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    installation: Installation = app.state.installation
    work = [
        asyncio.create_task(Delivery(installation).run()),
        asyncio.create_task(ChannelSteps(installation).run()),
    ]
    try:
        yield
    finally:
        for task in work:
            task.cancel()
        for task in work:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        installation.close()


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RestError):
        raise error
    return answer(error.body, error.status)


async def _misread(request: Request, error: Exception) -> Response:
    # A path whose id is no number finds nothing in Rails; only the stand-in's own bodies are validated.
    if request.url.path.startswith(("/api/", "/public/")):
        return answer({"error": "Resource could not be found"}, 404)
    return answer({"error": str(error)}, 422)
