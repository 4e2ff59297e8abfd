"""What the owner of a shop asks for, and how a client learns of changes (section 4)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from tests.integration.simulators.odoo.section_four.clients import JSON_2, Erp
from tests.integration.simulators.odoo.section_four.goods import lotion, numbered

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

ZONE = ZoneInfo("America/Sao_Paulo")
SOLD = ["state", "=", "sale"]


def asked(erp: Erp, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the tables say themselves."""
    with psycopg.connect(erp.rows.dsn) as connection:
        return connection.execute(query.encode(), values).fetchall()


def sold(erp: Erp, good: int, quantity: int, at: datetime | None = None, **more: Any) -> int:
    """A confirmed order of R$ 10,00 each, of now unless told otherwise."""
    moment = (at or datetime.now(ZONE)).isoformat()
    line = (good, quantity, "10.00")
    return erp.rows.order(erp.rows.customer(), line, status="sale", ordered_at=moment, **more)


def utc(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S")


async def test_the_last_ten_sales_are_the_ten_newest_that_are_confirmed(erp: Erp) -> None:
    good = lotion(erp, stock=99)
    for _ in range(11):
        sold(erp, good, 1)
    erp.rows.order(erp.rows.customer(), (good, 1, "10.00"))
    fields = ("name", "partner_id", "amount_total", "date_order")
    told = await erp.found("sale.order", [SOLD], *fields, order="date_order desc,id desc", limit=10)
    expected = asked(
        erp,
        "SELECT id, name, customer_id, total_amount::float FROM public.orders"
        " WHERE status = 'sale' AND company_id = 1 ORDER BY ordered_at DESC, id DESC LIMIT 10",
    )
    assert [(row["id"], row["name"], row["partner_id"], row["amount_total"]) for row in told] == expected


async def test_todays_sales_are_between_explicit_bounds_in_utc(erp: Erp) -> None:
    good = lotion(erp, stock=99)
    midnight = datetime.combine(datetime.now(ZONE).date(), time(), ZONE)
    sold(erp, good, 2, midnight + timedelta(hours=12))
    sold(erp, good, 3, midnight - timedelta(seconds=1))
    sold(erp, good, 5, midnight)
    bounds = [["date_order", ">=", utc(midnight)], ["date_order", "<", utc(midnight + timedelta(days=1))]]
    (told,) = await erp.call(
        "sale.order", "read_group", domain=[SOLD, *bounds], fields=["amount_total:sum"], groupby=[]
    )
    ((count, total),) = asked(
        erp,
        "SELECT count(*), sum(total_amount)::float FROM public.orders WHERE status = 'sale'"
        " AND company_id = 1 AND (ordered_at AT TIME ZONE 'America/Sao_Paulo')::date = %s",
        midnight.date(),
    )
    assert told == {"__count": count, "amount_total": total}


async def test_days_are_those_of_the_zone_of_the_context_and_ranges_are_in_utc(erp: Erp) -> None:
    good, key = lotion(erp, stock=99), numbered("dias-")
    evening = datetime(2026, 3, 1, 23, 30, tzinfo=ZONE)
    for quantity, moment in ((1, evening), (2, evening + timedelta(hours=1))):
        sold(erp, good, quantity, moment, origin=key)
    named = {"domain": [["origin", "=", key]], "fields": ["amount_total:sum"], "groupby": ["date_order:day"]}
    days = await erp.call("sale.order", "read_group", None, **named)
    assert [(row["date_order:day"], row["amount_total"]) for row in days] == [
        ("01 mar. 2026", 10.0),
        ("02 mar. 2026", 20.0),
    ]
    assert days[0]["__range"]["date_order:day"] == {
        "from": "2026-03-01 03:00:00",
        "to": "2026-03-02 03:00:00",
    }
    one = await erp.call("sale.order", "read_group", None, **named, context={"tz": "UTC"})
    assert [(row["date_order:day"], row["date_order_count"]) for row in one] == [("02 mar. 2026", 2)]


async def test_the_number_of_the_sales_report_counts_lines(erp: Erp) -> None:
    good = lotion(erp, stock=99)
    order = sold(erp, good, 1)
    erp.rows.line(order, good, 1, "10.00")
    mine = [["product_id", "=", good]]
    (told,) = await erp.call("sale.report", "read_group", domain=mine, fields=["nbr:sum"], groupby=[])
    assert told["nbr"] == 2


async def test_top_products_are_grouped_and_ordered_by_the_server(erp: Erp) -> None:
    for quantity in (90, 70, 80):
        sold(erp, lotion(erp, stock=0, name=numbered("Campeã ")), quantity)
    top = await erp.call(
        "sale.report",
        "read_group",
        domain=[SOLD, ["company_id", "=", 1]],
        fields=["product_uom_qty:sum", "price_total:sum"],
        groupby=["product_id"],
        orderby="product_uom_qty desc",
        limit=5,
    )
    expected = asked(
        erp,
        "SELECT sum(i.quantity)::float AS quantity FROM public.order_items i"
        " JOIN public.orders o ON o.id = i.order_id WHERE o.status = 'sale' AND o.company_id = 1"
        " GROUP BY i.product_id ORDER BY 1 DESC LIMIT 5",
    )
    assert [(row["product_uom_qty"],) for row in top] == expected
    assert all(isinstance(row["product_id"][1], str) for row in top)


async def test_series_19_groups_by_another_method_too(clients: dict[str, Erp]) -> None:
    erp = clients[JSON_2]
    good = lotion(erp, stock=99)
    sold(erp, good, 4)
    groups = await erp.call(
        "sale.report",
        "formatted_read_group",
        domain=[["product_id", "=", good]],
        groupby=["product_id"],
        aggregates=["product_uom_qty:sum", "__count"],
    )
    assert [(row["product_id"][0], row["product_uom_qty:sum"], row["__count"]) for row in groups] == [
        (good, 4.0, 1)
    ]


async def test_the_change_feed_is_polled_by_write_date_with_what_is_known_again(erp: Erp) -> None:
    first = await erp.create("sale.order", partner_id=erp.rows.customer())
    since = (await erp.read("sale.order", first, "write_date"))["write_date"]
    second = await erp.create("sale.order", partner_id=erp.rows.customer())
    await erp.call("sale.order", "write", [first], vals={"note": "mudou"})
    changed = [["write_date", ">=", since], ["id", "in", [first, second]]]
    told = await erp.found("sale.order", changed, "write_date", order="write_date,id")
    assert sorted(row["id"] for row in told) == [first, second]
    assert all(row["write_date"] >= since for row in told)
    assert len(since) == len("2026-11-23 09:00:38")
