"""Chatwoot's REST records as the domain's."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Choice, Contact, Status
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.chatwoot import parsing

pytestmark = pytest.mark.unit

ACCOUNT = AccountId("loja-bela")
BOT = {"id": 2, "name": "Assistente", "type": "agent_bot"}
PERSON = {"id": 8, "name": "Ana", "type": "user"}


def message_record(**changes: object) -> dict[str, object]:
    record: dict[str, object] = {
        "id": 4711,
        "content": "Olá",
        "message_type": 0,
        "content_type": "text",
        "content_attributes": {},
        "created_at": 1768816800,
        "private": False,
        "source_id": None,
        "sender": {"id": 55, "type": "contact"},
    }
    return record | changes


def conversation_record(**changes: object) -> dict[str, object]:
    record: dict[str, object] = {
        "id": 7,
        "inbox_id": 3,
        "status": "pending",
        "can_reply": True,
        "additional_attributes": {},
        "meta": meta(),
        "last_non_activity_message": message_record(),
    }
    return record | changes


def meta(**changes: object) -> dict[str, object]:
    sender = {"id": 55, "name": "Juliana", "email": None, "phone_number": "+5511987654321"}
    return {"channel": "Channel::Whatsapp", "sender": sender, "assignee": None, "team": None} | changes


AUTHORS: list[tuple[dict[str, object], Author]] = [
    ({"message_type": 0}, Author.CUSTOMER),
    ({"message_type": "incoming"}, Author.CUSTOMER),
    ({"message_type": 1, "sender": BOT}, Author.BOT),
    ({"message_type": "outgoing", "sender": PERSON}, Author.HUMAN),
    ({"message_type": 1, "sender": {"id": 1, "type": "captain_assistant"}}, Author.SYSTEM),
    ({"message_type": 1, "sender": {"id": 1}}, Author.SYSTEM),
    ({"message_type": 1, "sender": None, "content_attributes": {"external_echo": True}}, Author.PHONE),
    ({"message_type": 1, "sender": PERSON, "content_attributes": {"external_echo": True}}, Author.PHONE),
    ({"message_type": 1, "sender": None, "source_id": "wamid.A"}, Author.PHONE),
    ({"message_type": 1, "sender": None, "source_id": None}, Author.SYSTEM),
    (
        {
            "message_type": 1,
            "sender": None,
            "source_id": "w",
            "content_attributes": {"automation_rule_id": 4},
        },
        Author.SYSTEM,
    ),
    (
        {"message_type": 1, "sender": None, "source_id": "w", "additional_attributes": {"campaign_id": 4}},
        Author.SYSTEM,
    ),
    (
        {"message_type": 1, "sender": None, "source_id": "w", "content_attributes": {"bot_key": "k"}},
        Author.BOT,
    ),
    ({"message_type": 2, "sender": PERSON}, Author.ACTIVITY),
    ({"message_type": "activity"}, Author.ACTIVITY),
    ({"message_type": 3, "sender": None}, Author.SYSTEM),
    ({"message_type": 9}, Author.SYSTEM),
]


@pytest.mark.parametrize(("changes", "author"), AUTHORS)
def test_the_author_of_a_message(changes: dict[str, object], author: Author) -> None:
    assert parsing.message(message_record(**changes)).author is author


def test_a_message_keeps_its_raw_text_time_and_key() -> None:
    attributes = {"bot_key": "5b1e"}
    record = message_record(message_type=1, sender=BOT, content="*2* <b>", content_attributes=attributes)
    message = parsing.message(record)
    assert (message.id, message.text, message.key) == (4711, "*2* <b>", "5b1e")
    assert message.created_at == datetime(2026, 1, 19, 10, 0, tzinfo=UTC)


def test_a_customer_cannot_lend_herself_our_key() -> None:
    assert parsing.message(message_record(content_attributes={"bot_key": "5b1e"})).key is None


def test_attachments_are_named_by_kind() -> None:
    attachments = [{"file_type": "image"}, {"file_type": "audio"}, {}, None]
    message = parsing.message(message_record(content=None, attachments=attachments))
    assert message.text == ""
    assert message.attachments == ("image", "audio", "file", "file")


def test_of_an_email_only_what_is_new_is_read() -> None:
    email = {
        "auto_reply": True,
        "text_content": {"full": "novo\n> velho", "reply": "novo", "quoted": "velho"},
    }
    message = parsing.message(message_record(content="novo\n> velho", content_attributes={"email": email}))
    assert message.text == "novo"
    assert message.auto_reply


def test_a_deleted_message_says_nothing() -> None:
    record = message_record(content="This message was deleted", content_attributes={"deleted": True})
    assert parsing.message(record).text == ""


@pytest.mark.parametrize(
    ("submitted", "choice"),
    [
        ([{"title": "Sim", "value": "sim"}], Choice("Sim", "sim")),
        ([{"name": "cor", "value": "azul"}], Choice("cor", "azul")),
        ([{"value": "sim"}], Choice("sim", "sim")),
        ([], None),
        ("sim", None),
        ([None], None),
    ],
)
def test_what_a_visitor_chose(submitted: object, choice: Choice | None) -> None:
    record = message_record(message_type=1, content_attributes={"submitted_values": submitted})
    assert parsing.message(record).chosen == choice


@pytest.mark.parametrize(
    ("channel", "attributes", "kind"),
    [
        ("Channel::Whatsapp", {}, ChannelKind.WHATSAPP),
        ("Channel::TwilioSms", {}, ChannelKind.WHATSAPP),
        ("Channel::Instagram", {}, ChannelKind.INSTAGRAM),
        ("Channel::FacebookPage", {"type": "instagram_direct_message"}, ChannelKind.INSTAGRAM),
        ("Channel::FacebookPage", {}, ChannelKind.OTHER),
        ("Channel::WebWidget", {}, ChannelKind.WEB_WIDGET),
        ("Channel::Api", {}, ChannelKind.API),
        ("Channel::Email", {}, ChannelKind.EMAIL),
        ("Channel::Telegram", {}, ChannelKind.OTHER),
        (None, None, ChannelKind.OTHER),
    ],
)
def test_the_kind_of_a_channel(channel: str | None, attributes: object, kind: ChannelKind) -> None:
    record = conversation_record(meta=meta(channel=channel), additional_attributes=attributes)
    assert parsing.conversation(record, ACCOUNT).channel is kind


def test_a_conversation_names_its_contact_assignee_and_team() -> None:
    record = conversation_record(
        meta=meta(assignee={"id": 8, "name": "Ana"}, team={"id": 4, "name": "Vendas"})
    )
    conversation = parsing.conversation(record, ACCOUNT)
    assert conversation.key == ConversationKey(ACCOUNT, 7)
    assert conversation.status is Status.PENDING
    assert conversation.contact == Contact(id=55, name="Juliana", phone_number="+5511987654321")
    assert (conversation.human_assignee_id, conversation.team_id) == (8, 4)


@pytest.mark.parametrize(
    "changes",
    [
        {"assignee": {"id": 2}, "assignee_type": "AgentBot"},
        {"assignee": {"id": 2, "type": "agent_bot"}},
        {"assignee": None, "assignee_type": None},
    ],
)
def test_a_bot_is_no_human_assignee(changes: dict[str, object]) -> None:
    record = conversation_record(meta=meta(**changes))
    assert parsing.conversation(record, ACCOUNT).human_assignee_id is None


def test_the_customer_may_be_answered_unless_chatwoot_says_no() -> None:
    silent = conversation_record()
    del silent["can_reply"]
    assert parsing.conversation(silent, ACCOUNT).can_reply
    assert not parsing.conversation(conversation_record(can_reply=False), ACCOUNT).can_reply


@pytest.mark.parametrize(
    ("record", "path"),
    [
        ({}, "id"),
        (conversation_record(inbox_id=None), "inbox_id"),
        (conversation_record(meta=None), "meta.sender.id"),
        (conversation_record(status=7), "status"),
    ],
)
def test_a_missing_field_is_named(record: object, path: str) -> None:
    with pytest.raises(ServiceUnavailable, match=rf"no usable {path}$"):
        parsing.conversation(record, ACCOUNT)


def test_a_glance_knows_the_lane_where_the_list_tells_it() -> None:
    nested = message_record(conversation={"contact_inbox": {"source_id": "5511987654321"}})
    answer = {
        "data": {
            "payload": [
                conversation_record(last_non_activity_message=nested),
                conversation_record(id=8),
                conversation_record(id=9, last_non_activity_message=None),
            ]
        }
    }
    told, untold = parsing.glances(answer)
    assert (told.conversation, told.last_message_id, told.lane) == (7, 4711, "3:5511987654321")
    assert (untold.conversation, untold.lane) == (8, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(st.sampled_from(sorted(message_record())), JSON)
def test_a_strange_field_of_a_message_raises_nothing_else(name: str, value: object) -> None:
    with suppress(ServiceUnavailable):
        parsing.message(message_record(**{name: value}))


@given(st.sampled_from(sorted(conversation_record())), JSON)
def test_a_strange_field_of_a_conversation_raises_nothing_else(name: str, value: object) -> None:
    with suppress(ServiceUnavailable):
        parsing.conversation(conversation_record(**{name: value}), ACCOUNT)
    with suppress(ServiceUnavailable):
        parsing.glances({"data": {"payload": [conversation_record(**{name: value})]}})
