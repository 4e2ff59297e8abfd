"""Where each account's feed stands: the fake in memory and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fakes.changes import FakeFeedPositions

from chatwootai.domain.changes import FeedPositions
from chatwootai.integrations.postgres.feed_positions import PostgresFeedPositions
from chatwootai.integrations.postgres.pool import make_pool

pytestmark = pytest.mark.contract


@pytest.fixture(params=["fake", "postgres"])
async def positions(request: pytest.FixtureRequest) -> AsyncIterator[FeedPositions]:
    if request.param == "fake":
        yield FakeFeedPositions()
        return
    async with make_pool(request.getfixturevalue("database"), size=2, timeout=5, name="rows") as pool:
        yield PostgresFeedPositions(pool)


async def test_a_feed_that_was_never_read_has_no_position(positions: FeedPositions) -> None:
    assert await positions.position("1") is None


async def test_the_position_is_the_last_that_was_told(positions: FeedPositions) -> None:
    await positions.advance("1", '{"product": "2026-12-07 10:00:00"}')
    await positions.advance("1", '{"product": "2026-12-07 10:00:01"}')
    assert await positions.position("1") == '{"product": "2026-12-07 10:00:01"}'


async def test_p12_each_account_has_its_own(positions: FeedPositions) -> None:
    await positions.advance("1", "here")
    await positions.advance("2", "there")
    assert await positions.position("1") == "here"
    assert await positions.position("2") == "there"
    assert await positions.position("3") is None
