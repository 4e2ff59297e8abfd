"""Sweeps over real PostgreSQL: side by side they hold nothing that turns need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.fakes.crews import EchoCrew
from tests.fakes.helpdesk import FakeHelpdesk
from tests.unit.hub.conftest import make_account

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.conversations import ConversationGlance
from chatwootai.hub.sweep import sweep
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import Pool, make_pool
from chatwootai.integrations.postgres.queue import make_queue
from chatwootai.integrations.postgres.sweep_store import PostgresSweepStore

pytestmark = pytest.mark.integration

ACCOUNTS = [AccountId(str(number)) for number in range(4)]


class MeetingHelpdesk(FakeHelpdesk):
    """Lists its conversations when every other sweep has come as far."""

    meeting: asyncio.Barrier

    async def updated_within(self, seconds: int) -> tuple[ConversationGlance, ...]:
        await self.meeting.wait()
        return await super().updated_within(seconds)


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    async with make_pool(database, size=2, timeout=2, name="worker") as pool:
        yield pool


async def test_p6_more_accounts_than_connections_are_swept_at_once(pool: Pool) -> None:
    deliveries = PostgresDeliveryStore(pool, make_queue())
    sweeps = PostgresSweepStore(pool, interval=30, settling=0)
    meeting = asyncio.Barrier(len(ACCOUNTS))
    desks = [MeetingHelpdesk(account) for account in ACCOUNTS]
    for desk in desks:
        desk.meeting = meeting
        desk.customer_writes(7, "oi")
    accounts = [make_account(desk.account, desk, EchoCrew()) for desk in desks]
    async with asyncio.timeout(10):
        found = await asyncio.gather(*(sweep(account, sweeps, deliveries) for account in accounts))
    assert found == [1, 1, 1, 1]


async def test_of_all_workers_one_sweeps_an_account_and_not_again_at_once(pool: Pool) -> None:
    sweeps = PostgresSweepStore(pool, interval=30, settling=0)
    async with sweeps.turn_of_sweeping("1") as mine, sweeps.turn_of_sweeping("1") as anothers:
        assert (mine, anothers) == (-1.0, None)
    async with sweeps.turn_of_sweeping("1") as too_early:
        assert too_early is None


async def test_p6_a_sweep_whose_worker_died_is_taken_over(pool: Pool) -> None:
    sweeps = PostgresSweepStore(pool, interval=30, settling=0, lease=0.2)
    dead = sweeps.turn_of_sweeping("1")
    await dead.__aenter__()
    async with sweeps.turn_of_sweeping("1") as too_early:
        assert too_early is None
    await asyncio.sleep(0.3)
    async with sweeps.turn_of_sweeping("1") as since:
        assert since == -1.0
