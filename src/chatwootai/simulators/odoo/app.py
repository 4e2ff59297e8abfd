"""The FastAPI application of the simulation."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from chatwootai.simulators.odoo import controls, pages, rest, wire
from chatwootai.simulators.odoo.authentication import Authentication
from chatwootai.simulators.odoo.errors import DatabaseDown
from chatwootai.simulators.odoo.samples import fill
from chatwootai.simulators.odoo.schema import migrate
from chatwootai.simulators.odoo.state import State
from chatwootai.simulators.odoo.storage import Storage, wait_for_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from chatwootai.simulators.odoo.settings import Settings


async def _unavailable(request: Request, error: Exception) -> PlainTextResponse:
    """For pages and controls; over JSON-RPC the same error travels in an HTTP 200."""
    del request, error
    return PlainTextResponse("O banco de dados não responde. Tente de novo em instantes.", status_code=503)


def create_app(settings: Settings) -> FastAPI:
    """Build the simulation; on start it waits for PostgreSQL, brings the schema up to date and seeds it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await wait_for_database(settings.database_url, settings.startup_seconds)
        storage = Storage(settings.database_url)
        try:
            await asyncio.to_thread(migrate, settings.database_url)
            await storage.open()
            async with storage.transaction() as connection:
                await fill(connection, settings.logins)
            app.state.simulation = State(settings, storage, Authentication(storage, settings.logins))
            yield
        finally:
            await storage.close()

    # The REST face describes itself: Odoo's wire, the controls and the pages are none of OpenAPI's.
    app = FastAPI(title="Simulação do Odoo", lifespan=lifespan, openapi_url=None)
    app.add_exception_handler(DatabaseDown, _unavailable)
    for router in (*wire.ROUTERS, *rest.ROUTERS, pages.router, controls.router):
        app.include_router(router)
    return app
