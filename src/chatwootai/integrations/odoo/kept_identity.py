"""Who we are at an Odoo: found out once, and again when the server seems to have become another one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from chatwootai.domain.errors import IntegrationError
from chatwootai.integrations.odoo.access import Identity

_DOUBTED_AFTER = 600.0
"""Seconds for which an identity is not doubted: a call that is wrong in every series has us sign in, which
costs Odoo half a second of CPU, no oftener than that."""
_ASKED_AGAIN_AFTER = 60.0


class KeptIdentity:
    """One user's identity. `clock` is in seconds.

    Who waits while an attempt to sign in fails gets its error, for a crowd that tried one after the other
    would wait as many times as long.
    """

    def __init__(self, sign_in: Callable[[], Awaitable[Identity]], clock: Callable[[], float]) -> None:
        self._sign_in = sign_in
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._known: Identity | None = None
        self._since = 0.0
        self._failures = 0
        self._failure: IntegrationError | None = None

    async def get(self) -> Identity:
        """The identity; signs in when it is not known. Raises what `sign_in` raises."""
        failures = self._failures
        async with self._one_at_a_time:
            if self._known is None:
                if self._failure is not None and self._failures != failures:
                    raise self._failure
                self._known = await self._found_out()
                self._since = self._clock()
            return self._known

    def forget(self, identity: Identity) -> None:
        """Sign in anew at the next call, unless somebody did so already."""
        if self._known is identity:
            self._known = None

    async def is_outdated(self, identity: Identity) -> bool:
        """Whether the server is of another series by now; to be asked when it does not understand a call."""
        async with self._one_at_a_time:
            if self._known is identity and self._clock() >= self._since + _DOUBTED_AFTER:
                await self._renew()
            return self._known is not None and self._known.series != identity.series

    async def _renew(self) -> None:
        try:
            self._known = await self._sign_in()
            self._since = self._clock()
        except IntegrationError:
            # Nobody is there who could tell: what the call met says enough, and we are who we were.
            self._since = self._clock() - _DOUBTED_AFTER + _ASKED_AGAIN_AFTER

    async def _found_out(self) -> Identity:
        try:
            return await self._sign_in()
        except IntegrationError as error:
            self._failures += 1
            self._failure = error
            raise
