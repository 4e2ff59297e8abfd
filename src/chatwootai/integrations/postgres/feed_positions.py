"""How far each account's change feed was read, in PostgreSQL. See the port in `domain.changes`."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.integrations.postgres.pool import Pool, database_errors

ADVANCE = """
insert into feed_positions (account, position) values (%(account)s, %(position)s)
on conflict (account) do update set position = excluded.position, advanced_at = now()
"""


@dataclass(frozen=True, slots=True)
class PostgresFeedPositions:
    """`FeedPositions` over a pool."""

    pool: Pool

    async def position(self, account: str) -> str | None:
        with database_errors():
            async with self.pool.connection() as connection:
                cursor = await connection.execute(
                    "select position from feed_positions where account = %s", (account,)
                )
                row = await cursor.fetchone()
                return row["position"] if row else None

    async def advance(self, account: str, position: str) -> None:
        with database_errors():
            async with self.pool.connection() as connection:
                await connection.execute(ADVANCE, {"account": account, "position": position})
