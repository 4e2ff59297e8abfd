"""The owner's reports, from the orders of the shop's Odoo."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import OrderState
from chatwootai.domain.sales_reports import BestSeller, RecentCustomer, Sale, Summary
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.grouping import grouped
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.order_rows import LINE, ORDER
from chatwootai.integrations.odoo.products import MODEL
from chatwootai.integrations.odoo.values import (
    Record,
    decimal,
    link,
    linked_id,
    moment,
    number,
    records,
    text,
    written,
)

_PARTNER = "res.partner"
_SALE = ["name", "partner_id", "amount_total", "date_order"]


class OdooSalesReports:
    """`domain.sales_reports.SalesReports`. Only the shop's company and currency are counted: Odoo would
    add reais and dollars without a word. `zone` is where its day begins."""

    def __init__(self, client: OdooClient, zone: ZoneInfo, *, currency: str = "BRL") -> None:
        self._client = client
        self._zone = zone
        self._currency = currency
        self._of_some = KnownFields(client, _PARTNER, ["phone", "mobile"])
        self._own: list[int] | None = None

    async def recent(self, limit: int = 10) -> Sequence[Sale]:
        return await self._sales([], limit) if limit > 0 else ()

    async def on(self, day: date) -> Sequence[Sale]:
        return await self._sales(_between("date_order", day, self._zone), None)

    async def customers(self, limit: int = 10) -> Sequence[RecentCustomer]:
        if limit <= 0:
            return ()
        known = await self._of_some.names()
        rows = records(
            await self._client.read(
                _PARTNER,
                "search_read",
                domain=await self._customers_domain(),
                fields=["name", "email", "create_date", *known],
                order="create_date desc, id desc",
                limit=limit,
            )
        )
        return tuple(
            RecentCustomer(
                id=number(row, "id"),
                name=text(row, "name"),
                email=text(row, "email") or None,
                phone=next((number_ for field in known if (number_ := text(row, field))), None),
                created_at=_known(moment(row, "create_date")),
            )
            for row in rows
        )

    async def best_sellers(self, limit: int = 10) -> Sequence[BestSeller]:
        if limit <= 0:
            return ()
        # Not sale.report: its currency cannot be searched for, and its amounts are converted (read in Odoo).
        # What a coupon takes off is a line of its own, and not a product that sells.
        goods: list[object] = [["product_id", "!=", False], ["price_total", ">=", 0]]
        groups = await grouped(
            self._client,
            LINE,
            [*await self._sold(), *goods],
            ["product_id"],
            ["product_uom_qty:sum", "price_total:sum"],
            order="product_uom_qty:sum desc, product_id",
            limit=limit,
        )
        return tuple(
            BestSeller(
                product_id=product[0],
                name=product[1].partition("] ")[2] if product[1].startswith("[") else product[1],
                times_sold=group.count,
                quantity=group.number("product_uom_qty:sum"),
                total=Money(group.number("price_total:sum"), self._currency),
            )
            for group in groups
            if (product := link(group.values, "product_id")) is not None
        )

    async def summary(self, day: date) -> Summary:
        today = [*await self._sold(), *_between("date_order", day, self._zone)]
        new = [*await self._customers_domain(), *_between("create_date", day, self._zone)]
        sales, customers, products, orders = await asyncio.gather(
            grouped(self._client, ORDER, today, [], ["amount_total:sum"]),
            self._count(_PARTNER, new),
            self._count(MODEL, [["sale_ok", "=", True]]),
            self._count(ORDER, await self._sold()),
        )
        revenue = sum((group.number("amount_total:sum") for group in sales), Decimal(0))
        return Summary(
            sales_today=sum(group.count for group in sales),
            revenue_today=Money(revenue, self._currency),
            new_customers_today=customers,
            products=products,
            orders=orders,
        )

    async def _sales(self, more: list[object], limit: int | None) -> tuple[Sale, ...]:
        rows = records(
            await self._client.read(
                ORDER,
                "search_read",
                domain=[*await self._sold(), *more],
                fields=_SALE,
                order="date_order desc, id desc",
                limit=limit,
            )
        )
        return tuple(self._sale(row) for row in rows)

    def _sale(self, row: Record) -> Sale:
        customer = link(row, "partner_id") or (0, "")
        return Sale(
            order_id=number(row, "id"),
            code=text(row, "name"),
            customer_id=customer[0],
            customer_name=customer[1],
            total=Money(decimal(row, "amount_total"), self._currency),
            state=OrderState.CONFIRMED,
            placed_at=_known(moment(row, "date_order")),
        )

    async def _sold(self) -> list[object]:
        series, identity = await self._client.series(), await self._client.identity()
        return [
            ["company_id", "=", identity.company],
            ["state", "in", list(series.confirmed_states)],
            ["currency_id.name", "=", self._currency],
        ]

    async def _customers_domain(self) -> list[object]:
        if self._own is None:
            companies = await self._client.read(
                "res.company", "search_read", domain=[], fields=["partner_id"]
            )
            self._own = [linked_id(row, "partner_id") or 0 for row in records(companies)]
        company = (await self._client.identity()).company
        return [
            ["user_ids", "=", False],
            ["company_id", "in", [company, False]],
            ["id", "not in", self._own],  # a company is on record as somebody with an address, too
        ]

    async def _count(self, model: str, domain: list[object]) -> int:
        answer = await self._client.read(model, "search_count", domain=domain)
        if isinstance(answer, bool) or not isinstance(answer, int):
            raise ServiceUnavailable(SERVICE, f"the count of {model} is no number")
        return answer


def _between(field: str, day: date, zone: ZoneInfo) -> list[object]:
    """The shop's day in UTC: a date alone would be taken as a day of UTC."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return [[field, ">=", written(start)], [field, "<", written(end)]]


def _known(at: datetime | None) -> datetime:
    return at if at is not None else datetime.fromtimestamp(0, UTC)
