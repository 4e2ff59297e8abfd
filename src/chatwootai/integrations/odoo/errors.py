"""What an error of Odoo means to us. Its own texts stay in the cause: they may name groups, paths or SQL."""

from __future__ import annotations

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused, ServiceUnavailable

SERVICE = "odoo"

ACCESS_DENIED = "odoo.exceptions.AccessDenied"
_ACCESS = "odoo.exceptions.AccessError"
_MISSING = "odoo.exceptions.MissingError"
_USER = "odoo.exceptions.UserError"
_NOT_FOUND = "werkzeug.exceptions.NotFound"
_RULES = frozenset({_USER, "odoo.exceptions.ValidationError", "odoo.exceptions.RedirectWarning"})
_UNDONE = frozenset(
    {
        "psycopg2.errors.SerializationFailure",
        "psycopg2.errors.DeadlockDetected",
        "psycopg2.errors.LockNotAvailable",
        "psycopg2.errors.ReadOnlySqlTransaction",  # a standby that takes over
    }
)
_LOST = frozenset(
    {
        "psycopg2.OperationalError",
        "psycopg2.InterfaceError",
        "psycopg2.pool.PoolError",
        *(
            f"psycopg2.errors.{name}"
            for name in (
                "AdminShutdown",
                "CannotConnectNow",
                "CrashShutdown",
                "IdleInTransactionSessionTimeout",
                "QueryCanceled",
                "TooManyConnections",
            )
        ),
    }
)
"""PostgreSQL went away: for a write perhaps between its commit and the answer."""

_MISTAKES = frozenset(
    {"builtins.ValueError", "builtins.AttributeError", "builtins.TypeError", "builtins.KeyError"}
)
"""Unknown fields, methods and parameters: our own mistakes, or names of another series."""


class OdooFault(Exception):
    """An error body of Odoo: `name` is the Python class that it names; the traceback is not kept."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message

    @property
    def is_passing(self) -> bool:
        """Whether the same read may succeed a moment later."""
        return self.name in _UNDONE | _LOST and not self.names_no_database

    @property
    def is_of_another_series(self) -> bool:
        """Whether Odoo did not know a name that another of its series knows. Nothing was done."""
        return self.name in _MISTAKES

    @property
    def names_no_database(self) -> bool:
        """PostgreSQL answers, but has no database of that name."""
        return self.name in _LOST and "database" in self.message and "does not exist" in self.message


class NotOdoo(RequestRefused):
    """Something answers at the address, such as a web page, but it is no Odoo."""


class DatabaseMissing(RequestRefused):
    """The server is an Odoo and has no database of the configured name."""


class KeyRefused(RequestRefused):
    """Login or API key are wrong, revoked or expired: Odoo does not tell which."""


class RightMissing(RequestRefused):
    """The user may not do this; `model` is what the right is missing for."""

    def __init__(self, model: str, call: str) -> None:
        super().__init__(SERVICE, f"{call}: the user has no right for {model}")
        self.model = model


class ModuleMissing(RequestRefused):
    """The server does not know `model`: the module that brings it is not installed."""

    def __init__(self, model: str, call: str) -> None:
        super().__init__(SERVICE, f"{call}: the model {model} is not installed")
        self.model = model


class RecordMissing(RequestRefused):
    """A record was deleted, or never was."""


class RuleBroken(RequestRefused):
    """A constraint or business rule of Odoo refused it; nothing was changed."""


def meaning(model: str, method: str, fault: OdooFault, *, writes: bool) -> IntegrationError:
    """The domain's error for a fault; the caller raises it from the fault."""
    call = f"{model}.{method}"
    if fault.names_no_database:
        return DatabaseMissing(SERVICE, f"{call}: the server has no database of that name")
    if fault.name in _LOST and writes:
        return OutcomeUnknown(SERVICE, f"{call}: {fault.name}")
    if fault.is_passing:
        return ServiceUnavailable(SERVICE, f"{call}: {fault.name}")
    return _refusal(model, call, fault)


def _refusal(model: str, call: str, fault: OdooFault) -> RequestRefused:
    reason = f"{call}: {fault.name}"
    if fault.name == ACCESS_DENIED:
        return KeyRefused(SERVICE, "login or API key wrong, revoked or expired")
    if fault.name == _ACCESS:
        return RightMissing(model, call)
    if fault.name == _MISSING:
        return RecordMissing(SERVICE, reason)
    if _names_unknown_model(fault, model):
        return ModuleMissing(model, call)
    if fault.name in _RULES:
        return RuleBroken(SERVICE, reason)
    return RequestRefused(SERVICE, reason)


def _names_unknown_model(fault: OdooFault, model: str) -> bool:
    # JSON-RPC words it in the context's language, but it names the model: "Object crm.lead doesn't exist".
    if fault.name == _USER:
        return model in fault.message
    return fault.name == _NOT_FOUND and f"model '{model}'" in fault.message
