"""How often and after how long a turn is tried again."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Times in seconds.

    A helpdesk that does not answer is worth waiting for, since an apology could not be sent either. Anything
    else (the ERP, a bug) is tried a few times and then told to the customer: she is waiting.
    """

    first: float = 1.0
    longest: float = 60.0
    helpdesk_attempts: int = 8
    other_attempts: int = 4
    unknown_first: float = 2.0
    """After a post without an answer: time to finish storing what it may still be storing."""

    def delay(self, error: BaseException, attempt: int) -> float | None:
        """Seconds until the next try, or None to give up. `attempt` counts the tries that failed, from 1."""
        helpdesk = isinstance(error, IntegrationError) and error.service in {"chatwoot", "postgres"}
        if attempt >= (self.helpdesk_attempts if helpdesk else self.other_attempts):
            return None
        first = self.unknown_first if isinstance(error, OutcomeUnknown) else self.first
        return float(min(self.longest, first * 2 ** (attempt - 1)))
