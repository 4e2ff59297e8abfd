"""Account webhooks and the queue of deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.store.table import Table

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

EVENTS = (
    "conversation_status_changed",
    "conversation_updated",
    "conversation_created",
    "contact_created",
    "contact_updated",
    "message_created",
    "message_updated",
    "webwidget_triggered",
    "inbox_created",
    "inbox_updated",
    "conversation_typing_on",
    "conversation_typing_off",
)
TargetKind = Literal["account", "agent_bot", "api_inbox"]
RecordType = Literal["message", "conversation", "contact", "contact_inbox"]


@dataclass(frozen=True, slots=True)
class Webhook:
    """An account webhook."""

    id: int
    account_id: int
    url: str
    name: str | None
    subscriptions: list[str]
    secret: str


@dataclass(frozen=True, slots=True)
class WebhookJob:
    """A delivery that waits; without `payload` it is built when the job runs, from the record as it is then.

    Lower `queue` numbers go first, as Sidekiq's queues `high` and `medium` do.
    """

    id: int
    queue: int
    target_kind: TargetKind
    target_id: int
    event: str
    account_id: int
    conversation_id: int | None
    record_type: RecordType
    record_id: int
    payload: str | None
    extra: JsonObject
    delivery: str
    attempts: int
    disturbed: bool
    due_at: float


@dataclass(frozen=True, slots=True)
class ChannelJob:
    """A step of a message on its way to the customer: `send`, `delivered`, `read`."""

    id: int
    message_id: int
    step: str
    due_at: float


webhooks = Table(Webhook, "webhooks", json=["subscriptions"])
webhook_jobs = Table(WebhookJob, "webhook_jobs", json=["extra"], boolean=["disturbed"])
channel_jobs = Table(ChannelJob, "channel_jobs")
