"""Turns in PostgreSQL. See the port in `domain.turns`."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace

from psycopg.types.json import Jsonb

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.errors import TurnFenced
from chatwootai.domain.turns import Ending, Plan, Sending, Standing
from chatwootai.integrations.postgres.pool import Connection, Pool, database_errors
from chatwootai.integrations.postgres.turn_rows import plan_from_row, steps_to_json

REMEMBERED_ANSWERS = 200
"""Newest answered ids that a turn loads, beside those that webhooks brought once more."""

BEGIN = """
with taken as (
    insert into conversations as c (account, conversation, lane, epoch)
    values (%(account)s, %(conversation)s, 'conversation:' || %(conversation)s::text, 1)
    on conflict (account, conversation) do update
        set wakes = 0, waiting_since = null, epoch = c.epoch + 1
    returning epoch, answered_up_to, memory, failures
), delivered as (
    select message_id from deliveries
    where account = %(account)s and conversation = %(conversation)s
      and state in ('waiting', 'failed') and message_id is not null
)
select taken.*,
    array(
        (select message_id from answered_messages
        where account = %(account)s and conversation = %(conversation)s
        order by message_id desc limit %(remembered)s)
        union
        (select message_id from answered_messages join delivered using (message_id)
        where account = %(account)s and conversation = %(conversation)s)
    ) as answered,
    array(select message_id from delivered) as delivered,
    (
        select to_jsonb(t) from turns t
        where account = %(account)s and conversation = %(conversation)s and state = 'sending'
    ) as turn
from taken
"""
QUIET_LEFT = """
select greatest(0, extract(epoch from least(
    last_wake_at + make_interval(secs => %(quiet)s), waiting_since + make_interval(secs => %(patience)s)
) - now()))::float8 as seconds
from conversations
where account = %(account)s and conversation = %(conversation)s and waiting_since is not null
"""
PLAN = """
insert into turns (account, conversation, state, answers, steps, memory, outcome, reason, crews)
select account, conversation, 'sending', %(answers)s, %(steps)s, %(memory)s, %(outcome)s, %(reason)s,
    %(crews)s
from conversations
where account = %(account)s and conversation = %(conversation)s and epoch = %(epoch)s
returning id
"""
LOCK = """
select t.id from turns t join conversations c using (account, conversation)
where t.id = %(turn)s and t.account = %(account)s and t.state = 'sending' and t.done = %(done)s
  and c.epoch = %(epoch)s
for update of t
"""
STEP_DONE = """
update turns set done = done + 1,
    state = case when done + 1 >= %(steps)s then 'done' else state end,
    finished_at = case when done + 1 >= %(steps)s then now() end
where id = %(turn)s and account = %(account)s
"""
CLOSE = """
update conversations set
    answered_up_to = greatest(answered_up_to, %(answered_up_to)s::bigint),
    seen_up_to = greatest(seen_up_to, %(seen_up_to)s),
    memory = coalesce(%(memory)s, memory), failures = 0, failed_at = null
where account = %(account)s and conversation = %(conversation)s and epoch = %(epoch)s
returning epoch
"""
ANSWERED = """
insert into answered_messages (account, conversation, message_id)
select %(account)s, %(conversation)s, unnest(%(answers)s::bigint[]) on conflict do nothing
"""
SETTLE = """
update deliveries set state = 'settled', reason = %(reason)s
where account = %(account)s and conversation = %(conversation)s and state in ('waiting', 'failed')
  and (message_id = any(%(ids)s::bigint[]) or message_id is null)
"""


@dataclass(frozen=True, slots=True)
class _Closing:
    """What the end of a turn leaves behind. `read` are the ids of messages whose deliveries are settled."""

    answers: Sequence[int]
    read: Sequence[int]
    read_up_to: int
    reason: str
    memory: object | None = None


class PostgresTurnStore:
    """`TurnStore` over two pools.

    Sending holds a connection during a call to the helpdesk, so it has a pool of its own, of which one
    account takes at most half: a slow Chatwoot delays its own account only.
    """

    def __init__(self, pool: Pool, sending_pool: Pool) -> None:
        self._pool = pool
        self._sending_pool = sending_pool
        share = max(1, sending_pool.max_size // 2)
        self._share: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(share))

    async def quiet_left(self, key: ConversationKey, quiet: float, patience: float) -> float:
        with database_errors():
            async with self._pool.connection() as connection:
                cursor = await connection.execute(
                    QUIET_LEFT, {**_names(key), "quiet": quiet, "patience": patience}
                )
                row = await cursor.fetchone()
                return float(row["seconds"]) if row else 0.0

    async def begin(self, key: ConversationKey) -> Standing:
        with database_errors():
            async with self._pool.connection() as connection:
                cursor = await connection.execute(BEGIN, {**_names(key), "remembered": REMEMBERED_ANSWERS})
                row = await cursor.fetchone()
        if row is None:
            raise TurnFenced(str(key))
        return Standing(
            key=key,
            epoch=row["epoch"],
            answered_up_to=row["answered_up_to"],
            answered=frozenset(row["answered"]),
            delivered=frozenset(row["delivered"]),
            memory=row["memory"],
            plan=plan_from_row(row["turn"]) if row["turn"] else None,
            failures=row["failures"],
        )

    async def plan(self, standing: Standing, plan: Plan) -> Plan:
        values = {
            **_names(standing.key),
            "epoch": standing.epoch,
            "answers": list(plan.answers),
            "steps": Jsonb(steps_to_json(plan.steps)),
            "memory": Jsonb(dict(plan.memory)),
            "outcome": plan.ending.outcome,
            "reason": plan.ending.reason,
            "crews": plan.ending.crews,
        }
        with database_errors():
            async with self._pool.connection() as connection:
                row = await (await connection.execute(PLAN, values)).fetchone()
        if row is None:
            raise TurnFenced(str(standing.key))
        return replace(plan, turn_id=row["id"], done=0)

    async def drop(self, standing: Standing, plan: Plan) -> None:
        with database_errors():
            async with self._pool.connection() as connection:
                await connection.execute(
                    "update turns set state = 'dropped', finished_at = now() where id = %s and account = %s",
                    (plan.turn_id, standing.key.account),
                )

    def sending(self, standing: Standing, plan: Plan) -> AbstractAsyncContextManager[Sending]:
        return self._sending(standing, plan)

    @asynccontextmanager
    async def _sending(self, standing: Standing, plan: Plan) -> AsyncIterator[Sending]:
        lock = {
            **_names(standing.key),
            "turn": plan.turn_id,
            "done": plan.done,
            "epoch": standing.epoch,
        }
        async with self._share[standing.key.account]:
            with database_errors():
                async with self._sending_pool.connection() as connection, connection.transaction():
                    if await (await connection.execute(LOCK, lock)).fetchone() is None:
                        raise TurnFenced(str(standing.key))
                    yield _LockedTurn(connection, standing, plan)

    async def finish(
        self,
        standing: Standing,
        ending: Ending,
        *,
        answers: Sequence[int],
        seen: Sequence[int],
        settled: bool = True,
    ) -> None:
        read = {*answers, *seen} if settled else set(seen)
        closing = _Closing(answers if settled else (), list(read), max(seen, default=0), ending.reason)
        with database_errors():
            async with self._pool.connection() as connection, connection.transaction():
                await _close(connection, standing, closing)

    async def fail(self, key: ConversationKey, reason: str) -> None:
        with database_errors():
            async with self._pool.connection() as connection, connection.transaction():
                await connection.execute(
                    """
                    update deliveries set state = 'failed', reason = %(reason)s
                    where account = %(account)s and conversation = %(conversation)s and state = 'waiting'
                    """,
                    {**_names(key), "reason": reason},
                )
                await connection.execute(
                    """
                    update conversations set failures = failures + 1, failed_at = now()
                    where account = %(account)s and conversation = %(conversation)s
                    """,
                    _names(key),
                )


@dataclass(frozen=True, slots=True)
class _LockedTurn:
    connection: Connection
    standing: Standing
    turn: Plan

    async def done(self, read_up_to: int = 0) -> None:
        steps = len(self.turn.steps)
        names = {"turn": self.turn.turn_id, "account": self.standing.key.account, "steps": steps}
        await self.connection.execute(STEP_DONE, names)
        if self.turn.done + 1 < steps:
            return
        answers, memory = self.turn.answers, Jsonb(dict(self.turn.memory))
        closing = _Closing(answers, answers, read_up_to, self.turn.ending.reason, memory)
        await _close(self.connection, self.standing, closing)


async def _close(connection: Connection, standing: Standing, closing: _Closing) -> None:
    names = _names(standing.key)
    row = await connection.execute(
        CLOSE,
        {
            **names,
            "epoch": standing.epoch,
            "answered_up_to": max(closing.answers, default=None),
            "seen_up_to": closing.read_up_to,
            "memory": closing.memory,
        },
    )
    if await row.fetchone() is None:
        raise TurnFenced(str(standing.key))
    await connection.execute(ANSWERED, {**names, "answers": list(closing.answers)})
    await connection.execute(SETTLE, {**names, "ids": list(closing.read), "reason": closing.reason})


def _names(key: ConversationKey) -> dict[str, object]:
    return {"account": key.account, "conversation": key.conversation}
