"""Reports in memory that behave as `domain.sales_reports.SalesReports` promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderLine, OrderState
from chatwootai.domain.sales_reports import BestSeller, RecentCustomer, Sale, SalesReports, Summary


class FakeSalesReports:
    """`SalesReports` over `orders` and `people`, which a test fills; `products` is their number."""

    def __init__(self, zone: ZoneInfo, products: int = 0) -> None:
        self.orders: list[Order] = []
        self.people: list[RecentCustomer] = []
        self.products = products
        self._zone = zone

    async def recent(self, limit: int = 10) -> Sequence[Sale]:
        return self._sales()[: max(limit, 0)]

    async def on(self, day: date) -> Sequence[Sale]:
        return [sale for sale in self._sales() if self._day(sale.placed_at) == day]

    async def customers(self, limit: int = 10) -> Sequence[RecentCustomer]:
        newest = sorted(self.people, key=lambda person: (person.created_at, person.id), reverse=True)
        return newest[: max(limit, 0)]

    async def best_sellers(self, limit: int = 10) -> Sequence[BestSeller]:
        lines: defaultdict[int, list[OrderLine]] = defaultdict(list)
        for order in self._sold():
            for line in order.lines:
                if not line.is_discount:
                    lines[line.product_id].append(line)
        told = [
            BestSeller(
                product_id=id_,
                name=sold[0].name,
                times_sold=len(sold),
                quantity=sum((line.quantity for line in sold), Decimal(0)),
                total=Money(sum((line.subtotal.amount for line in sold), Decimal(0))),
            )
            for id_, sold in lines.items()
        ]
        return sorted(told, key=lambda product: -product.quantity)[: max(limit, 0)]

    async def summary(self, day: date) -> Summary:
        today = await self.on(day)
        return Summary(
            sales_today=len(today),
            revenue_today=Money(sum((sale.total.amount for sale in today), Decimal(0))),
            new_customers_today=sum(self._day(person.created_at) == day for person in self.people),
            products=self.products,
            orders=len(self._sold()),
        )

    def _sold(self) -> list[Order]:
        return [order for order in self.orders if order.state is OrderState.CONFIRMED]

    def _sales(self) -> list[Sale]:
        names = {person.id: person.name for person in self.people}
        newest = sorted(self._sold(), key=lambda order: (order.placed_at, order.id), reverse=True)
        return [
            Sale(o.id, o.code, o.customer_id, names.get(o.customer_id, ""), o.total, o.state, o.placed_at)
            for o in newest
        ]

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _keeps_to_the_port(reports: FakeSalesReports) -> SalesReports:
    return reports
