"""Whose token a call carries, and what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.rest.answers import RestError, not_found, unauthorized
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.conversations import by_display_id
from chatwootai.simulators.chatwoot.store.inboxes import inbox_ids_of
from chatwootai.simulators.chatwoot.store.people import (
    AgentBot,
    User,
    agent_bots,
    role_of,
    token_owner,
    users,
)

if TYPE_CHECKING:
    import sqlite3

    from fastapi import Request

    from chatwootai.simulators.chatwoot.installation import Installation
    from chatwootai.simulators.chatwoot.store.accounts import Account
    from chatwootai.simulators.chatwoot.store.conversations import Conversation

NOT_FOR_BOTS = "Access to this endpoint is not authorized for bots"


@dataclass(frozen=True, slots=True)
class Caller:
    """A user or bot in one account; `inbox_ids` is None for those who see every inbox."""

    who: User | AgentBot
    account: Account
    role: str
    inbox_ids: tuple[int, ...] | None

    @property
    def user(self) -> User | None:
        """The person, if it is one."""
        return self.who if isinstance(self.who, User) else None

    def require_administrator(self) -> None:
        """Refuse everybody else.

        Raises:
            RestError: 401, as Chatwoot's policies answer.
        """
        if self.role != "administrator":
            raise unauthorized("You are not authorized to do this action")

    def sees_inbox(self, inbox_id: int) -> bool:
        """Whether conversations of the inbox are hers to read."""
        return self.inbox_ids is None or inbox_id in self.inbox_ids


def installation_of(request: Request) -> Installation:
    """The stand-in that serves the call."""
    found: Installation = request.app.state.installation
    return found


def owner_of_token(request: Request) -> User | AgentBot:
    """Whose token the call carries.

    Raises:
        RestError: 401, no token or an unknown one.
    """
    # Rack maps both spellings to one key.
    token = request.headers.get("api_access_token") or request.headers.get("api-access-token")
    if not token:
        raise RestError(401, {"errors": ["You need to sign in or sign up before continuing."]})
    db = installation_of(request).db
    owner = token_owner(db, token)
    if owner:
        kind, key = owner
        found = users.find(db, key) if kind == "User" else agent_bots.find(db, key)
        if found:
            return found
    raise unauthorized("Invalid Access Token")


def identify(request: Request, account_id: int, *, bots: bool = False) -> Caller:
    """The caller; bots only where `bots` says that their tokens are good for it.

    Raises:
        RestError: 401 for a wrong token, a bot out of bounds or a stranger, 404 for an unknown account.
    """
    who = owner_of_token(request)
    if isinstance(who, AgentBot) and not bots:
        raise unauthorized(NOT_FOR_BOTS)
    db = installation_of(request).db
    account = accounts.find(db, account_id)
    if account is None:
        raise not_found()
    if isinstance(who, AgentBot):
        if who.account_id not in (account.id, None):
            raise unauthorized("Bot is not authorized to access this account")
        return Caller(who, account, "bot", None)
    role = role_of(db, account.id, who.id)
    if role is None:
        raise unauthorized("You are not authorized to access this account")
    inbox_ids = None if role == "administrator" else tuple(inbox_ids_of(db, account.id, who.id))
    return Caller(who, account, role, inbox_ids)


def conversation_of(db: sqlite3.Connection, caller: Caller, display_id: int) -> Conversation:
    """A conversation that the caller may see.

    Raises:
        RestError: 404 if the account has none of that number, 401 if its inbox is not the caller's.
    """
    conversation = by_display_id(db, caller.account.id, display_id)
    if conversation is None:
        raise not_found()
    if not caller.sees_inbox(conversation.inbox_id):
        raise unauthorized("You are not authorized to do this action")
    return conversation
