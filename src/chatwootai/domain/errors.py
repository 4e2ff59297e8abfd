"""The one tree of errors. An adapter wraps its driver once and keeps the cause."""

from __future__ import annotations


class ChatwootAIError(Exception):
    """Root of every error that the product raises itself."""


class ConfigurationError(ChatwootAIError):
    """The installation cannot start as configured.

    The message names the setting or file, and says what to write there.
    """


class DeliveryRejected(ChatwootAIError):
    """A webhook POST that is not accepted; `status` is the HTTP answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class IntegrationError(ChatwootAIError):
    """A system outside did not do what was asked.

    `service` is the short name of the system ("chatwoot", "odoo"); `retryable` tells whether the same
    call may succeed later without anybody changing something.
    """

    retryable = True

    def __init__(self, service: str, reason: str) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason


class ServiceUnavailable(IntegrationError):
    """Not reached, overloaded or failing on its side; nothing was done."""


class RequestRefused(IntegrationError):
    """Reached, understood and refused: wrong credentials, missing record, broken rule."""

    retryable = False


class OutcomeUnknown(IntegrationError):
    """A write got no answer: it may have happened. Look it up by its key before trying again."""


class ToolRetry(ChatwootAIError):
    """A tool was called wrongly; the text tells the crew how to call it."""


class ToolFailed(ChatwootAIError):
    """A tool cannot do it now; the text tells the crew what to say."""


class TurnFailed(ChatwootAIError):
    """A turn that cannot be completed: the customer gets an apology and a person."""


class TurnFenced(ChatwootAIError):
    """Another worker owns this conversation by now: stop, and say nothing."""
