"""Fills an empty database with the sample shops, and registers who may log in."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from psycopg import sql

from chatwootai.simulators.odoo.samples import agenda, goods, orders, people, shipments, words
from chatwootai.simulators.odoo.samples.clock import Clock
from chatwootai.simulators.odoo.samples.documents import cnpj
from chatwootai.simulators.odoo.samples.places import add_reference, states
from chatwootai.simulators.odoo.samples.plans import plans
from chatwootai.simulators.odoo.samples.rows import TABLES, Rows
from chatwootai.simulators.odoo.samples.shop import BRAZIL, CNPJ, CURRENCY, Shop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import AsyncConnection
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.samples.goods import Product
    from chatwootai.simulators.odoo.settings import Login

    Connection = AsyncConnection[DictRow]

_KEPT = ("alembic_version", "schema_steps")  # what tells which migrations have run


async def fill(connection: Connection, logins: Iterable[Login], *, today: date | None = None) -> None:
    """Make the sample shops that are missing, and the users of `logins`; safe to repeat.

    A company that only a login names gets an empty shop. Dates count from `today`, by default the day in
    the shop's zone; today's sales are then not later than now, and any other day counts as over.
    """
    logins = list(logins)
    # Against replicas that start together, and against everybody else who would take ids meanwhile.
    lock = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE")
    await connection.execute(lock.format(_listed(reversed(list(TABLES)))))
    cursor = await connection.execute("SELECT company_id FROM erp.samples")
    known = {int(row["company_id"]) for row in await cursor.fetchall()}
    wanted = {*plans(), *(number for login in logins for number in login.companies)}
    missing = sorted(wanted - known)
    partners = await _add_companies(connection, missing)
    for login in logins:
        await register(connection, login)
    if missing:
        await _add_shops(connection, partners, today)


async def register(connection: Connection, login: Login) -> int:
    """The id of the login's user, who is made or brought up to date. Keys are never stored."""
    values = {
        "login": login.login,
        "name": login.login.partition("@")[0],
        "company": login.companies[0],
        "companies": list(login.companies),
        "groups": list(login.groups),
    }
    cursor = await connection.execute(
        "UPDATE erp.users SET company_id = %(company)s, company_ids = %(companies)s, groups = %(groups)s"
        " WHERE login = %(login)s RETURNING id",
        values,
    )
    row = await cursor.fetchone() or await (await connection.execute(_NEW_USER, values)).fetchone()
    if row is None:
        raise LookupError(f"user {login.login} was not stored")
    return int(row["id"])


_NEW_USER = """
WITH partner AS (
    INSERT INTO erp.partners (name, email) VALUES (%(name)s, %(login)s) RETURNING id
)
INSERT INTO erp.users (login, name, partner_id, company_id, company_ids, groups)
SELECT %(login)s, %(name)s, id, %(company)s, %(companies)s, %(groups)s FROM partner RETURNING id
"""


async def reset(connection: Connection, logins: Iterable[Login], *, today: date | None = None) -> None:
    """Delete every record, also those that people made, and fill again; ids start from the beginning."""
    cursor = await connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'erp' AND tablename <> ALL(%s)", (list(_KEPT),)
    )
    # The schema "public" may hold tables of others: of it only what is the simulation's.
    tables = {*TABLES, *(f"erp.{row['tablename']}" for row in await cursor.fetchall())}
    await connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(_listed(sorted(tables))))
    for sequence in ("partner_ids", "order_numbers", "picking_numbers"):
        await connection.execute(sql.SQL("ALTER SEQUENCE erp.{} RESTART").format(sql.Identifier(sequence)))
    await fill(connection, logins, today=today)


def _listed(tables: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join([sql.Identifier(*table.split(".")) for table in tables])


async def _add_companies(connection: Connection, numbers: list[int]) -> dict[int, int]:
    """Companies with their partners; the partners' ids by company."""
    rows = await Rows.begin(connection)
    await add_reference(connection, rows)
    partners = {number: _add_company(rows, number) for number in numbers}
    await rows.write(connection)
    return partners


def _add_company(rows: Rows, number: int) -> int:
    plan = plans().get(number)
    name = plan.name if plan else f"Loja {number}"
    partner = rows.add(
        "erp.partners",
        company_id=None,
        name=name,
        is_company=True,
        email=f"contato@{plan.domain}" if plan else None,
        vat=cnpj(_dice(number)),
        identification_type_id=CNPJ,
        street=plan.address if plan else None,
        street2=plan.district if plan else None,
        zip=plan.cep if plan else None,
        city=plan.city if plan else None,
        country_id=BRAZIL,
    )
    rows.add(
        "erp.companies",
        id=number,
        name=name,
        partner_id=partner,
        currency=CURRENCY,
        zone=plan.zone if plan else "America/Sao_Paulo",
        invoice_terms=plan.invoice_terms if plan else None,
    )
    rows.add("erp.samples", company_id=number, shop=name)
    return partner


async def _add_shops(connection: Connection, partners: dict[int, int], today: date | None) -> None:
    rows = await Rows.begin(connection)
    letters = await states(connection)
    cursor = await connection.execute("SELECT name, id FROM erp.categories")
    categories = {row["name"]: int(row["id"]) for row in await cursor.fetchall()}
    shops = []
    for number, partner in partners.items():
        plan = plans().get(number)
        if plan is None:
            _add_empty(rows, number)
            continue
        zone = ZoneInfo(plan.zone)
        shops.append(Shop(plan, rows, _dice(number), Clock.of(zone, today), zone, partner, letters))
    # First the products of every shop: their ids follow the files.
    shelves = []
    for shop in shops:
        for name in goods.category_names(shop):
            if name not in categories:
                categories[name] = rows.add("erp.categories", name=name)
        shelves.append(goods.add_products(shop, categories))
    for shop, products in zip(shops, shelves, strict=True):
        _add_shop(shop, categories, products)
    await rows.write(connection)


def _dice(number: int) -> Random:
    return Random(number)  # noqa: S311 - a sample shop is the same each time, and guards no secret


def _add_empty(rows: Rows, number: int) -> None:
    """What a company needs before anything can be sold or booked."""
    rows.add("erp.warehouses", company_id=number, name=f"Loja {number}", code=f"L{number}")
    rows.add(
        "public.price_lists",
        company_id=number,
        name="Preço da loja",
        currency=CURRENCY,
        sequence=1,
    )
    calendar = rows.add(
        "erp.calendars", company_id=number, name="Horário comercial", zone="America/Sao_Paulo"
    )
    for weekday in range(5):
        agenda.add_hours(rows, calendar, weekday, "morning", 9, 12)
        agenda.add_hours(rows, calendar, weekday, "afternoon", 13, 18)


def _add_shop(shop: Shop, categories: dict[str, int], products: list[Product]) -> None:
    plan = shop.plan
    services = goods.add_services(shop, categories, products)
    warehouse = shop.rows.add("erp.warehouses", company_id=shop.company, name=plan.name, code=plan.warehouse)
    price_lists = goods.add_price_lists(shop, categories, products)
    promotions = goods.add_coupons(shop, categories)
    carriers = goods.add_carriers(shop, categories)
    payment_terms = goods.add_payment_terms(shop)
    sellers = [agenda.add_seller(shop, name) for name in plan.sellers]
    suppliers = [people.add_supplier(shop, name) for name in plan.suppliers]
    customers = people.add_customers(shop, price_lists)
    terms = orders.Terms(price_lists, promotions, carriers, payment_terms, [user for _, user in sellers])
    sold = orders.add_orders(shop, terms, customers, [*products, *_new(services, products)])
    kept = shipments.add_shipments(shop, warehouse, sold)
    shipments.add_stock(shop, warehouse, products, kept)
    shipments.add_restocks(shop, warehouse, suppliers, products)
    shipments.add_invoices(shop, sold)
    calendars = agenda.add_calendars(shop)
    staff = agenda.add_staff(shop, calendars, services)
    away = agenda.add_leaves(shop, calendars, staff)
    agenda.add_appointments(shop, staff, customers, away)
    words.add_rules(shop)
    words.add_leads(shop, [user for _, user in sellers])
    words.add_threads(shop, sold, [partner for partner, _ in sellers])
    words.add_cards(shop, promotions, customers)


def _new(services: dict[str, Product], products: list[Product]) -> list[Product]:
    known = {product.id for product in products}
    return [service for service in services.values() if service.id not in known]
