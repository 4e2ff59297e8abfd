"""Channels of which we promise nothing but text: e-mail, and kinds that Chatwoot adds."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.channels.choices import written
from chatwootai.domain.channels import Bubble
from chatwootai.domain.outcomes import Reply


@dataclass(frozen=True, slots=True)
class Plain:
    limit: int
    """Characters of one message."""

    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        return written(reply, self.limit, hard_breaks=True)
