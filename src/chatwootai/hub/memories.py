"""What a conversation remembers from one turn to the next, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from chatwootai.domain.crews import Memory
from chatwootai.hub.yes import ANSWER_KEY

REMEMBERED_AT: Final = "remembered_at"
"""Memory key: when the answer was decided after which this is remembered, ISO 8601."""
SILENCE: Final = timedelta(hours=24)
"""After so long without an answer of ours, what she was in the middle of is forgotten. WhatsApp itself ends a
conversation there: a business may then send no more than templates. Proposals expire long before."""


def fresh(memory: Memory, now: datetime) -> Memory:
    """The memory, or nothing where it is too old. One without a time is from a version before."""
    kept = memory.get(REMEMBERED_AT)
    if not isinstance(kept, str):
        return memory
    return memory if now - datetime.fromisoformat(kept) < SILENCE else {}


def stamped(memory: Memory, answer_key: str | None, now: datetime) -> Memory:
    """The memory as it is kept with an answer; `answer_key` is that of its last message, None without one."""
    kept = {key: value for key, value in memory.items() if key != ANSWER_KEY}
    answered = {ANSWER_KEY: answer_key} if answer_key else {}
    return {**kept, **answered, REMEMBERED_AT: now.isoformat()}
