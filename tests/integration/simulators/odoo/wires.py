"""What the tests of the simulation's transports share: users of every kind, and a client per transport."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from xmlrpc import client

import aiohttp
from tests.fixtures.odoo import BELA, DATABASE, RunningOdoo, running_odoo

from chatwootai.simulators.odoo.settings import Login

TODAY = datetime.now(UTC).date()
ANA = Login("ana@bela.example", "chave-da-ana", (1,), password="senha-da-ana")
TWO_FACTORS = Login("dois@bela.example", "chave-de-dois", (1,), password="senha-de-dois", two_factor=True)
EXPIRED = Login("velha@bela.example", "chave-velha", (1,), password="senha-velha", key_expires_on=TODAY)
LASTING = Login("nova@bela.example", "chave-nova", (1,), key_expires_on=TODAY + timedelta(days=2))
LOGINS = (BELA, ANA, TWO_FACTORS, EXPIRED, LASTING)

Answer = dict[str, Any]


@dataclass(frozen=True)
class Odoo:
    """The running simulation, spoken to without any of our product's code."""

    running: RunningOdoo
    session: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return self.running.url

    async def rpc(self, service: str, method: str, *args: object) -> Answer:
        """JSON-RPC to a service; the whole answer."""
        return await self.web("/jsonrpc", service=service, method=method, args=args)

    async def web(self, path: str, **params: object) -> Answer:
        """JSON-RPC to a path; every application error is HTTP 200."""
        call = {"jsonrpc": "2.0", "id": 4, "method": "call", "params": params}
        async with self.session.post(self.url + path, json=call) as response:
            assert response.status == 200, await response.text()
            answer: Answer = await response.json()
            return answer

    async def uid(self, login: Login = ANA) -> int:
        answer = await self.rpc("common", "login", DATABASE, login.login, login.key)
        uid = answer["result"]
        assert isinstance(uid, int)
        return uid

    async def execute(self, model: str, method: str, *args: object, **kwargs: object) -> Answer:
        uid = await self.uid()
        return await self.rpc("object", "execute_kw", DATABASE, uid, ANA.key, model, method, args, kwargs)

    async def json2(
        self, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """JSON-2 with Ana's key, unless other headers are given."""
        headers = {"Authorization": f"bearer {ANA.key}"} if headers is None else headers
        async with self.session.post(
            f"{self.url}/json/2/{path}", json=body or {}, headers=headers
        ) as response:
            return response.status, await response.json()

    async def xml(self, path: str, method: str, *args: Any) -> Any:
        """XML-RPC by the standard library; raises its `Fault`."""

        def call() -> Any:
            with client.ServerProxy(f"{self.url}/xmlrpc/{path}", allow_none=True) as proxy:
                return getattr(proxy, method)(*args)

        return await asyncio.to_thread(call)

    async def xml_fault(self, path: str, method: str, *args: Any) -> client.Fault:
        try:
            result = await self.xml(path, method, *args)
        except client.Fault as fault:
            return fault
        raise AssertionError(f"no fault but {result!r}")


@asynccontextmanager
async def serving(database: str, series: int = 18) -> AsyncIterator[Odoo]:
    async with (
        running_odoo(database, series=series, logins=LOGINS) as running,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        yield Odoo(running, session)


def error_of(answer: Answer) -> Answer:
    """The `data` of an error, whose code must be Odoo's 200."""
    error = answer["error"]
    assert (error["code"], error["message"]) == (200, "Odoo Server Error")
    data: Answer = error["data"]
    assert data["debug"].startswith("Traceback")
    return data
