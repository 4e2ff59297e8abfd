"""Accounts: the tenants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject


@dataclass(frozen=True, slots=True)
class Account:
    """A tenant; `settings` holds what `PATCH /accounts/:id` may set."""

    id: int
    name: str
    locale: str
    settings: JsonObject


accounts = Table(Account, "accounts", json=["settings"])


def next_display_id(db: sqlite3.Connection, account_id: int) -> int:
    """The number of the account's next conversation: each account counts from 1."""
    sql = "UPDATE accounts SET last_display_id = last_display_id + 1 WHERE id = ? RETURNING last_display_id"
    ((display_id,),) = db.execute(sql, (account_id,)).fetchall()
    return int(display_id)
