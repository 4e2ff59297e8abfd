"""What a bot's endpoint is told, how, and what its failures cause."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.integration.simulators.chatwoot.conftest import seed_for
from tests.integration.simulators.chatwoot.standin import eventually

from chatwootai.simulators.chatwoot.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.integration.simulators.chatwoot.standin import Client, Json, Receiver

pytestmark = pytest.mark.integration

FIXTURES = Path(__file__).parents[3] / "payloads"
FREE_FORM = {
    "additional_attributes",
    "custom_attributes",
    "content_attributes",
    "event_info",
    "changed_attributes",
}
BOT_FAILED = "A conversa foi marcada como aberta pelo sistema devido a um erro com o robô de atendimento."


def fixture(name: str) -> Json:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def shape(value: Json) -> Json:
    """Keys and kinds of JSON values, without what customers and clients fill in freely."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items() if key not in FREE_FORM}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__


async def subscribe(chatwoot: Client, receiver: Receiver, *events: str) -> Json:
    body = {"url": f"{receiver.url}/account", "subscriptions": list(events)}
    return (await chatwoot.good("POST", "webhooks", body, as_="admin"))["payload"]["webhook"]


def without_bot() -> Seed:
    return seed_for(None)


async def test_an_incoming_message_has_the_shape_of_the_fixture(chatwoot: Client, receiver: Receiver) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi! Vocês têm o hidratante de aveia?")
    (payload,) = await receiver.wait_for("message_created")
    expected = fixture("message_created__whatsapp")
    assert shape(payload) == shape(expected)
    assert (payload["message_type"], payload["conversation"]["messages"][0]["message_type"]) == (
        "incoming",
        0,
    )
    assert "type" not in payload["sender"]
    assert payload["conversation"]["meta"]["sender"]["type"] == "contact"
    assert payload["conversation"]["contact_inbox"]["pubsub_token"]
    assert "uuid" not in payload["conversation"]
    assert "status" not in payload


@pytest.mark.parametrize(
    ("inbox_id", "kind", "name"),
    [
        (1, "audio", "whatsapp_voice_note"),
        (1, "location", "whatsapp_location"),
        (2, "text", "instagram_text"),
        (3, "text", "web_widget"),
    ],
)
async def test_each_channel_has_the_shape_of_its_fixture(
    chatwoot: Client, receiver: Receiver, inbox_id: int, kind: str, name: str
) -> None:
    await chatwoot.says(await chatwoot.customer(inbox_id), "Oi", kind=kind)
    (payload,) = await receiver.wait_for("message_created")
    found, expected = shape(payload), shape(fixture(f"message_created__{name}"))
    assert found == expected


@pytest.mark.parametrize(
    ("version", "inbox_id", "written", "told"),
    [
        ("4.10", 3, "Olá", "<p>Olá</p>\n"),
        ("4.10", 1, "2. Sim", "- Sim"),
        ("4.12", 1, "2. Sim", "2. Sim"),
        ("4.10", 1, "1) pizza\n2) cola", "- pizza\n- cola"),
        ("4.10", 1, "<script>a</script>oi", ""),
        ("4.10", 1, "# 5 por favor", "5 por favor"),
        ("4.10", 4, "2. Sim", "2. Sim"),
        ("4.13", 3, "Olá", "Olá"),
    ],
)
async def test_content_is_written_for_the_channel_up_to_4_12(
    start: Callable[..., Awaitable[Client]],
    receiver: Receiver,
    version: str,
    inbox_id: int,
    written: str,
    told: str,
) -> None:
    chatwoot = await start(version)
    await chatwoot.says(await chatwoot.customer(inbox_id), written)
    (payload,) = await receiver.wait_for("message_created")
    assert payload["content"] == told
    assert payload["conversation"]["messages"][0]["content"] == written


async def test_the_bots_own_words_and_private_notes_come_back(chatwoot: Client, receiver: Receiver) -> None:
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await chatwoot.bot_says(1, "Olá", content_attributes={"bot_key": "k-1"})
    note = {"content": "Cliente antiga", "private": True}
    await chatwoot.good("POST", "conversations/1/messages", note)
    told = {payload["id"]: payload for payload in await receiver.wait_for("message_created", 3)}
    assert told[2]["sender"] == {"id": 1, "name": "Assistente Bela", "type": "agent_bot"}
    assert told[2]["content_attributes"] == {"bot_key": "k-1"}
    assert (told[3]["private"], told[3]["sender"]["type"]) == (True, "user")
    assert told[3]["conversation"]["messages"][0]["id"] == 2


async def test_a_whatsapp_answer_brings_three_updates(chatwoot: Client, receiver: Receiver) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await chatwoot.bot_says(1, "Olá")
    updates = await receiver.wait_for("message_updated", 3)
    assert all(payload["source_id"].startswith("wamid.") for payload in updates)
    statuses = {payload["conversation"]["messages"][0]["status"] for payload in updates}
    assert statuses == {"sent", "delivered", "read"}


async def test_a_choice_in_the_widget_updates_the_bots_message(chatwoot: Client, receiver: Receiver) -> None:
    thread = await chatwoot.customer(3)
    await receiver.wait_for("webwidget_triggered")
    await chatwoot.says(thread, "Oi")
    items = [{"title": "Sim", "value": "sim"}, {"title": "Não", "value": "nao"}]
    await chatwoot.bot_says(1, "Confirma?", content_type="input_select", content_attributes={"items": items})
    await chatwoot.simulator("POST", f"api/threads/{thread}/choose", {"message_id": 2, "value": "nao"})
    (payload,) = await receiver.wait_for("message_updated")
    assert payload["content_attributes"] == {"items": items, "submitted_values": [items[1]]}


async def test_account_webhooks_hear_of_contacts_and_conversations(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start(seed=without_bot())
    events = ("contact_created", "contact_updated", "conversation_created", "conversation_updated")
    await subscribe(chatwoot, receiver, *events, "conversation_typing_on", "conversation_status_changed")
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Olá")
    await chatwoot.says(thread, "Tem hidratante?")
    await chatwoot.simulator("GET", "api/threads")
    await chatwoot.call("POST", f"/simulator/api/threads/{thread}/typing", {"typing": True}, as_="nobody")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "open"}, as_="bot")
    await receiver.wait_for("contact_updated", 2)
    (created,) = await receiver.wait_for("contact_created")
    assert shape(created) == shape(fixture("contact_created__whatsapp"))
    (typing,) = await receiver.wait_for("conversation_typing_on")
    assert typing["user"]["name"] == "Juliana Ferreira"
    (conversation,) = await receiver.wait_for("conversation_created")
    assert conversation["id"] == 1
    (changed,) = await receiver.wait_for("conversation_status_changed")
    assert {"status": {"previous_value": "pending", "current_value": "open"}} in changed["changed_attributes"]
    updates = await receiver.wait_for("conversation_updated", 3)
    names = {name for payload in updates for change in payload["changed_attributes"] for name in change}
    assert names == {"waiting_since", "updated_at", "status"}


async def test_a_bot_hears_of_status_changes_only_from_4_13_and_never_of_creation(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start("4.12")
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "open"}, as_="bot")
    await receiver.wait_for("conversation_opened")
    assert {item.payload["event"] for item in receiver.deliveries} == {
        "message_created",
        "conversation_opened",
    }


async def test_changes_of_status_say_not_what_changed_up_to_4_12(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start("4.10", seed=without_bot())
    await subscribe(chatwoot, receiver, "conversation_status_changed")
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "resolved"})
    (payload,) = await receiver.wait_for("conversation_status_changed")
    assert payload["changed_attributes"] is None
    assert shape(payload) == {**shape(fixture("conversation_created__whatsapp")), "event": "str"}


async def test_an_account_webhook_shows_the_state_at_the_time_it_is_built(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start(seed=without_bot())
    hook = await subscribe(chatwoot, receiver, "message_created")
    await chatwoot.simulator("PUT", "faults", {"webhook_delay": 1, "webhook_delay_seconds": [0.3, 0.3]})
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Um")
    await chatwoot.says(thread, "Dois")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "open"}, as_="bot")
    first, _ = sorted(await receiver.wait_for("message_created", 2), key=lambda payload: payload["id"])
    assert first["content"] == "Um"
    assert first["conversation"]["messages"][0]["content"] == "Dois"
    assert first["conversation"]["status"] == "open"
    assert hook["secret"]


@pytest.mark.parametrize(("version", "signed"), [("4.12", False), ("4.13", True)])
async def test_bot_webhooks_are_signed_from_4_13_on(
    start: Callable[..., Awaitable[Client]], receiver: Receiver, version: str, signed: bool
) -> None:
    chatwoot = await start(version)
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await receiver.wait_for("message_created")
    (delivery,) = receiver.deliveries
    headers = {name: value for name, value in delivery.headers.items() if name.startswith("X-Chatwoot")}
    if not signed:
        assert headers == {}
        return
    text = headers["X-Chatwoot-Timestamp"].encode() + b"." + delivery.body
    expected = hmac.new(b"signing-secret", text, hashlib.sha256).hexdigest()
    assert headers["X-Chatwoot-Signature"] == f"sha256={expected}"
    assert headers["X-Chatwoot-Delivery"]


async def test_a_bot_is_tried_three_times_with_one_delivery_id(chatwoot: Client, receiver: Receiver) -> None:
    receiver.answers = [500, 429, 200]
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await receiver.wait_for("message_created", 3)
    assert len({delivery.headers["X-Chatwoot-Delivery"] for delivery in receiver.deliveries}) == 1
    assert (await chatwoot.conversation())["status"] == "pending"


@pytest.mark.parametrize(
    ("version", "answer", "attempts"),
    [("4.10", 500, 1), ("4.16", 500, 3), ("4.16", 503, 1), ("4.16", 302, 1)],
)
async def test_a_bot_that_fails_loses_the_conversation(
    start: Callable[..., Awaitable[Client]], receiver: Receiver, version: str, answer: int, attempts: int
) -> None:
    chatwoot = await start(version)
    receiver.answers = [answer] * attempts
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await receiver.wait_for("conversation_opened")
    assert (await chatwoot.conversation())["status"] == "open"
    assert len(receiver.of("message_created")) == attempts
    assert [message["content"] for message in await chatwoot.messages()] == ["Oi", BOT_FAILED]


async def test_a_slow_acknowledgement_is_a_failure(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start(webhook_timeout=0.1)
    receiver.delay = 0.5
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await receiver.wait_for("conversation_opened")
    assert len(receiver.of("message_created")) == 1


async def test_an_account_may_keep_conversations_pending_when_the_bot_fails(
    chatwoot: Client, receiver: Receiver
) -> None:
    settings = {"keep_pending_on_bot_failure": True}
    await chatwoot.good("PATCH", "/api/v1/accounts/1", settings, as_="admin")
    receiver.answer = 400
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await receiver.wait_for("message_created")
    await chatwoot.bot_says(1, "Olá")
    await receiver.wait_for("message_created", 2)
    assert (await chatwoot.conversation())["status"] == "pending"


async def test_a_failing_api_inbox_webhook_fails_the_message(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    (account,) = seed_for(None).accounts
    bridged = replace(account.inboxes[3], webhook_url=f"{receiver.url}/bridge")
    chatwoot = await start(seed=Seed((replace(account, inboxes=(bridged,)),)))
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    await receiver.wait_for("message_created")
    receiver.answer = 500
    message = await chatwoot.bot_says(1, "Olá")
    await receiver.wait_for("message_updated")
    failed = next(item for item in await chatwoot.messages() if item["id"] == message["id"])
    assert failed["status"] == "failed"
    assert failed["content_attributes"]["external_error"].startswith("500")


async def test_private_targets_need_permission_from_4_14_on(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    chatwoot = await start("4.14", allow_private_network=False)
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")

    def opened() -> bool:
        row = chatwoot.installation.db.execute("SELECT status FROM conversations").fetchone()
        return bool(row[0] == "open")

    await eventually(opened, "the fallback")
    assert receiver.deliveries == []


async def test_webhooks_are_unique_and_know_their_events(chatwoot: Client, receiver: Receiver) -> None:
    hook = await subscribe(chatwoot, receiver, "message_created")
    again = await chatwoot.call("POST", "webhooks", {"url": hook["url"]}, as_="admin")
    assert again == (422, {"message": "Url has already been taken", "attributes": ["url"]})
    wrong = {"url": "http://127.0.0.1/x", "subscriptions": ["conversation_opened"]}
    assert (await chatwoot.call("POST", "webhooks", wrong, as_="admin"))[0] == 422
    await chatwoot.good("DELETE", f"webhooks/{hook['id']}", as_="admin")
    assert await chatwoot.good("GET", "webhooks", as_="admin") == {"payload": {"webhooks": []}}
