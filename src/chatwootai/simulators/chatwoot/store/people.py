"""Users (human agents), teams, agent bots and their access tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

OwnerType = Literal["User", "AgentBot"]


@dataclass(frozen=True, slots=True)
class User:
    """A person who works in Chatwoot; may belong to several accounts."""

    id: int
    name: str
    email: str
    online: bool


@dataclass(frozen=True, slots=True)
class Team:
    """A group of users of one account."""

    id: int
    account_id: int
    name: str
    description: str | None
    allow_auto_assign: bool


@dataclass(frozen=True, slots=True)
class AgentBot:
    """A bot; without account it serves the whole installation."""

    id: int
    account_id: int | None
    name: str
    description: str | None
    outgoing_url: str | None
    secret: str
    bot_config: JsonObject


users = Table(User, "users", boolean=["online"])
teams = Table(Team, "teams", boolean=["allow_auto_assign"])
agent_bots = Table(AgentBot, "agent_bots", json=["bot_config"])


def role_of(db: sqlite3.Connection, account_id: int, user_id: int) -> str | None:
    """`administrator`, `agent`, or None for somebody who does not belong to the account."""
    row = db.execute(
        "SELECT role FROM account_users WHERE account_id = ? AND user_id = ?", (account_id, user_id)
    ).fetchone()
    return str(row[0]) if row else None


def accounts_of(db: sqlite3.Connection, user_id: int) -> list[tuple[int, str]]:
    """Account ids and roles of a user."""
    rows = db.execute("SELECT account_id, role FROM account_users WHERE user_id = ? ORDER BY 1", (user_id,))
    return [(int(account_id), str(role)) for account_id, role in rows]


def users_of_account(db: sqlite3.Connection, account_id: int) -> list[User]:
    """The account's people, in order of id."""
    where = "id IN (SELECT user_id FROM account_users WHERE account_id = ?) ORDER BY id"
    return users.all(db, where, account_id)


def user_in_account(db: sqlite3.Connection, account_id: int, user_id: int) -> User | None:
    """A user, unless she belongs to other accounts only."""
    return users.find(db, user_id) if role_of(db, account_id, user_id) else None


def members_of(db: sqlite3.Connection, team_id: int) -> list[User]:
    """The people of a team, in order of id."""
    return users.all(db, "id IN (SELECT user_id FROM team_members WHERE team_id = ?) ORDER BY id", team_id)


def bot_for_account(db: sqlite3.Connection, account_id: int, bot_id: int) -> AgentBot | None:
    """A bot of the account or of the installation."""
    return agent_bots.first(db, "id = ? AND (account_id = ? OR account_id IS NULL)", bot_id, account_id)


def token_owner(db: sqlite3.Connection, token: str) -> tuple[OwnerType, int] | None:
    """Whose token this is."""
    row = db.execute("SELECT owner_type, owner_id FROM access_tokens WHERE token = ?", (token,)).fetchone()
    return (row[0], int(row[1])) if row else None


def token_of(db: sqlite3.Connection, owner_type: OwnerType, owner_id: int) -> str | None:
    """The token of a user or bot."""
    row = db.execute(
        "SELECT token FROM access_tokens WHERE owner_type = ? AND owner_id = ?", (owner_type, owner_id)
    ).fetchone()
    return str(row[0]) if row else None


def set_token(db: sqlite3.Connection, owner_type: OwnerType, owner_id: int, token: str) -> None:
    """Give a user or bot this token in place of the old one."""
    db.execute("DELETE FROM access_tokens WHERE owner_type = ? AND owner_id = ?", (owner_type, owner_id))
    db.execute("INSERT INTO access_tokens VALUES (?, ?, ?)", (token, owner_type, owner_id))
