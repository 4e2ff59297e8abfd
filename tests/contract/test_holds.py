"""What every store of holds keeps to: the fake in memory and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.fakes.holds import FakeHolds

from chatwootai.domain.holds import Claim, HoldStore, SlotClaim, StockClaim
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

pytestmark = pytest.mark.contract

ACCOUNT, OTHER = "1", "2"
QUARTER = timedelta(minutes=15)
PAST = timedelta(seconds=-1)
TEN = datetime(2026, 12, 7, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["fake", "postgres"])
async def holds(request: pytest.FixtureRequest) -> AsyncIterator[HoldStore]:
    if request.param == "fake":
        yield FakeHolds()
        return
    dsn = request.getfixturevalue("database")
    async with (
        make_pool(dsn, size=4, timeout=5, name="rows") as pool,
        make_lock_pool(dsn, size=8, timeout=5) as locks,
    ):
        yield PostgresHoldStore(pool, Seclusion(locks))


def units(product: int, quantity: str) -> StockClaim:
    return StockClaim(product, Decimal(quantity))


async def test_what_was_placed_is_held_until_it_is_released(holds: HoldStore) -> None:
    claims: list[Claim] = [units(7, "2"), SlotClaim(3, TEN, TEN + HOUR), units(8, "0.5")]
    placed = await holds.place(ACCOUNT, "a", claims, QUARTER)
    assert placed.claims == tuple(claims)
    assert await holds.get(ACCOUNT, "a") == placed
    await holds.release(ACCOUNT, "a")
    assert await holds.get(ACCOUNT, "a") is None
    await holds.release(ACCOUNT, "a")


async def test_a_hold_ends_by_itself(holds: HoldStore) -> None:
    before = datetime.now(UTC)
    lasting = await holds.place(ACCOUNT, "lasting", [units(7, "1")], QUARTER)
    assert lasting.expires_at - before > QUARTER - timedelta(minutes=1)
    await holds.place(ACCOUNT, "over", [units(7, "2"), SlotClaim(3, TEN, TEN + HOUR)], PAST)
    assert await holds.get(ACCOUNT, "over") is None
    assert await holds.stock_held(ACCOUNT, [7]) == {7: 1}
    assert list(await holds.slots_held(ACCOUNT, [3], TEN, TEN + HOUR)) == []
    await holds.place(ACCOUNT, "over", [units(7, "3")], QUARTER)
    assert await holds.stock_held(ACCOUNT, [7]) == {7: 4}


async def test_placing_again_replaces_what_the_key_held(holds: HoldStore) -> None:
    await holds.place(ACCOUNT, "a", [units(7, "2"), units(8, "1")], QUARTER)
    again = await holds.place(ACCOUNT, "a", [units(7, "1")], QUARTER)
    assert await holds.get(ACCOUNT, "a") == again
    assert await holds.stock_held(ACCOUNT, [7, 8]) == {7: 1, 8: 0}


async def test_units_of_all_other_keys_are_added_up(holds: HoldStore) -> None:
    await holds.place(ACCOUNT, "a", [units(7, "2"), units(7, "1")], QUARTER)
    await holds.place(ACCOUNT, "b", [units(7, "0.25")], QUARTER)
    assert await holds.stock_held(ACCOUNT, [7, 9]) == {7: Decimal("3.25"), 9: 0}
    assert await holds.stock_held(ACCOUNT, [7], ignoring="a") == {7: Decimal("0.25")}
    assert await holds.stock_held(ACCOUNT, []) == {}


async def test_slots_that_only_touch_do_not_overlap(holds: HoldStore) -> None:
    await holds.place(ACCOUNT, "a", [SlotClaim(3, TEN, TEN + HOUR)], QUARTER)
    await holds.place(ACCOUNT, "b", [SlotClaim(4, TEN, TEN + HOUR)], QUARTER)

    async def held(start: datetime, end: datetime, ignoring: str = "") -> list[SlotClaim]:
        return list(await holds.slots_held(ACCOUNT, [3], start, end, ignoring=ignoring))

    assert await held(TEN - HOUR, TEN) == []
    assert await held(TEN + HOUR, TEN + 2 * HOUR) == []
    minute = timedelta(minutes=1)
    assert await held(TEN + HOUR - minute, TEN + 2 * HOUR) == [SlotClaim(3, TEN, TEN + HOUR)]
    assert await held(TEN, TEN + minute, ignoring="a") == []
    both = await holds.slots_held(ACCOUNT, [3, 4], TEN - HOUR, TEN + 2 * HOUR)
    assert [claim.professional_id for claim in both] == [3, 4]


@pytest.mark.parametrize("claims", [[], [units(7, "0")], [units(7, "-1")], [SlotClaim(3, TEN, TEN)]], ids=str)
async def test_a_hold_of_nothing_is_a_mistake(holds: HoldStore, claims: list[Claim]) -> None:
    with pytest.raises(ValueError, match="claims nothing"):
        await holds.place(ACCOUNT, "a", claims, QUARTER)
    assert await holds.get(ACCOUNT, "a") is None


async def test_p12_accounts_do_not_see_one_another(holds: HoldStore) -> None:
    mine = await holds.place(ACCOUNT, "a", [units(7, "2"), SlotClaim(3, TEN, TEN + HOUR)], QUARTER)
    assert await holds.get(OTHER, "a") is None
    assert await holds.stock_held(OTHER, [7]) == {7: 0}
    assert list(await holds.slots_held(OTHER, [3], TEN, TEN + HOUR)) == []
    await holds.place(OTHER, "a", [units(7, "5")], QUARTER)
    await holds.release(OTHER, "a")
    assert await holds.get(ACCOUNT, "a") == mine
    async with asyncio.timeout(5), holds.alone(ACCOUNT, ["product:7"]), holds.alone(OTHER, ["product:7"]):
        pass


async def test_only_one_at_a_time_is_inside_for_a_subject(holds: HoldStore) -> None:
    inside = 0

    async def enter(subjects: list[str]) -> None:
        nonlocal inside
        async with holds.alone(ACCOUNT, subjects):
            inside += 1
            assert inside == 1
            await holds.stock_held(ACCOUNT, [7])
            inside -= 1

    one = [["product:7"], ["product:8", "product:7"], ["product:7", "product:7", "product:9"]]
    async with asyncio.timeout(30):
        await asyncio.gather(*(enter(one[number % 3]) for number in range(24)))


async def test_opposite_orders_do_not_wait_in_a_circle(holds: HoldStore) -> None:
    async def enter(subjects: list[str]) -> None:
        async with holds.alone(ACCOUNT, subjects):
            await holds.stock_held(ACCOUNT, [1])

    pairs = [["product:1", "product:2"], ["product:2", "product:1"], ["product:3", "product:1"]]
    async with asyncio.timeout(30):
        await asyncio.gather(*(enter(pairs[number % 3]) for number in range(12)))


async def test_different_subjects_do_not_wait(holds: HoldStore) -> None:
    async with (
        asyncio.timeout(5),
        holds.alone(ACCOUNT, ["product:1"]),
        holds.alone(ACCOUNT, ["professional:1"]),
    ):
        pass


async def test_an_error_inside_lets_the_next_one_in(holds: HoldStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with holds.alone(ACCOUNT, ["product:7"]):
            raise ZeroDivisionError
    async with asyncio.timeout(5), holds.alone(ACCOUNT, ["product:7"]):
        pass


async def test_who_gives_up_waiting_leaves_nothing_locked(holds: HoldStore) -> None:
    async def enter() -> None:
        async with holds.alone(ACCOUNT, ["product:7"]):
            pass

    async with holds.alone(ACCOUNT, ["product:7"]):
        waiting = asyncio.create_task(enter())
        await holds.stock_held(ACCOUNT, [7])
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(5):
        await enter()
