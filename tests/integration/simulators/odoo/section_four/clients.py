"""One face for three clients that others wrote: OdooRPC, Python's xmlrpc.client, and plain JSON-2."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit
from xmlrpc import client

import odoorpc  # type: ignore[import-untyped]  # written before there were types
import pytest
from tests.fixtures.odoo import BELA, DATABASE
from tests.integration.simulators.odoo.callers import PORTUGUESE, Refused, calling

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiohttp
    from tests.fixtures.odoo_shop import Rows

JSON_RPC, XML_RPC, JSON_2 = "odoorpc", "xmlrpc.client", "json-2"
TRANSPORTS = (JSON_RPC, XML_RPC, JSON_2)

# What XML-RPC says instead of the name of the error's class.
_FAULTS = {
    "AccessError": "4",
    "UserError": "2",
    "ValidationError": "2",
    "MissingError": "2",
    "ValueError": "1",
}


class Client(Protocol):
    """Somebody signed in as `agente`."""

    async def call(self, model: str, method: str, ids: list[int] | None, named: dict[str, Any]) -> Any:
        """The result; raises `Refused` with what the client shows of the error."""

    def name_of(self, error: str) -> str:
        """What this client shows of an error of this class of Odoo's."""


@dataclass(frozen=True)
class OdooRpc:
    """Over JSON-RPC; the result of a method that returns None is None."""

    rpc: Any

    async def call(self, model: str, method: str, ids: list[int] | None, named: dict[str, Any]) -> Any:
        args, kwargs = _positional(method, ids, named)
        try:
            return await asyncio.to_thread(self.rpc.execute_kw, model, method, args, kwargs)
        except odoorpc.error.RPCError as error:
            raise Refused(error.info["data"]["name"].rpartition(".")[2], str(error)) from error

    def name_of(self, error: str) -> str:
        return error


@dataclass(frozen=True)
class XmlRpc:
    """Over XML-RPC, which can send neither None nor records."""

    proxy: client.ServerProxy
    uid: int

    async def call(self, model: str, method: str, ids: list[int] | None, named: dict[str, Any]) -> Any:
        args, kwargs = _positional(method, ids, named)
        whole = (DATABASE, self.uid, BELA.key, model, method, args, kwargs)
        try:
            return await asyncio.to_thread(self.proxy.execute_kw, *whole)
        except client.Fault as fault:
            raise Refused(str(fault.faultCode), fault.faultString) from fault

    def name_of(self, error: str) -> str:
        return _FAULTS[error]


@dataclass(frozen=True)
class Json2:
    """Over JSON-2: everything by name, a list of values for `create`, and an HTTP status for an error."""

    session: aiohttp.ClientSession
    url: str

    async def call(self, model: str, method: str, ids: list[int] | None, named: dict[str, Any]) -> Any:
        body = named | ({} if ids is None else {"ids": ids})
        single = method == "create" and isinstance(named["vals_list"], dict)
        if single:
            body["vals_list"] = [named["vals_list"]]
        headers = {"Authorization": f"bearer {BELA.key}"}
        url = f"{self.url}/json/2/{model}/{method}"
        async with self.session.post(url, json=body, headers=headers) as response:
            answer = await response.json()
            if response.status >= 400:
                raise Refused(answer["name"].rpartition(".")[2], answer["message"])
        return answer[0] if single else answer

    def name_of(self, error: str) -> str:
        return error


def _positional(
    method: str, ids: list[int] | None, named: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """Ids come first, then what models before 19 name differently; the rest is taken by name."""
    rest = dict(named)
    args = [] if ids is None else [ids]
    unnamed = {"create": "vals_list", "write": "vals"}
    if method in unnamed:
        args.append(rest.pop(unnamed[method]))
    return args, rest


@dataclass(frozen=True)
class Erp:
    """A client in Portuguese, and `rows`, the way around the wire into the tables."""

    transport: str
    series: int
    client: Client
    rows: Rows

    async def call(self, model: str, method: str, ids: list[int] | None = None, **named: Any) -> Any:
        """A method by name; `ids` for those that are called on records."""
        context = PORTUGUESE | named.pop("context", {})
        return await self.client.call(model, method, ids, named | {"context": context})

    async def create(self, model: str, **values: object) -> int:
        number = await self.call(model, "create", vals_list=values)
        assert isinstance(number, int)
        return number

    async def found(self, model: str, domain: list[Any], *fields: str, **more: Any) -> list[dict[str, Any]]:
        """`search_read`, with bare ids for links."""
        rows: list[dict[str, Any]] = await self.call(
            model, "search_read", domain=domain, fields=[*fields], load="", **more
        )
        return rows

    async def read(self, model: str, record: int, *fields: str, **context: Any) -> dict[str, Any]:
        (row,) = await self.call(model, "read", [record], fields=[*fields], load="", context=context)
        assert isinstance(row, dict)
        return row

    async def without_result(self, model: str, method: str, ids: list[int], **named: Any) -> None:
        """Call what returns None: done, but a fault over XML-RPC, which cannot say so."""
        if self.transport != XML_RPC:
            assert await self.call(model, method, ids, **named) is None
            return
        with pytest.raises(Refused, match="cannot marshal None") as refused:
            await self.call(model, method, ids, **named)
        assert refused.value.name == "1"


@asynccontextmanager
async def signed_in(database: str) -> AsyncIterator[dict[str, Erp]]:
    """A client per transport, all over the same database: series 19 for JSON-2, series 18 for the others."""
    async with AsyncExitStack() as stack:
        older = await stack.enter_async_context(calling(database, 18))
        newer = await stack.enter_async_context(calling(database, 19))
        address = urlsplit(older.odoo.url)
        rpc = await asyncio.to_thread(_odoorpc, str(address.hostname), address.port or 0)
        proxy = stack.enter_context(client.ServerProxy(f"{older.odoo.url}/xmlrpc/2/object"))
        clients: dict[str, Client] = {
            JSON_RPC: OdooRpc(rpc),
            XML_RPC: XmlRpc(proxy, rpc.env.uid),
            JSON_2: Json2(newer.session, newer.odoo.url),
        }
        yield {
            name: Erp(name, 19 if name == JSON_2 else 18, found, older.rows)
            for name, found in clients.items()
        }


def _odoorpc(host: str, port: int) -> Any:
    rpc = odoorpc.ODOO(host, port=port, protocol="jsonrpc", timeout=20)
    rpc.login(DATABASE, BELA.login, BELA.key)
    return rpc
