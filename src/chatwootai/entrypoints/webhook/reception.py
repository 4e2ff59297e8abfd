"""From a request's body to a stored delivery."""

from __future__ import annotations

import asyncio

from fastapi import Request

from chatwootai.bootstrap.webhook import Doors
from chatwootai.domain.deliveries import Delivery, DeliveryStore
from chatwootai.domain.errors import DeliveryRejected, ServiceUnavailable
from chatwootai.integrations.chatwoot.webhooks import WebhookEvent, read_event
from chatwootai.observability import metrics

PATIENCE = 3.5
"""Seconds to wait for a database that is just restarting; Chatwoot hangs up after 5."""
PAUSE = 0.2
MOST_CHARACTERS = 255
BIGINT = 2**63
KNOWN_EVENTS = frozenset(
    {
        "message_created", "message_updated", "conversation_created", "conversation_updated",
        "conversation_opened", "conversation_resolved", "conversation_status_changed",
        "conversation_typing_on", "conversation_typing_off", "contact_created", "contact_updated",
        "webwidget_triggered",
    }
)  # fmt: skip


async def read_body(request: Request, limit: int) -> bytes:
    """The raw body, which the signature covers; `DeliveryRejected(413)` past `limit` bytes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise DeliveryRejected(413, f"body larger than {limit} bytes")
    return bytes(body)


async def receive(store: DeliveryStore, doors: Doors, body: bytes) -> None:
    """Store the delivery and wake its conversation; `DeliveryRejected(400)` for what is no JSON object."""
    try:
        event = read_event(body)
    except DeliveryRejected as error:
        metrics.deliveries.labels(doors.account, "unknown", "rejected").inc()
        await store.reject(doors.account, body, error.reason)
        raise
    name = event.event if event.event in KNOWN_EVENTS else "unknown"
    try:
        new = await _accept(store, _delivery(doors, event, body))
    except ServiceUnavailable:
        metrics.deliveries.labels(doors.account, name, "unavailable").inc()
        raise
    metrics.deliveries.labels(doors.account, name, "new" if new else "repeated").inc()


async def _accept(store: DeliveryStore, delivery: Delivery) -> bool:
    """Storing twice is storing once, so a broken connection is simply tried again for a while."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            async with asyncio.timeout_at(deadline):
                return await store.accept(delivery)
        except TimeoutError as error:
            raise ServiceUnavailable("postgres", "no answer in time") from error
        except ServiceUnavailable:
            if asyncio.get_running_loop().time() + PAUSE >= deadline:
                raise
            await asyncio.sleep(PAUSE)


def _delivery(doors: Doors, event: WebhookEvent, body: bytes) -> Delivery:
    """A payload that names another account of the same Chatwoot is kept, and wakes nobody (promise P12)."""
    ours = event.account_id in (None, doors.chatwoot_account)
    return Delivery(
        account=doors.account,
        dedupe_key=_storable(event.dedupe_key),
        event=_storable(event.event),
        body=body,
        conversation=_stored_id(event.conversation),
        message_id=_stored_id(event.message_id),
        lane=_storable(event.lane) if event.lane else None,
        wakes=event.wakes and ours,
    )


def _storable(text: str) -> str:
    """PostgreSQL's text takes no NUL and no lone surrogate; what no Chatwoot sends need not survive whole."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:MOST_CHARACTERS]


def _stored_id(number: int | None) -> int | None:
    return number if number is not None and 0 < number < BIGINT else None
