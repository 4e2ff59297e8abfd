"""A cache of two levels: this process, and Redis for all of them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar, cast

from prometheus_client import Counter

from chatwootai.integrations.cache.flights import Flight, Flights, Values
from chatwootai.integrations.cache.keys import CacheKey, Invalidation, Kind
from chatwootai.integrations.cache.loading import Load, Loading
from chatwootai.integrations.cache.memory import Memory
from chatwootai.integrations.cache.shared import SharedLevel, SharedLevelLost
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.observability import metrics

V = TypeVar("V")


class TwoLevelCache:
    """Give each value from this process, else from Redis, else loaded: once, however many want it.

    A look that begins after `invalidate` returned never gets what was read before it; in other processes
    that hear, some milliseconds later. A load that an invalidation overtook is told to those who waited for
    it and kept nowhere. Loads raise what they raise, to everybody who waits; Redis's failures are counted
    and never raised.
    """

    def __init__(
        self,
        memory: Memory | None = None,
        shared: SharedLevel | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._memory = memory or Memory(clock=clock)
        self._shared = shared
        self._clock = clock
        self._flights = Flights()
        self._hits: dict[tuple[str, Kind], Counter] = {}

    def join(self, shared: SharedLevel) -> None:
        """Use a second level from now on."""
        self._shared = shared

    async def get(
        self, shelf: Shelf[V], name: str, load: Callable[[], Awaitable[V]], *, variant: str = ""
    ) -> V:
        """One value; `load` reads it where it is not known."""
        key = CacheKey(shelf.account, shelf.kind, name, variant)
        entry = self._memory.get(key)
        if entry is not None:
            self._hit(key)
            return cast(V, entry.value)

        async def load_one(keys: Sequence[CacheKey]) -> Mapping[CacheKey, V]:
            return {keys[0]: await load()}

        return (await self._fetched(shelf, [key], load_one))[key]

    async def get_many(self, shelf: Shelf[V], keys: Sequence[CacheKey], load: Load[V]) -> dict[CacheKey, V]:
        """Several values of one shelf; `load` reads, at once, those that are not known, and returns each."""
        found: dict[CacheKey, V] = {}
        missing: list[CacheKey] = []
        for key in dict.fromkeys(keys):
            entry = self._memory.get(key)
            if entry is None:
                missing.append(key)
            else:
                self._hit(key)
                found[key] = cast(V, entry.value)
        if missing:
            found |= await self._fetched(shelf, missing, load)
        return found

    async def invalidate(self, account: str, kind: Kind, names: Collection[str] | None = None) -> None:
        """Forget an account's entries of a kind, those of `names` where given, in every process."""
        if names is not None and not names:
            return
        what = Invalidation(account, kind, None if names is None else frozenset(names))
        metrics.cache_invalidations.labels(account, kind).inc()
        self.outdate(what)
        if self._shared is None:
            return
        try:
            await self._shared.invalidate(what)
        except SharedLevelLost:
            metrics.cache_errors.labels("shared").inc()

    def outdate(self, what: Invalidation | None) -> None:
        """Forget in this process alone; None means everything."""
        self._flights.outdate(what)
        if what is None:
            self._memory.clear()
        else:
            self._memory.drop(what)

    async def close(self) -> None:
        """Cancel what is being loaded."""
        await self._flights.close()

    async def _fetched(self, shelf: Shelf[V], keys: Sequence[CacheKey], load: Load[V]) -> dict[CacheKey, V]:
        flights = {key: flight for key in keys if (flight := self._flights.of(key)) is not None}
        own = [key for key in keys if key not in flights]
        if own:
            flights |= dict.fromkeys(own, self._flights.begin(own, self._loading(shelf, own, load)))
        values: dict[CacheKey, V] = {}
        for flight in dict.fromkeys(flights.values()):
            landed = await flight.landed()
            values |= {key: cast(V, landed[key]) for key, its in flights.items() if its is flight}
        return values

    def _loading(
        self, shelf: Shelf[V], keys: Sequence[CacheKey], load: Load[V]
    ) -> Callable[[Flight], Awaitable[Values]]:
        async def work(flight: Flight) -> Values:
            loading = Loading(shelf, load, self._shared, self._clock, flight.outdated)
            found = await loading.values(keys)
            for key, entry in found.items():
                if key not in flight.outdated and shelf.keeps(entry.value):
                    self._memory.put(key, entry.value, entry.expires_at)
            return {key: entry.value for key, entry in found.items()}

        return work

    def _hit(self, key: CacheKey) -> None:
        group = (key.account, key.kind)
        counter = self._hits.get(group)
        if counter is None:
            counter = self._hits[group] = metrics.cache_reads.labels(key.account, key.kind, "memory")
        counter.inc()
