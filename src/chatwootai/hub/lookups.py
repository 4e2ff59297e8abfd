"""A write without an answer may have happened: it is looked up before it is tried again (promise P4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from chatwootai.domain.errors import OutcomeUnknown, ServiceUnavailable

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
        key may then be tried again later, and never at once.
        """
        try:
            return await write()
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
    except ServiceUnavailable:
        # Away while we look: it is still unknown, which must not become "nothing was done".
        return None
