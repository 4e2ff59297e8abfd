"""What all reports keep to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, ZONE
from tests.contract.shops import FAKE, Shop, add_product, new_customer, shop_of
from tests.fakes.sales_reports import FakeSalesReports

from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, Order, OrderState
from chatwootai.domain.sales_reports import RecentCustomer, SalesReports
from chatwootai.integrations.odoo.sales_reports import OdooSalesReports

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

DAYS_AGO = itertools.count(400, 10)
"""Days long before the samples, another one for each series: they share a database."""

_ORDERS = "SELECT count(*) FROM orders WHERE company_id = 1 AND currency = 'BRL' AND status = 'sale'"
_PRODUCTS = "SELECT count(*) FROM products WHERE company_id = 1 AND sale_ok AND active"
_SALES_OF_TODAY = """
SELECT count(*) FROM orders
WHERE company_id = 1 AND currency = 'BRL' AND status = 'sale' AND ordered_at::date = CURRENT_DATE
"""
_REVENUE_OF_TODAY = """
SELECT sum(total_amount) FROM orders
WHERE company_id = 1 AND currency = 'BRL' AND status = 'sale' AND ordered_at::date = CURRENT_DATE
"""
_UNITS_OF_THE_BEST = """
SELECT sum(i.quantity) FROM order_items i JOIN orders o ON o.id = i.order_id
WHERE o.company_id = 1 AND o.currency = 'BRL' AND o.status = 'sale' AND i.subtotal >= 0
GROUP BY i.product_id ORDER BY 1 DESC LIMIT 1
"""


@dataclass(slots=True)
class Office:
    """The reports of a shop, and what happens there."""

    reports: SalesReports
    shop: Shop
    fake: FakeSalesReports | None = None

    async def sell(self, *items: Item) -> Order:
        order = await self.shop.orders.confirm((await self.shop.draft(*items)).id)
        if self.fake is not None:
            self.fake.orders.append(order)
        return order

    async def welcome(self, name: str, phone: str) -> int:
        if self.fake is not None:
            id_ = len(self.fake.people) + 1
            self.fake.people.append(RecentCustomer(id_, name, None, phone, datetime.now(UTC)))
            return id_
        assert self.shop.odoo is not None
        return await new_customer(self.shop.odoo, name=name, phone=phone)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with shop_of(request) as shop:
        if shop.odoo is None:
            fake = FakeSalesReports(ZONE, products=2)
            yield Office(fake, shop, fake)
        else:
            yield Office(OdooSalesReports(shop.odoo.client, ZONE), shop)


def today() -> date:
    return datetime.now(ZONE).date()


async def test_a_sale_is_the_newest_of_all_and_of_today(office: Office) -> None:
    older, newer = await office.sell(), await office.sell()
    recent = await office.reports.recent(2)
    assert [sale.order_id for sale in recent] in ([newer.id, older.id], [older.id, newer.id])
    told = next(sale for sale in recent if sale.order_id == newer.id)
    assert (told.code, told.customer_id, told.total) == (newer.code, newer.customer_id, newer.total)
    assert (told.state, told.placed_at) == (OrderState.CONFIRMED, newer.placed_at)
    day = [sale.order_id for sale in await office.reports.on(today())]
    assert set(day[:2]) == {older.id, newer.id}
    assert list(await office.reports.recent(0)) == []


async def test_drafts_and_cancelled_orders_are_no_sales(office: Office) -> None:
    before = await office.reports.summary(today())
    draft = await office.shop.draft()
    cancelled = await office.shop.draft()
    await office.shop.orders.confirm(cancelled.id)
    await office.shop.orders.cancel(cancelled.id)
    assert await office.reports.summary(today()) == before
    assert not {draft.id, cancelled.id} & {sale.order_id for sale in await office.reports.on(today())}


async def test_the_summary_counts_a_sale_and_a_customer_and_their_day_alone(office: Office) -> None:
    before = await office.reports.summary(today())
    yesterday = await office.reports.summary(today() - timedelta(days=1))
    order = await office.sell()
    await office.welcome("Bia", "+5511987650001")
    after = await office.reports.summary(today())
    assert after == replace(
        before,
        sales_today=before.sales_today + 1,
        revenue_today=Money(before.revenue_today.amount + order.total.amount),
        new_customers_today=before.new_customers_today + 1,
        orders=before.orders + 1,
    )
    later = await office.reports.summary(today() - timedelta(days=1))
    assert later == replace(yesterday, orders=after.orders)
    assert after.products > 0


async def test_the_newest_customer_is_told_first(office: Office) -> None:
    name = f"Cliente {uuid.uuid4().hex[:8]}"
    made = await office.welcome(name, "+5511987650002")
    newest = {customer.id: customer for customer in await office.reports.customers(3)}
    told = newest[made]
    assert (told.name, told.email) == (name, None)
    assert told.phone is not None
    assert told.created_at.date() == datetime.now(UTC).date()
    assert list(await office.reports.customers(0)) == []


async def test_the_best_sellers_count_lines_units_and_money(office: Office) -> None:
    async def of_soap() -> tuple[int, Decimal, Decimal]:
        for product in await office.reports.best_sellers(1000):
            if product.product_id == office.shop.soap:
                return product.times_sold, product.quantity, product.total.amount
        return 0, Decimal(0), Decimal(0)

    times, units, money = await of_soap()
    for order in [await office.sell(Item(office.shop.soap, Decimal(3))) for _ in range(2)]:
        times, units, money = times + 1, units + 3, money + order.total.amount
    assert await of_soap() == (times, units, money)
    best = [product.quantity for product in await office.reports.best_sellers(1000)]
    assert best == sorted(best, reverse=True)
    assert len(await office.reports.best_sellers(1)) == 1


async def test_a_day_is_the_shop_s_from_midnight_to_midnight(office: Office) -> None:
    rows = office.shop.tables()
    day = today() - timedelta(days=next(DAYS_AGO))
    midnight = datetime.combine(day, time.min, ZONE)
    second = timedelta(seconds=1)
    next_day = datetime.combine(day + timedelta(days=1), time.min, ZONE)
    item = (office.shop.soap, 1, "10.00")
    orders = [
        rows.order(office.shop.maria, item, status="sale", ordered_at=at.isoformat())
        for at in (midnight - second, midnight, next_day - second, next_day)
    ]
    assert [sale.order_id for sale in await office.reports.on(day)] == [orders[2], orders[1]]
    summary = await office.reports.summary(day)
    assert (summary.sales_today, summary.revenue_today) == (2, Money(Decimal(20)))
    assert [sale.order_id for sale in await office.reports.on(day - timedelta(days=1))] == [orders[0]]


async def test_the_figures_are_those_of_the_tables(office: Office) -> None:
    rows = office.shop.tables()
    await office.sell()
    summary = await office.reports.summary(today())
    assert summary.orders == rows.value(_ORDERS)
    assert summary.products == rows.value(_PRODUCTS)
    assert summary.sales_today == rows.value(_SALES_OF_TODAY)
    assert summary.revenue_today.amount == rows.value(_REVENUE_OF_TODAY)
    (best,) = await office.reports.best_sellers(1)
    assert best.quantity == rows.value(_UNITS_OF_THE_BEST)
    newest = rows.value("SELECT max(id) FROM customers WHERE company_id = 1 AND active")
    assert newest in [customer.id for customer in await office.reports.customers(5)]


async def test_p12_p14_other_companies_and_currencies_are_not_counted(office: Office) -> None:
    other = replace(office.shop.tables(), company=2)
    before = await office.reports.summary(today())
    maria = other.customer()
    other.order(maria, (add_product(other, "Cadeira", "9999.00"), 500, "9999.00"), status="sale")
    rows = office.shop.tables()
    dollars = rows.order(office.shop.maria, (office.shop.soap, 900, "10.00"), status="sale", currency="USD")
    assert await office.reports.summary(today()) == before
    assert dollars not in [sale.order_id for sale in await office.reports.recent(1000)]
    assert maria not in [customer.id for customer in await office.reports.customers(1000)]
    assert not [best for best in await office.reports.best_sellers(1000) if best.quantity >= 500]
