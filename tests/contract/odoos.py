"""The Odoos that adapters are held to: the simulation in every series, or the server that was named.

`make contract-odoo ODOO_URL=… ODOO_DB=… ODOO_USER=… ODOO_KEY=…` names one; everything that a test makes
there is removed again, or cancelled and archived where the user may not remove it.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from tests.fixtures.odoo import RunningOdoo, running_odoo

from chatwootai.domain.errors import IntegrationError
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.client import OdooClient

ZONE = ZoneInfo("America/Sao_Paulo")
_NAMES = ("URL", "DATABASE", "LOGIN", "API_KEY")
_GIVEN = {name: os.environ.get(f"CHATWOOTAI_TEST_ODOO_{name}", "") for name in _NAMES}
GIVEN = "the Odoo that was named"
SIMULATED = ("simulated Odoo 16", "simulated Odoo 18", "simulated Odoo 19")
ODOOS = (GIVEN,) if all(_GIVEN.values()) else SIMULATED
"""Parameters for a fixture; with a server named, the simulation is left alone."""


@dataclass(slots=True)
class OdooUnderTest:
    """`key()` makes keys that nobody used before; `made` is what has to go again, the last first.

    `twin` is another client of the same user, as another process has.
    """

    client: OdooClient
    twin: OdooClient
    simulation: RunningOdoo | None
    dsn: str | None
    made: list[tuple[str, int]] = field(default_factory=list)

    def key(self) -> str:
        return f"teste-{uuid.uuid4().hex[:12]}"

    def remember(self, model: str, id_: int) -> int:
        """Remove this record in the end."""
        if (model, id_) not in self.made:
            self.made.append((model, id_))
        return id_

    async def remove_made(self) -> None:
        """All that can go goes, also when something cannot: that is told in the end."""
        stayed: list[Exception] = []
        while self.made:
            try:
                await self._remove(*self.made.pop())
            except IntegrationError as error:
                stayed.append(error)
        if stayed:
            raise ExceptionGroup("records of tests stayed behind", stayed)

    async def _remove(self, model: str, id_: int) -> None:
        if model == "sale.order":
            await self.client.write(model, "action_cancel", [id_], context={"disable_cancel_warning": True})
        try:
            await self.client.write(model, "unlink", [id_])
        except IntegrationError:
            if model != "sale.order":
                await self.client.write(model, "write", [id_], vals={"active": False})


@asynccontextmanager
async def odoo_under_test(request: pytest.FixtureRequest) -> AsyncIterator[OdooUnderTest]:
    """The Odoo of a fixture's parameter, one of `ODOOS`, with its client signed in."""
    async with aiohttp.ClientSession() as session:
        if request.param == GIVEN:
            access = OdooAccess(
                _GIVEN["URL"], _GIVEN["DATABASE"], _GIVEN["LOGIN"], _GIVEN["API_KEY"], timeout=30.0
            )
            clients = OdooClient(session, access), OdooClient(session, access)
            async with _cleaned(OdooUnderTest(*clients, None, None)) as under_test:
                yield under_test
            return
        shared = "shared_odoo_database" if request.scope == "module" else "odoo_database"
        dsn = request.getfixturevalue(shared)
        async with running_odoo(dsn, series=int(request.param[-2:])) as running:
            clients = OdooClient(session, running.access()), OdooClient(session, running.access())
            async with _cleaned(OdooUnderTest(*clients, running, dsn)) as under_test:
                yield under_test


@asynccontextmanager
async def _cleaned(under_test: OdooUnderTest) -> AsyncIterator[OdooUnderTest]:
    try:
        yield under_test
    finally:
        await under_test.remove_made()
