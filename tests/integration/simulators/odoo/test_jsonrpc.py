"""JSON-RPC: HTTP 200 for every error, no result for None, text for records."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, Odoo, error_of, serving

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

DENIED = "odoo.exceptions.AccessDenied"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(shared_odoo_database) as odoo:
        yield odoo


@pytest.mark.parametrize(
    ("service", "method", "args", "name"),
    [
        ("common", "login", [DATABASE], "builtins.TypeError"),
        ("common", "authenticate", [DATABASE, ANA.login, ANA.key], "builtins.TypeError"),
        ("common", "dance", [], "builtins.Exception"),
        ("object", "execute_kw", [DATABASE], "builtins.IndexError"),
        ("object", "execute_kw", [DATABASE, "x", ANA.key], "builtins.ValueError"),
        ("object", "execute_kw", [DATABASE, None, ANA.key], "builtins.TypeError"),
        ("object", "execute_kw", [DATABASE, False, ANA.key, "res.users", "read"], DENIED),
        ("object", "execute_kw", [DATABASE, 10**30, ANA.key, "res.users"], DENIED),
        ("object", "execute_kw", ["other", 7, ANA.key, "res.users", "read"], "psycopg2.OperationalError"),
        ("report", "render", [], "builtins.KeyError"),
        ("db", "create_database", ["admin", "x"], DENIED),
        ("db", "drop", [], DENIED),
    ],
)  # fmt: skip
async def test_a_wrong_call_of_a_service_has_the_name_of_pythons_error(
    odoo: Odoo, service: str, method: str, args: list[object], name: str
) -> None:
    assert error_of(await odoo.rpc(service, method, *args))["name"] == name


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ([], "builtins.TypeError"),
        (["res.users"], "builtins.TypeError"),
        ([7, "read"], "builtins.TypeError"),
        (["res.users", "read", "x"], "builtins.TypeError"),
        (["res.users", "read", [], []], "builtins.TypeError"),
        (["res.users", "read", [[1]], ["x"]], "builtins.TypeError"),
        (["res.users", "read", [], {}, 1], "builtins.TypeError"),
        (["res.nothing", "read", []], "odoo.exceptions.UserError"),
        (["res.users", "_login", []], "odoo.exceptions.AccessError"),
        (["res.users", "dance", []], "builtins.AttributeError"),
    ],
)
async def test_arguments_of_execute_kw_are_checked_one_by_one(
    odoo: Odoo, rest: list[object], name: str
) -> None:
    answer = await odoo.rpc("object", "execute_kw", DATABASE, await odoo.uid(), ANA.key, *rest)
    assert error_of(answer)["name"] == name


async def test_an_unknown_method_of_the_object_service_does_not_exist(odoo: Odoo) -> None:
    answer = await odoo.rpc("object", "exec_workflow", DATABASE, await odoo.uid(), ANA.key)
    assert error_of(answer)["name"] == "builtins.NameError"


async def test_execute_takes_arguments_one_after_the_other_and_uid_as_text(odoo: Odoo) -> None:
    uid = await odoo.uid()
    answer = await odoo.rpc(
        "object", "execute", DATABASE, str(uid), ANA.key, "res.users", "read", [uid], ["login"]
    )
    assert answer["result"] == [{"id": uid, "login": ANA.login}]


async def test_the_database_service_names_databases_and_nothing_else(odoo: Odoo) -> None:
    assert (await odoo.rpc("db", "list"))["result"] == [DATABASE]
    assert (await odoo.rpc("db", "db_exist", DATABASE))["result"] is True
    assert (await odoo.rpc("db", "db_exist", "other"))["result"] is False
    assert (await odoo.rpc("db", "server_version"))["result"] == "18.0"


async def test_a_method_that_returns_none_answers_without_a_result(odoo: Odoo) -> None:
    made = await odoo.execute("res.partner", "create", {"name": "Ana"})
    answer = await odoo.execute("res.partner", "action_archive", [made["result"]])
    assert answer == {"jsonrpc": "2.0", "id": 4}
    read = await odoo.execute("res.partner", "read", [made["result"]], fields=["active"])
    assert read["result"] == [{"id": made["result"], "active": False}]


async def test_records_are_answered_as_text(odoo: Odoo) -> None:
    made = await odoo.execute("res.partner", "create", {"name": "Ana"})
    answer = await odoo.execute(
        "res.partner", "activity_schedule", [made["result"]], act_type_xmlid="mail.mail_activity_data_todo"
    )
    assert answer["result"].startswith("mail.activity(")
    assert answer["result"].endswith(",)")


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"{", "application/json", "Invalid JSON data"),
        (b"[]", "application/json", "Invalid JSON-RPC data"),
        (b"{}", "text/plain", "Bad Request"),
        (b"{}", "", "Bad Request"),
    ],
)
async def test_what_is_no_json_is_http_400(odoo: Odoo, body: bytes, kind: str, text: str) -> None:
    headers = {"Content-Type": kind}
    async with odoo.session.post(f"{odoo.url}/jsonrpc", data=body, headers=headers) as response:
        assert (response.status, await response.text()) == (400, text)


@pytest.mark.parametrize("body", [b"{}", b'{"params": []}', b'{"params": {"service": "common"}}'])
async def test_parameters_that_are_missing_are_a_type_error(odoo: Odoo, body: bytes) -> None:
    headers = {"Content-Type": "application/json-rpc; charset=utf-8"}
    async with odoo.session.post(f"{odoo.url}/jsonrpc", data=body, headers=headers) as response:
        answer = await response.json()
    assert answer["id"] is None
    assert error_of(answer)["name"] == "builtins.TypeError"


async def test_arguments_nested_without_reason_are_an_error_of_odoo(odoo: Odoo) -> None:
    nested: list[object] = []
    for _ in range(900):
        nested = [nested]
    error = error_of(await odoo.execute("res.users", "search", nested))
    assert error["name"] in ("builtins.RecursionError", "builtins.ValueError")
