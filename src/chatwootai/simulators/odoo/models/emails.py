"""The form of an e-mail address by which people are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatwootai.simulators.odoo.orm.environment import Environment

# One address, with or without a name before it; a text with several has no normal form.
_ONE_ADDRESS: LiteralString = r"^(?:[^<>@,;]*<)?\s*([^\s<>,;@]+@[^\s<>,;@]+)\s*>?\s*$"


def normalized(column: LiteralString) -> Callable[[Environment], sql.Composable]:
    """SQL of the address in a column in small letters, NULL where there is not exactly one."""
    query = sql.SQL("lower((regexp_match({}, {}))[1])").format(sql.SQL(column), sql.Literal(_ONE_ADDRESS))
    return lambda _env: query
