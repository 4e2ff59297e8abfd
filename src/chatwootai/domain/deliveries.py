"""Deliveries: webhook POSTs, stored once, and the wake-up each may mean for its conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chatwootai.domain.accounts import AccountId, ConversationKey


class DeliveryState(StrEnum):
    """Where a delivery stands.

    `KEPT` asked for nothing (an echo, a note, an unknown event); `WAITING` wants an answer; `SETTLED` had its
    turn; `FAILED` had turns that could not be completed; `REJECTED` was malformed and is kept for inspection.
    """

    KEPT = "kept"
    WAITING = "waiting"
    SETTLED = "settled"
    FAILED = "failed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook POST of an authenticated sender.

    `dedupe_key` is equal for two deliveries that say the same. `lane` is the contact's place in her inbox;
    None when the payload does not tell. `wakes` says whether a turn may follow.
    """

    account: AccountId
    dedupe_key: str
    event: str
    body: bytes
    conversation: int | None = None
    message_id: int | None = None
    lane: str | None = None
    wakes: bool = False


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """A delivery as people inspect it."""

    id: int
    account: AccountId
    event: str
    conversation: int | None
    message_id: int | None
    state: DeliveryState
    reason: str
    received_at: datetime
    body: bytes


class DeliveryStore(Protocol):
    """Durable: what `accept` returned for is not lost, whatever process is killed."""

    async def accept(self, delivery: Delivery) -> bool:
        """Store the delivery and wake its conversation in one transaction; False for a repetition."""
        ...

    async def reject(self, account: AccountId, body: bytes, reason: str) -> None:
        """Keep a malformed body for inspection."""
        ...

    async def wake(self, key: ConversationKey, lane: str | None) -> bool:
        """Wake a conversation without a delivery; False when it is awake already."""
        ...

    async def listed(
        self, *, account: AccountId | None, state: DeliveryState | None, limit: int
    ) -> Sequence[StoredDelivery]:
        """Newest first."""
        ...

    async def find(self, delivery_id: int) -> StoredDelivery | None: ...

    async def replay(self, delivery_id: int) -> bool:
        """Let a delivery wait for an answer again and wake its conversation; False when it has none."""
        ...


def lane_of(conversation: int, lane: str | None) -> str:
    """The lane in which a conversation's turns queue: its contact's, else its own.

    Chatwoot may open two conversations for one burst of a new WhatsApp contact; both share the contact
    inbox's source, so their turns never run at once.
    """
    return lane or f"conversation:{conversation}"
