"""A write without an answer, or with a wrong one, may have happened: it is looked up (promise P4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Lookups:
    """Looks after each of `pauses`, in seconds. An ERP under load finishes what it had begun meanwhile."""

    pauses: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def settle(
        self, write: Callable[[], Awaitable[Found]], look: Callable[[], Awaitable[Found | None]]
    ) -> Found:
        """What the write answers or, where it does not, what `look` finds of it.

        `look` returns None while nothing is to be seen. Raises `OutcomeUnknown` when it stays so: the same
        key may then be tried again later, and never at once. A refusal is looked up once, without a pause:
        the ERP refuses what is done already, and answers errors to what it has done.
        """
        try:
            return await write()
        except RequestRefused:
            found = await _seen(look)
            if found is None:
                raise
            return found
        except OutcomeUnknown:
            for pause in self.pauses:
                await self.sleep(pause)
                found = await _seen(look)
                if found is not None:
                    return found
            raise


async def _seen(look: Callable[[], Awaitable[Found | None]]) -> Found | None:
    try:
        return await look()
    except IntegrationError:
        # Away, or the key was revoked, while we look: what the write's own error says still holds.
        return None
