"""Loads under way in this process: whoever wants the same waits for the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from chatwootai.integrations.cache.keys import CacheKey, Invalidation

Values = Mapping[CacheKey, object]


class Flight:
    """One load of one or several entries. Keys in `outdated` were invalidated since it began."""

    def __init__(self) -> None:
        self.outdated: set[CacheKey] = set()
        self.task: asyncio.Task[Values] | None = None

    async def landed(self) -> Values:
        """Its values, or what it raised; goes on when whoever waits is cancelled."""
        if self.task is None:
            raise RuntimeError("the flight has not begun")
        return await asyncio.shield(self.task)


class Flights:
    """At most one flight that is not outdated for each key."""

    def __init__(self) -> None:
        self._by_key: dict[CacheKey, Flight] = {}
        self._tasks: set[asyncio.Task[Values]] = set()

    def of(self, key: CacheKey) -> Flight | None:
        return self._by_key.get(key)

    def begin(self, keys: Sequence[CacheKey], load: Callable[[Flight], Awaitable[Values]]) -> Flight:
        """Nobody may join a flight that began before an invalidation, so each is known by its keys until
        then."""
        flight = Flight()
        self._by_key |= dict.fromkeys(keys, flight)
        flight.task = asyncio.create_task(self._fly(keys, flight, load), name="cache-load")
        self._tasks.add(flight.task)
        flight.task.add_done_callback(self._ended)
        return flight

    def outdate(self, what: Invalidation | None) -> None:
        """What these load is not to be kept; None means all."""
        for key in [key for key in self._by_key if what is None or what.reaches(key)]:
            self._by_key.pop(key).outdated.add(key)

    async def close(self) -> None:
        """Cancel whatever is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fly(
        self, keys: Sequence[CacheKey], flight: Flight, load: Callable[[Flight], Awaitable[Values]]
    ) -> Values:
        try:
            return await load(flight)
        finally:
            for key in keys:
                if self._by_key.get(key) is flight:
                    del self._by_key[key]

    def _ended(self, task: asyncio.Task[Values]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # when everybody who waited was cancelled, nobody else asks for it
