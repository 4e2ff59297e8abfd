"""API inboxes: Chatwoot passes text and items on as they are; the shop's own bridge draws them."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.channels.choices import drawn, written
from chatwootai.domain.channels import Bubble
from chatwootai.domain.outcomes import Reply

TEXT_LIMIT = 10_000
"""Chatwoot's general limit of a message."""


@dataclass(frozen=True, slots=True)
class Api:
    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        if reply.choices:
            return drawn(reply, TEXT_LIMIT)
        return written(reply, TEXT_LIMIT)
