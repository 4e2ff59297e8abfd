"""Purchases and bookings of several workers over real PostgreSQL, for one unit and one slot (promise P11)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.fakes.script import Script
from tests.unit.hub.booking import CLEANING, Clinic, at
from tests.unit.hub.purchasing import ACCOUNT, CREAM, MARIA, MASK, SHAMPOO, Shop, erratic, some

from chatwootai.domain.errors import Refusal
from chatwootai.domain.money import Money
from chatwootai.hub.bookings import Booked, Bookings
from chatwootai.hub.bookings import Refused as SlotRefused
from chatwootai.hub.purchases import Placed, Purchases, Refused
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

pytestmark = pytest.mark.integration

CUSTOMERS = 50


@pytest.fixture
async def stores(database: str) -> AsyncIterator[list[PostgresHoldStore]]:
    """Four stores that share nothing but the database, as those of four workers do."""
    async with AsyncExitStack() as stack:
        stores = []
        for _ in range(4):
            rows = await stack.enter_async_context(make_pool(database, size=2, timeout=30, name="rows"))
            locks = await stack.enter_async_context(make_lock_pool(database, size=2, timeout=30))
            stores.append(PostgresHoldStore(rows, Seclusion(locks)))
        yield stores


async def test_p11_of_fifty_customers_one_buys_the_last_unit(stores: list[PostgresHoldStore]) -> None:
    shop = Shop(script=Script(pause=erratic(1)))
    shop.catalog.set_available(SHAMPOO, Decimal(1))
    workers = [replace(shop.purchases, holds=store) for store in stores]

    async def wants(number: int) -> Placed | Refused:
        worker: Purchases = workers[number % 4]
        outcome = await worker.reserve(str(number), MARIA, [some(SHAMPOO)])
        if isinstance(outcome, Refused):
            return outcome
        return await worker.confirm(str(number), MARIA, [some(SHAMPOO)], Money(Decimal("39.90")))

    outcomes = await asyncio.gather(*map(wants, range(CUSTOMERS)))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(refusals) == CUSTOMERS - 1
    assert {refusal.reason for refusal in refusals} == {Refusal.SOLD_OUT}
    for refusal in refusals:
        assert refusal.available == 0
        assert [offer.product.id for offer in refusal.alternatives] == [CREAM, MASK]
    assert len(shop.orders.confirmed()) == 1
    assert await stores[0].stock_held(ACCOUNT, [SHAMPOO]) == {SHAMPOO: 0}


async def test_p11_of_fifty_customers_one_gets_the_slot(stores: list[PostgresHoldStore]) -> None:
    clinic = Clinic(script=Script(pause=erratic(2)))
    workers = [replace(clinic.bookings, holds=store) for store in stores]

    async def wants(number: int) -> Booked | SlotRefused:
        worker: Bookings = workers[number % 4]
        outcome = await worker.reserve(str(number), CLEANING, at(2))
        if isinstance(outcome, SlotRefused):
            return outcome
        return await worker.confirm(str(number), CLEANING, at(2), MARIA, "Limpeza")

    outcomes = await asyncio.gather(*map(wants, range(CUSTOMERS)))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, SlotRefused)]
    assert len(refusals) == CUSTOMERS - 1
    assert all(at(2) not in refusal.alternatives and refusal.alternatives for refusal in refusals)
    assert [appointment.slot for appointment in clinic.calendar.booked()] == [at(2)]
    days = timedelta(days=400)
    now = datetime.now(UTC)
    assert list(await stores[0].slots_held(ACCOUNT, [3, 4], now - days, now + days)) == []


async def test_p11_what_a_worker_held_when_it_died_is_free_again_after_its_time(
    stores: list[PostgresHoldStore],
) -> None:
    shop = Shop()
    shop.catalog.set_available(SHAMPOO, Decimal(1))
    dead = replace(shop.purchases, holds=stores[0], hold_seconds=0.2)
    alive = replace(shop.purchases, holds=stores[1])
    await dead.reserve("dead", MARIA, [some(SHAMPOO)])
    await asyncio.sleep(0.3)
    assert isinstance(await alive.confirm("alive", MARIA, [some(SHAMPOO)], Money(Decimal("39.90"))), Placed)
