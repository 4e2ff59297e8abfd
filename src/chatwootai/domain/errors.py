"""The one tree of errors. An adapter wraps its driver once and keeps the cause."""

from __future__ import annotations

from enum import StrEnum


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


class Refusal(StrEnum):
    """Why a business rule, ours or the ERP's, forbids something. Nothing was changed."""

    APPOINTMENT_CANCELLED = "appointment_cancelled"
    COUPON_INVALID = "coupon_invalid"
    COUPON_NOT_APPLICABLE = "coupon_not_applicable"
    DOCUMENT_INVALID = "document_invalid"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_CHANGED = "order_changed"
    ORDER_DELIVERED = "order_delivered"
    ORDER_EMPTY = "order_empty"
    ORDER_INVOICED = "order_invoiced"
    ORDER_LOCKED = "order_locked"
    OUTSIDE_HOURS = "outside_hours"
    PRICE_CHANGED = "price_changed"
    SLOT_TAKEN = "slot_taken"
    SOLD_OUT = "sold_out"
    TOO_SOON = "too_soon"
    UNKNOWN_RECORD = "unknown_record"


class BusinessRefusal(ChatwootAIError):
    """A rule of the business forbids it; the customer may be told which. `subject` names the record."""

    def __init__(self, reason: Refusal, subject: str = "") -> None:
        super().__init__(f"{reason}: {subject}" if subject else reason.value)
        self.reason = reason
        self.subject = subject


class ToolRetry(ChatwootAIError):
    """A tool was called wrongly; the text tells the crew how to call it."""


class ToolFailed(ChatwootAIError):
    """A tool cannot do it now; the text tells the crew what to say."""


class TurnFailed(ChatwootAIError):
    """A turn that cannot be completed: the customer gets an apology and a person."""


class TurnFenced(ChatwootAIError):
    """Another worker owns this conversation by now: stop, and say nothing."""
