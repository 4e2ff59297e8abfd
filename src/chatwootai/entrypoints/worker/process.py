"""The worker's process: the queue's jobs, the sweeps and the recovery side by side."""

from __future__ import annotations

import asyncio
import gc

from procrastinate.worker import Worker
from prometheus_client import start_http_server

from chatwootai.bootstrap.worker import WorkerParts, worker_parts
from chatwootai.config import Settings
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.errors import ConfigurationError, IntegrationError
from chatwootai.entrypoints.worker.indexing import keep_indexed
from chatwootai.entrypoints.worker.jobs import TurnJobs
from chatwootai.entrypoints.worker.recovery import Recovery, leave_if_frozen
from chatwootai.hub.changes import relay
from chatwootai.hub.retries import RetryPolicy
from chatwootai.hub.sweep import SweepPace, sweep
from chatwootai.integrations.postgres.queue import QUEUE
from chatwootai.observability import metrics
from chatwootai.observability.logs import logger

log = logger("worker")

POLLING = 0.2
"""Seconds. Nothing tells a worker that a lane became free or a retry due, so it looks (default: 5)."""
PROFILES_SECONDS = 2.0
"""Between two looks at the files of the profiles."""
GRACE = 25.0
"""Seconds that running turns get to finish after SIGTERM."""


async def work(settings: Settings) -> None:
    """Work until a signal ends it; running turns get a while to finish."""
    async with worker_parts(settings) as parts:
        _serve_metrics(settings)
        await _analyse(parts)
        policy = RetryPolicy(settings.retry_first_seconds, settings.retry_longest_seconds)
        jobs = TurnJobs(parts.turns, policy)
        jobs.register(parts.queue)
        worker = Worker(
            app=parts.queue,
            queues=[QUEUE],
            concurrency=settings.worker_concurrency,
            fetch_job_polling_interval=POLLING,
            abort_job_polling_interval=30.0,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="always",
            update_heartbeat_interval=settings.heartbeat_seconds,
            stalled_worker_timeout=settings.stalled_seconds,
        )
        recovery = Recovery(
            worker,
            parts.pool,
            parts.deliveries,
            jobs.running,
            list(parts.live.accounts),
            settings.stalled_seconds,
        )
        async with asyncio.TaskGroup() as group:
            beside = [
                group.create_task(recovery.watch()),
                group.create_task(leave_if_frozen(settings.stalled_seconds)),
                *(group.create_task(_sweeps(account, parts, settings)) for account in parts.live.accounts),
                *(group.create_task(_relays(id_, parts, settings)) for id_ in parts.live.feeds),
                group.create_task(_refreshes(parts)),
                *(group.create_task(keep_indexed(parts.live.shop(id_))) for id_ in parts.live.accounts),
            ]
            _collect_garbage_from_now_on()
            log.info("worker_started", accounts=len(parts.live.accounts))
            await worker.run()  # type: ignore[no-untyped-call]  # procrastinate leaves it unannotated
            for task in beside:
                task.cancel()
    log.info("worker_stopped")


def _collect_garbage_from_now_on() -> None:
    """What lives as long as the process is looked through once, not again and again amid turns."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def _sweeps(id_: AccountId, parts: WorkerParts, settings: Settings) -> None:
    pace = SweepPace(second_chance=settings.second_chance_seconds)
    while True:
        try:
            found = await sweep(parts.live.accounts[id_], parts.sweeps, parts.deliveries, pace)
        except IntegrationError as error:
            log.warning("sweep_failed", account=id_, reason=str(error))
        else:
            if found:
                log.info("sweep_found", account=id_, conversations=found)
                metrics.sweep_finds.labels(id_).inc(found)
        await asyncio.sleep(settings.sweep_seconds)


async def _relays(account: AccountId, parts: WorkerParts, settings: Settings) -> None:
    feed = parts.live.feeds[account]
    while True:
        try:
            told = await relay(account, feed.changes, feed.listeners, parts.positions)
        except IntegrationError as error:
            log.warning("feed_failed", account=account, reason=str(error))
        else:
            metrics.feed_changes.labels(account).inc(told)
        await asyncio.sleep(settings.feed_seconds)


async def _refreshes(parts: WorkerParts) -> None:
    await parts.live.record()
    while True:
        await asyncio.sleep(PROFILES_SECONDS)
        await parts.live.refresh()


async def _analyse(parts: WorkerParts) -> None:
    """A jobs table that was never analysed is read three times slower (measured)."""
    async with parts.pool.connection() as connection:
        await connection.execute("analyze procrastinate_jobs")


def _serve_metrics(settings: Settings) -> None:
    try:
        start_http_server(settings.metrics_port, settings.metrics_host, registry=metrics.REGISTRY)
    except OSError as error:
        raise ConfigurationError(
            f"a porta {settings.metrics_port} (métricas) está ocupada; mude CHATWOOTAI_METRICS_PORT"
        ) from error
