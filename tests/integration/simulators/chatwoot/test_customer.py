"""The customer's phone: what she sees, and what she does not."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.integration.simulators.chatwoot.standin import Client, Json, Receiver

pytestmark = pytest.mark.integration

CHOICES = {
    "content_type": "input_select",
    "content_attributes": {"items": [{"title": "Sim", "value": "s"}, {"title": "Não", "value": "n"}]},
}


async def shown(chatwoot: Client, thread: int, number: int) -> list[Json]:
    """What the customer sees once there are that many messages."""
    seen: list[Json] = []
    for _ in range(500):
        seen = await chatwoot.sees(thread)
        if len(seen) >= number:
            return seen
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {seen}")


async def test_a_thread_goes_on_over_several_conversations(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "resolved"})
    await chatwoot.says(thread, "Voltei")
    seen = await chatwoot.sees(thread)
    assert [(item["content"], item["conversation_id"]) for item in seen] == [("Oi", 1), ("Voltei", 2)]


async def test_notes_activities_and_unsent_messages_stay_hidden(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Chatwoot acha que isto já foi", source_id="my-key")
    await chatwoot.good("POST", "conversations/1/messages", {"content": "nota", "private": True})
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "open"}, as_="bot")
    await chatwoot.bot_says(1, "Olá")
    seen = await shown(chatwoot, thread, 2)
    assert [(item["from"], item["author"], item["content"]) for item in seen] == [
        ("customer", None, "Oi"),
        ("shop", "bot", "Olá"),
    ]


async def test_a_source_id_does_no_harm_on_the_widget(chatwoot: Client) -> None:
    thread = await chatwoot.customer(3)
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Olá", source_id="my-key")
    assert len(await chatwoot.sees(thread)) == 2


async def test_outside_the_window_nothing_reaches_whatsapp(chatwoot: Client, receiver: Receiver) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    yesterday = time.time() - 25 * 3600
    chatwoot.installation.db.execute("UPDATE messages SET created_at = ?", (yesterday,))
    assert (await chatwoot.conversation())["can_reply"] is False
    await chatwoot.bot_says(1, "Ainda quer?")
    (payload,) = await receiver.wait_for("message_updated")
    assert "Template" in payload["content_attributes"]["external_error"]
    assert (await chatwoot.messages())[-1]["status"] == "failed"
    assert [item["status"] for item in await chatwoot.sees(thread)] == ["read", "failed"]


async def test_a_text_that_is_too_long_fails_after_it_was_stored(
    chatwoot: Client, receiver: Receiver
) -> None:
    await chatwoot.says(await chatwoot.customer(2), "Oi")
    await chatwoot.bot_says(1, "x" * 1001)
    (payload,) = await receiver.wait_for("message_updated")
    assert "1000" in payload["content_attributes"]["external_error"]


async def test_whatsapp_sends_the_title_of_a_choice(chatwoot: Client, receiver: Receiver) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Confirma?", **CHOICES)
    asked = (await shown(chatwoot, thread, 2))[1]
    assert asked["items"] == CHOICES["content_attributes"]["items"]  # type: ignore[index]  # the dict above
    await chatwoot.simulator(
        "POST", f"api/threads/{thread}/choose", {"message_id": asked["id"], "value": "s"}
    )
    seen = await chatwoot.sees(thread)
    assert seen[1]["chosen"] == "s"
    assert (seen[2]["content"], seen[2]["in_reply_to"]) == ("Sim", asked["id"])
    told = await receiver.wait_for("message_created", 3)
    answer = next(payload for payload in told if payload["id"] == seen[2]["id"])
    assert answer["content"] == "Sim"
    assert answer["content_attributes"]["in_reply_to_external_id"].startswith("wamid.")


async def test_instagram_drops_the_choices(chatwoot: Client) -> None:
    thread = await chatwoot.customer(2, "marina.souza")
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Confirma?", **CHOICES)
    asked = (await shown(chatwoot, thread, 2))[1]
    assert (asked["content"], asked["items"]) == ("Confirma?", [])
    path = f"/simulator/api/threads/{thread}/choose"
    refused = await chatwoot.call("POST", path, {"message_id": asked["id"], "value": "s"}, as_="nobody")
    assert refused[0] == 422


@pytest.mark.parametrize(("version", "attributes"), [("4.10", {}), ("4.11", {"external_echo": True})])
async def test_what_the_shop_types_on_its_phone_comes_as_an_echo(
    start: Callable[..., Awaitable[Client]], receiver: Receiver, version: str, attributes: Json
) -> None:
    chatwoot = await start(version)
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.simulator("POST", f"api/threads/{thread}/echo", {"content": "Oi, {{ Ju }}!"})
    told = {payload["message_type"]: payload for payload in await receiver.wait_for("message_created", 2)}
    echo = told["outgoing"]
    assert (echo["sender"], echo["content_attributes"]) == (None, attributes)
    assert echo["source_id"].startswith("wamid.")
    assert (await chatwoot.sees(thread))[1]["author"] == "phone"
    assert (await chatwoot.sees(thread))[1]["content"] == "Oi, {{ Ju }}!"


async def test_a_quote_is_known_by_both_ids(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    first = await chatwoot.says(thread, "Oi")
    await chatwoot.says(thread, "Quero esse", in_reply_to=first["id"])
    await chatwoot.says(thread, "E esse", in_reply_to=99_999)
    listed = await chatwoot.messages()
    quote = listed[1]["content_attributes"]
    assert (quote["in_reply_to"], quote["in_reply_to_external_id"]) == (first["id"], listed[0]["source_id"])
    assert listed[2]["content_attributes"] == {"in_reply_to": None, "in_reply_to_external_id": None}


async def test_a_file_can_be_fetched_from_its_address(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    sent = await chatwoot.says(thread, "", kind="audio")
    assert (sent["content"], sent["attachments"][0]["kind"]) == (None, "audio")
    path = sent["attachments"][0]["url"].partition("/rails")[2]
    async with chatwoot.session.get(f"{chatwoot.url}/rails{path}") as response:
        assert response.headers["Content-Type"] == "audio/wav"


async def test_unread_answers_are_counted_until_they_are_seen(chatwoot: Client) -> None:
    thread = await chatwoot.customer(3)
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Olá")
    (listed,) = await chatwoot.simulator("GET", "api/threads")
    assert (listed["unread"], listed["last_message"]["content"]) == (1, "Olá")
    await chatwoot.sees(thread)
    (listed,) = await chatwoot.simulator("GET", "api/threads")
    assert listed["unread"] == 0


async def test_pages_are_told_as_it_happens_and_let_go_at_the_end(chatwoot: Client) -> None:
    url = f"{chatwoot.url}/simulator/api/events?account_id=1"
    async with chatwoot.session.get(url) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        await response.content.readuntil(b"\n\n")
        thread = await chatwoot.customer(3)
        await chatwoot.says(thread, "Oi")
        await chatwoot.good(
            "POST", "conversations/1/toggle_typing_status", {"typing_status": "on"}, as_="bot"
        )
        told: list[Json] = []
        while not told or told[-1]["type"] != "typing":
            line = await response.content.readuntil(b"\n\n")
            told.append(json.loads(line.removeprefix(b"data: ")))
    assert told[0]["type"] == "thread_created"
    created = next(event for event in told if event["type"] == "message_created")
    assert created == {
        "type": "message_created",
        "account_id": 1,
        "thread_id": thread,
        "conversation_id": 1,
        "message_id": 1,
    }
    assert told[-1]["typing"] is True


async def test_a_phone_number_must_be_in_e164_form(chatwoot: Client) -> None:
    body = {"inbox_id": 1, "name": "Ju", "phone_number": "11 98765-4321"}
    assert (await chatwoot.call("POST", "/simulator/api/threads", body, as_="nobody"))[0] == 422
    body["phone_number"] = "+5511987654321"
    thread = await chatwoot.simulator("POST", "api/threads", body)
    assert thread["source_id"] == "5511987654321"
    assert (await chatwoot.simulator("POST", "api/threads", body))["id"] == thread["id"]


async def test_an_export_holds_what_the_customer_does_not_see(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.good("POST", "conversations/1/messages", {"content": "nota", "private": True})
    exported = await chatwoot.simulator("GET", f"api/threads/{thread}/export")
    assert [message["private"] for message in exported["messages"]] == [False, True]
    assert [conversation["id"] for conversation in exported["conversations"]] == [1]
