"""The helpdesk port over Chatwoot's REST API (4.2 and newer)."""

from __future__ import annotations

import aiohttp

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.conversations import Conversation, ConversationGlance, Message, Status
from chatwootai.domain.errors import OutcomeUnknown, RequestRefused
from chatwootai.domain.helpdesk import OutgoingMessage
from chatwootai.integrations.chatwoot import parsing
from chatwootai.integrations.chatwoot.fields import as_id, as_object, at
from chatwootai.integrations.chatwoot.outgoing import message_body
from chatwootai.integrations.chatwoot.transport import SERVICE, ChatwootAccess, Transport

NEWEST_PAGE = 20
"""How many messages Chatwoot lists when asked for no range."""

MOST_PAGES = 10
"""Pages of 100 that are read to fill the gap between `after` and the newest twenty."""


class ChatwootHelpdesk:
    """Implements `domain.helpdesk.Helpdesk`: reads as a person, writes as the bot.

    Does not own `session`, and may share it with other accounts. Let its idle connections live shorter
    than the server's (aiohttp's 15 s against Puma's 20 s): a POST over a dying one ends unknown.
    """

    def __init__(self, session: aiohttp.ClientSession, settings: ChatwootAccess, account: AccountId) -> None:
        self._transport = Transport(session, settings)
        self._account = account

    async def conversation(self, conversation: int) -> Conversation:
        answer = await self._transport.read(f"/conversations/{conversation}")
        return parsing.conversation(answer, self._account)

    async def messages(self, conversation: int, after: int) -> tuple[Message, ...]:
        """As the port says, but that of more than 1000 missing messages those in the middle are left out."""
        newest = await self._page(conversation, {})
        found = {message.id: message for message in newest}
        oldest = min(found, default=0)
        if len(newest) < NEWEST_PAGE:
            return _in_order(found)
        position = after
        for _ in range(MOST_PAGES):
            if position >= oldest:
                break
            page = {m.id: m for m in await self._page(conversation, {"after": str(position)})}
            reached = max(page, default=position)
            if reached <= position:
                break
            found |= page
            position = reached
        return _in_order(found)

    async def updated_within(self, seconds: int) -> tuple[ConversationGlance, ...]:
        query = {"status": "all", "updated_within": str(seconds)}
        return parsing.glances(await self._transport.read("/conversations", query))

    async def post(self, conversation: int, message: OutgoingMessage) -> int:
        path = f"/conversations/{conversation}/messages"
        answer = await self._transport.write(path, message_body(message), repeatable=False)
        stored = as_id(at(answer, "id"))
        if stored is None:
            raise OutcomeUnknown(SERVICE, f"POST {path}: the answer has no usable id")
        return stored

    async def assign_agent(self, conversation: int, agent_id: int) -> None:
        await self._assign(conversation, "assignee_id", agent_id)

    async def assign_team(self, conversation: int, team_id: int) -> None:
        await self._assign(conversation, "team_id", team_id)

    async def mark_urgent(self, conversation: int) -> None:
        path = f"/conversations/{conversation}/toggle_priority"
        await self._transport.write(path, {"priority": "urgent"}, repeatable=True)

    async def set_status(self, conversation: int, status: Status) -> None:
        path = f"/conversations/{conversation}/toggle_status"
        answer = await self._transport.write(path, {"status": status.value}, repeatable=True)
        outcome = as_object(at(answer, "payload"))
        # `success` is null for a bot's hand-over; only false says that the record was not saved.
        if outcome.get("success") is False or outcome.get("current_status", status.value) != status.value:
            raise RequestRefused(SERVICE, f"POST {path}: the status did not become {status.value}")

    async def _page(self, conversation: int, query: dict[str, str]) -> tuple[Message, ...]:
        return parsing.messages(await self._transport.read(f"/conversations/{conversation}/messages", query))

    async def _assign(self, conversation: int, key: str, wanted: int) -> None:
        """Chatwoot answers 200 with null to an id it does not know, and leaves nobody assigned."""
        path = f"/conversations/{conversation}/assignments"
        answer = await self._transport.write(path, {key: wanted}, repeatable=True)
        if as_id(at(answer, "id")) != wanted:
            raise RequestRefused(SERVICE, f"POST {path}: {key} {wanted} is unknown, nobody is assigned now")


def _in_order(found: dict[int, Message]) -> tuple[Message, ...]:
    return tuple(found[message_id] for message_id in sorted(found))
