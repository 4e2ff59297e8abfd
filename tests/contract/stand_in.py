"""The Chatwoot stand-in, really listening, with the people around a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from tests.fixtures.serving import serving

from chatwootai.domain.accounts import AccountId
from chatwootai.integrations.chatwoot import ChatwootAccess, ChatwootHelpdesk
from chatwootai.simulators.chatwoot.app import create_app
from chatwootai.simulators.chatwoot.settings import StandInSettings

BOT_TOKEN, USER_TOKEN = "bot-token", "user-token"
"""As in the sample shop of the stand-in."""

AGENT, TEAM = 1, 1
INBOXES = {"whatsapp": 1, "instagram": 2, "web_widget": 3, "api": 4}


@dataclass(frozen=True, slots=True)
class Thread:
    """One customer in one inbox; `id` counts in the stand-in, `conversation` in the account."""

    id: int
    conversation: int


class StandIn:
    """What happens in the stand-in without us."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.access = ChatwootAccess(url, 1, bot_token=BOT_TOKEN, user_token=USER_TOKEN)
        self.session = session
        self.helpdesk = ChatwootHelpdesk(session, self.access, AccountId("1"))

    async def customer(self, kind: str, text: str = "Oi!") -> Thread:
        """A new customer who has written her first message."""
        body = {"inbox_id": INBOXES[kind], "name": "Juliana Ferreira"}
        thread = await self._call("POST", "/simulator/api/threads", body)
        thread_id = int(str(thread["id"]))
        await self.customer_writes(thread_id, text)
        export = await self._call("GET", f"/simulator/api/threads/{thread_id}/export")
        conversations = export["conversations"]
        assert isinstance(conversations, list)
        return Thread(thread_id, int(conversations[0]["id"]))

    async def customer_writes(self, thread: int, text: str, kind: str = "text") -> None:
        await self._call("POST", f"/simulator/api/threads/{thread}/messages", {"content": text, "kind": kind})

    async def customer_chooses(self, thread: int, message: int, value: str) -> None:
        body = {"message_id": message, "value": value}
        await self._call("POST", f"/simulator/api/threads/{thread}/choose", body)

    async def shop_writes_on_its_phone(self, thread: int, text: str) -> None:
        await self._call("POST", f"/simulator/api/threads/{thread}/echo", {"content": text})

    async def colleague_writes(self, conversation: int, text: str, *, private: bool = False) -> None:
        path = f"/api/v1/accounts/1/conversations/{conversation}/messages"
        await self._call("POST", path, {"content": text, "private": private}, token=USER_TOKEN)

    async def sent_by_channel(self, conversation: int, message: int) -> None:
        """Returns when the channel has taken the message and given it its own id."""
        path = f"/api/v1/accounts/1/conversations/{conversation}/messages"
        while True:
            page = await self._call("GET", path, token=USER_TOKEN)
            messages = page["payload"]
            assert isinstance(messages, list)
            if any(m["id"] == message and m["source_id"] for m in messages):
                return
            await asyncio.sleep(0.02)

    async def lose_answers(self, path: str) -> None:
        """From now on, calls of paths that end so happen and are not answered; "" answers all again."""
        plan = {"lose_answer": 1.0, "only_paths": path} if path else {}
        await self._call("PUT", "/simulator/faults", plan)

    async def fail_webhooks(self) -> None:
        """From now on the bot's webhook goes to a port where nobody listens."""
        path = "/simulator/api/agent-session?account_id=1"
        async with self.session.get(self.access.url + path) as response:
            people: list[dict[str, str]] = await response.json()
        administrator = next(p["access_token"] for p in people if p["role"] == "administrator")
        nowhere = {"outgoing_url": "http://127.0.0.1:9/"}
        await self._call("PATCH", "/api/v1/accounts/1/agent_bots/1", nowhere, administrator)

    async def _call(
        self, method: str, path: str, body: object = None, token: str | None = None
    ) -> dict[str, object]:
        headers = {"api_access_token": token} if token else {}
        url = self.access.url + path
        async with self.session.request(method, url, json=body, headers=headers) as response:
            assert response.status == 200, await response.text()
            answer: dict[str, object] = await response.json()
            return answer


@asynccontextmanager
async def stand_in(folder: Path, version: str) -> AsyncIterator[StandIn]:
    """A new installation of that version in `folder`."""
    settings = StandInSettings(folder / "chatwoot.sqlite", version=version, channel_pace=0.01)
    async with serving(create_app(settings)) as url, aiohttp.ClientSession() as session:
        yield StandIn(session, url)
