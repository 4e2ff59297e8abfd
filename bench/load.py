"""Load of two kinds: arrivals at fixed times whatever the server does, and as much as it can take."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Send = Callable[[int], Awaitable[None]]
"""Sends the request of this number and returns when it was answered; raises when it was refused."""

HEAD_START = 0.2
"""Seconds until the first arrival, so that the schedule is not late before it begins."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Seconds. `latencies` count from the scheduled time; `lateness` is how late a request was sent.

    Lateness is part of the latency: a stall of the generator is not hidden, but can be told apart.
    """

    latencies: Sequence[float]
    lateness: Sequence[float]


async def open_loop(due: Sequence[float], send: Send) -> Answers:
    """Send request n at `due[n]` seconds, whether or not the earlier ones were answered."""
    loop = asyncio.get_running_loop()
    start = loop.time() + HEAD_START
    latencies: list[float] = []
    lateness: list[float] = []

    async def one(number: int, scheduled: float) -> None:
        lateness.append(loop.time() - scheduled)
        await send(number)
        latencies.append(loop.time() - scheduled)

    async with asyncio.TaskGroup() as group:
        for number, offset in enumerate(due):
            pause = start + offset - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            group.create_task(one(number, start + offset))
    return Answers(latencies, lateness)


async def closed_loop(limit: int, senders: int, seconds: float, send: Send) -> float:
    """Answered requests a second while `senders` send one after the other, at most `limit` in all."""
    loop = asyncio.get_running_loop()
    numbers = itertools.count()
    start = loop.time()
    end = start + seconds
    answered = 0

    async def sender() -> None:
        nonlocal answered
        while loop.time() < end and (number := next(numbers)) < limit:
            await send(number)
            answered += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(senders):
            group.create_task(sender())
    return answered / (loop.time() - start)
