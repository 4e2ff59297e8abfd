"""How an error is told to clients."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import OdooError, Unforeseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chatwootai.simulators.odoo.orm.fields import Json


@contextmanager
def odoo_errors() -> Iterator[None]:
    """Turn what deeply nested arguments provoke anywhere below into the error that Odoo would send."""
    try:
        yield
    except RecursionError as error:
        raise Unforeseen("builtins.RecursionError", "maximum recursion depth exceeded") from error


def serialized(error: OdooError) -> dict[str, Json]:
    """The error as JSON-RPC puts it under `data`, and JSON-2 into the body."""
    message = str(error)
    return {
        "name": error.name,
        "message": message,
        "arguments": [message],
        "context": {},
        "debug": traceback_of(error),
    }


def traceback_of(error: OdooError) -> str:
    """Looks as Odoo's do: clients must keep such texts, with paths in them, from people."""
    return (
        "Traceback (most recent call last):\n"
        '  File "/opt/odoo/odoo/http.py", line 1957, in _transactioning\n'
        "    return service_model.retrying(func, env=self.env)\n"
        f"{error.name.removeprefix('builtins.')}: {error}\n"
    )
