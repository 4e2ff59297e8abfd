"""Odoo's two wires: what a call looks like on each, and how its answer is read. No network here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

import orjson

from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.errors import ACCESS_DENIED, OdooFault

_NUMBERS = count(1)
_FIRST = {"create": "vals_list", "write": "vals", "default_get": "fields"}
"""What travels without its name on JSON-RPC. Models of 18 and older name it as they like: `write(vals)` is
`write(values)` for orders, partners and events (measured). And `create` looks at it to know whether one
record is meant or many."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method with named arguments; `ids` is None for a method of the model itself."""

    model: str
    method: str
    named: Mapping[str, object]
    ids: list[int] | None = None
    context: Mapping[str, object] = field(default_factory=dict)
    writes: bool = False

    def __str__(self) -> str:
        return f"{self.model}.{self.method}"


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    body: bytes
    headers: Mapping[str, str]


class Unreadable(Exception):
    """The answer is not of this wire: a web page, or another program's. `status` is its HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"HTTP {status} {reason}")
        self.status = status

    @property
    def is_of_another_series(self) -> bool:
        """As 18 answers on JSON-2, and a series without it on JSON-RPC; or a proxy. Nothing was done."""
        return 300 <= self.status < 400 or self.status in (404, 405, 410)


class Wire(Protocol):
    def request(self, call: Call, uid: int) -> Request: ...

    def result(self, status: int, content: bytes) -> object:
        """The method's result, None where it has none; raises `OdooFault` or `Unreadable`."""
        ...


@dataclass(frozen=True, slots=True)
class JsonRpc:
    """Series 18 and older: always HTTP 200, user and key in every call."""

    access: OdooAccess

    def request(self, call: Call, uid: int) -> Request:
        named = dict(call.named)
        positional: list[object] = [] if call.ids is None else [call.ids]
        if call.method in _FIRST:
            positional.append(named.pop(_FIRST[call.method]))
        whole = [self.access.database, uid, self.access.api_key, call.model, call.method, positional]
        return self.of("object", "execute_kw", [*whole, {**named, "context": dict(call.context)}])

    def of(self, service: str, method: str, args: list[object]) -> Request:
        """A call to one of Odoo's services."""
        params = {"service": service, "method": method, "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "id": next(_NUMBERS), "params": params}
        return Request("/jsonrpc", orjson.dumps(body), {"Content-Type": "application/json"})

    def result(self, status: int, content: bytes) -> object:
        answer = _json(content) if status == 200 else None
        if not isinstance(answer, dict) or "jsonrpc" not in answer:
            raise Unreadable(status, "without JSON-RPC")
        if "error" in answer:
            error = answer["error"]
            raise _fault(error.get("data") if isinstance(error, dict) else None)
        return answer.get("result")  # Odoo leaves the key out when a method returned None


@dataclass(frozen=True, slots=True)
class Json2:
    """Series 19 and newer: the key in a header, named arguments only, errors by HTTP status."""

    access: OdooAccess

    def request(self, call: Call, uid: int) -> Request:
        del uid  # the key tells who calls
        body: dict[str, object] = {**call.named, "context": dict(call.context)}
        if call.ids is not None:
            body["ids"] = call.ids
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"bearer {self.access.api_key}",
            "X-Odoo-Database": self.access.database,
        }
        return Request(f"/json/2/{call.model}/{call.method}", orjson.dumps(body), headers)

    def result(self, status: int, content: bytes) -> object:
        answer = _json(content)
        if status == 200:
            if answer is _NO_JSON:
                raise Unreadable(status, "without JSON")
            return answer
        if status == 401:
            raise OdooFault(ACCESS_DENIED, "")
        if isinstance(answer, dict) and "name" in answer:
            raise _fault(answer)
        raise Unreadable(status, "without an error of Odoo")


_NO_JSON = object()


def _json(content: bytes) -> object:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return _NO_JSON


def _fault(data: object) -> OdooFault:
    if not isinstance(data, dict):
        return OdooFault("unknown", "")
    return OdooFault(str(data.get("name", "unknown")), str(data.get("message", "")))
