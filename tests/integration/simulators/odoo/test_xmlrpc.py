"""XML-RPC as Python's own client meets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from xmlrpc import client

import pytest
import pytest_asyncio
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, Odoo, serving

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(shared_odoo_database) as odoo:
        yield odoo


async def call(odoo: Odoo, model: str, method: str, *args: Any, path: str = "2/object", **kwargs: Any) -> Any:
    uid = await odoo.uid()
    return await odoo.xml(path, "execute_kw", DATABASE, uid, ANA.key, model, method, args, kwargs)


async def fault(odoo: Odoo, model: str, method: str, *args: Any, path: str = "2/object") -> client.Fault:
    uid = await odoo.uid()
    return await odoo.xml_fault(path, "execute_kw", DATABASE, uid, ANA.key, model, method, args)


@pytest.mark.parametrize("version", ["2/", ""])
async def test_a_client_logs_in_and_reads(odoo: Odoo, version: str) -> None:
    told = await odoo.xml(f"{version}common", "version")
    assert told["server_version_info"] == [18, 0, 0, "final", 0, ""]
    uid = await odoo.xml(f"{version}common", "authenticate", DATABASE, ANA.login, ANA.key, {})
    assert uid == await odoo.uid()
    rows = await call(
        odoo,
        "res.users",
        "search_read",
        [["login", "=", ANA.login]],
        path=f"{version}object",
        fields=["name"],
    )
    assert rows == [{"id": uid, "name": "ana"}]


async def test_a_wrong_key_logs_in_as_false(odoo: Odoo) -> None:
    assert await odoo.xml("2/common", "login", DATABASE, ANA.login, "wrong") is False


@pytest.mark.parametrize(
    ("model", "method", "args", "code"),
    [
        ("res.users", "_login", [], 4),
        ("res.users", "write", [[1], {"name": "x"}], 4),
        ("res.nothing", "read", [], 2),
        ("res.partner", "create", [{"phone": "1"}], 2),
        ("res.partner", "write", [[999999], {"name": "x"}], 2),
        ("res.users", "dance", [], 1),
        ("res.users", "search", [[["colour", "=", 1]]], 1),
    ],
)
async def test_a_fault_has_the_number_of_its_kind(
    odoo: Odoo, model: str, method: str, args: list[Any], code: int
) -> None:
    refused = await fault(odoo, model, method, *args)
    assert refused.faultCode == code
    assert refused.faultString.startswith("Traceback") is (code == 1)


async def test_a_wrong_key_in_a_call_is_fault_3(odoo: Odoo) -> None:
    refused = await odoo.xml_fault("2/object", "execute_kw", DATABASE, 7, "wrong", "res.users", "read", [])
    assert (refused.faultCode, refused.faultString) == (3, "Access Denied")


async def test_version_1_has_texts_as_codes(odoo: Odoo) -> None:
    refused = await odoo.xml_fault("object", "execute_kw", DATABASE, 7, "wrong", "res.users", "read", [])
    assert (str(refused.faultCode), refused.faultString) == ("AccessDenied", "Access Denied")
    refused = await fault(odoo, "res.users", "_login", path="object")
    assert str(refused.faultCode).startswith("warning -- AccessError\n\nPrivate methods")
    refused = await fault(odoo, "res.nothing", "read", path="object")
    assert str(refused.faultCode) == "warning -- UserError\n\nObject res.nothing doesn't exist"
    refused = await fault(odoo, "res.users", "dance", path="object")
    assert "dance" in str(refused.faultCode)
    assert refused.faultString.startswith("Traceback")


async def test_none_is_a_fault_although_the_change_is_committed(odoo: Odoo) -> None:
    made = await call(odoo, "res.partner", "create", {"name": "Ana"})
    refused = await fault(odoo, "res.partner", "action_archive", [made])
    assert refused.faultCode == 1
    assert "cannot marshal None unless allow_none is enabled" in refused.faultString
    assert await call(odoo, "res.partner", "read", [made], ["active"]) == [{"id": made, "active": False}]


async def test_records_are_a_fault_although_they_are_committed(odoo: Odoo) -> None:
    made = await call(odoo, "res.partner", "create", {"name": "Ana"})
    refused = await fault(odoo, "res.partner", "activity_schedule", [made], "mail.mail_activity_data_todo")
    assert refused.faultCode == 1
    assert "cannot marshal <class 'odoo.api.mail.activity'> objects" in refused.faultString
    count = await call(odoo, "mail.activity", "search_count", [["res_id", "=", made]])
    assert count == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<methodCall>",
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><methodCall><methodName>version</methodName></methodCall>',
        b"<methodCall><params/></methodCall>",
        b"<methodCall><methodName>dance</methodName></methodCall>",
    ],
)
async def test_what_is_no_call_is_fault_1(odoo: Odoo, body: bytes) -> None:
    async with odoo.session.post(f"{odoo.url}/xmlrpc/2/common", data=body) as response:
        assert (response.status, response.content_type) == (200, "text/xml")
        text = await response.text()
    with pytest.raises(client.Fault) as refused:
        client.loads(text)
    assert refused.value.faultCode == 1
    assert "root:" not in refused.value.faultString


async def test_deep_nesting_is_fault_1(odoo: Odoo) -> None:
    opened, closed = b"<value><array><data>" * 20000, b"</data></array></value>" * 20000
    body = b"<methodCall><methodName>version</methodName><params><param>%b%b</param></params></methodCall>"
    async with odoo.session.post(f"{odoo.url}/xmlrpc/2/common", data=body % (opened, closed)) as response:
        assert response.status == 200
        assert "RecursionError" in await response.text()


async def test_an_unknown_service_is_fault_1(odoo: Odoo) -> None:
    assert (await odoo.xml_fault("2/report", "render")).faultCode == 1
    assert await odoo.xml("2/db", "list") == [DATABASE]
