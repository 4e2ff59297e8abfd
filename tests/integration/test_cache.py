"""Both levels over a real Redis, which dies, hangs and comes back."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis
from tests.fakes.catalog import FakeCatalog
from tests.fakes.changes import FakeFeed, FakeFeedPositions
from tests.fixtures.caching import Source, eventually, shelf
from tests.fixtures.ports import free_port
from tests.fixtures.redis import RedisServer, running_redis

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.money import Money
from chatwootai.hub.changes import relay
from chatwootai.integrations.cache.catalog import CachedCatalog
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.two_levels import TwoLevelCache

pytestmark = pytest.mark.integration

Twins = tuple[TwoLevelCache, TwoLevelCache]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    with running_redis(tmp_path) as server:
        yield server


@pytest.fixture
async def twins(redis_server: RedisServer) -> AsyncIterator[Twins]:
    """Two caches that know each other only by Redis, as those of two processes do.

    They are patient, for a machine that runs many tests at once stalls.
    """
    url = redis_server.url
    async with make_cache(url, patience=1.0) as one, make_cache(url, patience=1.0) as other:
        yield one, other


async def is_shared(one: TwoLevelCache, other: TwoLevelCache) -> bool:
    """Whether both use Redis: what one loads the other need not."""
    source, name = Source(), uuid.uuid4().hex
    await source.by(one, name)
    await source.by(other, name)
    return source.loads == 1


async def test_what_one_process_loaded_the_other_need_not(twins: Twins) -> None:
    source = Source()
    assert [await source.by(cache) for cache in (*twins, *twins)] == [1, 1, 1, 1]
    assert source.loads == 1


async def test_a_hundred_who_want_the_same_at_once_load_it_once(twins: Twins) -> None:
    source = Source()
    values = await asyncio.gather(*(source.by(twins[number % 2]) for number in range(100)))
    assert (set(values), source.loads) == ({1}, 1)


async def test_an_invalidation_reaches_every_process_and_every_variant(twins: Twins) -> None:
    one, other = twins
    source = Source()

    async def seen(cache: TwoLevelCache) -> list[int]:
        return [await cache.get(shelf(), "7", source.load, variant=variant) for variant in ("", "maria")]

    assert await seen(one) + await seen(other) == [1, 1, 1, 1]
    source.value = 2
    await one.invalidate("bela", Kind.OFFERS, ["7"])
    assert await seen(one) == [2, 2]

    async def other_sees_it() -> bool:
        return await seen(other) == [2, 2]

    await eventually(other_sees_it)


async def test_a_kind_is_invalidated_whole_and_no_other_nor_another_account(twins: Twins) -> None:
    _, other = twins
    offers, stock, elsewhere = Source(), Source(), Source()

    async def seen(cache: TwoLevelCache) -> tuple[int, int, int]:
        return (
            await cache.get(shelf(), "7", offers.load),
            await cache.get(shelf(kind=Kind.STOCK), "7", stock.load),
            await cache.get(shelf("vita"), "7", elsewhere.load),
        )

    for cache in twins:
        assert await seen(cache) == (1, 1, 1)
    offers.value = stock.value = elsewhere.value = 2
    await other.invalidate("bela", Kind.OFFERS)
    assert await seen(other) == (2, 1, 1)


async def test_a_load_that_an_invalidation_overtook_is_kept_nowhere(twins: Twins) -> None:
    one, other = twins
    source = Source(gate=asyncio.Event())
    late = asyncio.create_task(source.by(one))
    await source.reading.wait()
    source.value = 2
    await other.invalidate("bela", Kind.OFFERS, ["7"])
    assert source.gate is not None
    source.gate.set()
    assert await late == 1
    source.gate = None

    async def both_see_it() -> bool:
        return [await source.by(cache) for cache in twins] == [2, 2]

    await eventually(both_see_it)
    for cache in twins:
        cache.outdate(None)
    assert [await source.by(cache) for cache in twins] == [2, 2]


async def test_who_waits_for_a_process_that_died_while_loading_waits_a_second_at_most(twins: Twins) -> None:
    one, other = twins
    stuck, source = Source(gate=asyncio.Event()), Source(2)
    waiting = asyncio.create_task(stuck.by(one))
    await stuck.reading.wait()
    async with asyncio.timeout(20):
        assert await source.by(other) == 2
    waiting.cancel()


async def test_a_failed_load_is_raised_and_the_next_one_tries_at_once(twins: Twins) -> None:
    one, other = twins

    async def fails() -> int:
        raise LookupError("no ERP")

    with pytest.raises(LookupError):
        await one.get(shelf(), "7", fails)
    assert await Source(5).by(other) == 5


async def test_redis_killed_and_started_again(redis_server: RedisServer, twins: Twins) -> None:
    one, other = twins
    source = Source()
    assert [await source.by(cache) for cache in twins] == [1, 1]
    redis_server.kill()
    source.value = 2
    await one.invalidate("bela", Kind.OFFERS, ["7"])
    assert await source.by(one) == 2

    async def other_sees_it() -> bool:
        return await source.by(other) == 2

    await eventually(other_sees_it)
    loads = source.loads
    assert await source.by(one, "8") == await source.by(other, "8") == 2
    assert source.loads == loads + 2
    redis_server.start()

    async def shared_again() -> bool:
        return await is_shared(*twins)

    await eventually(shared_again)
    assert [await source.by(cache) for cache in twins] == [2, 2]


async def test_redis_frozen_in_the_middle_of_an_invalidation(redis_server: RedisServer, twins: Twins) -> None:
    one, other = twins
    source = Source()
    assert [await source.by(cache) for cache in twins] == [1, 1]
    redis_server.freeze()
    source.value = 2
    async with asyncio.timeout(20):
        await one.invalidate("bela", Kind.OFFERS, ["7"])
        assert await source.by(one) == 2

    async def other_sees_it() -> bool:
        return await source.by(other) == 2

    await eventually(other_sees_it)
    redis_server.thaw()

    async def shared_again() -> bool:
        assert [await source.by(cache) for cache in twins] == [2, 2]
        return await is_shared(*twins)

    await eventually(shared_again)


async def test_a_redis_that_hangs_holds_up_one_answer_and_not_each(redis_server: RedisServer) -> None:
    async with make_cache(redis_server.url) as cache:
        redis_server.freeze()
        async with asyncio.timeout(20):  # with the time-out for each of them it would be thirty
            for number in range(300):
                assert await Source().by(cache, f"new {number}") == 1


async def test_a_redis_that_comes_later_is_joined(tmp_path: Path) -> None:
    server = RedisServer(tmp_path, free_port())
    async with make_cache(server.url) as one, make_cache(server.url) as other:
        assert await Source(3).by(one) == 3
        await one.invalidate("bela", Kind.OFFERS)
        assert await Source(4).by(one) == 4
        server.start()
        try:

            async def shared() -> bool:
                return await is_shared(one, other)

            await eventually(shared)
        finally:
            server.stop()


async def test_an_entry_that_cannot_be_read_is_loaded_anew(redis_server: RedisServer, twins: Twins) -> None:
    one, other = twins
    source = Source()
    await source.by(one)
    async with Redis.from_url(redis_server.url, protocol=2, decode_responses=False) as client:
        (entry,) = [key async for key in client.scan_iter("chatwootai:cache:*:entry:*")]
        stored = await client.get(entry)
        assert isinstance(stored, bytes)
        for spoilt in (stored + b"]", b"", b"nonsense", b"1 2 3\n4"):
            await client.set(entry, spoilt)
            other.outdate(None)
            assert await source.by(other) == 1


async def test_a_message_that_nobody_understands_has_everything_forgotten(
    redis_server: RedisServer, twins: Twins
) -> None:
    one, _ = twins
    source = Source()
    await source.by(one)
    source.value = 2
    async with Redis.from_url(redis_server.url, protocol=2, decode_responses=False) as client:
        await client.flushdb()
        await client.publish("chatwootai:cache:1:invalidations", b"\xff{")

    async def seen() -> bool:
        return await source.by(one) == 2

    await eventually(seen)


async def test_a_redis_without_memory_tells_of_invalidations_all_the_same(
    redis_server: RedisServer, twins: Twins
) -> None:
    one, other = twins
    source = Source()
    assert [await source.by(cache) for cache in twins] == [1, 1]
    async with Redis.from_url(redis_server.url, protocol=2, decode_responses=False) as client:
        await client.config_set("maxmemory", "1")
    assert await Source(5).by(one, "new") == 5
    source.value = 2
    await one.invalidate("bela", Kind.OFFERS, ["7"])
    assert await source.by(one) == 2

    async def other_sees_it() -> bool:
        return await source.by(other) == 2

    await eventually(other_sees_it)


@pytest.mark.parametrize("redis", ["runs", "is killed", "hangs"])
async def test_a_new_price_that_one_process_hears_of_is_in_the_next_answers_of_both(
    redis_server: RedisServer, twins: Twins, redis: str
) -> None:
    cream = Offer(Product(7, "Creme"), Money(Decimal("39.90")), Decimal(5))
    erp, feed = FakeCatalog([cream]), FakeFeed()
    catalogs = [CachedCatalog(erp, cache, "bela") for cache in twins]
    positions = FakeFeedPositions()
    await relay("bela", feed, [catalogs[0]], positions)

    async def prices() -> list[Decimal]:
        return [(await catalog.offers([7]))[0].price.amount for catalog in catalogs]

    assert await prices() == [Decimal("39.90")] * 2
    if redis == "is killed":
        redis_server.kill()
    elif redis == "hangs":
        redis_server.freeze()
    erp.set_price(7, Decimal("35.00"))
    feed.happened.append(Change(ChangeKind.PRICE, 7, datetime.now(UTC)))
    assert await relay("bela", feed, [catalogs[0]], positions) == 1
    assert (await catalogs[0].offers([7]))[0].price.amount == Decimal("35.00")

    async def both_know() -> bool:
        return await prices() == [Decimal("35.00")] * 2

    await eventually(both_know)


OTHER_PROCESS = """
import asyncio, json, sys
from tests.fixtures.caching import Source
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.opening import make_cache

async def main():
    async with make_cache(sys.argv[1]) as cache:
        source = Source(99)
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip() == "invalidate":
                await cache.invalidate("bela", Kind.OFFERS, ["7"])
            print(json.dumps([await source.by(cache), source.loads]), flush=True)

asyncio.run(main())
"""


async def answer(process: asyncio.subprocess.Process) -> list[int]:
    """What it saw and how often it has loaded; between answers there are lines of its log."""
    assert process.stdout is not None
    while not (line := await process.stdout.readline()).startswith(b"["):
        assert line, "the other process ended"
    seen: list[int] = json.loads(line)
    return seen


async def test_another_process_shares_and_invalidates(redis_server: RedisServer) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error", "-c", OTHER_PROCESS, redis_server.url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    async with make_cache(redis_server.url) as cache:
        source = Source()
        process.stdin.write(b"look\n")
        assert await answer(process) == [99, 1]

        async def shared() -> bool:
            return await source.by(cache) == 99

        await cache.invalidate("bela", Kind.OFFERS, ["7"])
        assert await source.by(cache) == 1
        source.value = 2
        process.stdin.write(b"invalidate\n")
        assert (await answer(process))[0] == 99
        await eventually(shared)
    process.stdin.close()
    assert await process.wait() == 0
