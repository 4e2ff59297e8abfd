"""Messages, conversations and contacts over REST."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.simulators.chatwoot.standin import Client

pytestmark = pytest.mark.integration


async def test_a_stored_message_has_chatwoots_shape(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    stored = await chatwoot.bot_says(1, "Olá!", content_attributes={"bot_key": "k-1"}, echo_id="e-1")
    listed = (await chatwoot.messages())[-1]
    assert stored.pop("echo_id") == "e-1"
    assert {**listed, "status": "sent", "source_id": None} == stored
    assert stored["message_type"] == 1
    assert stored["content_attributes"] == {"bot_key": "k-1"}
    assert "additional_attributes" not in stored


@pytest.mark.parametrize(
    ("content", "sent"),
    [
        ("Oi {{ contact.name }}{{ nada }}!", "Oi Juliana Ferreira!"),
        ("a{% comment %}segredo{% endcomment %}b", "ab"),
        ("`{{ contact.phone_number }}`", "`{{ contact.phone_number }}`"),
        ("{{ contact.custom_attribute.limite", "{{ contact.custom_attribute.limite"),
        ("{ { contact.name } }", "{ { contact.name } }"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1}}'),
    ],
)
async def test_outgoing_text_is_a_liquid_template(chatwoot: Client, content: str, sent: str) -> None:
    await chatwoot.says(await chatwoot.customer(), "Me chamo {{ contact.name }}")
    assert (await chatwoot.bot_says(1, content))["content"] == sent
    assert (await chatwoot.messages())[0]["content"] == "Me chamo {{ contact.name }}"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"content": "x", "content_type": "poll"}, "'poll' is not a valid content_type"),
        ({"content": "x", "message_type": "incoming"}, "Incoming messages are only allowed in Api inboxes"),
        ({"content": "x" * 150_001}, "Validation failed: Content is too long (maximum is 150000 characters)"),
        (
            {"content": "x", "content_type": "input_select", "content_attributes": {"items": [{"id": 1}]}},
            "Validation failed: Content attributes contains invalid keys for items : [:id]",
        ),
        (
            {"content": "x", "content_type": "input_select"},
            "Validation failed: Content attributes At least one item is required.",
        ),
    ],
)
async def test_a_message_that_breaks_a_rule_is_refused(
    chatwoot: Client, body: dict[str, object], problem: str
) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    assert await chatwoot.call("POST", "conversations/1/messages", body, as_="bot") == (
        422,
        {"error": problem},
    )


async def test_no_conversation_takes_more_than_200_messages_a_minute(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(4), "Oi")
    for number in range(199):
        await chatwoot.bot_says(1, str(number))
    status, body = await chatwoot.call("POST", "conversations/1/messages", {"content": "201"}, as_="bot")
    assert status == 422
    assert "Too many messages" in body["error"]


async def test_messages_are_listed_by_the_rules_of_before_and_after(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(4), "0")
    for number in range(1, 30):
        await chatwoot.bot_says(1, str(number))

    async def ids(query: str) -> list[int]:
        return [message["id"] for message in await chatwoot.messages(1, query)]

    assert await ids("") == list(range(11, 31))
    assert await ids("?before=11") == list(range(1, 11))
    assert await ids("?after=28") == [29, 30]
    assert await ids("?after=5&before=8") == [5, 6, 7]


async def test_a_user_may_post_as_the_bot(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    body = {"content": "Olá", "sender_type": "AgentBot", "sender_id": 1}
    message = await chatwoot.good("POST", "conversations/1/messages", body)
    assert message["sender"]["type"] == "agent_bot"


async def test_a_bridge_posts_incoming_messages_into_an_api_inbox(chatwoot: Client) -> None:
    contact = {"name": "Carlos", "inbox_id": 4, "phone_number": "+5521998765432"}
    created = await chatwoot.good("POST", "contacts", contact)
    source_id = created["payload"]["contact_inbox"]["source_id"]
    conversation = await chatwoot.good("POST", "conversations", {"source_id": source_id, "inbox_id": 4})
    assert conversation["status"] == "pending"
    body = {"content": "Bom dia", "message_type": "incoming"}
    message = await chatwoot.good("POST", f"conversations/{conversation['id']}/messages", body)
    assert (message["message_type"], message["sender"]["type"]) == (0, "contact")


async def test_invalid_enums_are_server_errors(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    for path, body in (("toggle_status", {"status": "closed"}), ("toggle_priority", {"priority": "asap"})):
        assert (await chatwoot.call("POST", f"conversations/1/{path}", body))[0] == 500
    assert await chatwoot.call("POST", "conversations/1/toggle_priority", {"priority": "high"}) == (200, "")
    assert (await chatwoot.conversation())["priority"] == "high"


async def test_lists_hide_pending_conversations_unless_asked(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    assert (await chatwoot.good("GET", "conversations"))["data"]["payload"] == []
    found = (await chatwoot.good("GET", "conversations?status=all"))["data"]
    assert found["meta"] == {"mine_count": 0, "assigned_count": 0, "unassigned_count": 1, "all_count": 1}
    (conversation,) = found["payload"]
    assert conversation == await chatwoot.conversation()
    assert conversation["last_non_activity_message"]["message_type"] == 0
    assert conversation["last_non_activity_message"]["sender_type"] == "Contact"
    assert conversation["first_reply_created_at"] == 0


async def test_what_changed_lately_comes_on_one_page(chatwoot: Client) -> None:
    for number in range(27):
        await chatwoot.says(await chatwoot.customer(4, f"Cliente {number}"), "Oi")
    pages = [
        len((await chatwoot.good("GET", f"conversations?status=pending&{query}"))["data"]["payload"])
        for query in ("page=1", "page=2", "updated_within=60", "updated_within=60&inbox_id=1")
    ]
    assert pages == [25, 2, 27, 0]


async def test_conversations_are_filtered_by_conditions(chatwoot: Client) -> None:
    for inbox_id in (1, 4):
        await chatwoot.says(await chatwoot.customer(inbox_id), "Oi")
    condition = {"attribute_key": "status", "filter_operator": "equal_to", "values": ["pending"]}
    inbox = {
        "attribute_key": "inbox_id",
        "filter_operator": "equal_to",
        "values": [4],
        "query_operator": None,
    }
    body = {"payload": [{**condition, "query_operator": "AND"}, inbox]}
    found = await chatwoot.good("POST", "conversations/filter", body)
    assert [item["inbox_id"] for item in found["payload"]] == [4]
    hostile = {"payload": [{**inbox, "attribute_key": "1=1; DROP TABLE messages"}]}
    assert (await chatwoot.call("POST", "conversations/filter", hostile))[0] == 422


async def test_labels_and_custom_attributes_are_replaced(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    for labels in (["a", "b"], ["c"]):
        await chatwoot.good("POST", "conversations/1/labels", {"labels": labels})
    for attributes in ({"pedido": 1}, {"etapa": "fim"}):
        body = {"custom_attributes": attributes}
        await chatwoot.good("POST", "conversations/1/custom_attributes", body, as_="bot")
    conversation = await chatwoot.conversation()
    assert conversation["labels"] == ["c"]
    assert conversation["custom_attributes"] == {"etapa": "fim"}


async def test_a_contacts_attributes_are_merged_and_malformed_values_ignored(chatwoot: Client) -> None:
    await chatwoot.customer()
    await chatwoot.good("PUT", "contacts/1", {"custom_attributes": {"a": 1}, "email": "ju@example.com.br"})
    body = {"custom_attributes": {"b": 2}, "email": "sem arroba", "phone_number": "12"}
    contact = (await chatwoot.good("PUT", "contacts/1", body))["payload"]
    assert contact["custom_attributes"] == {"a": 1, "b": 2}
    assert contact["email"] == "ju@example.com.br"
    assert contact["phone_number"].startswith("+55119")
    taken = await chatwoot.call("POST", "contacts", {"name": "Outra", "email": "ju@example.com.br"})
    assert taken == (422, {"message": "Email has already been taken", "attributes": ["email"]})
    found = await chatwoot.good("GET", "contacts/search?q=ju@")
    assert [item["id"] for item in found["payload"]] == [1]


async def test_notes_are_kept_with_their_author(chatwoot: Client) -> None:
    await chatwoot.customer()
    await chatwoot.good("POST", "contacts/1/notes", {"content": "Prefere entrega à tarde"})
    (note,) = await chatwoot.good("GET", "contacts/1/notes")
    assert (note["content"], note["user"]["name"]) == ("Prefere entrega à tarde", "Ana Souza")


async def test_an_assignee_that_does_not_exist_unassigns(chatwoot: Client) -> None:
    await chatwoot.says(await chatwoot.customer(), "Oi")
    path = "conversations/1/assignments"
    assert (await chatwoot.good("POST", path, {"assignee_id": 1}, as_="bot"))["name"] == "Ana Souza"
    meta = (await chatwoot.conversation())["meta"]
    assert (meta["assignee"]["id"], meta["assignee_type"]) == (1, "User")
    assert (await chatwoot.good("POST", path, {"team_id": 1}, as_="bot"))["name"] == "Atendimento"
    assert await chatwoot.call("POST", path, {"assignee_id": 99_999}, as_="bot") == (200, None)
    meta = (await chatwoot.conversation())["meta"]
    assert "assignee" not in meta
    assert meta["team"]["id"] == 1
    assert (await chatwoot.good("POST", path, {"assignee_id": 1, "assignee_type": "AgentBot"}))["name"] == (
        "Assistente Bela"
    )
    assert (await chatwoot.conversation())["meta"]["assignee_type"] == "AgentBot"


async def test_nothing_scans_a_table_that_grows(chatwoot: Client) -> None:
    db = chatwoot.installation.db
    ran: list[str] = []
    db.set_trace_callback(ran.append)
    thread = await chatwoot.customer()
    await chatwoot.says(thread, "Oi")
    await chatwoot.bot_says(1, "Olá {{ contact.name }}")
    await chatwoot.messages(1, "?after=1")
    await chatwoot.messages(1, "?before=9")
    for query in ("", "?status=pending&page=2", "?status=all&updated_within=60&inbox_id=1"):
        await chatwoot.good("GET", f"conversations{query}")
    await chatwoot.sees(thread)
    await chatwoot.simulator("GET", "api/threads")
    await chatwoot.good("POST", "conversations/1/toggle_status", {"status": "open"}, as_="bot")
    db.set_trace_callback(None)
    growing = ("messages", "conversations", "contacts", "contact_inboxes", "webhook_jobs", "channel_jobs")
    scans = [
        (row[3], sql)
        for sql in dict.fromkeys(ran)
        if sql.startswith(("SELECT", "UPDATE", "DELETE", "WITH"))
        for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")
        if row[3].startswith("SCAN") and row[3].split()[1] in growing
    ]
    # A job that is due stands at the front of its index, so walking that stops at once.
    assert [scan for scan in scans if "webhook_jobs_due" not in scan[0]] == []
