"""The web client's session: passwords only, a cookie, a pause after failures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, TWO_FACTORS, Answer, Odoo, error_of, serving

from chatwootai.simulators.odoo.settings import Login

pytestmark = pytest.mark.integration

DENIED = "odoo.exceptions.AccessDenied"


@pytest.fixture
async def odoo(odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(odoo_database) as odoo:
        yield odoo


async def enter(odoo: Odoo, password: str = ANA.password, login: Login = ANA) -> Answer:
    return await odoo.web("/web/session/authenticate", db=DATABASE, login=login.login, password=password)


async def call_kw(odoo: Odoo, path: str = "", **params: Any) -> Answer:
    call = {"model": "res.users", "method": "context_get", "args": [], "kwargs": {}} | params
    return await odoo.web(f"/web/dataset/call_kw{path}", **call)


async def test_a_password_opens_a_session_for_seven_days(odoo: Odoo) -> None:
    call = {"params": {"db": DATABASE, "login": ANA.login, "password": ANA.password}}
    async with odoo.session.post(f"{odoo.url}/web/session/authenticate", json=call) as response:
        result = (await response.json())["result"]
        cookie = response.cookies["session_id"]
    assert (cookie["max-age"], cookie["httponly"], cookie["path"]) == ("604800", True, "/")
    uid = await odoo.uid()
    assert (result["uid"], result["username"], result["db"]) == (uid, ANA.login, DATABASE)
    assert result["user_context"] == {"lang": "pt_BR", "tz": "America/Sao_Paulo", "uid": uid}
    assert result["user_companies"]["current_company"] == 1
    assert (await odoo.web("/web/session/get_session_info"))["result"] == result


@pytest.mark.parametrize("path", ["", "/res.users/context_get"])
async def test_a_session_calls_methods_until_it_is_destroyed(odoo: Odoo, path: str) -> None:
    await enter(odoo)
    uid = await odoo.uid()
    assert (await call_kw(odoo, path))["result"]["uid"] == uid
    read = await call_kw(odoo, path, method="read", args=[[uid]], kwargs={"fields": ["login"]})
    assert read["result"] == [{"id": uid, "login": ANA.login}]
    assert await odoo.web("/web/session/destroy") == {"jsonrpc": "2.0", "id": 4}
    assert (await call_kw(odoo, path))["error"]["code"] == 100


@pytest.mark.parametrize("path", ["session/get_session_info", "session/destroy", "dataset/call_kw"])
async def test_without_a_session_the_code_is_100(odoo: Odoo, path: str) -> None:
    error = (await odoo.web(f"/web/{path}"))["error"]
    assert (error["code"], error["message"]) == (100, "Odoo Session Expired")
    assert error["data"]["name"] == "odoo.http.SessionExpiredException"


async def test_a_key_is_refused(odoo: Odoo) -> None:
    assert error_of(await enter(odoo, ANA.key))["name"] == DENIED


async def test_a_second_factor_gives_no_session_and_no_error(odoo: Odoo) -> None:
    assert (await enter(odoo, TWO_FACTORS.password, TWO_FACTORS))["result"] == {"uid": None}
    assert (await call_kw(odoo))["error"]["code"] == 100
    assert error_of(await enter(odoo, "wrong", TWO_FACTORS))["name"] == DENIED


async def test_an_unknown_database_is_not_found(odoo: Odoo) -> None:
    answer = await odoo.web("/web/session/authenticate", db="other", login=ANA.login, password=ANA.password)
    assert error_of(answer)["message"] == "Database not found."


@pytest.mark.parametrize(
    "params", [{"model": None}, {"method": 7}, {"args": {}}, {"kwargs": []}, {"method": "read", "args": []}]
)
async def test_arguments_of_call_kw_are_checked(odoo: Odoo, params: dict[str, Any]) -> None:
    await enter(odoo)
    assert error_of(await call_kw(odoo, **params))["name"] == "builtins.TypeError"


async def test_private_methods_are_refused(odoo: Odoo) -> None:
    await enter(odoo)
    assert error_of(await call_kw(odoo, method="_login"))["name"] == "odoo.exceptions.AccessError"


async def test_ten_failures_close_the_session_route_and_leave_rpc_alone(odoo: Odoo) -> None:
    for _ in range(10):
        assert error_of(await enter(odoo, "wrong"))["message"] == "Access Denied"
    refused = error_of(await enter(odoo))
    assert refused["name"] == DENIED
    assert refused["message"].startswith("Too many login failures, please wait a bit")
    assert (await odoo.rpc("common", "login", DATABASE, ANA.login, "wrong"))["result"] is False
    assert isinstance(await odoo.uid(), int)


async def test_the_version_is_told_by_get_and_post(odoo: Odoo) -> None:
    told = (await odoo.web("/web/webclient/version_info"))["result"]
    assert told["server_serie"] == "18.0"
    async with odoo.session.get(f"{odoo.url}/web/webclient/version_info") as response:
        assert (await response.json())["result"] == told
