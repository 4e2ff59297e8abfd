"""Reading and verifying Chatwoot's webhooks."""

from __future__ import annotations

import hashlib
import hmac
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import DeliveryRejected
from chatwootai.integrations.chatwoot.webhooks import WebhookEvent, read_event, verify_signature

pytestmark = pytest.mark.unit

PAYLOADS = Path(__file__).parents[2] / "payloads"
SECRET = "s3cr3t"
NOW = 1_768_827_600.0

WHATSAPP = (7, 1, "1:5511987654321")
INSTAGRAM = (8, 2, "2:17841400000012345")
WIDGET = (9, 3, "3:0e6f3b0a-39a3-4b7e-9a0d-0d4b4ad9a5c2")
API = (10, 4, "4:crm-9081")
EMAIL = (11, 5, "5:renata.lopes@example.com.br")

MESSAGES = {
    "message_created__api": (API, True),
    "message_created__email": (EMAIL, True),
    "message_created__email_auto_reply": (EMAIL, True),
    "message_created__greeting_template": (WHATSAPP, False),
    "message_created__human_reply": (WHATSAPP, False),
    "message_created__incoming_while_open": (WHATSAPP, True),
    "message_created__instagram_native_echo": (INSTAGRAM, False),
    "message_created__instagram_native_echo_4_10": (INSTAGRAM, False),
    "message_created__instagram_photo": (INSTAGRAM, True),
    "message_created__instagram_story_reply": (INSTAGRAM, True),
    "message_created__instagram_text": (INSTAGRAM, True),
    "message_created__own_message_echo": (WHATSAPP, False),
    "message_created__private_note": (WHATSAPP, False),
    "message_created__web_widget": (WIDGET, True),
    "message_created__web_widget_html": (WIDGET, True),
    "message_created__web_widget_html_emptied": (WIDGET, True),
    "message_created__whatsapp": (WHATSAPP, True),
    "message_created__whatsapp_button_tap": (WHATSAPP, True),
    "message_created__whatsapp_contact": (WHATSAPP, True),
    "message_created__whatsapp_image": (WHATSAPP, True),
    "message_created__whatsapp_liquid_attempt": (WHATSAPP, True),
    "message_created__whatsapp_location": (WHATSAPP, True),
    "message_created__whatsapp_numbered_list_rendered": (WHATSAPP, True),
    "message_created__whatsapp_quoted": (WHATSAPP, True),
    "message_created__whatsapp_shop_phone_echo": (WHATSAPP, False),
    "message_created__whatsapp_superseded_by_newer": (WHATSAPP, True),
    "message_created__whatsapp_voice_note": (WHATSAPP, True),
    "message_updated__delivered": (WHATSAPP, False),
    "message_updated__failed": (WHATSAPP, False),
    "message_updated__voice_note_transcribed": (WHATSAPP, False),
    "message_updated__widget_button": (WIDGET, True),
}
OTHERS = {
    "automation_event.message_created__rule": WHATSAPP,
    "contact_created__whatsapp": None,
    "contact_updated__last_activity": None,
    "conversation_created__whatsapp": WHATSAPP,
    "conversation_opened__by_human": WHATSAPP,
    "conversation_resolved__by_human": WHATSAPP,
    "conversation_status_changed__null_changed_attributes": WHATSAPP,
    "conversation_status_changed__with_changed_attributes": WHATSAPP,
    "conversation_typing_off__human": WIDGET,
    "conversation_typing_on__customer": WIDGET,
    "conversation_updated__human_assigned": WHATSAPP,
    "conversation_updated__labels": WHATSAPP,
    "conversation_updated__status_changed": WHATSAPP,
    "conversation_updated__waiting_since": WHATSAPP,
    "macro.executed__human": WHATSAPP,
    "webwidget_triggered__visitor": None,
}


def read(name: str) -> WebhookEvent:
    return read_event((PAYLOADS / f"{name}.json").read_bytes())


def event_of(**payload: object) -> WebhookEvent:
    return read_event(json.dumps(payload).encode())


def signed(body: bytes, timestamp: str = str(int(NOW))) -> str:
    digest = hmac.new(SECRET.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def test_every_payload_is_covered() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == MESSAGES.keys() | OTHERS.keys()


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_event_names_its_conversation_and_whether_it_wakes(name: str) -> None:
    (conversation, inbox_id, lane), wakes = MESSAGES[name]
    event = read(name)
    assert event.event == name.split("__")[0]
    assert (event.conversation, event.inbox_id, event.lane) == (conversation, inbox_id, lane)
    assert event.wakes is wakes
    assert event.account_id == 1
    assert event.message_id is not None


@pytest.mark.parametrize("name", OTHERS)
def test_other_events_are_read_and_wake_nobody(name: str) -> None:
    event = read(name)
    assert event.event == name.split("__")[0]
    expected = OTHERS[name]
    if expected is None:
        assert (event.conversation, event.lane) == (None, None)
    else:
        assert (event.conversation, event.inbox_id, event.lane) == expected
    assert event.wakes is False
    assert event.message_id is None


def test_a_created_message_is_the_same_whatever_else_the_delivery_says() -> None:
    before = event_of(event="message_created", id=4711, message_type="incoming", conversation={"id": 7})
    later = event_of(
        event="message_created", id=4711, message_type="incoming", conversation={"id": 7, "a": 1}
    )
    assert before.dedupe_key == later.dedupe_key == "message_created:4711"


def test_changes_of_one_message_are_told_apart() -> None:
    first = event_of(event="message_updated", id=4711, content_attributes={})
    second = event_of(event="message_updated", id=4711, content_attributes={"external_error": "x"})
    assert first.dedupe_key != second.dedupe_key


@pytest.mark.parametrize(
    ("event", "status", "changes", "wakes"),
    [
        ("conversation_updated", "pending", [["open", "pending"]], True),
        ("conversation_status_changed", "pending", [["open", "pending"]], True),
        ("conversation_status_changed", "pending", [["resolved", "pending"]], False),
        ("conversation_updated", "open", [["pending", "open"]], False),
        ("conversation_status_changed", "pending", None, True),
        ("conversation_status_changed", "open", None, False),
        ("conversation_updated", "pending", None, False),
        ("conversation_opened", "pending", None, False),
    ],
)
def test_a_conversation_given_back_to_the_bot_wakes(
    event: str, status: str, changes: list[list[str]] | None, wakes: bool
) -> None:
    changed = None
    if changes is not None:
        changed = [{"status": {"previous_value": old, "current_value": new}} for old, new in changes]
    assert event_of(event=event, id=7, status=status, changed_attributes=changed).wakes is wakes


def test_message_types_may_be_numbers() -> None:
    assert event_of(event="message_created", message_type=0).wakes
    assert not event_of(event="message_created", message_type=1).wakes
    assert not event_of(event="message_created", message_type=False).wakes


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"', b"NaN", b"[" * 5000])
def test_what_is_not_a_json_object_is_rejected_with_400(body: bytes) -> None:
    with pytest.raises(DeliveryRejected) as rejected:
        read_event(body)
    assert rejected.value.status == 400


def test_ids_and_texts_that_a_database_cannot_hold_are_left_out() -> None:
    event = event_of(event="a\x00b", conversation={"id": 2**63, "inbox_id": -1})
    assert (event.event, event.conversation, event.inbox_id) == ("ab", None, None)
    source = {"source_id": "x\x00" * 1000}
    lane = event_of(
        event="message_created", conversation={"id": 7, "inbox_id": 3, "contact_inbox": source}
    ).lane
    assert lane == "3:" + "x" * 255


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
KNOWN_KEYS = st.fixed_dictionaries(
    {},
    optional={
        "event": st.sampled_from(["message_created", "message_updated", "conversation_updated"]) | JSON,
        "id": JSON,
        "message_type": JSON,
        "private": JSON,
        "account": JSON,
        "inbox": JSON,
        "status": JSON,
        "changed_attributes": JSON | st.lists(st.dictionaries(st.just("status"), JSON)),
        "content_attributes": JSON | st.dictionaries(st.just("submitted_values"), JSON),
        "conversation": JSON
        | st.fixed_dictionaries({"id": JSON, "inbox_id": JSON, "contact_inbox": JSON, "messages": JSON}),
    },
)


@given(JSON | KNOWN_KEYS)
def test_arbitrary_json_is_read_or_rejected(value: object) -> None:
    try:
        event = read_event(json.dumps(value).encode())
    except DeliveryRejected:
        return
    assert event.dedupe_key.encode()
    assert event.dedupe_key.startswith(f"{event.event}:")


@given(st.binary())
def test_arbitrary_bytes_are_read_or_rejected(body: bytes) -> None:
    with suppress(DeliveryRejected):
        read_event(body)


@given(st.binary())
def test_a_genuine_signature_is_accepted(body: bytes) -> None:
    assert verify_signature(SECRET, str(int(NOW)), signed(body), body, NOW)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_signature_outside_the_tolerance_is_refused(seconds: int) -> None:
    timestamp = str(int(NOW) + seconds)
    assert not verify_signature(SECRET, timestamp, signed(b"{}", timestamp), b"{}", NOW)


def test_a_changed_body_timestamp_or_secret_is_refused() -> None:
    timestamp, signature = str(int(NOW)), signed(b"{}")
    assert verify_signature(SECRET, timestamp, signature, b"{}", NOW)
    assert not verify_signature(SECRET, timestamp, signature, b"{} ", NOW)
    assert not verify_signature(SECRET, str(int(NOW) + 1), signature, b"{}", NOW)
    assert not verify_signature("other", timestamp, signature, b"{}", NOW)
    assert not verify_signature(SECRET, timestamp, signature.removeprefix("sha256="), b"{}", NOW)


def test_missing_headers_and_an_empty_secret_verify_nothing() -> None:
    digest = hmac.new(b"", f"{int(NOW)}.".encode(), hashlib.sha256).hexdigest()
    assert not verify_signature("", str(int(NOW)), f"sha256={digest}", b"", NOW)
    assert not verify_signature(SECRET, None, signed(b""), b"", NOW)
    assert not verify_signature(SECRET, str(int(NOW)), None, b"", NOW)


@given(st.text(), st.text(), st.binary())
def test_malformed_headers_are_refused_without_an_error(timestamp: str, signature: str, body: bytes) -> None:
    assert not verify_signature(SECRET, timestamp, signature, body, NOW)
    assert not verify_signature(SECRET, str(int(NOW)), signature, body, NOW)
