"""How often and after how long a turn is tried again."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Times in seconds.

    A helpdesk that does not answer is worth waiting for, since an apology could not be sent either. An ERP
    that is away gets half a minute; what cannot heal by itself (a refusal, a bug) is told sooner: she waits.
    """

    first: float = 1.0
    longest: float = 60.0
    helpdesk_attempts: int = 8
    integration_attempts: int = 6
    other_attempts: int = 3
    most_attempts: int = 25
    """A turn that was begun so often never came to an end: it takes its worker down, or stalls it."""
    longest_turn: float = 120.0
    """For one attempt. A crew that never comes back must not keep its customer's lane for good."""
    unknown_first: float = 2.0
    """After a post without an answer: time to finish storing what it may still be storing."""

    def delay(self, error: BaseException, attempt: int) -> float | None:
        """Seconds until the next try, or None to give up. `attempt` counts failures of this kind, from 1."""
        if attempt >= self._attempts(error):
            return None
        first = self.unknown_first if isinstance(error, OutcomeUnknown) else self.first
        return float(min(self.longest, first * 2 ** (attempt - 1)))

    def _attempts(self, error: BaseException) -> int:
        if not isinstance(error, IntegrationError):
            return self.other_attempts
        if error.service in {"chatwoot", "postgres"}:
            return self.helpdesk_attempts
        return self.integration_attempts if error.retryable else self.other_attempts
