"""A Redis in memory with the few commands that the cache uses; several clients may share one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError


class FakeRedis:
    """The server. `now` is in seconds; `published` is called with each message."""

    def __init__(self, now: Callable[[], float], published: Callable[[bytes], None]) -> None:
        self._now = now
        self._published = published
        self._values: dict[str, tuple[bytes, float]] = {}
        self._ticks = 0

    def run(self, command: tuple[str | bytes | int, ...]) -> object:
        match command:
            case ("TIME",):
                self._ticks += 1  # two instants are never the same, as they are not on a real one
                return int(self._now()), self._ticks
            case ("MGET", *keys):
                return [self._get(str(key)) for key in keys]
            case ("DEL", *keys):
                return sum(self._values.pop(str(key), None) is not None for key in keys)
            case ("PUBLISH", _, bytes(message)):
                return self._published(message)
            case ("SET", str(key), bytes(value), *options):
                if "NX" in options and self._get(key) is not None:
                    return None
                self._values[key] = (value, self._now() + int(str(options[-1])) / 1000)
                return True
        raise NotImplementedError(command)

    def _get(self, key: str) -> bytes | None:
        value, ends = self._values.get(key, (b"", 0.0))
        return value if ends > self._now() else None


class FakeClient:
    """One process's connection. While `cut`, commands fail; while `late`, only after they were done.

    `delay` is how many turns of the loop commands that are sent now take to arrive.
    """

    def __init__(self, server: FakeRedis) -> None:
        self.server = server
        self.cut = False
        self.late = False
        self.delay = 0

    def pipeline(self, transaction: bool = True) -> FakePipeline:
        del transaction
        return FakePipeline(self)

    def redis(self) -> Redis:
        return cast(Redis, self)


class FakePipeline:
    def __init__(self, client: FakeClient) -> None:
        self._client = client
        self._commands: list[tuple[str | bytes | int, ...]] = []

    def execute_command(self, *command: str | bytes | int) -> None:
        self._commands.append(command)

    async def execute(self) -> list[object]:
        for _ in range(self._client.delay + 1):
            await asyncio.sleep(0)
        if self._client.cut and not self._client.late:
            raise RedisConnectionError("cut")
        answers: list[object] = []
        for command in self._commands:  # a pipeline without MULTI: others come in between
            answers.append(self._client.server.run(command))
            await asyncio.sleep(0)
        if self._client.cut:
            raise RedisConnectionError("cut")
        return answers
