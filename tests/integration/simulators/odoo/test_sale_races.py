"""What happens when several clients confirm in the same moment. Waits are made certain by a lock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from tests.integration.simulators.odoo.sale_shop import STOCK, Shop, sale_shop

pytestmark = pytest.mark.integration

_WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
_LOCK_STOCK = "SELECT FROM public.stock WHERE product_id = %s FOR UPDATE"
_FOLLOW = "INSERT INTO erp.followers (model, res_id, partner_id) VALUES ('sale.order', %s, %s)"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with sale_shop(odoo_database) as found:
        yield found


async def confirmed_together(
    shop: Shop, orders: list[int], statement: str, *values: int
) -> list[dict[str, Any]]:
    """Confirm all at once: a lock is held until every call waits for one, then let go."""
    dsn = shop.caller.rows.dsn
    async with (
        await psycopg.AsyncConnection.connect(dsn) as holder,
        await psycopg.AsyncConnection.connect(dsn, autocommit=True) as watcher,
    ):
        await holder.execute(statement.encode(), values)
        calls = [
            asyncio.create_task(shop.caller.answer("sale.order", "action_confirm", [order]))
            for order in orders
        ]
        while await waiting(watcher) < len(orders):
            await asyncio.sleep(0.02)
        await holder.rollback()
    return list(await asyncio.gather(*calls))


async def waiting(watcher: psycopg.AsyncConnection[Any]) -> int:
    row = await (await watcher.execute(_WAITING)).fetchone()
    return int(row[0]) if row else 0


async def test_of_five_confirmations_of_one_order_one_succeeds_and_ships_once(shop: Shop) -> None:
    order = await shop.order((shop.lamp, 2))
    answers = await confirmed_together(shop, [order] * 5, _FOLLOW, order, shop.maria)
    assert [answer["result"] for answer in answers if "result" in answer] == [True]
    errors = [answer["error"]["data"] for answer in answers if "error" in answer]
    assert {error["name"] for error in errors} == {"odoo.exceptions.ValidationError"}
    assert all("a partner cannot follow twice the same object" in error["message"] for error in errors)
    assert len(await shop.pickings(order, "id")) == 1
    assert await shop.free() == STOCK - 2


async def test_three_orders_over_the_last_units_all_succeed_and_two_of_them_are_assigned(shop: Shop) -> None:
    orders = [await shop.order((shop.lamp, STOCK)) for _ in range(3)]
    answers = await confirmed_together(shop, orders, _LOCK_STOCK, shop.lamp)
    assert [answer.get("result") for answer in answers] == [True, True, True]
    states = [row["state"] for order in orders for row in await shop.pickings(order, "state")]
    assert sorted(states) == ["assigned", "assigned", "confirmed"]
    assert await shop.free() == -STOCK


async def test_a_sequence_of_orders_reserves_no_more_than_there_is(shop: Shop) -> None:
    orders = [await shop.sold((shop.lamp, STOCK)) for _ in range(3)]
    states = [row["state"] for order in orders for row in await shop.pickings(order, "state")]
    assert states == ["assigned", "confirmed", "confirmed"]
    assert await shop.free() == 0.0


async def test_cancelling_what_was_reserved_twice_gives_it_back_twice(shop: Shop) -> None:
    orders = [await shop.order((shop.lamp, STOCK)) for _ in range(2)]
    await confirmed_together(shop, orders, _LOCK_STOCK, shop.lamp)
    assert await shop.free() == -STOCK
    silent = {"disable_cancel_warning": True}
    await shop.call("sale.order", "action_cancel", orders, context=silent)
    assert await shop.free() == STOCK
