"""The first level, alone: one load for all who wait, races, lifetimes, bounds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

import pytest
from tests.fixtures.caching import Source, shelf

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.cache.keys import CacheKey, Invalidation, Kind
from chatwootai.integrations.cache.memory import Memory
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.two_levels import TwoLevelCache
from chatwootai.observability import metrics

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def cache() -> AsyncIterator[TwoLevelCache]:
    async with make_cache(None) as made:
        yield made


async def test_a_hundred_at_once_load_once(cache: TwoLevelCache) -> None:
    source = Source()
    assert set(await asyncio.gather(*(source.by(cache) for _ in range(100)))) == {1}
    assert source.loads == 1


async def test_accounts_kinds_names_and_variants_are_apart(cache: TwoLevelCache) -> None:
    shelves = [shelf("bela"), shelf("vita"), shelf("bela", Kind.STOCK)]
    places = [(kept, name, variant) for kept in shelves for name in ("7", "8") for variant in ("", "maria")]
    for expected in (list(range(1, 13)), list(range(1, 13))):
        seen = [
            await cache.get(kept, name, Source(number).load, variant=variant)
            for number, (kept, name, variant) in enumerate(places, start=1)
        ]
        assert seen == expected


async def test_who_looks_after_an_invalidation_does_not_join_a_load_that_began_before(
    cache: TwoLevelCache,
) -> None:
    source = Source(gate=asyncio.Event())
    early = asyncio.create_task(source.by(cache))
    await source.reading.wait()
    source.value = 2
    await cache.invalidate("bela", Kind.OFFERS, ["7"])
    assert source.gate is not None
    source.gate.set()
    assert await source.by(cache) == 2
    assert await early == 1
    assert await source.by(cache) == 2
    assert source.loads == 2


async def test_an_invalidation_without_names_is_of_everything_and_with_none_of_nothing(
    cache: TwoLevelCache,
) -> None:
    source = Source()
    await source.by(cache)
    source.value = 2
    await cache.invalidate("bela", Kind.OFFERS, [])
    await cache.invalidate("bela", Kind.STOCK)
    await cache.invalidate("vita", Kind.OFFERS)
    assert await source.by(cache) == 1
    await cache.invalidate("bela", Kind.OFFERS)
    assert await source.by(cache) == 2


async def test_a_failure_is_told_to_all_who_wait_and_kept_by_nobody(cache: TwoLevelCache) -> None:
    async def fails() -> int:
        await asyncio.sleep(0)
        raise LookupError("no ERP")

    answers = await asyncio.gather(
        *(cache.get(shelf(), "7", fails) for _ in range(10)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [LookupError] * 10
    assert await Source(3).by(cache) == 3


async def test_who_gives_up_does_not_take_the_value_from_the_others(cache: TwoLevelCache) -> None:
    source = Source(gate=asyncio.Event())
    waiting = [asyncio.create_task(source.by(cache)) for _ in range(2)]
    await source.reading.wait()
    waiting[0].cancel()
    assert source.gate is not None
    source.gate.set()
    assert await waiting[1] == 1
    assert waiting[0].cancelled()
    assert source.loads == 1


async def test_of_several_only_the_unknown_are_loaded_at_once(cache: TwoLevelCache) -> None:
    kept, asked = shelf(), []

    async def load(keys: Sequence[CacheKey]) -> Mapping[CacheKey, int]:
        asked.append([key.name for key in keys])
        await asyncio.sleep(0)
        return {key: int(key.name) for key in keys}

    async def look(*names: str) -> list[int]:
        keys = [kept.key(name) for name in names]
        found = await cache.get_many(kept, keys, load)
        return [found[key] for key in keys]

    assert await look("1", "2", "1") == [1, 2, 1]
    assert list(await asyncio.gather(look("2", "3"), look("4", "3"), look())) == [[2, 3], [4, 3], []]
    assert asked == [["1", "2"], ["3"], ["4"]]


async def test_values_live_from_the_beginning_of_their_load() -> None:
    clock = Clock()
    cache, source = TwoLevelCache(clock=clock), Source()
    kept = shelf(alone=4.0)

    async def slow() -> int:
        clock.now += 3.0
        return await source.load()

    assert await cache.get(kept, "7", slow) == 1
    source.value = 2
    clock.now += 0.9
    assert await cache.get(kept, "7", slow) == 1
    clock.now += 0.1
    assert await cache.get(kept, "7", source.load) == 2


def test_the_least_used_goes_first_and_no_account_takes_the_room_of_another() -> None:
    memory = Memory(largest=2, clock=Clock())
    other = CacheKey("vita", Kind.OFFERS, "1")
    keys = [CacheKey("bela", Kind.OFFERS, str(number)) for number in range(3)]
    for key in (other, *keys[:2]):
        memory.put(key, key.name, 1.0)
    assert memory.get(keys[0]) is not None
    memory.put(keys[2], "2", 1.0)
    assert [memory.get(key) is not None for key in (other, *keys)] == [True, True, False, True]
    memory.drop(Invalidation("bela", Kind.OFFERS, frozenset({"0"})))
    assert len(memory) == 2


async def test_what_is_none_is_kept_like_any_value(cache: TwoLevelCache) -> None:
    loads = 0

    async def nothing() -> None:
        nonlocal loads
        loads += 1

    for _ in range(2):
        assert await cache.get(shelf(), "7", nothing) is None  # type: ignore[arg-type]  # on purpose
    assert loads == 1


async def test_every_read_is_counted_by_where_its_value_was(cache: TwoLevelCache) -> None:
    def count(found: str) -> float:
        labels = {"account": "counted", "kind": "offers", "found": found}
        return metrics.REGISTRY.get_sample_value("chatwootai_cache_reads_total", labels) or 0.0

    before = [count("memory"), count("loaded")]
    source = Source()
    for _ in range(3):
        await source.by(cache, account="counted")
    assert [count("memory") - before[0], count("loaded") - before[1]] == [2, 1]


async def test_closing_ends_what_is_being_loaded() -> None:
    source = Source(gate=asyncio.Event())
    async with make_cache(None) as cache:
        waiting = asyncio.create_task(source.by(cache))
        await source.reading.wait()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_what_is_no_address_of_a_redis_is_a_mistake_of_the_configuration() -> None:
    with pytest.raises(ConfigurationError, match="REDIS_URL"):
        async with make_cache("localhost:6379"):
            pass
