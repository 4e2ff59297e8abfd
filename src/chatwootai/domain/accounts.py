"""Accounts: the tenants. Everything that is stored or looked up names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

AccountId = NewType("AccountId", str)
"""Our own short name of an account ("1", "loja-bela"); two Chatwoots may both have an account 1."""


@dataclass(frozen=True, slots=True, order=True)
class ConversationKey:
    """One conversation of one account. `conversation` is Chatwoot's display id, unique per account only."""

    account: AccountId
    conversation: int

    def __str__(self) -> str:
        return f"{self.account}/{self.conversation}"
