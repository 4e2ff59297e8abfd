"""OdooRPC, a client that others wrote, works with the simulation."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import odoorpc  # type: ignore[import-untyped]  # written before there were types
import pytest
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, Odoo, serving

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]


def connected(odoo: Odoo) -> Any:
    address = urlsplit(odoo.url)
    return odoorpc.ODOO(address.hostname, port=address.port, protocol="jsonrpc", timeout=20)


@pytest.mark.parametrize("series", [16, 17, 18, 19])
async def test_it_logs_in_reads_writes_and_leaves(shared_odoo_database: str, series: int) -> None:
    def work(odoo: Odoo) -> None:
        rpc = connected(odoo)
        assert rpc.version == f"{series}.0"
        assert rpc.db.list() == [DATABASE]
        rpc.login(DATABASE, ANA.login, ANA.key)
        assert rpc.env.user.login == ANA.login
        partners = rpc.env["res.partner"]
        number = partners.create({"name": "Cliente do OdooRPC"})
        assert partners.search([("name", "=", "Cliente do OdooRPC")]) == [number]
        partner = partners.browse(number)
        partner.name = "Outro nome"
        assert rpc.execute("res.partner", "read", [number], ["name"]) == [
            {"id": number, "name": "Outro nome"}
        ]
        assert rpc.logout()

    async with serving(shared_odoo_database, series) as odoo:
        await asyncio.to_thread(work, odoo)


async def test_its_errors_name_odoos(shared_odoo_database: str) -> None:
    def work(odoo: Odoo) -> None:
        rpc = connected(odoo)
        with pytest.raises(odoorpc.error.RPCError, match="Wrong login ID or password"):
            rpc.login(DATABASE, ANA.login, "wrong")
        rpc.login(DATABASE, ANA.login, ANA.key)
        with pytest.raises(odoorpc.error.RPCError, match="doesn't exist") as refused:
            rpc.execute("res.nothing", "read", [1])
        assert refused.value.info["data"]["name"] == "odoo.exceptions.UserError"

    async with serving(shared_odoo_database) as odoo:
        await asyncio.to_thread(work, odoo)
