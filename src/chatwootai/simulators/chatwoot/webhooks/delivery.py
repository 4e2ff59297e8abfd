"""Posting webhooks, with Chatwoot's ideas of failure and retry."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from chatwootai.simulators.chatwoot.lifecycle.activity import add_activity
from chatwootai.simulators.chatwoot.lifecycle.conversations import update_conversation
from chatwootai.simulators.chatwoot.lifecycle.messages import fail_message
from chatwootai.simulators.chatwoot.rests import rest_until
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.messages import messages
from chatwootai.simulators.chatwoot.store.webhooks import webhook_jobs
from chatwootai.simulators.chatwoot.webhooks.request import Target, body_of, headers_of, is_private, target_of

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Installation
    from chatwootai.simulators.chatwoot.store.webhooks import WebhookJob

logger = logging.getLogger(__name__)

# webhooks/trigger.rb from 4.11 on; time-outs and other statuses are never tried again.
RETRYABLE_STATUSES = frozenset({429, 500})
ATTEMPTS = 3


class Delivery:
    """Works through the queues until it is cancelled; at most `webhook_concurrency` posts are under way."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._slots = asyncio.Semaphore(installation.settings.webhook_concurrency)
        self._posts: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver for ever."""
        timeout = aiohttp.ClientTimeout(total=self._installation.settings.webhook_timeout)
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
            try:
                while True:
                    await self._slots.acquire()
                    popped = self._pop()
                    if popped is None:
                        self._slots.release()
                        await self._rest()
                        continue
                    task = asyncio.create_task(self._run_job(session, *popped))
                    self._posts.add(task)
                    task.add_done_callback(self._finished)
            finally:
                for task in self._posts:
                    task.cancel()
                await asyncio.gather(*self._posts, return_exceptions=True)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._posts.discard(task)
        self._slots.release()
        if not task.cancelled() and task.exception():
            logger.error("A webhook job failed", exc_info=task.exception())

    async def _rest(self) -> None:
        work = self._installation.webhook_work
        work.clear()
        row = self._installation.db.execute("SELECT min(due_at) FROM webhook_jobs").fetchone()
        await rest_until(work, row[0])

    def _pop(self) -> tuple[WebhookJob, int] | None:
        """The next job and how many times it is posted; a job that is to be late stays where it is."""
        db = self._installation.db
        while job := webhook_jobs.first(db, "due_at <= ? ORDER BY queue, id", time.time()):
            times, late = self._disturb(job)
            if late is not None:
                webhook_jobs.update(db, job.id, disturbed=True, due_at=time.time() + late)
                continue
            # Gone before it is tried: what is under way at `kill -9` is lost, as with Sidekiq.
            webhook_jobs.delete(db, job.id)
            if times:
                return job, times
        return None

    def _disturb(self, job: WebhookJob) -> tuple[int, float | None]:
        if job.disturbed or job.attempts:
            return 1, None
        disturbance, seconds = self._installation.faults.for_webhook()
        if disturbance in ("delay", "reorder"):
            return 0, seconds
        return {"drop": 0, "duplicate": 2}.get(disturbance or "", 1), None

    async def _run_job(self, session: aiohttp.ClientSession, job: WebhookJob, times: int) -> None:
        try:
            for _ in range(times):
                await self._deliver(session, job)
        except asyncio.CancelledError:
            # An orderly end, unlike `kill -9`, puts work back; Sidekiq does so too.
            self._requeue(job, 0, job.attempts)
            raise

    async def _deliver(self, session: aiohttp.ClientSession, job: WebhookJob) -> None:
        features = self._installation.features
        target = target_of(self._installation.db, job, features)
        body = body_of(self._installation.db, job, features)
        if target is None or body is None:
            return
        status, reason = await self._post(session, target, body, job)
        if 200 <= status < 300:
            return
        retryable = features.bot_retries and job.target_kind == "agent_bot" and status in RETRYABLE_STATUSES
        if retryable and job.attempts + 1 < ATTEMPTS:
            self._requeue(job, self._installation.settings.webhook_retry_wait, job.attempts + 1)
            return
        self._give_up(job, reason)

    async def _post(
        self, session: aiohttp.ClientSession, target: Target, body: bytes, job: WebhookJob
    ) -> tuple[int, str]:
        settings = self._installation.settings
        refused = self._installation.features.private_targets_refused and not settings.allow_private_network
        try:
            host = URL(target.url).host or ""
            if refused and is_private(host):
                return 0, f"Hostname '{host}' has no public ip addresses"
            async with session.post(
                target.url, data=body, headers=headers_of(target, body, job), allow_redirects=False
            ) as response:
                return response.status, f"{response.status} {response.reason}"
        except TimeoutError:
            return 0, "Timed out reading data from server"
        except (aiohttp.ClientError, ValueError) as error:
            return 0, str(error) or type(error).__name__

    def _requeue(self, job: WebhookJob, seconds: float, attempts: int) -> None:
        with self._installation.change() as change:
            kept = {column: getattr(job, column) for column in webhook_jobs.columns if column != "id"}
            due_at = time.time() + seconds
            webhook_jobs.insert(
                change.db, **{**kept, "attempts": attempts, "disturbed": True, "due_at": due_at}
            )

    def _give_up(self, job: WebhookJob, reason: str) -> None:
        logger.warning("Webhook %s of %s %s failed: %s", job.event, job.record_type, job.record_id, reason)
        if job.record_type != "message":
            return
        with self._installation.change() as change:
            message = messages.find(change.db, job.record_id)
            if message is None:
                return
            if job.target_kind == "api_inbox":
                fail_message(change, message, reason)
                return
            conversation = conversations.require(change.db, message.conversation_id)
            settings = accounts.require(change.db, message.account_id).settings
            kept = (
                change.features.keep_pending_setting and settings.get("keep_pending_on_bot_failure") is True
            )
            if job.target_kind == "agent_bot" and conversation.status == "pending" and not kept:
                conversation = update_conversation(change, conversation, status="open")
                add_activity(change, conversation, "bot_failed")
