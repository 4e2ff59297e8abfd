"""Passwords, keys, second factors, expiry and deactivation, on every transport that takes them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import (
    ANA,
    EXPIRED,
    LASTING,
    TWO_FACTORS,
    Odoo,
    error_of,
    serving,
)

from chatwootai.simulators.odoo.settings import Login

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

DENIED = "odoo.exceptions.AccessDenied"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(shared_odoo_database, series=19) as odoo:
        yield odoo


async def login(odoo: Odoo, user: Login, secret: str) -> object:
    return (await odoo.rpc("common", "login", DATABASE, user.login, secret))["result"]


async def set_active(dsn: str, uid: int, *, active: bool) -> None:
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        await connection.execute("UPDATE erp.users SET active = %s WHERE id = %s", (active, uid))


@pytest.mark.parametrize(
    ("user", "secret", "opens"),
    [
        (ANA, ANA.key, True),
        (ANA, ANA.password, True),
        (ANA, TWO_FACTORS.key, False),
        (TWO_FACTORS, TWO_FACTORS.password, False),
        (TWO_FACTORS, TWO_FACTORS.key, True),
        (EXPIRED, EXPIRED.key, False),
        (EXPIRED, EXPIRED.password, True),
        (LASTING, LASTING.key, True),
        (LASTING, LASTING.password, False),
        (ANA, "", False),
        (ANA, None, False),
    ],
)
async def test_over_rpc_a_key_opens_until_it_expires_and_a_password_without_second_factor(
    odoo: Odoo, user: Login, secret: str, *, opens: bool, shared_odoo_database: str
) -> None:
    async with await psycopg.AsyncConnection.connect(shared_odoo_database) as connection:
        cursor = await connection.execute("SELECT id FROM erp.users WHERE login = %s", (user.login,))
        row = await cursor.fetchone()
    assert row is not None
    assert await login(odoo, user, secret) == (row[0] if opens else False)
    call = [DATABASE, row[0], secret, "res.users", "context_get", []]
    answer = await odoo.rpc("object", "execute_kw", *call)
    if opens:
        assert answer["result"]["uid"] == row[0]
    else:
        assert (error_of(answer)["name"], error_of(answer)["message"]) == (DENIED, "Access Denied")


@pytest.mark.parametrize(
    ("secret", "status"),
    [(ANA.key, 200), (TWO_FACTORS.key, 200), (ANA.password, 401), (EXPIRED.key, 401), ("wrong", 401)],
)
async def test_a_bearer_is_a_key_that_has_not_expired(odoo: Odoo, secret: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await odoo.json2("res.users/context_get", headers=headers))[0] == status


async def test_a_deactivated_user_is_denied_everywhere(odoo: Odoo, shared_odoo_database: str) -> None:
    uid = await odoo.uid()
    entered = await odoo.web("/web/session/authenticate", db=DATABASE, login=ANA.login, password=ANA.password)
    assert entered["result"]["uid"] == uid
    await set_active(shared_odoo_database, uid, active=False)
    assert await login(odoo, ANA, ANA.key) is False
    answer = await odoo.rpc("object", "execute_kw", DATABASE, uid, ANA.key, "res.users", "context_get", [])
    assert error_of(answer)["name"] == DENIED
    assert (await odoo.json2("res.users/context_get"))[0] == 401
    expired = await odoo.web("/web/session/get_session_info")
    assert expired["error"]["code"] == 100
    again = await odoo.web("/web/session/authenticate", db=DATABASE, login=ANA.login, password=ANA.password)
    assert error_of(again)["name"] == DENIED
    await set_active(shared_odoo_database, uid, active=True)
    assert await odoo.uid() == uid
