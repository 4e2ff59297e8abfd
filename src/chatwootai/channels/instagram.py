"""Instagram: text alone, without markup; Chatwoot drops the items of a question there."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.channels.choices import written
from chatwootai.channels.splitting import utf8_size
from chatwootai.domain.channels import Bubble
from chatwootai.domain.outcomes import Reply

TEXT_LIMIT = 1000
"""Bytes of UTF-8, as Meta counts them."""


@dataclass(frozen=True, slots=True)
class Instagram:
    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        return written(reply, TEXT_LIMIT, utf8_size, hard_breaks=True, bold=False)
