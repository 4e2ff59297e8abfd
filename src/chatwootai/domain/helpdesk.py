"""Port to the helpdesk (Chatwoot), bound to one account and its credentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chatwootai.domain.conversations import Choice, Conversation, ConversationGlance, Message, Status


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One bubble to the customer, or a note to colleagues, ready for its channel.

    `key` travels with the message and is found again after a crash; it is opaque, since the visitor's
    browser can read it.
    """

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    private: bool = False


class Helpdesk(Protocol):
    """Reads and writes conversations of one account.

    Reads raise `ServiceUnavailable` or `RequestRefused`. Writes raise these when nothing was done, and
    `OutcomeUnknown` when it may have been. Posting is never repeated by the adapter; setting a status,
    a priority, an assignee or a team may be, since repeating them changes nothing.
    """

    async def conversation(self, conversation: int) -> Conversation:
        """The conversation as it stands now."""
        ...

    async def messages(self, conversation: int, after: int) -> tuple[Message, ...]:
        """Messages in id order: every one with an id above `after`, and at least the newest twenty.

        Texts are raw, as the customer typed them. Private notes and activities are included.
        """
        ...

    async def updated_within(self, seconds: int) -> tuple[ConversationGlance, ...]:
        """Conversations of any status that changed in the last `seconds`."""
        ...

    async def post(self, conversation: int, message: OutgoingMessage) -> int:
        """Post as the bot and return the message's id. Posted means stored, not yet delivered."""
        ...

    async def assign_agent(self, conversation: int, agent_id: int) -> None: ...

    async def assign_team(self, conversation: int, team_id: int) -> None: ...

    async def mark_urgent(self, conversation: int) -> None:
        """Let colleagues see it before the others."""
        ...

    async def set_status(self, conversation: int, status: Status) -> None:
        """Open hands the conversation to people; pending takes it back."""
        ...
