"""The second level in Redis."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence

from redis.asyncio import Redis
from redis.exceptions import RedisError

from chatwootai.integrations.cache import layout
from chatwootai.integrations.cache.breaker import Breaker
from chatwootai.integrations.cache.invalidation import Debts, bounded, told
from chatwootai.integrations.cache.keys import CacheKey, Invalidation
from chatwootai.integrations.cache.shared import (
    Claim,
    Loaded,
    Place,
    SharedLevelLost,
    Stored,
)

Command = tuple[str | bytes | int, ...]

CLAIM_MS = 1_000
"""A process that died while loading keeps the others waiting no longer than this."""
_MARK_MS = 3_600_000
"""How long marks stand at most; what was stored under one ends with it."""


class RedisLevel:
    """`SharedLevel`. It is used only while this process hears the invalidations of the others.

    `since` is Redis's time at which it began to hear: what was loaded earlier is not believed, for an
    invalidation of it may have been lost while Redis was away.
    """

    def __init__(self, client: Redis, breaker: Breaker | None = None) -> None:
        self._client = client
        self._breaker = breaker or Breaker()
        self._since: int | None = None
        self._debts = Debts()
        self._paying = asyncio.Lock()
        self.origin = secrets.token_hex(8)
        """Who this process is to the others."""

    @property
    def usable(self) -> bool:
        return self._since is not None and self._breaker.closed and not self._debts

    @property
    def listening(self) -> bool:
        return self._since is not None

    def begin(self, since: int) -> None:
        """Invalidations are heard from now on."""
        self._since = since
        self._breaker.succeeded()

    def end(self) -> None:
        """Invalidations are not heard any more."""
        self._since = None

    async def read(self, place: Place, keys: Sequence[CacheKey]) -> Sequence[Stored | None]:
        (values,) = await self._answers([_look(place, keys)])
        return self._counting(_texts(values), len(keys))

    async def claim(self, place: Place, keys: Sequence[CacheKey]) -> Sequence[Claim]:
        commands: list[Command] = [
            ("SET", layout.claim_key(place, key), b"", "NX", "PX", CLAIM_MS) for key in keys
        ]
        marks = [layout.whole_key(place), *(layout.mark_key(key) for key in keys)]
        commands += [("SET", mark, layout.new_mark(), "NX", "PX", _MARK_MS) for mark in marks]
        answers = await self._answers([*commands, ("TIME",), _look(place, keys)])
        values, begun = _texts(answers[-1]), _microseconds(answers[-2])
        whole, *standing = values[: len(keys) + 1]
        return [
            Claim(stored, layout.ticket_of(whole, mark, begun), ours=bool(ours))
            for stored, mark, ours in zip(
                self._counting(values, len(keys)), standing, answers[: len(keys)], strict=True
            )
        ]

    async def store(self, place: Place, loaded: Sequence[Loaded]) -> None:
        commands: list[Command] = [
            (
                "SET",
                layout.entry_key(place, item.key),
                layout.written(item),
                "PX",
                max(1, int(item.lasts * 1000)),
            )
            for item in loaded
        ]
        await self._answers([*commands, _end_claims(place, [item.key for item in loaded])])

    async def release(self, place: Place, keys: Sequence[CacheKey]) -> None:
        await self._answers([_end_claims(place, keys)])

    async def time(self) -> int:
        """Redis's own, in microseconds."""
        (now,) = await self._answers([("TIME",)])
        return _microseconds(now)

    async def invalidate(self, what: Invalidation) -> None:
        self._debts.add(bounded(what))
        if not self.listening:
            raise SharedLevelLost("Redis is away: the invalidation is told later")
        await self.pay()

    async def pay(self) -> None:
        """Tell Redis and the other processes what is owed.

        Marks are deleted, not changed: that works in a Redis whose memory is full, too.
        """
        async with self._paying:  # twice would forget what was loaded in between
            owed = self._debts.all()
            if not owed:
                return
            commands: list[Command] = []
            for what in owed:
                publish = ("PUBLISH", layout.CHANNEL, told(what, self.origin))
                commands += [("DEL", *layout.stale_marks(what)), publish]
            await self._answers(commands)
            self._debts.paid(owed)

    def _counting(self, values: Sequence[bytes | None], count: int) -> list[Stored | None]:
        since = self._since
        if since is None:
            raise SharedLevelLost("invalidations are not heard any more")
        whole, marks, entries = values[0], values[1 : count + 1], values[count + 1 :]
        return [
            layout.counting(entry, whole, mark, since) for mark, entry in zip(marks, entries, strict=True)
        ]

    async def _answers(self, commands: Sequence[Command]) -> list[object]:
        pipeline = self._client.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        try:
            answers: list[object] = await pipeline.execute()
        except (RedisError, OSError) as error:
            self._breaker.failed()
            raise SharedLevelLost(f"Redis does not answer: {type(error).__name__}") from error
        return answers


def _look(place: Place, keys: Sequence[CacheKey]) -> Command:
    marks = (layout.mark_key(key) for key in keys)
    entries = (layout.entry_key(place, key) for key in keys)
    return ("MGET", layout.whole_key(place), *marks, *entries)


def _end_claims(place: Place, keys: Sequence[CacheKey]) -> Command:
    return ("DEL", *(layout.claim_key(place, key) for key in keys))


def _texts(answer: object) -> list[bytes | None]:
    if not isinstance(answer, list):
        raise SharedLevelLost(f"Redis answered MGET with {type(answer).__name__}")
    return answer


def _microseconds(answer: object) -> int:
    if not isinstance(answer, tuple):
        raise SharedLevelLost(f"Redis answered TIME with {type(answer).__name__}")
    seconds, rest = answer
    return int(seconds) * 1_000_000 + int(rest)
