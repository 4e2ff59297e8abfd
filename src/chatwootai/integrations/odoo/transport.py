"""JSON-RPC to one Odoo user: who we are, deadlines, repetitions, and typed errors."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

import aiohttp
import orjson

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.errors import ACCESS_DENIED, SERVICE, OdooFault, meaning
from chatwootai.integrations.odoo.values import link, records

TRIES = 2
_PAUSE = 0.2
_GATEWAY = frozenset({502, 503, 504})
_CONTEXT: Mapping[str, object] = {"lang": "pt_BR", "tz": "America/Sao_Paulo"}


@dataclass(frozen=True, slots=True)
class OdooAccess:
    """Where an account's Odoo is, and the user, of one company, that we are there. Times are in seconds.

    Odoo repeats conflicting writes by itself for up to 20 s: a shorter `write_timeout` would make
    outcomes unknown that are merely slow.
    """

    url: str
    database: str
    login: str
    api_key: str = field(repr=False)
    connect_timeout: float = 2.0
    timeout: float = 10.0
    write_timeout: float = 40.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What signing in tells: the user, its company, and the major version of the server."""

    uid: int
    company: int
    series: int


class _Passing(Exception):
    """A failure that another try may not meet; `error` is what it means if it stays."""

    def __init__(self, error: IntegrationError) -> None:
        super().__init__(str(error))
        self.error = error


class Transport:
    """Signs in at the first call and keeps the identity: a login costs Odoo half a second of CPU."""

    def __init__(self, session: aiohttp.ClientSession, access: OdooAccess) -> None:
        self._session = session
        self._access = access
        self._url = f"{access.url.rstrip('/')}/jsonrpc"
        self._identity: Identity | None = None
        self._signing_in = asyncio.Lock()
        self._numbers = count(1)

    async def identity(self) -> Identity:
        """Who we are; signs in when that is not known yet."""
        async with self._signing_in:
            if self._identity is None:
                self._identity = await self._sign_in()
            return self._identity

    async def read(self, model: str, method: str, args: list[object], **kwargs: object) -> object:
        """Call a method that changes nothing; repeated once when Odoo or the way to it fails briefly."""
        return await self._as_user(model, method, args, kwargs, writes=False)

    async def write(self, model: str, method: str, args: list[object], **kwargs: object) -> object:
        """Call a method that may change something: never repeated; `OutcomeUnknown` when no answer came.

        None means success without a result.
        """
        return await self._as_user(model, method, args, kwargs, writes=True)

    async def _as_user(
        self, model: str, method: str, args: list[object], kwargs: Mapping[str, object], *, writes: bool
    ) -> object:
        name = f"{model}.{method}"
        identity = await self.identity()
        try:
            return await self._execute(identity, model, method, args, kwargs, writes=writes)
        except OdooFault as fault:
            if fault.name != ACCESS_DENIED:
                raise meaning(name, fault, writes=writes) from fault
        # Refused before anything ran: the user may have been recreated with another id.
        self._forget(identity)
        try:
            fresh = await self.identity()
            return await self._execute(fresh, model, method, args, kwargs, writes=writes)
        except OdooFault as fault:
            raise meaning(name, fault, writes=writes) from fault

    def _forget(self, identity: Identity) -> None:
        if self._identity is identity:
            self._identity = None

    async def _sign_in(self) -> Identity:
        access = self._access
        try:
            version = await self._call("common", "version", [])
            uid = await self._call("common", "login", [access.database, access.login, access.api_key])
            if isinstance(uid, bool) or not isinstance(uid, int):
                raise RequestRefused(SERVICE, f"login of {access.login!r} refused")
            rows = await self._call(
                "object",
                "execute_kw",
                [
                    access.database,
                    uid,
                    access.api_key,
                    "res.users",
                    "read",
                    [[uid]],
                    {"fields": ["company_id"]},
                ],
            )
        except OdooFault as fault:
            raise meaning("login", fault, writes=False) from fault
        company = link(records(rows)[0], "company_id") if records(rows) else None
        if company is None:
            raise RequestRefused(SERVICE, f"user {access.login!r} has no company")
        return Identity(uid, company[0], _series(version))

    async def _execute(
        self,
        identity: Identity,
        model: str,
        method: str,
        args: list[object],
        kwargs: Mapping[str, object],
        *,
        writes: bool,
    ) -> object:
        context = {**_CONTEXT, "allowed_company_ids": [identity.company]}
        named = {**kwargs, "context": context}
        whole = [self._access.database, identity.uid, self._access.api_key, model, method, args, named]
        return await self._call("object", "execute_kw", whole, writes=writes)

    async def _call(self, service: str, method: str, args: list[object], *, writes: bool = False) -> object:
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "id": next(self._numbers),
            "params": {"service": service, "method": method, "args": args},
        }
        for attempt in range(TRIES):
            last = writes or attempt == TRIES - 1
            try:
                return await self._attempt(body, writes=writes)
            except _Passing as failure:
                if last:
                    raise failure.error from failure.__cause__
            except OdooFault as fault:
                if last or not fault.is_passing:
                    raise
            await asyncio.sleep(_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    async def _attempt(self, body: Mapping[str, object], *, writes: bool) -> object:
        seconds = self._access.write_timeout if writes else self._access.timeout
        lost = OutcomeUnknown if writes else ServiceUnavailable
        try:
            async with self._session.post(
                self._url,
                data=orjson.dumps(body),
                headers={"Content-Type": "application/json"},
                timeout=aiohttp.ClientTimeout(total=seconds, connect=self._access.connect_timeout),
                allow_redirects=False,  # a redirected POST would arrive as a GET
            ) as response:
                status, content = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise _Passing(ServiceUnavailable(SERVICE, "not reached")) from error
        except aiohttp.InvalidURL as error:
            raise RequestRefused(SERVICE, f"{self._access.url!r} is not a URL") from error
        except TimeoutError as error:
            raise lost(SERVICE, f"no answer within {seconds:g} s") from error
        except (aiohttp.ClientError, OSError) as error:
            raise _Passing(lost(SERVICE, "the connection broke")) from error
        return _decoded(status, content, lost)


def _decoded(status: int, content: bytes, lost: type[IntegrationError]) -> object:
    if status in _GATEWAY:
        raise _Passing(lost(SERVICE, f"HTTP {status}"))
    if status >= 500:
        raise lost(SERVICE, f"HTTP {status}")
    if status == 429:
        raise ServiceUnavailable(SERVICE, "HTTP 429")
    if status != 200:
        raise RequestRefused(SERVICE, f"HTTP {status}")
    try:
        answer = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise lost(SERVICE, "the answer is not JSON") from error
    if not isinstance(answer, dict) or "jsonrpc" not in answer:
        raise lost(SERVICE, "the answer is not JSON-RPC")
    if "error" in answer:
        raise _fault(answer["error"])
    return answer.get("result")  # Odoo leaves the key out when a method returned None


def _fault(error: object) -> OdooFault:
    data = error.get("data") if isinstance(error, dict) else None
    if not isinstance(data, dict):
        return OdooFault("unknown", "")
    return OdooFault(str(data.get("name", "unknown")), str(data.get("message", "")))


def _series(version: object) -> int:
    # On Odoo Online the major version is a text such as "saas~18".
    told = version.get("server_version_info") if isinstance(version, dict) else None
    major = str(told[0]).rpartition("~")[2] if isinstance(told, list) and told else ""
    if not (major.isascii() and major.isdigit()):
        raise ServiceUnavailable(SERVICE, "the server does not tell its version")
    return int(major)
