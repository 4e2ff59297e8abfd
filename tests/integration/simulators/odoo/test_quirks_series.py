"""What the series of Odoo call differently (reference, sections 3.16 and 3.17)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from xmlrpc import client

import pytest
import pytest_asyncio
from tests.fixtures.odoo import BELA, DATABASE
from tests.integration.simulators.odoo.callers import Caller, Refused, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

SERIES = (16, 17, 18, 19)
# Model, field, and the series that have it.
FIELDS = (
    ("sale.order", "locked", (17, 18, 19)),
    ("product.product", "detailed_type", (16, 17)),
    ("product.product", "is_storable", (18, 19)),
    ("sale.order.line", "product_uom", (16, 17, 18)),
    ("sale.order.line", "tax_id", (16, 17, 18)),
    ("sale.order.line", "product_uom_id", (19,)),
    ("sale.order.line", "tax_ids", (19,)),
    ("res.partner", "mobile", (16, 17, 18)),
    ("res.partner", "phone", SERIES),
    ("res.users", "groups_id", (16, 17, 18)),
    ("res.users", "group_ids", (19,)),
)
METHODS = (
    ("sale.order", "action_done", (16,)),
    ("sale.order", "action_lock", (17, 18, 19)),
    ("res.partner", "web_read", (17, 18, 19)),
    ("res.partner", "web_save", (17, 18, 19)),
    ("res.partner", "web_search_read", (17, 18, 19)),
    ("res.partner", "has_access", (18, 19)),
    ("res.partner", "formatted_read_group", (19,)),
    ("res.partner", "read_group", SERIES),
    ("res.partner", "check_access_rights", SERIES),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=SERIES)
async def shop(
    request: pytest.FixtureRequest, shared_odoo_database: str
) -> AsyncIterator[tuple[int, Caller]]:
    async with calling(shared_odoo_database, request.param) as caller:
        yield request.param, caller


async def test_fields_exist_in_their_series_only(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    for model, field, having in FIELDS:
        told = await caller.call(model, "fields_get", [field], ["type"])
        assert (field in told) is (series in having), (model, field)
        if series not in having:
            with pytest.raises(Refused, match=field) as refused:
                await caller.call(model, "search_read", [], [field], limit=1)
            assert refused.value.name == "ValueError"


async def test_methods_exist_in_their_series_only(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    for model, method, having in METHODS:
        # Called with too little on purpose: what exists complains of that, or answers.
        answer = await caller.answer(model, method, [])
        error = answer.get("error", {"data": {"name": ""}})["data"]["name"]
        assert (error != "builtins.AttributeError") is (series in having), (model, method)


async def test_the_version_names_the_series_first(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    call = {"jsonrpc": "2.0", "id": 1, "params": {"service": "common", "method": "version", "args": []}}
    async with caller.session.post(f"{caller.odoo.url}/jsonrpc", json=call) as response:
        told = (await response.json())["result"]
    assert (told["server_version_info"][0], told["server_serie"]) == (series, f"{series}.0")


async def test_the_warehouse_of_the_context_was_renamed_after_16(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    rows = caller.rows
    good = rows.product("Mesa", "9.00", rows.category(f"Mesas da série {series}"))
    near, far = rows.warehouse("Perto"), rows.warehouse("Longe")
    rows.stock(good, near, 3)
    rows.stock(good, far, 4)
    key = "warehouse" if series == 16 else "warehouse_id"
    assert (await caller.read("product.product", good, "free_qty", **{key: near}))["free_qty"] == 3.0


async def test_json_2_takes_arguments_by_name_only(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    headers = {"Authorization": f"bearer {BELA.key}"}
    url = f"{caller.odoo.url}/json/2/res.partner/search"
    bodies: tuple[tuple[object, int], ...] = (
        ({"domain": [["id", "=", 0]]}, 200),
        ({"args": [[]]}, 422),
        ({"domain": [], "ids": []}, 200),
    )
    for body, status in bodies:
        async with caller.session.post(url, json=body, headers=headers, allow_redirects=False) as response:
            assert response.status == (status if series == 19 else 303), body


async def test_the_older_wires_work_in_every_series(shop: tuple[int, Caller]) -> None:
    series, caller = shop
    uid = caller.rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)

    def login() -> object:
        with client.ServerProxy(f"{caller.odoo.url}/xmlrpc/2/common") as proxy:
            told: Any = proxy.version()
            assert told["server_serie"] == f"{series}.0"
            return proxy.login(DATABASE, BELA.login, BELA.key)

    assert await asyncio.to_thread(login) == uid
    assert (await caller.call("res.users", "context_get"))["uid"] == uid
