"""The records of the sample shops agree with each other and with the files that they come from."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from phonenumbers import is_valid_number, parse
from psycopg import sql
from tests.fixtures.samples import AGENT, FILES, SHOPS, Connection, connect, empty_database, fill_now, rows_of
from validate_docbr import CNPJ, CPF

from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
from chatwootai.simulators.odoo.samples import fill
from chatwootai.simulators.odoo.samples.people import plain
from chatwootai.simulators.odoo.samples.plans import Period, plans
from chatwootai.simulators.odoo.samples.rows import TABLES

pytestmark = pytest.mark.integration

ZONE = ZoneInfo("America/Sao_Paulo")
WEDNESDAY, SUNDAY = date(2026, 3, 18), date(2026, 3, 22)


@pytest.fixture(scope="module")
def filled(postgres_server: EmbeddedPostgres) -> Iterator[str]:
    """A database with the shops as they are now; tests only read from it."""
    with empty_database(postgres_server) as dsn:
        asyncio.run(fill_now(dsn))
        yield dsn


@pytest.fixture
async def empty(postgres_server: EmbeddedPostgres) -> AsyncIterator[Connection]:
    with empty_database(postgres_server) as dsn:
        async with await connect(dsn) as connection:
            yield connection


@pytest.fixture
async def shops(filled: str) -> AsyncIterator[Connection]:
    async with await connect(filled) as connection:
        yield connection


async def test_products_of_the_files_come_first_in_their_order(shops: Connection) -> None:
    rows = await rows_of(shops, "SELECT id, default_code FROM products WHERE id <= 98 ORDER BY id")
    codes = [row["default_code"] for row in rows]
    assert [row["id"] for row in rows] == list(range(1, 99))
    assert codes == [row["code"] for row in _goods(1)] + [row["code"] for row in _goods(2)[:20]]


@pytest.mark.parametrize("company", FILES)
async def test_what_can_be_sold_is_what_the_file_says(shops: Connection, company: int) -> None:
    rows = await rows_of(
        shops,
        "SELECT p.default_code, p.name, p.list_price, p.active, s.quantity - s.reserved AS free"
        " FROM products p LEFT JOIN stock s ON s.product_id = p.id WHERE p.company_id = %s",
        company,
    )
    found = {row["default_code"]: row for row in rows}
    for good in _goods(company):
        row = found[good["code"]]
        assert (row["name"], row["list_price"]) == (good["name"], Decimal(good["price"]))
        assert row["active"] is (good["flags"] != "x")
        assert row["free"] == (None if good["stock"] == "-" else Decimal(good["stock"])), good["code"]


async def test_nothing_is_reserved_that_no_open_order_wants(shops: Connection) -> None:
    wrong = await rows_of(
        shops,
        """SELECT s.product_id FROM stock s WHERE s.reserved > s.quantity OR s.reserved <> coalesce((
               SELECT sum(m.quantity) FROM erp.moves m JOIN erp.pickings k ON k.id = m.picking_id
               WHERE m.product_id = s.product_id AND k.kind = 'outgoing' AND m.status = 'assigned'), 0)""",
    )
    assert wrong == []


async def test_deliveries_carry_what_was_ordered_and_lines_tell_what_arrived(
    shops: Connection,
) -> None:
    wrong = await rows_of(
        shops,
        """SELECT i.id FROM order_items i JOIN orders o ON o.id = i.order_id
           JOIN products p ON p.id = i.product_id
           LEFT JOIN erp.moves m ON m.order_item_id = i.id
           WHERE p.kind = 'consu' AND o.status = 'sale' AND i.coupon_id IS NULL
           GROUP BY i.id HAVING i.quantity <> sum(m.quantity)
               OR i.delivered <> coalesce(sum(m.quantity) FILTER (WHERE m.status = 'done'), 0)""",
    )
    assert wrong == []


async def test_totals_are_the_sums_of_their_lines(shops: Connection) -> None:
    wrong = await rows_of(
        shops,
        """SELECT o.id FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.id
           HAVING o.total_amount <> sum(i.quantity * i.unit_price) OR o.total_amount <> sum(i.subtotal)
               OR o.total_amount <> o.untaxed_amount + o.tax_amount OR o.total_amount < 0""",
    )
    assert wrong == []
    assert (
        await rows_of(shops, "SELECT id FROM orders WHERE id NOT IN (SELECT order_id FROM order_items)") == []
    )


async def test_invoices_are_for_what_was_ordered(shops: Connection) -> None:
    wrong = await rows_of(
        shops,
        """SELECT v.id FROM erp.invoices v JOIN orders o ON o.id = v.order_id
           WHERE v.total_amount <> o.total_amount OR o.status <> 'sale'
               OR v.invoice_date < o.ordered_at::date""",
    )
    assert wrong == []


async def test_unknown_customers_pay_the_list_price(shops: Connection) -> None:
    rows = await rows_of(
        shops,
        """SELECT DISTINCT ON (l.company_id) l.id,
               (SELECT count(*) FROM price_list_items WHERE price_list_id = l.id) AS n
           FROM price_lists l ORDER BY l.company_id, l.sequence, l.id""",
    )
    assert [row["n"] for row in rows] == [0, 0, 0]


async def test_coupons_are_used_only_when_they_may_be(shops: Connection) -> None:
    wrong = await rows_of(
        shops,
        """SELECT o.id FROM orders o JOIN order_items i ON i.order_id = o.id
           JOIN coupons c ON c.id = i.coupon_id
           WHERE o.ordered_at::date NOT BETWEEN c.valid_from AND c.valid_until
               OR o.untaxed_amount - i.subtotal < c.minimum_amount OR o.coupon_ids <> ARRAY[c.id]""",
    )
    assert wrong == []
    exhausted = await rows_of(
        shops,
        """SELECT c.company_id, c.max_usage, count(*) AS uses FROM coupons c
           JOIN order_items i ON i.coupon_id = c.id JOIN orders o ON o.id = i.order_id
           WHERE c.max_usage IS NOT NULL AND o.status = 'sale' GROUP BY c.id""",
    )
    assert {row["company_id"] for row in exhausted} == set(FILES)
    assert all(row["uses"] == row["max_usage"] for row in exhausted)


async def test_every_document_is_valid_and_one_has_letters(shops: Connection) -> None:
    rows = await rows_of(
        shops,
        "SELECT p.vat, t.name AS kind FROM erp.partners p"
        " JOIN erp.identification_types t ON t.id = p.identification_type_id WHERE p.vat IS NOT NULL",
    )
    checks = {"CPF": CPF(), "CNPJ": CNPJ()}
    assert [row["vat"] for row in rows if not checks[row["kind"]].validate(row["vat"])] == []
    companies = [row["vat"] for row in rows if row["kind"] == "CNPJ"]
    assert any(any(sign.isalpha() for sign in number) for number in companies)
    people = [row["vat"] for row in rows if row["kind"] == "CPF"]
    assert any("." in number for number in people)
    assert any("." not in number for number in people)


@pytest.mark.parametrize("company", FILES)
async def test_telephones_are_written_in_many_ways_and_stored_in_one(shops: Connection, company: int) -> None:
    rows = await rows_of(
        shops, "SELECT phone, mobile, phone_sanitized FROM customers WHERE company_id = %s", company
    )
    assert all(is_valid_number(parse(row["phone_sanitized"])) for row in rows if row["phone_sanitized"])
    assert any(row["phone"] and row["phone"].startswith("(") for row in rows)
    assert any(row["phone"] and row["phone"].startswith("+55") for row in rows)
    assert any(row["mobile"] and not row["phone"] for row in rows)
    assert any(row["mobile"] and row["phone"] and row["phone"][5] == "3" for row in rows)
    assert any(row["phone"] and not row["phone_sanitized"] for row in rows), "one without its ninth digit"


async def test_no_professional_has_two_appointments_at_once(shops: Connection) -> None:
    overlapping = await rows_of(
        shops,
        """SELECT a.id FROM appointments a JOIN appointments b ON a.professional_id = b.professional_id
           AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at""",
    )
    assert overlapping == []


async def test_appointments_are_in_working_hours_and_not_on_leave(shops: Connection) -> None:
    outside = await rows_of(
        shops,
        """SELECT a.id FROM appointments a JOIN professionals p ON p.id = a.professional_id
           JOIN erp.calendars c ON c.id = p.calendar_id
           CROSS JOIN LATERAL (
               SELECT a.starts_at AT TIME ZONE c.zone AS from_, a.ends_at AT TIME ZONE c.zone AS to_) t
           WHERE NOT EXISTS (SELECT FROM working_hours w
               WHERE w.calendar_id = c.id AND w.day_period <> 'lunch'
               AND w.weekday = extract(isodow FROM t.from_) - 1
               AND t.from_ >= t.from_::date + w.hour_from * interval '1 hour'
               AND t.to_ <= t.from_::date + w.hour_to * interval '1 hour')
           OR EXISTS (SELECT FROM leaves l WHERE l.company_id = p.company_id
               AND (l.professional_id = p.id OR l.professional_id IS NULL)
               AND a.starts_at < l.ends_at AND l.starts_at < a.ends_at)""",
    )
    assert outside == []


async def test_professionals_do_only_what_they_offer(shops: Connection) -> None:
    wrong = await rows_of(
        shops,
        """SELECT a.id FROM appointments a JOIN services s ON s.id = a.service_id
           WHERE a.ends_at - a.starts_at <> s.duration_minutes * interval '1 minute' OR NOT EXISTS (
               SELECT FROM professional_services o
               WHERE o.professional_id = a.professional_id AND o.service_id = a.service_id)""",
    )
    assert wrong == []
    alone = await rows_of(
        shops, "SELECT id FROM services WHERE id NOT IN (SELECT service_id FROM professional_services)"
    )
    assert alone == []


async def test_somebody_is_away_now_was_and_will_be(shops: Connection) -> None:
    rows = await rows_of(
        shops,
        """SELECT company_id, bool_or(ends_at < now()) AS was, bool_or(starts_at > now()) AS will_be,
               bool_or(now() BETWEEN starts_at AND ends_at) AS is_,
               bool_or(professional_id IS NULL) AS everybody
           FROM leaves GROUP BY 1""",
    )
    assert len(rows) == len(FILES)
    assert all(row["was"] and row["will_be"] and row["is_"] and row["everybody"] for row in rows)


async def test_nothing_has_happened_in_the_future(shops: Connection) -> None:
    for table in TABLES:
        columns = await rows_of(
            shops,
            "SELECT column_name FROM information_schema.columns WHERE table_schema || '.' || table_name = %s"
            " AND column_name IN ('created_at', 'updated_at', 'ordered_at', 'done_at')",
            table,
        )
        for row in columns:
            query = sql.SQL("SELECT * FROM {} WHERE {} > now()").format(
                sql.Identifier(*table.split(".")), sql.Identifier(row["column_name"])
            )
            late = await rows_of(shops, query)
            assert late == [], (table, row)


@pytest.mark.parametrize("today", [WEDNESDAY, SUNDAY])
async def test_orders_come_when_the_shop_is_open(empty: Connection, today: date) -> None:
    await fill(empty, [AGENT], today=today)
    rows = await rows_of(
        empty, "SELECT company_id, ordered_at FROM orders WHERE ordered_at < %s", _midnight(today)
    )
    assert len(rows) > 850
    for row in rows:
        at = row["ordered_at"].astimezone(ZONE)
        assert _is_open(plans()[row["company_id"]].hours, at), row
    assert min(row["ordered_at"] for row in rows) >= _midnight(today - timedelta(days=90))
    todays = await rows_of(empty, "SELECT company_id FROM orders WHERE ordered_at >= %s", _midnight(today))
    assert {row["company_id"] for row in todays} == set(FILES)


async def test_customers_are_there_before_they_order_or_book(shops: Connection) -> None:
    early = await rows_of(
        shops,
        """SELECT c.id FROM customers c JOIN (
               SELECT customer_id, created_at FROM orders
               UNION ALL SELECT customer_id, created_at FROM appointments) t ON t.customer_id = c.id
           WHERE t.created_at < c.created_at""",
    )
    assert early == []


def _goods(company: int) -> list[dict[str, str]]:
    with (SHOPS / FILES[company] / "products.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)


def _is_open(hours: tuple[Period, ...], at: datetime) -> bool:
    hour = Decimal(at.hour) + Decimal(at.minute) / 60
    return any(at.weekday() in each.days and each.opens <= hour <= each.closes for each in hours)


@pytest.mark.parametrize("company", [1, 2])
async def test_services_that_were_added_are_not_found_by_the_words_of_products(
    shops: Connection, company: int
) -> None:
    rows = await rows_of(
        shops,
        """SELECT p.name, p.default_code FROM products p
           WHERE p.company_id = %s AND p.default_code IS NOT NULL""",
        company,
    )
    files = {good["code"] for good in _goods(company)}
    goods = set().union(*(_words(row["name"]) for row in rows if row["default_code"] in files))
    services = set().union(*(_words(row["name"]) for row in rows if row["default_code"] not in files))
    assert goods & services == set()


def _words(name: str) -> set[str]:
    return {word[:5] for word in plain(name).split() if len(word) > 3} - {"para"}
