"""What makes the queue safe against dead, frozen and cut-off workers.

Procrastinate marks jobs with their worker and keeps heartbeats; acting on them is left to us.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.errors import IntegrationError
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import Pool, database_errors
from chatwootai.integrations.postgres.queue import QUEUE
from chatwootai.observability import metrics
from chatwootai.observability.logs import logger

log = logger("worker.recovery")

FROZEN_CHECK = 0.25
FROZEN_EXIT = 75
"""EX_TEMPFAIL: whoever supervises the worker starts it again."""

OWN_JOBS = "select id from procrastinate_jobs where status = 'doing' and worker_id = %s and queue_name = %s"
HEARTBEAT = """
select extract(epoch from now() - last_heartbeat)::float8 as age from procrastinate_workers where id = %s
"""
ASLEEP = """
select c.account, c.conversation, c.lane from conversations c
where c.wakes > 0 and c.last_wake_at < now() - make_interval(secs => %(seconds)s)
  and c.account = any(%(accounts)s)
  and not exists (
    select 1 from procrastinate_jobs j
    where j.status in ('todo', 'doing') and j.queue_name = %(queue)s
      and j.lock = c.account || '|' || c.lane
      and (j.args->>'conversation')::bigint = c.conversation
  )
limit 500
"""
FORGOTTEN = """
select distinct d.account, d.conversation from deliveries d
join conversations c using (account, conversation)
where d.state = 'waiting' and d.received_at < now() - make_interval(secs => %(seconds)s) and c.wakes = 0
  and c.account = any(%(accounts)s)
  and c.last_wake_at < now() - greatest(make_interval(secs => %(seconds)s), (now() - d.received_at) / 4)
  and not exists (
    select 1 from procrastinate_jobs j
    where j.status in ('todo', 'doing') and j.queue_name = %(queue)s
      and j.lock = c.account || '|' || c.lane
  )
limit 500
"""
DEPTH = """
select count(*) filter (where status = 'todo') as todo,
    count(*) filter (where status = 'doing') as doing,
    (
        select extract(epoch from now() - min(received_at))::float8 from deliveries where state = 'waiting'
    ) as age
from procrastinate_jobs where status in ('todo', 'doing') and queue_name = %s
"""


@dataclass(slots=True)
class Recovery:
    """Watches over the queue from inside a worker, for the accounts that it serves. Times in seconds."""

    worker: Worker
    pool: Pool
    deliveries: PostgresDeliveryStore
    running: set[int]
    accounts: Sequence[AccountId]
    stalled: float
    healthy_since: float | None = None

    async def watch(self) -> None:
        """Look after the queue until cancelled."""
        while True:
            await asyncio.sleep(self.stalled / 3)
            try:
                await self.round()
            except (IntegrationError, ConnectorException) as error:
                self.healthy_since = None
                log.warning("recovery_round_failed", reason=str(error))

    async def round(self) -> None:
        await self._measure()
        await self._release_own_orphans()
        if await self._may_judge_others():
            await self._retry_stalled()
        await self._wake_forgotten()

    async def _may_judge_others(self) -> bool:
        """After an outage all heartbeats look old: wait until our own was fresh for a whole stall period."""
        worker_id = self.worker.worker_id
        if worker_id is None:
            return False
        with database_errors():
            async with self.pool.connection() as connection:
                row = await (await connection.execute(HEARTBEAT, (worker_id,))).fetchone()
        if row is None or row["age"] > self.stalled / 2:
            self.healthy_since = None
            return False
        if self.healthy_since is None:
            self.healthy_since = monotonic()
        return monotonic() - self.healthy_since >= self.stalled

    async def _retry_stalled(self) -> None:
        stalled = await self.worker.app.job_manager.get_stalled_jobs(
            queue=QUEUE, seconds_since_heartbeat=self.stalled
        )
        for job in stalled:
            await self._retry(job)

    async def _retry(self, job: Job) -> None:
        """Its worker may have finished it in this very moment; then there is nothing to retry."""
        try:
            await self.worker.app.job_manager.retry_job(job)
            log.warning("stalled_turn_retried", **job.task_kwargs)
        except ConnectorException as error:
            log.info("stalled_turn_was_finished", reason=str(error), **job.task_kwargs)

    async def _release_own_orphans(self) -> None:
        """Jobs that are ours by the records, but on which nobody works: their end could not be recorded."""
        worker_id = self.worker.worker_id
        if worker_id is None:
            return
        with database_errors():
            async with self.pool.connection() as connection:
                rows = await (await connection.execute(OWN_JOBS, (worker_id, QUEUE))).fetchall()
        await asyncio.sleep(1.0)
        for row in rows:
            if row["id"] not in self.running and await self._still_ours(row["id"], worker_id):
                await self.worker.app.job_manager.retry_job_by_id_async(row["id"], datetime.now(UTC))
                log.warning("orphaned_turn_retried", job=row["id"])

    async def _still_ours(self, job_id: int, worker_id: int) -> bool:
        with database_errors():
            async with self.pool.connection() as connection:
                cursor = await connection.execute(f"{OWN_JOBS} and id = %s", (worker_id, QUEUE, job_id))
                return await cursor.fetchone() is not None

    async def _wake_forgotten(self) -> None:
        """Whatever was lost: a conversation that is awake has a job, and a waiting delivery a turn.

        A message that is gone from Chatwoot is never read: its delivery is looked for less and less often.
        """
        names = {"seconds": self.stalled * 2, "queue": QUEUE, "accounts": list(self.accounts)}
        with database_errors():
            async with self.pool.connection() as connection:
                asleep = await (await connection.execute(ASLEEP, names)).fetchall()
                for row in asleep:
                    await connection.execute(
                        "update conversations set wakes = 0 where account = %s and conversation = %s",
                        (row["account"], row["conversation"]),
                    )
                forgotten = await (await connection.execute(FORGOTTEN, names)).fetchall()
        for row in (*asleep, *forgotten):
            key = ConversationKey(AccountId(row["account"]), row["conversation"])
            await self.deliveries.wake(key, None)
            log.warning("forgotten_conversation_woken", account=key.account, conversation=key.conversation)

    async def _measure(self) -> None:
        with database_errors():
            async with self.pool.connection() as connection:
                row = await (await connection.execute(DEPTH, (QUEUE,))).fetchone()
        if row is not None:
            metrics.queue_jobs.labels("todo").set(row["todo"])
            metrics.queue_jobs.labels("doing").set(row["doing"])
            metrics.queue_age.set(row["age"] or 0.0)


async def leave_if_frozen(stalled: float) -> None:
    """End this process when it stood still so long that others have taken its turns over.

    Such a worker must not finish what it began: the queue would free a lane in which another works.
    """
    before = monotonic()
    while True:
        await asyncio.sleep(FROZEN_CHECK)
        now = monotonic()
        if now - before > stalled / 2:
            log.error("worker_was_frozen", seconds=round(now - before, 1))
            os._exit(FROZEN_EXIT)
        before = now
