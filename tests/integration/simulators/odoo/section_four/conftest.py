"""The running simulation of two series, and each client's turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from tests.integration.simulators.odoo.section_four.clients import TRANSPORTS, Erp, signed_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(shared_odoo_database: str) -> AsyncIterator[dict[str, Erp]]:
    async with signed_in(shared_odoo_database) as clients:
        yield clients


@pytest.fixture(params=TRANSPORTS)
def erp(request: pytest.FixtureRequest, clients: dict[str, Erp]) -> Erp:
    """The same shop through each client in turn."""
    return clients[request.param]
