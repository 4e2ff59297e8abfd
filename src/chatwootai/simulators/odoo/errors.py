"""Errors by the names that Odoo gives them on the wire (`error.data.name`)."""

from __future__ import annotations


class OdooError(Exception):
    """Ends a call. `name` is the Python class that a real Odoo would name."""

    name = "builtins.Exception"


class AccessDenied(OdooError):
    """Wrong login, user or key."""

    name = "odoo.exceptions.AccessDenied"

    def __init__(self) -> None:
        super().__init__("Access Denied")


class AccessError(OdooError):
    """Known user, but not allowed."""

    name = "odoo.exceptions.AccessError"


class UserError(OdooError):
    """A refusal worded for people; also an unknown model."""

    name = "odoo.exceptions.UserError"


class ValidationError(OdooError):
    """A constraint of the model or of the table."""

    name = "odoo.exceptions.ValidationError"


class MissingError(OdooError):
    """A record that is gone. `read` never raises it: it leaves the record out."""

    name = "odoo.exceptions.MissingError"


class RedirectWarning(OdooError):
    """A refusal that names the page where a person could remedy it."""

    name = "odoo.exceptions.RedirectWarning"


class BadValue(OdooError):
    """Unknown field, malformed domain, order or date."""

    name = "builtins.ValueError"


class BadArguments(OdooError):
    """Arguments that the method does not take."""

    name = "builtins.TypeError"


class UnknownMethod(OdooError):
    """A method that the model does not have."""

    name = "builtins.AttributeError"


class SerializationFailure(OdooError):
    """Others kept changing the same rows until patience ended. Nothing was committed."""

    name = "psycopg2.errors.SerializationFailure"


class DatabaseDown(OdooError):
    """PostgreSQL not reached, or no such database. Still HTTP 200."""

    name = "psycopg2.OperationalError"


class SessionExpired(OdooError):
    """A web route without a session that is valid."""

    name = "odoo.http.SessionExpiredException"


class Unforeseen(OdooError):
    """Whatever else went wrong inside a call: Odoo hands any exception to the client by its own name."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name
