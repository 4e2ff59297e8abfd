"""The life of a conversation: pending, open, snoozed, resolved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.integration.simulators.chatwoot.conftest import seed_for

from chatwootai.simulators.chatwoot.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.integration.simulators.chatwoot.standin import Client, Receiver

pytestmark = pytest.mark.integration


async def set_status(chatwoot: Client, status: str, *, number: int = 1, as_: str = "admin") -> object:
    path = f"conversations/{number}/toggle_status"
    return (await chatwoot.good("POST", path, {"status": status}, as_=as_))["payload"]


async def test_a_conversation_waits_for_the_bot_only_where_one_serves(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    assert (await chatwoot.conversation(1))["status"] == "pending"
    await chatwoot.good("POST", "inboxes/1/set_agent_bot", {"agent_bot": None}, as_="admin")
    await chatwoot.says(await chatwoot.customer(), "Oi")
    assert (await chatwoot.conversation(2))["status"] == "open"


async def test_a_blocked_contact_gets_a_resolved_conversation(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.good("PUT", "contacts/1", {"blocked": True})
    await chatwoot.says(thread, "Oi")
    assert (await chatwoot.conversation())["status"] == "resolved"


async def test_a_bot_hands_over_without_success_and_without_assignee(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    handed = await set_status(chatwoot, "open", as_="bot")
    assert handed == {
        "success": None,
        "conversation_id": 1,
        "current_status": "open",
        "snoozed_until": None,
    }
    assert "assignee" not in (await chatwoot.conversation())["meta"]


async def test_an_agent_who_opens_a_conversation_gets_it(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    opened = await set_status(chatwoot, "open", as_="user")
    assert isinstance(opened, dict)
    assert opened["success"] is True
    assert (await chatwoot.conversation())["meta"]["assignee"]["name"] == "Ana Souza"


async def test_whatsapp_opens_a_new_conversation_after_the_last_was_resolved(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await set_status(chatwoot, "resolved")
    assert (await chatwoot.says(thread, "Voltei"))["conversation_id"] == 2
    assert (await chatwoot.conversation(1))["status"] == "resolved"
    assert (await chatwoot.conversation(2))["status"] == "pending"


@pytest.mark.parametrize("inbox_id", [1, 3])
async def test_a_locked_inbox_and_the_widget_go_on_and_tell_the_status_first(
    chatwoot: Client, receiver: Receiver, inbox_id: int
) -> None:
    body = {"lock_to_single_conversation": True}
    await chatwoot.good("PATCH", "inboxes/1", body, as_="admin")
    thread = await chatwoot.customer(inbox_id)
    await chatwoot.says(thread, "Oi")
    await set_status(chatwoot, "resolved")
    await receiver.wait_for("conversation_resolved")
    assert (await chatwoot.says(thread, "Voltei"))["conversation_id"] == 1
    assert (await chatwoot.conversation())["status"] == "pending"
    created = await receiver.wait_for("message_created", 2)
    assert created[1]["conversation"]["status"] == "pending"


async def test_writing_wakes_a_snoozed_conversation(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await set_status(chatwoot, "snoozed")
    await chatwoot.says(thread, "Alguém?")
    assert (await chatwoot.conversation())["status"] == "open"


async def test_an_open_conversation_stays_open(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await set_status(chatwoot, "open")
    await chatwoot.says(thread, "Alguém?")
    assert (await chatwoot.conversation())["status"] == "open"


async def test_a_person_who_writes_does_not_change_the_status(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    before = await chatwoot.conversation()
    assert before["waiting_since"] > 0
    await chatwoot.good("POST", "conversations/1/messages", {"content": "Oi, aqui é a Ana"})
    after = await chatwoot.conversation()
    assert after["status"] == "pending"
    assert after["first_reply_created_at"] > 0
    assert after["waiting_since"] == 0


async def test_a_bots_answer_ends_the_waiting_but_is_no_first_reply(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Olá")
    conversation = await chatwoot.conversation()
    assert (conversation["waiting_since"], conversation["first_reply_created_at"]) == (0, 0)
    await chatwoot.says(thread, "Tem hidratante?")
    assert (await chatwoot.conversation())["waiting_since"] > 0


@pytest.mark.parametrize(
    ("version", "taken", "given"), [("4.15", "pending", "open"), ("4.16", "open", "pending")]
)
async def test_assignment_takes_over_from_4_16_on(
    start: Callable[..., Awaitable[Client]], version: str, taken: str, given: str
) -> None:
    chatwoot = await start(version)
    await chatwoot.says(await chatwoot.customer(), "Oi")
    path = "conversations/1/assignments"
    await chatwoot.good("POST", path, {"assignee_id": 1})
    assert (await chatwoot.conversation())["status"] == taken
    await set_status(chatwoot, "open")
    await chatwoot.good("POST", path, {"assignee_id": 1, "assignee_type": "AgentBot"})
    assert (await chatwoot.conversation())["status"] == given


async def test_what_people_do_is_written_down_in_the_accounts_language(
    chatwoot: Client, receiver: Receiver
) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    await set_status(chatwoot, "open")
    await chatwoot.good("POST", "conversations/1/assignments", {"assignee_id": 1})
    activities = [message["content"] for message in await chatwoot.messages() if message["message_type"] == 2]
    assert activities == ["Conversa foi reaberta por Bruno Lima", "Ana Souza atribuiu esta conversa a si"]
    assert len(await chatwoot.messages(1, "?filter_internal_messages=1")) == 1
    await receiver.wait_for("conversation_opened")
    assert [payload["content"] for payload in receiver.of("message_created")] == ["Oi"]


async def test_a_greeting_is_sent_beside_the_bot(
    start: Callable[..., Awaitable[Client]], receiver: Receiver
) -> None:
    (account,) = seed_for(receiver.url).accounts
    greeting = replace(account.inboxes[0], greeting_message="Bem-vinda à Bela!")
    chatwoot = await start(seed=Seed((replace(account, inboxes=(greeting,)),)))
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.says(thread, "Tudo bem?")
    created = await receiver.wait_for("message_created", 3)
    (template,) = [payload for payload in created if payload["message_type"] == "template"]
    assert (template["content"], template["sender"]) == ("Bem-vinda à Bela!", None)


async def test_unread_messages_are_counted_no_further_than_ten(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    for number in range(12):
        await chatwoot.says(thread, str(number))
    assert (await chatwoot.conversation())["unread_count"] == 10
    await chatwoot.good("POST", "conversations/1/update_last_seen")
    assert (await chatwoot.conversation())["unread_count"] == 0


async def test_messages_touch_the_conversation_for_the_sweep(chatwoot: Client) -> None:
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    before = (await chatwoot.conversation())["updated_at"]
    await chatwoot.says(thread, "Oi?")
    assert (await chatwoot.conversation())["updated_at"] > before
