"""Versions of the profiles that were in force, in PostgreSQL.

Profiles belong to the installation, not to an account: several accounts may share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chatwootai.integrations.postgres.pool import Pool, database_errors

# Processes that see the same new file at once agree on one number.
ALONE = "select pg_advisory_xact_lock(hashtextextended(%(profile)s, 5))"
RECORD = """
insert into profile_versions (profile, number, content)
select %(profile)s, coalesce(max(number), 0) + 1, %(content)s
from profile_versions
where profile = %(profile)s
having coalesce((array_agg(content order by number desc))[1] <> %(content)s, true)
"""
NEWEST = "select max(number) as number from profile_versions where profile = %(profile)s"
LIST = "select number, content, seen_at from profile_versions where profile = %s order by number"


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """`content` is the file as it was, `seen_at` when it came into force."""

    number: int
    content: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class ProfileVersions:
    """Raises `ServiceUnavailable`."""

    pool: Pool

    async def record(self, profile: str, content: str) -> int:
        """The number of this content: a new one where the newest version is another."""
        values = {"profile": profile, "content": content}
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                await connection.execute(ALONE, values)
                await connection.execute(RECORD, values)
                row = await (await connection.execute(NEWEST, values)).fetchone()
        return int(row["number"]) if row else 0

    async def listed(self, profile: str) -> Sequence[ProfileVersion]:
        """Oldest first."""
        with database_errors():
            async with self.pool.connection() as connection:
                rows = await (await connection.execute(LIST, (profile,))).fetchall()
        return tuple(ProfileVersion(row["number"], row["content"], row["seen_at"]) for row in rows)
