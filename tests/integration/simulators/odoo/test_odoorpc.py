"""OdooRPC, a client that others wrote, works with the simulation."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import odoorpc  # type: ignore[import-untyped]  # written before there were types
import pytest
from tests.fixtures.odoo import DATABASE
from tests.fixtures.odoo_shop import Rows
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


@pytest.mark.parametrize("series", [16, 18, 19])
async def test_its_records_are_browsed_changed_and_acted_on(shared_odoo_database: str, series: int) -> None:
    rows = Rows(shared_odoo_database)
    good = rows.product("Vela de mel", "9.90", rows.category(f"Velas da série {series}"))
    buyer = rows.customer("Ana Souza")
    order = rows.order(buyer, (good, 2, "9.90"))

    def work(odoo: Odoo) -> None:
        rpc = connected(odoo)
        rpc.login(DATABASE, ANA.login, ANA.key)
        found = rpc.env["sale.order"].browse(order)
        assert (found.partner_id.name, found.amount_total) == ("Ana Souza", 19.8)
        assert [line.product_id.name for line in found.order_line] == ["Vela de mel"]
        assert found.date_order.tzinfo is None
        found.client_order_ref = "conversa 7"
        assert found.action_confirm() is True
        assert found.read(["state", "client_order_ref"]) == [
            {"id": order, "state": "sale", "client_order_ref": "conversa 7"}
        ]
        product = rpc.env["product.product"].with_context(lang="pt_BR").browse(good)
        assert (product.name, product.categ_id.name) == ("Vela de mel", f"Velas da série {series}")
        partners = rpc.env["res.partner"]
        copies = partners.browse([buyer, partners.create({"name": "Bia"})])
        assert [each.name for each in copies] == ["Ana Souza", "Bia"]

    async with serving(shared_odoo_database, series) as odoo:
        await asyncio.to_thread(work, odoo)
