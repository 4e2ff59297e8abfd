"""Simulated faults reach every transport; only the health check goes on passing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from xmlrpc import client

import pytest
from tests.fixtures.odoo import DATABASE, set_faults
from tests.integration.simulators.odoo.wires import ANA, Odoo, error_of, serving

pytestmark = pytest.mark.integration

PATHS = (
    "/jsonrpc",
    "/xmlrpc/2/common",
    "/xmlrpc/common",
    "/json/2/res.users/context_get",
    "/web/session/authenticate",
    "/web/dataset/call_kw",
    "/web/webclient/version_info",
)


@pytest.fixture
async def odoo(odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(odoo_database, series=19) as odoo:
        yield odoo


async def test_a_broken_server_is_broken_everywhere_until_it_is_healed(odoo: Odoo) -> None:
    await set_faults(odoo.session, odoo.running, status_500=1.0)
    for path in PATHS:
        async with odoo.session.post(odoo.url + path, json={}) as response:
            assert (response.status, response.content_type) == (500, "text/html"), path
    async with odoo.session.get(f"{odoo.url}/web/health") as response:
        assert await response.json() == {"status": "pass"}
    await set_faults(odoo.session, odoo.running)
    for path in PATHS:
        async with odoo.session.post(odoo.url + path, json={}) as response:
            assert response.status < 500, path


async def test_what_is_answered_too_late_was_done_all_the_same(odoo: Odoo) -> None:
    await set_faults(odoo.session, odoo.running, timeout=1.0, timeout_seconds=0.01)
    made = await odoo.json2("res.partner/create", {"vals_list": [{"name": "Tarde"}]})
    assert made[0] == 200


async def test_a_database_that_is_down_is_told_by_every_transport(odoo: Odoo) -> None:
    await set_faults(odoo.session, odoo.running, database_down=True)
    down = "psycopg2.OperationalError"
    answer = await odoo.rpc("common", "login", DATABASE, ANA.login, ANA.key)
    assert error_of(answer)["name"] == down
    fault = await odoo.xml_fault("2/common", "login", DATABASE, ANA.login, ANA.key)
    assert isinstance(fault, client.Fault)
    assert fault.faultCode == 1
    assert down in fault.faultString
    status, error = await odoo.json2("res.users/context_get")
    assert (status, error["name"]) == (500, down)
    entered = await odoo.web("/web/session/authenticate", db=DATABASE, login=ANA.login, password=ANA.password)
    assert error_of(entered)["name"] == down
    assert error_of(await odoo.web("/web/session/get_session_info"))["name"] == down
