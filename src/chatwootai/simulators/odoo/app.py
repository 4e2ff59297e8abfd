"""The FastAPI application of the simulation."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from chatwootai.simulators.odoo import controls, pages, wire
from chatwootai.simulators.odoo.access import Directory
from chatwootai.simulators.odoo.errors import DatabaseDown
from chatwootai.simulators.odoo.seed import seed
from chatwootai.simulators.odoo.state import State
from chatwootai.simulators.odoo.storage import Storage, migrate, wait_for_database

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
            await storage.open()
            async with storage.transaction() as connection:
                await migrate(connection)
                users = await seed(connection, settings.logins)
            app.state.simulation = State(settings, storage, Directory(users, settings.series))
            yield
        finally:
            await storage.close()

    app = FastAPI(title="Simulação do Odoo", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_exception_handler(DatabaseDown, _unavailable)
    for part in (wire, pages, controls):
        app.include_router(part.router)
    return app
