"""What an installation holds from the start."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.jsontypes import encode
from chatwootai.simulators.chatwoot.store.people import set_token

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.inboxes import InboxKind

Role = Literal["administrator", "agent"]


@dataclass(frozen=True, slots=True)
class SeedAgent:
    """A human agent; ids and e-mails count for the whole installation."""

    id: int
    name: str
    email: str
    role: Role
    access_token: str
    online: bool = False


@dataclass(frozen=True, slots=True)
class SeedTeam:
    """A team; `member_ids` are agents of the account."""

    id: int
    name: str
    member_ids: tuple[int, ...] = ()
    allow_auto_assign: bool = True


@dataclass(frozen=True, slots=True)
class SeedBot:
    """An agent bot; without secret, one is made when the database is new."""

    id: int
    name: str
    access_token: str
    outgoing_url: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class SeedInbox:
    """An inbox; `agent_bot_id` links a bot to it. All agents of the account are members."""

    id: int
    name: str
    kind: InboxKind
    agent_bot_id: int | None = None
    phone_number: str | None = None
    webhook_url: str | None = None
    greeting_message: str | None = None
    lock_to_single_conversation: bool = False
    agent_reply_time_window: int | None = None


@dataclass(frozen=True, slots=True)
class SeedAccount:
    """A tenant with all that belongs to it; all ids count for the whole installation."""

    id: int
    name: str
    locale: str = "pt_BR"
    inboxes: tuple[SeedInbox, ...] = ()
    bots: tuple[SeedBot, ...] = ()
    agents: tuple[SeedAgent, ...] = ()
    teams: tuple[SeedTeam, ...] = ()
    settings: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seed:
    """All accounts."""

    accounts: tuple[SeedAccount, ...]


def default_seed(
    *,
    webhook_url: str | None = None,
    bot_token: str = "bot-token",  # noqa: S107  # a development tool on loopback
    user_token: str = "user-token",  # noqa: S107  # the same
    administrator_token: str | None = None,
    bot_secret: str | None = None,
) -> Seed:
    """The sample shop of account 1, whose bot serves every inbox.

    Without `administrator_token`, the administrator's is derived from `user_token`, so that it is stable.
    """
    administrator_token = (
        administrator_token or hashlib.sha256(f"{user_token} admin".encode()).hexdigest()[:24]
    )
    bot = SeedBot(1, "Assistente Bela", bot_token, webhook_url, bot_secret)
    inboxes: tuple[SeedInbox, ...] = (
        SeedInbox(1, "WhatsApp", "whatsapp", phone_number="+5511900000001"),
        SeedInbox(2, "Instagram", "instagram"),
        SeedInbox(3, "Site", "web_widget"),
        SeedInbox(4, "API", "api"),
    )
    return Seed(
        (
            SeedAccount(
                1,
                "Bela Cosméticos",
                inboxes=tuple(replace(inbox, agent_bot_id=bot.id) for inbox in inboxes),
                bots=(bot,),
                agents=(
                    SeedAgent(1, "Ana Souza", "ana.souza@belacosmeticos.example", "agent", user_token),
                    SeedAgent(
                        2,
                        "Bruno Lima",
                        "bruno.lima@belacosmeticos.example",
                        "administrator",
                        administrator_token,
                    ),
                ),
                teams=(SeedTeam(1, "Atendimento", (1, 2)),),
            ),
        )
    )


def plant(db: sqlite3.Connection, seed: Seed) -> None:
    """Add what is missing, and bring tokens, names and addresses up to date.

    Links between inboxes and bots, settings and all else that the REST interface can change stay as they are.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        for account in seed.accounts:
            _plant_account(db, account)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _plant_account(db: sqlite3.Connection, account: SeedAccount) -> None:
    db.execute(
        "INSERT INTO accounts (id, name, locale, settings) VALUES (?, ?, ?, json(?)) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, locale = excluded.locale",
        (account.id, account.name, account.locale, encode(account.settings)),
    )
    for agent in account.agents:
        _plant_agent(db, account.id, agent)
    for bot in account.bots:
        _plant_bot(db, account.id, bot)
    for inbox in account.inboxes:
        _plant_inbox(db, account, inbox)
    for team in account.teams:
        _plant_team(db, account.id, team)


def _plant_agent(db: sqlite3.Connection, account_id: int, agent: SeedAgent) -> None:
    db.execute(
        "INSERT INTO users (id, name, email, online) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, "
        "online = excluded.online",
        (agent.id, agent.name, agent.email, agent.online),
    )
    db.execute(
        "INSERT OR REPLACE INTO account_users (account_id, user_id, role) VALUES (?, ?, ?)",
        (account_id, agent.id, agent.role),
    )
    set_token(db, "User", agent.id, agent.access_token)


def _plant_bot(db: sqlite3.Connection, account_id: int, bot: SeedBot) -> None:
    db.execute(
        "INSERT INTO agent_bots (id, account_id, name, outgoing_url, secret) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, outgoing_url = excluded.outgoing_url",
        (bot.id, account_id, bot.name, bot.outgoing_url, bot.secret or secrets.token_urlsafe(24)),
    )
    if bot.secret:
        db.execute("UPDATE agent_bots SET secret = ? WHERE id = ?", (bot.secret, bot.id))
    set_token(db, "AgentBot", bot.id, bot.access_token)


def _plant_inbox(db: sqlite3.Connection, account: SeedAccount, inbox: SeedInbox) -> None:
    columns: dict[str, object] = {
        "id": inbox.id,
        "account_id": account.id,
        "name": inbox.name,
        "kind": inbox.kind,
        "identifier": secrets.token_urlsafe(18),
        "phone_number": inbox.phone_number,
        "webhook_url": inbox.webhook_url,
        "secret": secrets.token_urlsafe(24),
        "greeting_enabled": inbox.greeting_message is not None,
        "greeting_message": inbox.greeting_message,
        "lock_to_single_conversation": inbox.lock_to_single_conversation,
        "agent_reply_time_window": inbox.agent_reply_time_window,
        "agent_bot_id": inbox.agent_bot_id,
    }
    db.execute(
        f"INSERT INTO inboxes ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608  # the names above
        "ON CONFLICT (id) DO UPDATE SET webhook_url = coalesce(excluded.webhook_url, webhook_url)",
        tuple(columns.values()),
    )
    for agent in account.agents:
        db.execute("INSERT OR IGNORE INTO inbox_members VALUES (?, ?)", (inbox.id, agent.id))


def _plant_team(db: sqlite3.Connection, account_id: int, team: SeedTeam) -> None:
    db.execute(
        "INSERT INTO teams (id, account_id, name, allow_auto_assign) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        (team.id, account_id, team.name, team.allow_auto_assign),
    )
    for member in team.member_ids:
        db.execute("INSERT OR IGNORE INTO team_members VALUES (?, ?)", (team.id, member))
