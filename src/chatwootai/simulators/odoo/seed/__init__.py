"""The sample shops. Rows are added where they are missing; what people changed stays as it is."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chatwootai.simulators.odoo.settings import Login
    from chatwootai.simulators.odoo.storage import Connection

_CURRENCIES = ((1, "USD", "$", 2), (6, "BRL", "R$", 2))
_SHOPS = {1: ("Bela Cosméticos", "bela_cosmeticos.csv"), 2: ("Casa Verde", "casa_verde.csv")}

_LOCK = 0x0D01  # replicas that start together seed one after the other

# "x" in the column "flags" marks an archived product; "-" as stock one whose stock is not kept.
_ADD_PRODUCT = """
INSERT INTO public.products (company_id, default_code, barcode, name, description_sale, category_id, kind,
                             list_price, currency, is_storable, active)
SELECT %(company)s, %(code)s, nullif(%(barcode)s, ''), %(name)s, nullif(%(description)s, ''), c.id,
       CASE WHEN c.name = 'Serviços' THEN 'service' ELSE 'consu' END,
       %(price)s, 'BRL', %(stock)s <> '-', %(flags)s <> 'x'
FROM erp.categories c
WHERE c.name = %(category)s AND NOT EXISTS (
    SELECT FROM public.products WHERE company_id = %(company)s AND default_code = %(code)s
)
"""
_ADD_STOCK = """
INSERT INTO public.stock (product_id, warehouse_id, quantity)
SELECT p.id, w.id, nullif(%(stock)s, '-')::numeric
FROM public.products p JOIN erp.warehouses w ON w.company_id = p.company_id
WHERE p.company_id = %(company)s AND p.default_code = %(code)s AND p.is_storable
ON CONFLICT DO NOTHING
"""


async def seed(connection: Connection, logins: Iterable[Login]) -> None:
    """Fill the sample shops and register the users; safe to repeat, also by replicas at the same time.

    A company that only a user names gets an empty shop.
    """
    logins = list(logins)
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO erp.currencies (id, name, symbol, decimal_places) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            _CURRENCIES,
        )
    await connection.execute("INSERT INTO erp.units (id, name) VALUES (1, 'Unidades') ON CONFLICT DO NOTHING")
    for number in sorted(set(_SHOPS) | {number for login in logins for number in login.companies}):
        await _found_company(connection, number, _SHOPS.get(number, (f"Loja {number}", ""))[0])
    for number, (_, file) in _SHOPS.items():
        await _seed_products(connection, number, file)
    for login in logins:
        await _register(connection, login)


async def _found_company(connection: Connection, number: int, name: str) -> None:
    cursor = await connection.execute("SELECT 1 AS known FROM erp.companies WHERE id = %s", (number,))
    if await cursor.fetchone():
        return
    partner = await _partner(connection, name)
    await connection.execute(
        "INSERT INTO erp.companies (id, name, partner_id, currency) VALUES (%s, %s, %s, 'BRL')",
        (number, name, partner),
    )
    await connection.execute(
        "INSERT INTO erp.warehouses (company_id, name, code) VALUES (%s, %s, 'WH')", (number, name)
    )


async def _partner(connection: Connection, name: str) -> int:
    cursor = await connection.execute("INSERT INTO erp.partners (name) VALUES (%s) RETURNING id", (name,))
    row = await cursor.fetchone()
    if row is None:
        raise LookupError(f"partner {name} was not stored")
    return int(row["id"])


async def _seed_products(connection: Connection, company: int, file: str) -> None:
    text = (files(__package__) / file).read_text(encoding="utf-8")
    rows = [row | {"company": company} for row in csv.DictReader(text.splitlines())]
    categories = sorted({str(row["category"]) for row in rows})
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO erp.categories (name) VALUES (%s) ON CONFLICT DO NOTHING",
            [(name,) for name in categories],
        )
        await cursor.executemany(_ADD_PRODUCT, rows)
        await cursor.executemany(_ADD_STOCK, rows)


async def _register(connection: Connection, login: Login) -> None:
    companies, groups = list(login.companies), list(login.groups)
    cursor = await connection.execute(
        "UPDATE erp.users SET company_id = %s, company_ids = %s, groups = %s WHERE login = %s RETURNING id",
        (login.companies[0], companies, groups, login.login),
    )
    if await cursor.fetchone():
        return
    name = login.login.partition("@")[0]
    await connection.execute(
        "INSERT INTO erp.users (login, name, partner_id, company_id, company_ids, groups)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (login.login, name, await _partner(connection, name), login.companies[0], companies, groups),
    )
