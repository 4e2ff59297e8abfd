"""The way of an outgoing message through WhatsApp and Instagram: accepted, delivered, read, or failed."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.lifecycle.messages import fail_message, update_message
from chatwootai.simulators.chatwoot.push import can_reply
from chatwootai.simulators.chatwoot.rests import rest_until
from chatwootai.simulators.chatwoot.store.conversations import conversations
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.messages import messages
from chatwootai.simulators.chatwoot.store.webhooks import channel_jobs

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change, Installation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox, InboxKind
    from chatwootai.simulators.chatwoot.store.messages import Message
    from chatwootai.simulators.chatwoot.store.webhooks import ChannelJob

BATCH = 50
# Limits of Meta, which Chatwoot does not check before it sends.
LONGEST: dict[InboxKind, int] = {"whatsapp": 4096, "instagram": 1000}
NEXT_STEP = {
    ("whatsapp", "send"): "delivered",
    ("whatsapp", "delivered"): "read",
    ("instagram", "send"): "read",
}


class ChannelSteps:
    """Moves messages through their channels until it is cancelled."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    async def run(self) -> None:
        """Step for ever."""
        work = self._installation.channel_work
        while True:
            work.clear()
            self._step()
            row = self._installation.db.execute("SELECT min(due_at) FROM channel_jobs").fetchone()
            await rest_until(work, row[0])

    def _step(self) -> None:
        where = f"due_at <= ? ORDER BY due_at LIMIT {BATCH}"
        for job in channel_jobs.all(self._installation.db, where, time.time()):
            with self._installation.change() as change:
                channel_jobs.delete(change.db, job.id)
                take_step(change, job)


def take_step(change: Change, job: ChannelJob) -> None:
    """Move a message one step on; each step is a `message_updated`."""
    message = messages.find(change.db, job.message_id)
    if message is None or message.status == "failed":
        return
    inbox = inboxes.require(change.db, message.inbox_id)
    if job.step == "send":
        problem = _problem(change, inbox, message)
        if problem:
            fail_message(change, message, problem)
            return
        update_message(change, message, source_id=provider_id(inbox.kind))
    else:
        update_message(change, message, status=job.step)
    following = NEXT_STEP.get((inbox.kind, job.step))
    if following:
        due_at = change.now + change.settings.channel_pace
        channel_jobs.insert(change.db, message_id=message.id, step=following, due_at=due_at)


def provider_id(kind: InboxKind) -> str:
    """An id as the provider gives it to a message."""
    prefix = "wamid.HBgN" if kind == "whatsapp" else "aWdfZAG1f"
    return prefix + secrets.token_hex(16).upper()


def _problem(change: Change, inbox: Inbox, message: Message) -> str | None:
    conversation = conversations.require(change.db, message.conversation_id)
    if not can_reply(change.db, inbox, conversation, change.now):
        if "template_params" in message.additional_attributes:
            return None
        if inbox.kind == "whatsapp":
            return "Template not found or invalid template name"
        return "(#10) This message is sent outside of allowed window."
    content = message.content or ""
    if not content.strip() and not message.attachments:
        return "(#100) Invalid parameter: the message has no content"
    if len(content) > LONGEST[inbox.kind]:
        return f"(#100) The message must be at most {LONGEST[inbox.kind]} characters long"
    return None
