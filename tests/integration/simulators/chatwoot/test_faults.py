"""Faults on demand, and what survives a crash."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from typing import TYPE_CHECKING

import aiohttp
import pytest

from chatwootai.simulators.chatwoot.features import Features

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.integration.simulators.chatwoot.standin import Client, Receiver

pytestmark = pytest.mark.integration

MESSAGES = "conversations/1/messages"


async def test_a_lost_answer_leaves_the_message_stored(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await chatwoot.simulator("PUT", "faults", {"lose_answer": 1, "only_paths": "messages"})
    with pytest.raises(aiohttp.ClientConnectionError):
        await chatwoot.call("POST", MESSAGES, {"content": "Olá"}, as_="bot")
    assert (await chatwoot.conversation())["last_non_activity_message"]["content"] == "Olá"
    await chatwoot.call("DELETE", "/simulator/faults", as_="nobody")
    assert [message["content"] for message in await chatwoot.messages()] == ["Oi", "Olá"]


async def test_an_answer_that_is_late_was_carried_out(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await chatwoot.simulator("PUT", "faults", {"answer_timeout": 1, "timeout_seconds": 0.3})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.15):
            await chatwoot.bot_says(1, "Olá")
    await chatwoot.call("DELETE", "/simulator/faults", as_="nobody")
    assert (await chatwoot.messages())[-1]["content"] == "Olá"


@pytest.mark.parametrize(("fault", "status"), [("answer_429", 429), ("answer_500", 500)])
async def test_a_refused_call_is_not_carried_out(chatwoot: Client, fault: str, status: int) -> None:
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await chatwoot.simulator("PUT", "faults", {fault: 1})
    assert (await chatwoot.call("POST", MESSAGES, {"content": "Olá"}, as_="bot"))[0] == status
    await chatwoot.call("DELETE", "/simulator/faults", as_="nobody")
    assert len(await chatwoot.messages()) == 1


async def test_a_stand_in_that_is_down_refuses_rest_but_not_the_customer(chatwoot: Client) -> None:
    thread = await chatwoot.customer(4)
    await chatwoot.simulator("PUT", "down", {"seconds": 60})
    assert (await chatwoot.call("GET", "conversations"))[0] == 503
    await chatwoot.says(thread, "Oi")
    await chatwoot.simulator("PUT", "down", {"seconds": 0})
    assert (await chatwoot.call("GET", "conversations"))[0] == 200


async def test_webhooks_are_dropped_and_doubled(chatwoot: Client, receiver: Receiver) -> None:
    thread = await chatwoot.customer(4)
    await chatwoot.simulator("PUT", "faults", {"webhook_drop": 1})
    await chatwoot.says(thread, "Um")
    while (await chatwoot.simulator("GET", "health"))["waiting"]:
        await asyncio.sleep(0.01)
    await chatwoot.simulator("PUT", "faults", {"webhook_duplicate": 1})
    await chatwoot.says(thread, "Dois")
    told = await receiver.wait_for("message_created", 2)
    assert [payload["content"] for payload in told] == ["Dois", "Dois"]
    ids = {item.headers["X-Chatwoot-Delivery"] for item in receiver.deliveries}
    assert len(ids) == 1


async def test_webhooks_come_out_of_order(chatwoot: Client, receiver: Receiver) -> None:
    thread = await chatwoot.customer(4)
    await chatwoot.simulator("PUT", "faults", {"webhook_reorder": 0.5, "seed": 7})
    for number in range(12):
        await chatwoot.says(thread, str(number))
    order = [payload["id"] for payload in await receiver.wait_for("message_created", 12)]
    assert sorted(order) == list(range(1, 13))
    assert order != sorted(order)


@pytest.mark.parametrize(
    "plan", [{"webhook_drop": 2}, {"drop": 0.1}, {"seed": "x"}, {"webhook_drop": "often"}]
)
async def test_a_plan_that_makes_no_sense_is_refused(chatwoot: Client, plan: dict[str, object]) -> None:
    assert (await chatwoot.call("PUT", "/simulator/faults", plan, as_="nobody"))[0] == 422


@pytest.mark.parametrize("version", ["4.9", "4.17", "5.0", "", "latest"])
def test_a_version_that_is_not_imitated_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match="is not one of"):
        Features.of(version)


async def test_everything_survives_a_kill_and_waiting_webhooks_are_sent_afterwards(
    start: Callable[..., Awaitable[Client]], receiver: Receiver, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    database = str(tmp_path / "chatwoot.sqlite3")
    arguments = ["--port", str(port), "--database", database, "--webhook-url", receiver.url]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "chatwootai.simulators.chatwoot", *arguments
    )
    url = f"http://127.0.0.1:{port}/simulator"
    plan = {"webhook_delay": 1, "webhook_delay_seconds": [60, 60]}
    async with aiohttp.ClientSession() as session:
        await until_up(session, url)
        await session.put(f"{url}/faults", json=plan)
        async with session.post(f"{url}/api/threads", json={"inbox_id": 1, "name": "Ju"}) as response:
            thread = (await response.json())["id"]
        async with session.post(f"{url}/api/threads/{thread}/messages", json={"content": "Oi"}) as response:
            assert response.status == 200
    process.send_signal(signal.SIGKILL)
    await process.wait()
    chatwoot = await start()
    kept = await chatwoot.simulator("GET", "faults")
    assert kept["webhook_delay_seconds"] == [60, 60]
    assert [message["content"] for message in await chatwoot.sees(thread)] == ["Oi"]
    assert receiver.deliveries == []
    chatwoot.installation.db.execute("UPDATE webhook_jobs SET due_at = 0")
    await chatwoot.says(thread, "Alguém?")
    assert (await receiver.wait_for("message_created"))[0]["content"] == "Oi"


async def until_up(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(1000):
        try:
            async with session.get(f"{url}/health") as response:
                if response.status == 200:
                    return
        except aiohttp.ClientConnectionError:
            await asyncio.sleep(0.02)
    raise AssertionError("the stand-in did not come up")
