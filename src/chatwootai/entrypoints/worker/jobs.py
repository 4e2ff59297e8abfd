"""A job of the queue: one attempt at a turn, and what follows when it fails."""

from __future__ import annotations

import asyncio
import traceback
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter

import procrastinate
from procrastinate import JobContext, RetryDecision
from procrastinate.jobs import Job

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.errors import ChatwootAIError, IntegrationError, TurnFailed, TurnFenced
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.domain.turns import Ending
from chatwootai.hub.retries import RetryPolicy
from chatwootai.hub.turns import Turns
from chatwootai.integrations.postgres.queue import QUEUE, TASK
from chatwootai.observability import metrics
from chatwootai.observability.logs import logger

log = logger("worker.jobs")

FRAMES = 8
UNRECORDED = 5.0
"""Seconds until a turn whose failure could not be recorded is looked at again."""


class TryAgain(ChatwootAIError):
    """The attempt failed; the job is to run again after `seconds`, in its place in the lane."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.1f} s")
        self.seconds = seconds


class Later(procrastinate.BaseRetryStrategy):
    """Runs a job again when it says so, or when its end could not be put on record.

    At once when this worker had to stop in the middle of it: without that the job would be gone.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, TryAgain):
            seconds = exception.seconds
        elif isinstance(exception, asyncio.CancelledError):
            seconds = 0.0
        elif isinstance(exception, IntegrationError):
            seconds = UNRECORDED
        else:
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=seconds))


@dataclass(frozen=True, slots=True)
class TurnJobs:
    """Attempts turns.

    `running` holds the ids of the jobs that this process works on; `failures` counts what failed in turns
    that are tried again, per system: a helpdesk that was away does not use up the patience with the ERP.
    """

    turns: Turns
    policy: RetryPolicy
    running: set[int] = field(default_factory=set)
    failures: defaultdict[ConversationKey, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def register(self, queue: procrastinate.App) -> None:
        queue.task(name=TASK, queue=QUEUE, pass_context=True, retry=Later())(self.run)

    async def run(self, context: JobContext, account: str, conversation: int) -> None:
        key = ConversationKey(AccountId(account), conversation)
        job_id = context.job.id or 0
        self.running.add(job_id)
        metrics.turns_running.inc()
        try:
            await self._attempt(key, context.job.attempts + 1)
        except TurnFenced:
            log.info("turn_fenced", account=key.account, conversation=key.conversation)
        finally:
            metrics.turns_running.dec()
            self.running.discard(job_id)

    async def _attempt(self, key: ConversationKey, attempt: int) -> None:
        if key.account not in self.turns.accounts:
            log.warning("turn_of_unknown_account", account=key.account, conversation=key.conversation)
            return
        started = perf_counter()
        if attempt == 1:
            self.failures.pop(key, None)  # left over where another worker ended the turn that failed here
        try:
            ending = await self._take(key, attempt)
        except TurnFenced:
            raise
        except Exception as error:  # noqa: BLE001 -- work accepted from outside must be answered
            ending = await self._after(error, key, attempt)
        self.failures.pop(key, None)
        _record(key, ending, attempt, perf_counter() - started)

    async def _take(self, key: ConversationKey, attempt: int) -> Ending:
        if attempt > self.policy.most_attempts:
            self.failures[key][TurnFailed.__name__] = self.policy.other_attempts
            raise TurnFailed(f"begun {attempt} times, and never ended")
        async with asyncio.timeout(self.policy.longest_turn):
            return await self.turns.take(key)

    async def _after(self, error: Exception, key: ConversationKey, attempt: int) -> Ending:
        """Try again later, else apologise and hand over, else keep it as failed."""
        self._maybe_again(error, key, attempt)
        integration = isinstance(error, IntegrationError)
        reason = HandoffReason.INTEGRATION_FAILED if integration else HandoffReason.TURN_FAILED
        try:
            async with asyncio.timeout(self.policy.longest_turn):
                return await self.turns.give_up(key, reason)
        except TurnFenced:
            raise
        except Exception as second:  # noqa: BLE001 -- a bug that strikes here too would never come to an end
            self._maybe_again(second, key, attempt)
            told = str(second) if isinstance(second, ChatwootAIError) else _cause(second)
            await self.turns.store.fail(key, f"{_cause(error)}; {told}")
            metrics.turns_failed.labels(key.account).inc()
            return Ending("failed", _cause(error))

    def _maybe_again(self, error: Exception, key: ConversationKey, attempt: int) -> None:
        """Count the failure; raise `TryAgain` while there is patience left for its kind."""
        cause = _cause(error)
        self.failures[key][cause] += 1
        seconds = self.policy.delay(error, self.failures[key][cause])
        log.warning(
            "turn_attempt_failed", account=key.account, conversation=key.conversation, attempt=attempt,
            cause=cause, again_in=seconds, **_told(error),
        )  # fmt: skip
        if seconds is not None:
            metrics.turn_retries.labels(key.account, cause).inc()
            raise TryAgain(seconds) from error


def _cause(error: Exception) -> str:
    return error.service if isinstance(error, IntegrationError) else type(error).__name__


def _told(error: Exception) -> dict[str, object]:
    """Our own errors by their text. Of others only where they arose: their text may quote a customer."""
    if isinstance(error, ChatwootAIError):
        return {"reason": str(error)}
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return {"frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}


def _record(key: ConversationKey, ending: Ending, attempt: int, seconds: float) -> None:
    """One line and one count per turn."""
    metrics.turns.labels(key.account, ending.outcome, ending.reason, ending.crews).inc()
    metrics.turn_duration.labels(key.account, ending.outcome).observe(seconds)
    log.info(
        "turn", account=key.account, conversation=key.conversation, outcome=ending.outcome,
        reason=ending.reason, crews=ending.crews, attempt=attempt, seconds=round(seconds, 3),
    )  # fmt: skip
