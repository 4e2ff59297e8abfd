"""What the sweep remembers, in PostgreSQL. See the port in `domain.turns`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from psycopg.rows import DictRow

from chatwootai.domain.conversations import ConversationGlance
from chatwootai.integrations.postgres.pool import Pool, database_errors

MOST_CHANCES = 10
"""After so many failures in a row a conversation is left to `deliveries replay`."""

CLAIM = """
insert into sweeps as s (account, claimed_at) values (%(account)s, now())
on conflict (account) do update set claimed_at = now()
where coalesce(s.started_at, '-infinity') <= now() - make_interval(secs => %(interval)s)
  and coalesce(s.claimed_at, '-infinity') <= now() - make_interval(secs => %(lease)s)
returning claimed_at, extract(epoch from now() - started_at)::float8 as seconds
"""
FINISH = """
update sweeps set started_at = claimed_at, claimed_at = null
where account = %(account)s and claimed_at = %(claimed_at)s returning account
"""
RELEASE = """
update sweeps set claimed_at = null
where account = %(account)s and claimed_at = %(claimed_at)s returning account
"""
UNSEEN = """
select newest.conversation
from unnest(%(conversations)s::bigint[], %(messages)s::bigint[], %(chosen)s::boolean[])
    as newest (conversation, message, chosen)
left join conversations c on c.account = %(account)s and c.conversation = newest.conversation
where c.failed_at is null
  and (coalesce(c.seen_up_to, 0) < newest.message or newest.chosen and not exists (
    select from answered_messages a
    where a.account = %(account)s and a.conversation = newest.conversation and a.message_id = newest.message
  ))
  and coalesce(c.last_wake_at, '-infinity') < now() - make_interval(secs => %(settling)s)
"""
FAILED = """
select conversation from conversations
where account = %(account)s and failed_at < now() - make_interval(secs => %(older_than)s)
  and failures < %(most)s
order by failed_at limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class PostgresSweepStore:
    """`SweepStore`. Of all workers one sweeps an account, at most every `interval` seconds.

    A sweep calls the helpdesk, so it holds neither connection nor lock meanwhile: its claim is a row, which
    another worker may take over after `lease` seconds. A conversation that was woken less than `settling`
    seconds ago is about to be read anyway.
    """

    pool: Pool
    interval: float = 30.0
    settling: float = 10.0
    lease: float = 120.0

    def turn_of_sweeping(self, account: str) -> AbstractAsyncContextManager[float | None]:
        return self._turn_of_sweeping(account)

    @asynccontextmanager
    async def _turn_of_sweeping(self, account: str) -> AsyncIterator[float | None]:
        claim = await self._changed(
            CLAIM, {"account": account, "interval": self.interval, "lease": self.lease}
        )
        if claim is None:
            yield None
            return
        end = RELEASE
        try:
            yield -1.0 if claim["seconds"] is None else claim["seconds"]
            end = FINISH
        finally:
            await self._changed(end, {"account": account, "claimed_at": claim["claimed_at"]})

    async def _changed(self, statement: str, values: dict[str, object]) -> DictRow | None:
        with database_errors():
            async with self.pool.connection() as connection:
                return await (await connection.execute(statement, values)).fetchone()

    async def unseen(self, account: str, glances: Sequence[ConversationGlance]) -> Sequence[int]:
        values = {
            "account": account,
            "conversations": [glance.conversation for glance in glances],
            "messages": [glance.last_message_id for glance in glances],
            "chosen": [glance.chosen for glance in glances],
            "settling": self.settling,
        }
        with database_errors():
            async with self.pool.connection() as connection:
                rows = await (await connection.execute(UNSEEN, values)).fetchall()
                return [row["conversation"] for row in rows]

    async def failed(self, account: str, older_than: float, limit: int) -> Sequence[int]:
        values = {"account": account, "older_than": older_than, "limit": limit, "most": MOST_CHANCES}
        with database_errors():
            async with self.pool.connection() as connection:
                rows = await (await connection.execute(FAILED, values)).fetchall()
                return [row["conversation"] for row in rows]
