"""The chat of the shop's web site: choices are buttons."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.channels.choices import drawn, written
from chatwootai.domain.channels import Bubble
from chatwootai.domain.outcomes import Reply

TEXT_LIMIT = 10_000
"""Chatwoot's general limit of a message."""


@dataclass(frozen=True, slots=True)
class WebWidget:
    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        if reply.choices:
            return drawn(reply, TEXT_LIMIT)
        return written(reply, TEXT_LIMIT)
