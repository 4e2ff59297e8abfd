"""Holds in PostgreSQL. See the port in `domain.holds`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from psycopg.rows import DictRow

from chatwootai.domain.holds import Claim, Hold, SlotClaim, StockClaim, require_claims
from chatwootai.integrations.postgres.pool import Pool, database_errors
from chatwootai.integrations.postgres.seclusion import Seclusion

# Two who tidy up at once must not wait for one another's rows.
TIDY = """
delete from holds where ctid = any(array(
    select ctid from holds where account = %(account)s and expires_at <= now() for update skip locked
))
"""
FORGET = "delete from holds where account = %(account)s and key = %(key)s"
PLACE = """
insert into holds (account, key, position, product, quantity, professional, starts_at, ends_at, expires_at)
select %(account)s, %(key)s, position, product, quantity, professional, starts_at, ends_at,
    now() + %(duration)s
from unnest(
    %(products)s::bigint[], %(quantities)s::numeric[], %(professionals)s::bigint[],
    %(starts)s::timestamptz[], %(ends)s::timestamptz[]
) with ordinality as claim (product, quantity, professional, starts_at, ends_at, position)
on conflict (account, key, position) do update set
    product = excluded.product, quantity = excluded.quantity, professional = excluded.professional,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, expires_at = excluded.expires_at
returning expires_at
"""
HELD_BY = """
select product, quantity, professional, starts_at, ends_at, expires_at from holds
where account = %(account)s and key = %(key)s and expires_at > now() order by position
"""
STOCK = """
select product, sum(quantity) as quantity from holds
where account = %(account)s and product = any(%(products)s::bigint[]) and key <> %(ignoring)s
  and expires_at > now()
group by product
"""
SLOTS = """
select product, quantity, professional, starts_at, ends_at from holds
where account = %(account)s and professional = any(%(professionals)s::bigint[]) and key <> %(ignoring)s
  and expires_at > now() and starts_at < %(end)s and ends_at > %(start)s
order by starts_at, professional, key
"""


@dataclass(frozen=True, slots=True)
class PostgresHoldStore:
    """`HoldStore` over a pool for its rows, and `Seclusion` with a pool of its own for being alone."""

    pool: Pool
    seclusion: Seclusion

    def alone(self, account: str, subjects: Sequence[str]) -> AbstractAsyncContextManager[None]:
        return self.seclusion.alone(account, subjects)

    async def place(self, account: str, key: str, claims: Sequence[Claim], duration: timedelta) -> Hold:
        require_claims(key, claims)
        values = {"account": account, "key": key, "duration": duration, **_columns(claims)}
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                await connection.execute(TIDY, values)
                await connection.execute(FORGET, values)
                (row, *_) = await (await connection.execute(PLACE, values)).fetchall()
        return Hold(key, tuple(claims), row["expires_at"].astimezone(UTC))

    async def get(self, account: str, key: str) -> Hold | None:
        rows = await self._rows(HELD_BY, {"account": account, "key": key})
        if not rows:
            return None
        return Hold(key, tuple(map(_claim, rows)), rows[0]["expires_at"].astimezone(UTC))

    async def release(self, account: str, key: str) -> None:
        with database_errors():
            async with self.pool.connection() as connection:
                await connection.execute(FORGET, {"account": account, "key": key})

    async def stock_held(
        self, account: str, product_ids: Sequence[int], *, ignoring: str = ""
    ) -> dict[int, Decimal]:
        values = {"account": account, "products": list(product_ids), "ignoring": ignoring}
        held = {row["product"]: row["quantity"] for row in await self._rows(STOCK, values)}
        return {id_: held.get(id_, Decimal(0)) for id_ in product_ids}

    async def slots_held(
        self,
        account: str,
        professional_ids: Sequence[int],
        start: datetime,
        end: datetime,
        *,
        ignoring: str = "",
    ) -> Sequence[SlotClaim]:
        values = {
            "account": account,
            "professionals": list(professional_ids),
            "start": start,
            "end": end,
            "ignoring": ignoring,
        }
        return tuple(map(_slot, await self._rows(SLOTS, values)))

    async def _rows(self, statement: str, values: Mapping[str, object]) -> list[DictRow]:
        with database_errors():
            async with self.pool.connection() as connection:
                return await (await connection.execute(statement, values)).fetchall()


def _columns(claims: Sequence[Claim]) -> dict[str, object]:
    slots = [claim if isinstance(claim, SlotClaim) else None for claim in claims]
    stock = [claim if isinstance(claim, StockClaim) else None for claim in claims]
    return {
        "products": [claim.product_id if claim else None for claim in stock],
        "quantities": [claim.quantity if claim else None for claim in stock],
        "professionals": [claim.professional_id if claim else None for claim in slots],
        "starts": [claim.start if claim else None for claim in slots],
        "ends": [claim.end if claim else None for claim in slots],
    }


def _claim(row: DictRow) -> Claim:
    return _slot(row) if row["product"] is None else StockClaim(row["product"], row["quantity"])


def _slot(row: DictRow) -> SlotClaim:
    start, end = row["starts_at"].astimezone(UTC), row["ends_at"].astimezone(UTC)
    return SlotClaim(row["professional"], start, end)
