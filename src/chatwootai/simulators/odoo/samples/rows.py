"""Rows for many tables with their ids known beforehand, written with one COPY per table."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from psycopg import AsyncConnection
    from psycopg.rows import DictRow

    Value = int | str | Decimal | date | list[int] | list[str] | None

# In the order of their foreign keys, with the sequence that numbers them ("" for none).
TABLES: Mapping[str, str] = {
    "erp.countries": "",
    "erp.states": "erp.states_id_seq",
    "erp.currencies": "",
    "erp.identification_types": "",
    "erp.units": "",
    "erp.stages": "",
    "erp.partners": "erp.partner_ids",
    "erp.companies": "",
    "erp.users": "erp.users_id_seq",
    "erp.categories": "erp.categories_id_seq",
    "public.products": "public.products_id_seq",
    "erp.warehouses": "erp.warehouses_id_seq",
    "public.price_lists": "public.price_lists_id_seq",
    "public.price_list_items": "public.price_list_items_id_seq",
    "public.customers": "erp.partner_ids",
    "public.coupons": "public.coupons_id_seq",
    "erp.loyalty_cards": "erp.loyalty_cards_id_seq",
    "erp.payment_terms": "erp.payment_terms_id_seq",
    "erp.carriers": "erp.carriers_id_seq",
    "public.stock": "public.stock_id_seq",
    "public.orders": "public.orders_id_seq",
    "public.order_items": "public.order_items_id_seq",
    "erp.pickings": "erp.pickings_id_seq",
    "erp.moves": "erp.moves_id_seq",
    "erp.invoices": "erp.invoices_id_seq",
    "erp.calendars": "erp.calendars_id_seq",
    "public.professionals": "public.professionals_id_seq",
    "public.services": "",
    "public.professional_services": "",
    "public.working_hours": "public.working_hours_id_seq",
    "public.leaves": "public.leaves_id_seq",
    "public.appointments": "public.appointments_id_seq",
    "erp.appointment_partners": "",
    "public.business_rules": "public.business_rules_id_seq",
    "erp.teams": "erp.teams_id_seq",
    "erp.leads": "erp.leads_id_seq",
    "erp.messages": "erp.messages_id_seq",
    "erp.followers": "erp.followers_id_seq",
    "erp.samples": "",
}
ORDER_NUMBERS = "erp.order_numbers"
PICKING_NUMBERS = "erp.picking_numbers"

# When everything was set up that has no time of its own: before any customer came.
_SINCE = datetime(2024, 1, 2, 12, tzinfo=UTC)

_NEXT = """
SELECT schemaname || '.' || sequencename AS name, coalesce(last_value + 1, start_value) AS next
FROM pg_sequences WHERE schemaname IN ('erp', 'public')
"""
_DATED = """
SELECT table_schema || '.' || table_name AS name FROM information_schema.columns
WHERE column_name = 'created_at' AND table_schema IN ('erp', 'public')
"""


class Rows:
    """Collects rows until `write`. Nobody else may add rows meanwhile: `fill` holds a lock."""

    def __init__(self, following: Mapping[str, int], dated: frozenset[str]) -> None:
        self._next = dict(following)
        self._dated = dated
        self._used: set[str] = set()
        self._rows: defaultdict[str, list[dict[str, Value]]] = defaultdict(list)

    @classmethod
    async def begin(cls, connection: AsyncConnection[DictRow]) -> Rows:
        """Go on after the numbers that the database has given out."""
        cursor = await connection.execute(_NEXT)
        following = {row["name"]: int(row["next"]) for row in await cursor.fetchall()}
        cursor = await connection.execute(_DATED)
        return cls(following, frozenset(row["name"] for row in await cursor.fetchall()))

    def number(self, sequence: str) -> int:
        """The next of a sequence."""
        number = self._next[sequence]
        self._next[sequence] = number + 1
        self._used.add(sequence)
        return number

    def add(self, table: str, **values: Value) -> int:
        """Take a row and return its id (0 without one). Every row of a table names the same columns."""
        if TABLES[table]:
            values["id"] = self.number(TABLES[table])
        if table in self._dated and "created_at" not in values:
            values |= made(_SINCE)
        self._rows[table].append(values)
        return id_ if isinstance(id_ := values.get("id"), int) else 0

    async def write(self, connection: AsyncConnection[DictRow]) -> None:
        """Store everything and move the sequences; the object is used up."""
        for table in TABLES:
            if rows := self._rows.pop(table, []):
                await _copy(connection, table, rows)
        for sequence in sorted(self._used):
            await connection.execute("SELECT setval(%s::regclass, %s)", (sequence, self._next[sequence] - 1))


async def _copy(connection: AsyncConnection[DictRow], table: str, rows: list[dict[str, Value]]) -> None:
    columns = list(rows[0])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    async with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"{table}: {sorted(set(row) ^ set(columns))} are not in every row")
            await copy.write_row([row[column] for column in columns])


def made(at: datetime) -> dict[str, datetime]:
    """The two times that nearly every table has."""
    return {"created_at": at, "updated_at": at}
