"""The sample shops. Rows are added where they are missing; what people changed stays as it is."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.access import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chatwootai.simulators.odoo.settings import Login
    from chatwootai.simulators.odoo.storage import Connection

_CURRENCIES = ((1, "USD", "$", 2), (6, "BRL", "R$", 2))
_SHOPS = {1: ("Bela Cosméticos", "bela_cosmeticos.csv"), 2: ("Casa Verde", "casa_verde.csv")}

# "x" in the column "flags" marks an archived product; "-" as stock one whose stock is not kept.
_ADD_PRODUCT = """
INSERT INTO public.products (company_id, default_code, barcode, name, description_sale, category, list_price,
                             currency, is_storable, active, stock_quantity)
SELECT %(company)s, %(code)s, nullif(%(barcode)s, ''), %(name)s, nullif(%(description)s, ''), %(category)s,
       %(price)s, 'BRL', %(stock)s <> '-', %(flags)s <> 'x', coalesce(nullif(%(stock)s, '-'), '0')::numeric
WHERE NOT EXISTS (
    SELECT FROM public.products WHERE company_id = %(company)s AND default_code = %(code)s
)
"""


async def seed(connection: Connection, logins: Iterable[Login]) -> list[User]:
    """Fill the sample shops and register the users; safe to repeat under the lock of `migrate`.

    A company that only a user names gets an empty shop.
    """
    logins = list(logins)
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "INSERT INTO erp.currencies (id, name, symbol, decimal_places) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            _CURRENCIES,
        )
        numbers = sorted(set(_SHOPS) | {number for login in logins for number in login.companies})
        shops = [(number, _SHOPS.get(number, (f"Loja {number}", ""))[0]) for number in numbers]
        await cursor.executemany(
            "INSERT INTO erp.companies (id, name, currency) VALUES (%s, %s, 'BRL') ON CONFLICT DO NOTHING",
            shops,
        )
    for number, (_, file) in _SHOPS.items():
        await _seed_products(connection, number, file)
    return [await _register(connection, login) for login in logins]


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


async def _register(connection: Connection, login: Login) -> User:
    cursor = await connection.execute(
        "INSERT INTO erp.users (login, name, company_id) VALUES (%s, %s, %s)"
        " ON CONFLICT (login) DO UPDATE SET company_id = excluded.company_id RETURNING id",
        (login.login, login.login.partition("@")[0], login.companies[0]),
    )
    row = await cursor.fetchone()
    if row is None:
        raise LookupError(f"user {login.login} was not stored")
    return User(int(row["id"]), login)
