"""The helpdesks that keep the contract: in memory, the stand-in over HTTP, and a real Chatwoot."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from tests.contract import stand_in as chatwoot
from tests.fakes.helpdesk import FakeHelpdesk

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.helpdesk import Helpdesk
from chatwootai.integrations.chatwoot import ChatwootAccess, ChatwootHelpdesk

ACCOUNT = AccountId("loja-bela")
REAL = "CHATWOOTAI_TEST_CHATWOOT_"


@dataclass(frozen=True, slots=True)
class Desk:
    """A helpdesk with one pending conversation of an API inbox; its customer writes at our bidding."""

    helpdesk: Helpdesk
    conversation: int
    customer_writes: Callable[[str], Awaitable[object]]
    agent_id: int | None
    team_id: int | None
    account: AccountId = ACCOUNT

    def agent(self) -> int:
        """A colleague who may be assigned; skips the test where none is known."""
        return _known(self.agent_id)

    def team(self) -> int:
        """A team that may be assigned; skips the test where none is known."""
        return _known(self.team_id)


def _known(found: int | None) -> int:
    if found is None:
        pytest.skip("the Chatwoot given has nobody to assign")
    return found


@asynccontextmanager
async def fake() -> AsyncIterator[Desk]:
    helpdesk = FakeHelpdesk(ACCOUNT, agents=frozenset({8}), teams=frozenset({4}))

    async def customer_writes(text: str) -> None:
        helpdesk.customer_writes(7, text)

    await customer_writes("Oi!")
    yield Desk(helpdesk, 7, customer_writes, agent_id=8, team_id=4)


@asynccontextmanager
async def stand_in(folder: Path, version: str) -> AsyncIterator[Desk]:
    async with chatwoot.stand_in(folder, version) as running:
        thread = await running.customer("api")
        async with over_http(running.access, thread.conversation, chatwoot.AGENT, chatwoot.TEAM) as desk:
            yield desk


@asynccontextmanager
async def real() -> AsyncIterator[Desk]:
    """Skips the test where the environment names no Chatwoot."""
    names = ("URL", "ACCOUNT_ID", "BOT_TOKEN", "USER_TOKEN", "CONVERSATION")
    given = {name: os.environ.get(REAL + name, "") for name in names}
    if not all(given.values()):
        pytest.skip(f"no real Chatwoot is given in {REAL}…")
    access = ChatwootAccess(
        given["URL"], int(given["ACCOUNT_ID"]), bot_token=given["BOT_TOKEN"], user_token=given["USER_TOKEN"]
    )
    conversation = int(given["CONVERSATION"])
    agent, team = os.environ.get(REAL + "AGENT"), os.environ.get(REAL + "TEAM")
    async with over_http(access, conversation, _id(agent), _id(team)) as desk:
        yield desk


@asynccontextmanager
async def over_http(
    access: ChatwootAccess, conversation: int, agent_id: int | None, team_id: int | None
) -> AsyncIterator[Desk]:
    """The client on its own session, and the customer's side of the conversation of an API inbox."""
    path = f"{access.url}/api/v1/accounts/{access.account_id}/conversations/{conversation}/messages"
    async with aiohttp.ClientSession() as session:

        async def customer_writes(text: str) -> None:
            # In an API inbox a person's token may write what the customer says.
            body = {"content": text, "message_type": "incoming"}
            headers = {"api_access_token": access.user_token}
            async with session.post(path, json=body, headers=headers) as response:
                response.raise_for_status()

        await customer_writes("Oi!")
        helpdesk = ChatwootHelpdesk(session, access, ACCOUNT)
        yield Desk(helpdesk, conversation, customer_writes, agent_id, team_id)


def _id(given: str | None) -> int | None:
    return int(given) if given else None
