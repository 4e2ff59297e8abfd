"""One user of one Odoo: signs in once, calls by name, repeats what is safe to repeat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus

import aiohttp

from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.access import Identity, OdooAccess
from chatwootai.integrations.odoo.errors import ACCESS_DENIED, SERVICE, OdooFault, meaning
from chatwootai.integrations.odoo.kept_identity import KeptIdentity
from chatwootai.integrations.odoo.posting import Passing, post
from chatwootai.integrations.odoo.series import Series
from chatwootai.integrations.odoo.signing_in import sign_in
from chatwootai.integrations.odoo.wires import Call, Json2, JsonRpc, Unreadable, Wire

TRIES = 2
_PAUSE = 0.2


class OdooClient:
    """Signs in at the first call and keeps the identity: a login costs Odoo half a second of CPU.

    Arguments travel by name, which both wires take; `context` always has language, zone and company. `clock`
    is in seconds.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        access: OdooAccess,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._access = access
        self._kept = KeptIdentity(lambda: sign_in(session, access), clock)

    async def identity(self) -> Identity:
        """Who we are; signs in when that is not known yet."""
        return await self._kept.get()

    async def series(self) -> Series:
        """What this server's series is able to do."""
        return Series((await self.identity()).series)

    async def read(
        self,
        model: str,
        method: str,
        ids: list[int] | None = None,
        *,
        context: Mapping[str, object] | None = None,
        **named: object,
    ) -> object:
        """Call a method that changes nothing; repeated once when Odoo or the way to it fails briefly."""
        return await self._call(Call(model, method, named, ids, context or {}))

    async def write(
        self,
        model: str,
        method: str,
        ids: list[int] | None = None,
        *,
        context: Mapping[str, object] | None = None,
        **named: object,
    ) -> object:
        """Call a method that may change something: never repeated; `OutcomeUnknown` when no answer came.

        None means success without a result, an action (`values.is_action`) that nothing was done.
        """
        return await self._call(Call(model, method, named, ids, context or {}, writes=True))

    async def _call(self, call: Call) -> object:
        identity = await self.identity()
        try:
            return await self._tried(call, identity)
        except OdooFault as fault:
            if fault.is_of_another_series:
                await self._require_same_series(call, identity, fault)
            if fault.name != ACCESS_DENIED:
                raise meaning(call.model, call.method, fault, writes=call.writes) from fault
        except Unreadable as error:
            if error.is_of_another_series:
                await self._require_same_series(call, identity, error)
            raise _unreadable(error, call) from error
        # Refused before anything ran: the user may have been recreated with another id.
        self._kept.forget(identity)
        try:
            return await self._tried(call, await self.identity())
        except OdooFault as fault:
            raise meaning(call.model, call.method, fault, writes=call.writes) from fault
        except Unreadable as error:
            raise _unreadable(error, call) from error

    async def _require_same_series(self, call: Call, identity: Identity, cause: Exception) -> None:
        """Raises `ServiceUnavailable` where the server was upgraded meanwhile: nothing was done."""
        if await self._kept.is_outdated(identity):
            now = (await self.identity()).series
            raise ServiceUnavailable(SERVICE, f"{call}: the server became series {now}") from cause

    async def _tried(self, call: Call, identity: Identity) -> object:
        for attempt in range(TRIES):
            last = call.writes or attempt == TRIES - 1
            try:
                return await self._once(call, identity)
            except Passing as failure:
                if last:
                    raise failure.error from failure.__cause__
            except OdooFault as fault:
                if last or not fault.is_passing:
                    raise
            await asyncio.sleep(_PAUSE)
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, call: Call, identity: Identity) -> object:
        wire: Wire = (Json2 if Series(identity.series).speaks_json_2 else JsonRpc)(self._access)
        request = wire.request(_surrounded(call, self._access, identity), identity.uid)
        answer = await post(self._session, self._access, request, writes=call.writes)
        return wire.result(answer.status, answer.content)


def _surrounded(call: Call, access: OdooAccess, identity: Identity) -> Call:
    always = {"lang": identity.language, "tz": access.zone, "allowed_company_ids": [identity.company]}
    return Call(call.model, call.method, call.named, call.ids, {**always, **call.context}, writes=call.writes)


def _unreadable(error: Unreadable, call: Call) -> Exception:
    """A page in the place of an answer, from where an Odoo was when we signed in."""
    reason = f"{call}: HTTP {error.status} without an answer of Odoo"
    if error.is_of_another_series:
        # A proxy's, while Odoo starts again: it did not get there.
        return ServiceUnavailable(SERVICE, reason)
    if 400 <= error.status < 500 and error.status != HTTPStatus.REQUEST_TIMEOUT:
        return RequestRefused(SERVICE, reason)
    # Perhaps after Odoo did what was asked.
    lost = OutcomeUnknown if call.writes else ServiceUnavailable
    return lost(SERVICE, reason)
