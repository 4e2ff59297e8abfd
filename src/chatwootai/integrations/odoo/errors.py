"""What an error of Odoo means to us. Its texts stay in the cause: they may name groups, paths or SQL."""

from __future__ import annotations

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused, ServiceUnavailable

SERVICE = "odoo"

ACCESS_DENIED = "odoo.exceptions.AccessDenied"

_UNDONE = frozenset(
    {
        "psycopg2.errors.SerializationFailure",
        "psycopg2.errors.DeadlockDetected",
        "psycopg2.errors.LockNotAvailable",
    }
)
_LOST = frozenset({"psycopg2.OperationalError", "psycopg2.InterfaceError", "psycopg2.pool.PoolError"})
"""PostgreSQL went away: for a write perhaps between its commit and the answer."""


class OdooFault(Exception):
    """An error body of Odoo: `name` is the Python class that it names; the traceback is not kept."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name

    @property
    def is_passing(self) -> bool:
        """Whether the same read may succeed a moment later."""
        return self.name in _UNDONE | _LOST


def meaning(call: str, fault: OdooFault, *, writes: bool) -> IntegrationError:
    """The domain's error for a fault; the caller raises it from the fault."""
    if fault.name in _LOST and writes:
        return OutcomeUnknown(SERVICE, f"{call}: {fault.name}")
    if fault.is_passing:
        return ServiceUnavailable(SERVICE, f"{call}: {fault.name}")
    return RequestRefused(SERVICE, f"{call}: {fault.name}")
