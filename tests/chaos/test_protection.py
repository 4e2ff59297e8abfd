"""Promises P4 and P11 over processes: 50 customers of 4 workers for one unit and for one slot.

A worker is killed with `kill -9` among them and another takes its customers over, as the queue does. In the
ERP a colleague cancels, changes or sells at the counter what she sees coming.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import psycopg
import pytest
from tests.chaos.shoppers import RULES, Errand
from tests.contract.clinics import add_clinic
from tests.fixtures.odoo import BELA, DATABASE, running_odoo
from tests.fixtures.odoo_shop import Rows

from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.values import created

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

CUSTOMERS = 50
WORKERS = 4
PRICE = "39.90"
HOLD_SECONDS = 5.0
AT_THE_DOOR, AMONG_THE_FIRST, LATER = 1, 2, 4
"""How many lines a worker writes before it is killed: that it is open, then one for each customer's step."""

MOMENT = timedelta(seconds=1)
"""Two confirmations in one moment: which came first, Odoo itself does not tell."""

Step = dict[str, object]


@dataclass
class Shop:
    """`told` are the steps of each customer, whichever worker told them."""

    client: OdooClient
    rows: Rows
    errand: Errand
    told: dict[int, list[Step]] = field(default_factory=dict)

    def last(self, *steps: str) -> list[Step]:
        """The last steps of the customers who ended with one of these."""
        return [told[-1] for told in self.told.values() if told[-1]["step"] in steps]

    def waiting(self) -> list[int]:
        """Customers who got no answer yet."""
        return [n for n in range(CUSTOMERS) if n not in self.told or self.told[n][-1]["step"] == "reserved"]

    async def everybody_comes(self, dies_after: int | None = None) -> None:
        """All workers at once; the customers of the one that died are taken over by another."""
        crowds = [list(range(worker, CUSTOMERS, WORKERS)) for worker in range(WORKERS)]
        deaths = [dies_after] + [None] * (WORKERS - 1)
        await asyncio.gather(*map(self.work, crowds, deaths))
        if self.waiting():
            await self.work(self.waiting())

    async def work(self, numbers: list[int], dies_after: int | None = None) -> None:
        """One worker with these customers; who has reserved says yes now."""
        reserved = [n for n in numbers if n in self.told and self.told[n][-1]["step"] == "reserved"]
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.chaos.shoppers",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(replace(self.errand, numbers=numbers, reserved=reserved).to_json())
        worker.stdin.close()
        if dies_after is not None:
            await self._read(worker.stdout, dies_after)
            worker.kill()
        await self._read(worker.stdout)
        assert await worker.wait() == (0 if dies_after is None else -9)

    async def _read(self, lines: asyncio.StreamReader, most: int = 2**31) -> None:
        while most and (line := await lines.readline()):
            most -= 1
            step = json.loads(line)
            if "number" in step:
                self.told.setdefault(step["number"], []).append(step)

    def held(self) -> int:
        with psycopg.connect(self.errand.store) as connection:
            row = connection.execute("select count(*) from holds where expires_at > now()").fetchone()
        assert row is not None
        return int(row[0])

    def confirmed_with(self, order: object) -> dict[object, int]:
        """Units of each product that an order had when it was confirmed. People may add more afterwards."""
        query = (
            "select i.product_id, sum(i.quantity)::int from order_items i"
            " join erp.pickings p on p.order_id = i.order_id"  # made by the confirmation
            " where i.order_id = %s and i.created_at <= p.created_at group by i.product_id"
        )
        with psycopg.connect(self.rows.dsn) as connection:
            return {row[0]: row[1] for row in connection.execute(query.encode(), (order,))}

    def confirmed_at(self, order: object) -> datetime:
        found = self.rows.value("select ordered_at from orders where id = %s", int(str(order)))
        assert isinstance(found, datetime)
        return found

    def orders(self, status: str) -> set[object]:
        """Ids of our orders in the ERP."""
        query = "select id from orders where client_order_ref ^@ 'caos-' and status = %s"
        with psycopg.connect(self.rows.dsn) as connection:
            return {row[0] for row in connection.execute(query.encode(), (status,))}


@pytest.fixture
async def shop(database: str, odoo_database: str) -> AsyncIterator[Shop]:
    rows = Rows(odoo_database)
    async with running_odoo(odoo_database) as odoo, aiohttp.ClientSession() as session:
        errand = Errand(
            store=database,
            url=odoo.url,
            database=DATABASE,
            login=BELA.login,
            key=BELA.key,
            customer=rows.customer("Maria da Silva"),
        )
        yield Shop(OdooClient(session, odoo.access(timeout=30.0)), rows, errand)


@pytest.fixture
def other(shop: Shop) -> int:
    """Another product of the same category as the one of which a single unit is left."""
    category = shop.rows.category("Últimas unidades")
    warehouse = shop.rows.value("select min(id) from erp.warehouses where company_id = 1")
    assert isinstance(warehouse, int)
    last, other = (shop.rows.product(name, PRICE, category) for name in ("Última unidade", "Outra"))
    shop.rows.stock(last, warehouse, 1)
    shop.rows.stock(other, warehouse, 100)
    shop.errand = replace(shop.errand, product=last, price=PRICE)
    return other


def require_true_alternatives(shop: Shop, other: int) -> None:
    for refusal in shop.last("sold_out"):
        assert float(str(refusal["available"])) == 0
        assert refusal["others"] == [other]


@pytest.mark.parametrize("dies_after", [None, AT_THE_DOOR, AMONG_THE_FIRST, LATER])
async def test_p11_one_of_fifty_gets_the_last_unit(shop: Shop, other: int, dies_after: int | None) -> None:
    await shop.everybody_comes(dies_after)
    (done,) = shop.last("done")
    assert shop.orders("sale") == {done["id"]}
    assert len(shop.last("sold_out")) == CUSTOMERS - 1
    require_true_alternatives(shop, other)
    assert shop.held() == 0


async def test_p11_what_a_dead_worker_held_is_free_again_after_the_expiry(shop: Shop, other: int) -> None:
    shop.errand = replace(shop.errand, hold_seconds=HOLD_SECONDS, hesitates=60.0)
    await shop.work([0], dies_after=AMONG_THE_FIRST)
    assert shop.told[0][-1]["step"] == "reserved"
    assert shop.held() == 1
    async with asyncio.timeout(HOLD_SECONDS + 10):
        while shop.held():
            await asyncio.sleep(0.2)
    shop.errand = replace(shop.errand, hesitates=0.0)
    await shop.work([1])
    (done,) = shop.last("done")
    assert shop.orders("sale") == {done["id"]}
    assert shop.held() == 0


async def test_p11_while_a_colleague_cancels_orders_in_the_erp_nothing_is_sold_twice(
    shop: Shop, other: int
) -> None:
    colleague = asyncio.create_task(_cancel_what_comes(shop, 1))
    await shop.everybody_comes(AMONG_THE_FIRST)
    cancelled = await colleague
    done = {step["id"] for step in shop.last("done")}
    assert len(shop.last("done", "sold_out", "order_cancelled")) == CUSTOMERS
    assert done - cancelled == shop.orders("sale")
    assert len(shop.orders("sale")) <= 1
    require_true_alternatives(shop, other)
    assert shop.held() == 0
    shop.told.clear()
    await shop.work([CUSTOMERS])
    assert len(shop.orders("sale")) == 1


async def test_p11_what_a_colleague_adds_to_a_draft_of_ours_is_never_confirmed_as_agreed(
    shop: Shop, other: int
) -> None:
    colleague = asyncio.create_task(_meddle(shop, lambda draft: _add_a_line(shop, draft, other)))
    try:
        await shop.everybody_comes(AMONG_THE_FIRST)
    finally:
        colleague.cancel()
        await asyncio.gather(colleague, return_exceptions=True)
    agreed = {step["id"] for step in shop.last("done")}
    assert len(shop.last("done", "sold_out", "order_changed", "price_changed")) == CUSTOMERS
    assert shop.orders("sale") == agreed
    assert len(agreed) <= 1
    assert all(shop.confirmed_with(id_) == {shop.errand.product: 1} for id_ in agreed)
    assert shop.held() == 0


async def test_p11_what_a_colleague_sells_first_is_not_sold_again(shop: Shop, other: int) -> None:
    colleague = asyncio.create_task(_sell_when_somebody_reserved(shop))
    await shop.everybody_comes(AMONG_THE_FIRST)
    sold = await colleague
    done = [step["id"] for step in shop.last("done")]
    assert len(shop.last("sold_out")) == CUSTOMERS - len(done)
    assert shop.orders("sale") == set(done)
    # Whoever confirmed last oversold: that is never us.
    assert not done or shop.confirmed_at(done[0]) <= shop.confirmed_at(sold) + MOMENT
    assert shop.held() == 0


@pytest.mark.parametrize("dies_after", [None, AMONG_THE_FIRST])
async def test_p11_one_of_fifty_gets_the_slot(shop: Shop, dies_after: int | None) -> None:
    add_clinic(shop.rows)
    service = shop.rows.value("select max(id) from products where default_code = 'LIMPEZA'")
    assert isinstance(service, int)
    calendar = OdooCalendar(shop.client, RULES, now=lambda: datetime.now(UTC))
    start = datetime.now(UTC) + timedelta(days=2)
    slot = (await calendar.slots(service, start, start + timedelta(days=7)))[0]
    shop.errand = replace(
        shop.errand, service=service, professional=slot.professional_id, starts=slot.start.isoformat()
    )
    await shop.everybody_comes(dies_after)
    (done,) = shop.last("done")
    assert [appointment.id for appointment in await calendar.conflicts(slot)] == [done["id"]]
    assert len(shop.last("slot_taken")) == CUSTOMERS - 1
    assert all(refusal["others"] for refusal in shop.last("slot_taken"))
    assert shop.held() == 0


async def _meddle(shop: Shop, act: Callable[[int], Awaitable[None]]) -> None:
    """A colleague who acts on each new draft of ours, until she is sent home."""
    met: set[object] = set()
    while True:
        await asyncio.sleep(0.02)
        for draft in (await asyncio.to_thread(shop.orders, "draft")) - met:
            met.add(draft)
            await act(int(str(draft)))


async def _add_a_line(shop: Shop, draft: int, product: int) -> None:
    line = [0, 0, {"product_id": product, "product_uom_qty": 1}]
    await shop.client.write("sale.order", "write", [draft], vals={"order_line": [line]})


async def _sell_when_somebody_reserved(shop: Shop) -> int:
    async with asyncio.timeout(60):
        while not any(step["step"] == "reserved" for steps in shop.told.values() for step in steps):
            await asyncio.sleep(0.001)
    return await _sell_at_the_counter(shop)


async def _sell_at_the_counter(shop: Shop) -> int:
    values = {
        "partner_id": shop.errand.customer,
        "order_line": [[0, 0, {"product_id": shop.errand.product, "product_uom_qty": 1}]],
    }
    order = created(await shop.client.write("sale.order", "create", vals_list=values))
    await shop.client.write("sale.order", "action_confirm", [order])
    return order


async def _cancel_what_comes(shop: Shop, most: int) -> set[object]:
    """A colleague cancels orders of ours as soon as she sees them; which ones, within a minute."""
    cancelled: set[object] = set()
    async with asyncio.timeout(60):
        while len(cancelled) < most:
            await asyncio.sleep(0.05)
            for order in await asyncio.to_thread(lambda: shop.orders("draft") | shop.orders("sale")):
                context = {"disable_cancel_warning": True}
                await shop.client.write("sale.order", "action_cancel", [int(str(order))], context=context)
                cancelled.add(order)
    return cancelled
