"""Finding out which Odoo answers, and who we are there. Each mistake of configuration has its own error."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import orjson

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.access import PORTUGUESE, Identity, OdooAccess
from chatwootai.integrations.odoo.errors import SERVICE, KeyRefused, NotOdoo, OdooFault, meaning
from chatwootai.integrations.odoo.posting import Passing, post
from chatwootai.integrations.odoo.series import OLDEST, Series
from chatwootai.integrations.odoo.values import is_id, linked_id, records
from chatwootai.integrations.odoo.wires import Call, Json2, JsonRpc, Request, Unreadable, Wire

_USER_FIELDS = ["company_id", "company_ids", "partner_id"]
_NO_USER = 0
_ENGLISH = "en_US"


async def sign_in(session: aiohttp.ClientSession, access: OdooAccess) -> Identity:
    """Version, user and company. Raises `NotOdoo`, `DatabaseMissing`, `KeyRefused`, `RequestRefused`, or
    `ServiceUnavailable`."""
    try:
        return await _signed_in(session, access)
    except Passing as failure:
        raise failure.error from failure.__cause__
    except OdooFault as fault:
        raise meaning("res.users", "login", fault, writes=False) from fault
    except Unreadable as error:
        if error.status >= 500:
            raise ServiceUnavailable(SERVICE, str(error)) from error
        raise NotOdoo(SERVICE, f"what answers at {access.url} is no Odoo ({error})") from error


async def _signed_in(session: aiohttp.ClientSession, access: OdooAccess) -> Identity:
    series = Series(await _series(session, access))
    if series.number < OLDEST:
        raise RequestRefused(SERVICE, f"series {series.number} is older than {OLDEST}")
    wire: Wire = Json2(access) if series.speaks_json_2 else JsonRpc(access)
    uid = await (_own_id if series.speaks_json_2 else _login)(session, access)
    call = Call("res.users", "read", {"fields": _USER_FIELDS}, [uid])
    rows = records(await _asked(session, access, wire, wire.request(call, uid)))
    partner = linked_id(rows[0], "partner_id") if rows else None
    if partner is None:
        raise RequestRefused(SERVICE, f"user {access.login!r} has no partner")
    language = await _language(session, access, wire, uid)
    return Identity(uid, partner, _company(access, rows[0]), series.number, language)


async def _language(session: aiohttp.ClientSession, access: OdooAccess, wire: Wire, uid: int) -> str:
    """Odoo refuses every call in a language that is not installed; English always is."""
    call = Call("res.lang", "search_count", {"domain": [["code", "=", PORTUGUESE]]})
    try:
        installed = await _asked(session, access, wire, wire.request(call, uid))
    except OdooFault:
        return PORTUGUESE  # who may not look is no reason to speak English
    return PORTUGUESE if installed else _ENGLISH


def _company(access: OdooAccess, user: Mapping[str, object]) -> int:
    own = linked_id(user, "company_id")
    if access.company is None and own is not None:
        return own
    allowed = user.get("company_ids")
    if access.company is None or not isinstance(allowed, list) or access.company not in allowed:
        raise RequestRefused(SERVICE, f"user {access.login!r} may not act for company {access.company}")
    return access.company


async def _login(session: aiohttp.ClientSession, access: OdooAccess) -> int:
    wire = JsonRpc(access)
    request = wire.of("common", "login", [access.database, access.login, access.api_key])
    uid = await _asked(session, access, wire, request)
    if not is_id(uid):
        raise KeyRefused(SERVICE, f"login of {access.login!r} refused: key wrong, revoked or expired")
    return uid


async def _own_id(session: aiohttp.ClientSession, access: OdooAccess) -> int:
    wire = Json2(access)
    request = wire.request(Call("res.users", "context_get", {}), _NO_USER)
    context = await _asked(session, access, wire, request)
    uid = context.get("uid") if isinstance(context, dict) else None
    if not is_id(uid):
        raise KeyRefused(SERVICE, "the key belongs to nobody")
    return uid


async def _asked(session: aiohttp.ClientSession, access: OdooAccess, wire: Wire, request: Request) -> object:
    answer = await post(session, access, request, writes=False)
    return wire.result(answer.status, answer.content)


async def _series(session: aiohttp.ClientSession, access: OdooAccess) -> int:
    """The major version. JSON-RPC is asked first: it tells even servers that will lose it one day."""
    wire = JsonRpc(access)
    try:
        told = await _asked(session, access, wire, wire.of("common", "version", []))
    except Unreadable as error:
        if error.status >= 500:
            raise
        told = await _web_version(session, access)
    # On Odoo Online the major version is a text such as "saas~18".
    info = told.get("server_version_info") or told.get("version_info") if isinstance(told, dict) else None
    major = str(info[0]).rpartition("~")[2] if isinstance(info, list) and info else ""
    if not (major.isascii() and major.isdigit()):
        raise Unreadable(200, "without a version")
    return int(major)


async def _web_version(session: aiohttp.ClientSession, access: OdooAccess) -> object:
    """`/web/version` takes the place of `common.version` where JSON-RPC is gone."""
    timeout = aiohttp.ClientTimeout(total=access.timeout, connect=access.connect_timeout)
    url = access.url.rstrip("/") + "/web/version"
    try:
        async with session.get(url, timeout=timeout, allow_redirects=False) as response:
            status, content = response.status, await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ServiceUnavailable(SERVICE, "/web/version does not answer") from error
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Unreadable(status, "neither from /jsonrpc nor from /web/version") from error
