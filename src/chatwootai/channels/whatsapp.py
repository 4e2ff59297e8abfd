"""WhatsApp: reply buttons, lists, and 4096 characters."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.channels.choices import drawn, written
from chatwootai.domain.channels import Bubble
from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import Reply

# Limits of Meta's Cloud API; Chatwoot sends what it is given and Meta refuses the whole message.
TEXT_LIMIT = 4096
BODY_LIMIT = 1024
BUTTONS = 3
BUTTON_TITLE = 20
ROWS = 10
ROW_TITLE = 24


@dataclass(frozen=True, slots=True)
class WhatsApp:
    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        """Choices as buttons or as a list where they fit Meta's limits, else as numbered lines."""
        if reply.choices and _fits(reply.choices):
            return drawn(reply, TEXT_LIMIT, BODY_LIMIT)
        return written(reply, TEXT_LIMIT)


def _fits(choices: tuple[Choice, ...]) -> bool:
    titles = [choice.title for choice in choices]
    if len(set(titles)) < len(titles) or not all(title.strip() for title in titles):
        return False
    longest = max(len(title) for title in titles)
    if len(titles) <= BUTTONS:
        return longest <= BUTTON_TITLE
    return len(titles) <= ROWS and longest <= ROW_TITLE
