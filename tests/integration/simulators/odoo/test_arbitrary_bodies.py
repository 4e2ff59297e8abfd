"""Whatever a client sends, it is answered, and never with a 5xx."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from xmlrpc import client

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, Odoo, serving

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

BOUNDED = settings(max_examples=120, deadline=None)
WORDS = st.sampled_from(
    ["common", "object", "db", "login", "execute_kw", "execute", "search", "read", "search_read", "write",
     "create", "fields_get", "res.users", "res.partner", "product.product", "sale.order", DATABASE, ANA.key,
     "id", "=", "in", "ilike", "|", "name", "context", "lang", "ids", "fields", "domain", "\x00", "é", ""]
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
JSON = st.recursive(
    SCALARS | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
METHODS = st.sampled_from(
    ["search", "search_read", "read", "write", "create", "fields_get", "name_search", "read_group", "copy"]
)
MODELS = st.sampled_from(["res.users", "res.partner", "product.product"])
ARGUMENTS = st.sampled_from(
    ["ids", "context", "domain", "fields", "limit", "offset", "order", "vals", "vals_list", "name", "load"]
)
SERVICES = st.sampled_from(["2/common", "2/object", "common", "object", "2/x"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(shared_odoo_database, series=19) as odoo:
        yield odoo


async def status(odoo: Odoo, path: str, **body: Any) -> int:
    headers = {"Authorization": f"bearer {ANA.key}"}
    async with odoo.session.post(odoo.url + path, headers=headers, **body) as response:
        await response.read()
        return response.status


@BOUNDED
@given(body=JSON, params=JSON)
async def test_any_json_to_jsonrpc(odoo: Odoo, body: Any, params: Any) -> None:
    assert await status(odoo, "/jsonrpc", json=body) in (200, 400)
    assert await status(odoo, "/jsonrpc", json={"id": body, "params": params}) == 200


@BOUNDED
@given(model=WORDS, method=METHODS | WORDS, args=st.lists(JSON, max_size=3), named=JSON)
async def test_any_arguments_of_a_call(odoo: Odoo, model: str, method: str, args: Any, named: Any) -> None:
    call = [DATABASE, await odoo.uid(), ANA.key, model, method, args, named]
    params = {"service": "object", "method": "execute_kw", "args": call}
    assert await status(odoo, "/jsonrpc", json={"params": params}) == 200


@BOUNDED
@given(model=MODELS, method=METHODS, body=JSON)
async def test_any_json_to_json_2(odoo: Odoo, model: str, method: str, body: Any) -> None:
    assert await status(odoo, f"/json/2/{model}/{method}", json=body) < 500


@BOUNDED
@given(model=MODELS, method=METHODS, body=st.dictionaries(ARGUMENTS, JSON, max_size=4))
async def test_any_named_arguments_to_json_2(odoo: Odoo, model: str, method: str, body: Any) -> None:
    assert await status(odoo, f"/json/2/{model}/{method}", json=body) < 500


@BOUNDED
@given(path=st.sampled_from(["authenticate", "get_session_info", "destroy"]), params=JSON)
async def test_any_json_to_the_session(odoo: Odoo, path: str, params: Any) -> None:
    assert await status(odoo, f"/web/session/{path}", json={"params": params}) == 200


@BOUNDED
@given(service=SERVICES, body=st.binary(max_size=60))
async def test_any_bytes_to_xmlrpc(odoo: Odoo, service: str, body: bytes) -> None:
    async with odoo.session.post(f"{odoo.url}/xmlrpc/{service}", data=body) as response:
        assert response.status == 200
        with pytest.raises(client.Fault):
            client.loads(await response.text())


@BOUNDED
@given(service=SERVICES, method=WORDS, argument=JSON)
async def test_any_values_to_xmlrpc(odoo: Odoo, service: str, method: str, argument: Any) -> None:
    try:
        body = client.dumps((argument,), method, allow_none=True)
    except OverflowError:
        return
    assert await status(odoo, f"/xmlrpc/{service}", data=body.encode()) == 200
