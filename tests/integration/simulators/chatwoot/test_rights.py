"""Who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.integration.simulators.chatwoot.conftest import seed_for

from chatwootai.simulators.chatwoot.seed import Seed, SeedAccount, SeedAgent, SeedBot, SeedInbox

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.integration.simulators.chatwoot.standin import Client

pytestmark = pytest.mark.integration

REFUSED = {"error": "Access to this endpoint is not authorized for bots"}
OTHER_SHOP = SeedAccount(
    2,
    "Saúde Total",
    inboxes=(SeedInbox(21, "WhatsApp", "whatsapp", agent_bot_id=9),),
    bots=(SeedBot(9, "Assistente Saúde", "other-bot"),),
    agents=(SeedAgent(9, "Clara Dias", "clara@saude.example", "administrator", "clara-secret"),),
)


async def test_a_bot_reads_nothing_on_4_10(start: Callable[..., Awaitable[Client]]) -> None:
    chatwoot = await start("4.10")
    await chatwoot.says(await chatwoot.customer(), "Oi")
    for method, path in (
        ("GET", "conversations/1"),
        ("GET", "conversations/1/messages"),
        ("GET", "conversations"),
        ("GET", "conversations/1/labels"),
        ("POST", "conversations/1/labels"),
        ("POST", "conversations/1/toggle_typing_status"),
        ("GET", "contacts/1"),
        ("GET", "/api/v1/profile"),
    ):
        assert await chatwoot.call(method, path, {} if method == "POST" else None, as_="bot") == (
            401,
            REFUSED,
        )
    assert (await chatwoot.bot_says(1, "Olá"))["sender"]["type"] == "agent_bot"


async def test_a_bot_reads_conversations_but_no_message_list_on_4_16(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    assert (await chatwoot.good("GET", "conversations/1", as_="bot"))["id"] == 1
    labels = {"labels": ["vip"]}
    assert await chatwoot.good("POST", "conversations/1/labels", labels, as_="bot") == {"payload": ["vip"]}
    typing = await chatwoot.call(
        "POST", "conversations/1/toggle_typing_status", {"typing_status": "on"}, as_="bot"
    )
    assert typing == (200, "")
    assert await chatwoot.call("GET", "conversations/1/messages", as_="bot") == (401, REFUSED)


async def test_wrong_and_missing_tokens_are_told_apart(chatwoot: Client) -> None:
    wrong = await chatwoot.call("GET", "conversations", as_="guessed")
    assert wrong == (401, {"error": "Invalid Access Token"})
    status, body = await chatwoot.call("GET", "conversations", as_="nobody")
    assert status == 401
    assert "errors" in body


async def test_either_spelling_of_the_header_is_taken(chatwoot: Client) -> None:
    url = f"{chatwoot.url}/api/v1/profile"
    async with chatwoot.session.get(url, headers={"Api-Access-Token": "ana-secret"}) as response:
        profile = await response.json()
    assert profile["name"] == "Ana Souza"
    assert [account["role"] for account in profile["accounts"]] == ["agent"]


async def test_tokens_end_at_the_border_of_their_account(start: Callable[..., Awaitable[Client]]) -> None:
    seed = Seed((*seed_for(None).accounts, OTHER_SHOP))
    chatwoot = await start(seed=seed)
    for account_id, inbox_id in ((1, 1), (2, 21)):
        body = {"account_id": account_id, "inbox_id": inbox_id, "name": f"Cliente {account_id}"}
        thread = await chatwoot.simulator("POST", "api/threads", body)
        await chatwoot.says(thread["id"], f"Oi, conta {account_id}")
    assert (await chatwoot.messages(1))[0]["content"] == "Oi, conta 1"
    other = await chatwoot.good("GET", "conversations/1/messages", as_="clara-secret", account=2)
    assert [message["content"] for message in other["payload"]] == ["Oi, conta 2"]
    assert (await chatwoot.call("GET", "conversations/1", account=2))[0] == 401
    post = await chatwoot.call("POST", "conversations/1/messages", {"content": "x"}, as_="bot", account=2)
    assert post == (401, {"error": "Bot is not authorized to access this account"})
    assert (await chatwoot.call("GET", "conversations/1", account=77))[0] == 404
    assert (await chatwoot.call("GET", "inboxes/21"))[0] == 404


async def test_what_administrators_do_is_refused_to_agents(chatwoot: Client) -> None:
    refused = (401, {"error": "You are not authorized to do this action"})
    assert await chatwoot.call("GET", "webhooks") == refused
    assert await chatwoot.call("POST", "inboxes/1/set_agent_bot", {"agent_bot": None}) == refused
    assert await chatwoot.good("GET", "webhooks", as_="admin") == {"payload": {"webhooks": []}}


async def test_bots_are_managed_by_administrators_and_read_by_all(chatwoot: Client) -> None:
    body = {"name": "Outra", "outgoing_url": "http://127.0.0.1:1/x"}
    bot = await chatwoot.good("POST", "agent_bots", body, as_="admin")
    assert isinstance(bot["access_token"], str)
    await chatwoot.good("POST", "inboxes/2/set_agent_bot", {"agent_bot": bot["id"]}, as_="admin")
    linked = await chatwoot.good("GET", "inboxes/2/agent_bot")
    assert linked["agent_bot"]["access_token"]["token"] == bot["access_token"]
    listed = await chatwoot.good("GET", "agent_bots")
    assert [item["name"] for item in listed] == ["Assistente Bela", "Outra"]
    assert "secret" not in listed[0]


async def test_unknown_ids_and_odd_paths_are_not_found(chatwoot: Client) -> None:
    missing = (404, {"error": "Resource could not be found"})
    assert await chatwoot.call("GET", "conversations/12345") == missing
    assert await chatwoot.call("GET", "contacts/abc") == missing


async def test_anybody_may_ask_for_the_version(chatwoot: Client) -> None:
    async with chatwoot.session.get(f"{chatwoot.url}/api") as response:
        told = await response.json()
    assert (told["version"], told["queue_services"]) == ("4.16.0", "ok")


async def test_the_simulator_answers_to_loopback_only(chatwoot: Client) -> None:
    url = f"{chatwoot.url}/simulator/api/agent-session"
    for headers in ({"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        async with chatwoot.session.get(url, headers=headers) as response:
            assert response.status == 403
    session = await chatwoot.simulator("GET", "api/agent-session")
    assert [(agent["name"], agent["role"]) for agent in session] == [
        ("Ana Souza", "agent"),
        ("Bruno Lima", "administrator"),
    ]
