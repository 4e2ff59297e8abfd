"""`simulate odoo --seed`: the sample shops as on their first day."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from chatwootai.simulators.odoo.samples.filling import reset
from chatwootai.simulators.odoo.schema import migrate
from chatwootai.simulators.odoo.storage import wait_for_database

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.settings import Settings

_COUNTS = """
SELECT (SELECT string_agg(shop, ', ' ORDER BY company_id) FROM erp.samples) AS shops,
    (SELECT count(*) FROM public.products WHERE sale_ok) AS products,
    (SELECT count(*) FROM public.customers) AS customers,
    (SELECT count(*) FROM public.orders) AS orders,
    (SELECT count(*) FROM public.appointments) AS appointments
"""


async def renew(settings: Settings) -> str:
    """Delete every record, make the shops anew and say what was made, in one line for the terminal."""
    await wait_for_database(settings.database_url, settings.startup_seconds)
    await asyncio.to_thread(migrate, settings.database_url)
    async with await AsyncConnection.connect(settings.database_url, row_factory=dict_row) as connection:
        await reset(connection, settings.logins)
        cursor = await connection.execute(_COUNTS)
        made = await cursor.fetchone()
    if made is None:
        raise LookupError("PostgreSQL did not count the sample shops")
    return (
        f"Lojas de exemplo recriadas ({made['shops']}): {made['products']} produtos e serviços,"
        f" {made['customers']} clientes, {made['orders']} pedidos e {made['appointments']} agendamentos."
    )
