"""What a call looks like on Odoo's two wires, and how their answers are read."""

from __future__ import annotations

import orjson
import pytest

from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.errors import (
    ACCESS_DENIED,
    DatabaseMissing,
    KeyRefused,
    ModuleMissing,
    OdooFault,
    RecordMissing,
    RightMissing,
    RuleBroken,
    meaning,
)
from chatwootai.integrations.odoo.wires import Call, Json2, JsonRpc, Unreadable

pytestmark = pytest.mark.unit

ACCESS = OdooAccess("https://loja.example", "loja", "agente", "segredo")
READ = Call("res.partner", "read", {"fields": ["name"]}, [7], {"lang": "pt_BR"})


def test_json_rpc_names_database_user_and_key_and_puts_ids_first() -> None:
    request = JsonRpc(ACCESS).request(READ, 8)
    params = orjson.loads(request.body)["params"]
    assert request.path == "/jsonrpc"
    assert (params["service"], params["method"]) == ("object", "execute_kw")
    assert params["args"] == [
        "loja",
        8,
        "segredo",
        "res.partner",
        "read",
        [[7]],
        {"fields": ["name"], "context": {"lang": "pt_BR"}},
    ]


def test_json_rpc_gives_the_values_of_create_by_position_since_odoo_looks_there() -> None:
    request = JsonRpc(ACCESS).request(Call("res.partner", "create", {"vals_list": {"name": "Ana"}}), 8)
    assert orjson.loads(request.body)["params"]["args"][5:] == [[{"name": "Ana"}], {"context": {}}]


def test_json_rpc_does_not_name_what_models_name_differently() -> None:
    write = JsonRpc(ACCESS).request(Call("sale.order", "write", {"vals": {"note": "oi"}}, [7]), 8)
    assert orjson.loads(write.body)["params"]["args"][5:] == [[[7], {"note": "oi"}], {"context": {}}]
    defaults = JsonRpc(ACCESS).request(Call("sale.order", "default_get", {"fields": ["name"]}), 8)
    assert orjson.loads(defaults.body)["params"]["args"][5:] == [[["name"]], {"context": {}}]


def test_json_2_names_everything_and_carries_the_key_in_a_header() -> None:
    request = Json2(ACCESS).request(READ, 8)
    assert request.path == "/json/2/res.partner/read"
    assert orjson.loads(request.body) == {"fields": ["name"], "context": {"lang": "pt_BR"}, "ids": [7]}
    assert request.headers["Authorization"] == "bearer segredo"
    assert request.headers["X-Odoo-Database"] == "loja"
    assert b"segredo" not in request.body


def test_an_answer_without_result_is_a_success_without_result() -> None:
    assert JsonRpc(ACCESS).result(200, b'{"jsonrpc":"2.0","id":1}') is None


def test_json_2_answers_bare_values_and_null_for_nothing() -> None:
    assert Json2(ACCESS).result(200, b"[1,2]") == [1, 2]
    assert Json2(ACCESS).result(200, b"null") is None


def test_an_error_in_an_http_200_is_a_fault_without_its_traceback() -> None:
    data = {"name": "odoo.exceptions.UserError", "message": "Não.", "debug": "Traceback"}
    body = {"jsonrpc": "2.0", "error": {"code": 200, "data": data}}
    with pytest.raises(OdooFault) as fault:
        JsonRpc(ACCESS).result(200, orjson.dumps(body))
    assert fault.value.name == "odoo.exceptions.UserError"
    assert "Traceback" not in str(fault.value)


@pytest.mark.parametrize("status", [403, 404, 422, 500])
def test_json_2_errors_are_read_from_any_status(status: int) -> None:
    body = orjson.dumps({"name": "odoo.exceptions.AccessError", "message": "Não.", "debug": "x"})
    with pytest.raises(OdooFault, match="AccessError"):
        Json2(ACCESS).result(status, body)


def test_json_2_without_a_good_key_is_access_denied_whatever_the_body_says() -> None:
    with pytest.raises(OdooFault) as fault:
        Json2(ACCESS).result(401, b"<html>")
    assert fault.value.name == ACCESS_DENIED


@pytest.mark.parametrize(
    ("status", "content"), [(200, b"<html>"), (303, b""), (404, b"<html>"), (200, b"[]")]
)
def test_a_web_page_is_unreadable_as_json_rpc(status: int, content: bytes) -> None:
    with pytest.raises(Unreadable):
        JsonRpc(ACCESS).result(status, content)


@pytest.mark.parametrize(
    ("status", "content"), [(200, b"<html>"), (303, b""), (404, b"<html>"), (500, b"{}")]
)
def test_a_web_page_is_unreadable_as_json_2(status: int, content: bytes) -> None:
    with pytest.raises(Unreadable):
        Json2(ACCESS).result(status, content)


@pytest.mark.parametrize(
    ("name", "message", "writes", "expected"),
    [
        (ACCESS_DENIED, "Access Denied", False, KeyRefused),
        ("odoo.exceptions.AccessError", "…", True, RightMissing),
        ("odoo.exceptions.MissingError", "…", True, RecordMissing),
        ("odoo.exceptions.UserError", "Object crm.lead doesn't exist", False, ModuleMissing),
        ("odoo.exceptions.UserError", "Some orders are not in a state…", True, RuleBroken),
        ("odoo.exceptions.ValidationError", "CPF inválido", True, RuleBroken),
        ("builtins.ValueError", "Invalid field", False, RequestRefused),
        ("psycopg2.errors.SerializationFailure", "…", True, ServiceUnavailable),
        ("psycopg2.errors.AdminShutdown", "terminating connection", True, OutcomeUnknown),
        ("psycopg2.errors.AdminShutdown", "terminating connection", False, ServiceUnavailable),
        ("psycopg2.errors.CannotConnectNow", "the database system is starting up", False, ServiceUnavailable),
        ("psycopg2.errors.QueryCanceled", "statement timeout", False, ServiceUnavailable),
        ("psycopg2.errors.ReadOnlySqlTransaction", "…", True, ServiceUnavailable),
        ("psycopg2.OperationalError", "server closed the connection", True, OutcomeUnknown),
        ("psycopg2.OperationalError", "server closed the connection", False, ServiceUnavailable),
        ("psycopg2.OperationalError", 'FATAL:  database "x" does not exist', False, DatabaseMissing),
    ],
)
def test_each_fault_has_one_meaning(name: str, message: str, writes: bool, expected: type[Exception]) -> None:
    error = meaning("crm.lead", "create", OdooFault(name, message), writes=writes)
    assert type(error) is expected
    assert message not in str(error), "Odoo's own words stay in the cause"
