"""What a queued job posts, and where."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.jsontypes import encode
from chatwootai.simulators.chatwoot.payloads import (
    contact_payload,
    conversation_payload,
    message_payload,
    widget_payload,
)
from chatwootai.simulators.chatwoot.store.contacts import contact_inboxes, contacts
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import messages
from chatwootai.simulators.chatwoot.store.people import agent_bots
from chatwootai.simulators.chatwoot.store.webhooks import webhooks

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.features import Features
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.webhooks import WebhookJob


@dataclass(frozen=True, slots=True)
class Target:
    """An address; `identified` says whether this version sends a delivery id there."""

    url: str
    secret: str | None
    identified: bool


def target_of(db: sqlite3.Connection, job: WebhookJob, features: Features) -> Target | None:
    """Where a job goes as of now; None if the target is gone."""
    if job.target_kind == "account":
        hook = webhooks.find(db, job.target_id)
        signed = features.account_webhooks_signed
        return Target(hook.url, hook.secret if signed else None, signed) if hook else None
    signed = features.bot_webhooks_signed
    if job.target_kind == "agent_bot":
        bot = agent_bots.find(db, job.target_id)
        return (
            Target(bot.outgoing_url, bot.secret if signed else None, signed)
            if bot and bot.outgoing_url
            else None
        )
    inbox = inboxes.find(db, job.target_id)
    if inbox is None or not inbox.webhook_url:
        return None
    return Target(inbox.webhook_url, inbox.secret if signed else None, signed)


def body_of(db: sqlite3.Connection, job: WebhookJob, features: Features) -> bytes | None:
    """What a job says: stored, or built from its record as it is now; None if the record is gone."""
    if job.payload is not None:
        return job.payload.encode()
    payload = _built(db, job, features)
    return encode(payload).encode() if payload is not None else None


def headers_of(target: Target, body: bytes, job: WebhookJob) -> dict[str, str]:
    """Request headers; the signature's time is new with each attempt, the delivery id is not."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if target.identified:
        headers["X-Chatwoot-Delivery"] = job.delivery
    if target.secret:
        timestamp = str(int(time.time()))
        signed = hmac.new(target.secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
        headers["X-Chatwoot-Timestamp"] = timestamp
        headers["X-Chatwoot-Signature"] = f"sha256={signed.hexdigest()}"
    return headers


def _built(db: sqlite3.Connection, job: WebhookJob, features: Features) -> JsonObject | None:
    match job.record_type:
        case "message":
            message = messages.find(db, job.record_id)
            return message_payload(db, job.event, message, features) if message else None
        case "contact":
            contact = contacts.find(db, job.record_id)
            return {**contact_payload(db, contact), "event": job.event, **job.extra} if contact else None
        case "contact_inbox":
            place = contact_inboxes.find(db, job.record_id)
            return widget_payload(db, place, job.extra) if place else None
    conversation = conversations.find(db, job.record_id)
    if conversation is None:
        return None
    shown = conversation_payload(db, conversation)
    if job.event.startswith("conversation_typing"):
        return {
            "event": job.event,
            "user": job.extra["user"],
            "conversation": shown,
            "is_private": job.extra["is_private"],
        }
    return {"event": job.event, **shown, **job.extra}


def is_private(host: str) -> bool:
    """Whether a host is loopback or in a private network, as far as its name shows."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
