"""Webhook bodies as Chatwoot sends them: the recorded ones of the tests, each time with ids of its own."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

PAYLOADS = Path(__file__).parents[1] / "tests" / "payloads"

MIX = (
    "message_created__whatsapp",
    "message_created__own_message_echo",
    "message_updated__delivered",
    "message_created__instagram_text",
    "conversation_updated__waiting_since",
    "message_created__web_widget",
    "message_created__human_reply",
    "message_created__whatsapp_image",
    "message_updated__failed",
    "contact_updated__last_activity",
)
"""Four of ten wake their conversation, a new one each time: the dearest case, with a job for each."""

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Post:
    body: bytes
    headers: Mapping[str, str]


def posts(count: int, first: int, signing_secret: str) -> Sequence[Post]:
    """`count` deliveries whose ids begin at `first`, signed now: send them within 300 s."""
    templates = [orjson.loads((PAYLOADS / f"{name}.json").read_bytes()) for name in MIX]
    stamp = str(int(time.time()))
    return [
        _signed(_own_ids(templates[n % len(MIX)], first + n), stamp, signing_secret) for n in range(count)
    ]


def _own_ids(template: Json, number: int) -> bytes:
    payload = orjson.loads(orjson.dumps(template))
    for part in _parts_with_ids(payload):
        part["id"] = number
        if "conversation_id" in part:
            part["conversation_id"] = number
    for place in _contact_inboxes(payload):
        place["source_id"] = f"55119{number:09d}"
    return orjson.dumps(payload)


def _parts_with_ids(payload: Json) -> Iterator[Json]:
    yield payload
    thread = payload.get("conversation", payload)
    if isinstance(thread, dict):
        yield thread
        messages = thread.get("messages", [])
        yield from (message for message in messages if isinstance(message, dict))


def _contact_inboxes(payload: Json) -> Iterator[Json]:
    thread = payload.get("conversation", payload)
    place = thread.get("contact_inbox") if isinstance(thread, dict) else None
    if isinstance(place, dict):
        yield place


def _signed(body: bytes, stamp: str, secret: str) -> Post:
    digest = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Chatwoot-Timestamp": stamp,
        "X-Chatwoot-Signature": f"sha256={digest}",
    }
    return Post(body, headers)
