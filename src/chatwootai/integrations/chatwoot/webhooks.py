"""Chatwoot's webhooks, without I/O: is it genuine, and does it call for a turn.

A webhook is only a wake-up: the facts are read again over REST.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

import orjson

from chatwootai.domain.errors import DeliveryRejected
from chatwootai.integrations.chatwoot.fields import JsonObject, as_id, as_list, as_object, as_text, at
from chatwootai.integrations.chatwoot.parsing import lane

_LONGEST_EVENT = 64
_LONGEST_SOURCE = 255
_INCOMING = ("incoming", 0)


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """What a delivery says about itself. Anything but `event` and `dedupe_key` may be missing.

    `conversation` is the display id, unique per account only. `lane` is the contact's place in the
    inbox. `wakes` tells that somebody may be waiting for an answer.
    """

    event: str
    dedupe_key: str
    conversation: int | None
    inbox_id: int | None
    message_id: int | None
    lane: str | None
    wakes: bool
    account_id: int | None


def verify_signature(
    secret: str,
    timestamp: str | None,
    signature: str | None,
    body: bytes,
    now: float,
    tolerance: float = 300,
) -> bool:
    """Whether Chatwoot (4.13 and newer for agent bots) signed this raw body within `tolerance` seconds.

    `timestamp` and `signature` are the headers as they came, `now` is seconds since 1970. An empty
    secret verifies nothing.
    """
    if not (secret and timestamp and signature):
        return False
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 20):
        return False
    if abs(now - int(timestamp)) > tolerance:
        return False
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    expected = f"sha256={signed.hexdigest()}"
    # Bytes: compare_digest refuses strings that are not ASCII, and headers may hold anything.
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


def read_event(body: bytes) -> WebhookEvent:
    """Read any event of any version. Raises `DeliveryRejected` for what is not a JSON object."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise DeliveryRejected(400, "the body is not JSON") from error
    if not isinstance(payload, dict):
        raise DeliveryRejected(400, "the body is not a JSON object")
    event = (as_text(payload.get("event")) or "")[:_LONGEST_EVENT]
    thread = _thread(event, payload)
    message_id = as_id(payload.get("id")) if event.startswith("message_") else None
    inbox_id = as_id(thread.get("inbox_id")) or as_id(at(payload, "inbox", "id"))
    source = as_text(at(thread, "contact_inbox", "source_id"))
    return WebhookEvent(
        event=event,
        dedupe_key=_dedupe_key(event, message_id, body),
        conversation=as_id(thread.get("id")),
        inbox_id=inbox_id,
        message_id=message_id,
        lane=lane(inbox_id, source[:_LONGEST_SOURCE] if source else None),
        wakes=_wakes(event, payload),
        account_id=_account_id(payload, thread),
    )


def _thread(event: str, payload: JsonObject) -> JsonObject:
    """The conversation: nested in messages and typing, at the top of its own events, else unknown."""
    nested = payload.get("conversation")
    if isinstance(nested, dict):
        return nested
    own = event.startswith(("conversation_", "automation_event.", "macro."))
    return payload if own else as_object(payload.get("current_conversation"))


def _dedupe_key(event: str, message_id: int | None, body: bytes) -> str:
    """Chatwoot may run a whole event again with a new delivery id, so only the content identifies it."""
    if event == "message_created" and message_id is not None:
        return f"{event}:{message_id}"
    return f"{event}:{hashlib.sha256(body).hexdigest()}"


def _account_id(payload: JsonObject, thread: JsonObject) -> int | None:
    """Conversation events name the account only inside their newest message."""
    newest = next(iter(as_list(thread.get("messages"))), None)
    return as_id(at(payload, "account", "id")) or as_id(at(newest, "account_id"))


def _wakes(event: str, payload: JsonObject) -> bool:
    if event == "message_created":
        kind = payload.get("message_type")
        incoming = kind in _INCOMING and not isinstance(kind, bool)
        return incoming and payload.get("private") is not True
    if event == "message_updated":
        return bool(as_list(at(payload, "content_attributes", "submitted_values")))
    if event in ("conversation_status_changed", "conversation_updated"):
        return _given_to_bot(event, payload)
    return False


def _given_to_bot(event: str, payload: JsonObject) -> bool:
    """Whether the conversation went from people back to the bot.

    Many versions send null instead of the changes of a status; the new status must do there.
    """
    changes = payload.get("changed_attributes")
    if changes is None:
        return event == "conversation_status_changed" and payload.get("status") == "pending"
    return any(
        at(change, "status", "current_value") == "pending"
        and at(change, "status", "previous_value") == "open"
        for change in as_list(changes)
    )
