"""Port to a channel: what may leave, and in which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import Reply


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as the customer will see it; `choices` only where the channel draws them."""

    text: str
    choices: tuple[Choice, ...] = ()


class Channel(Protocol):
    """Knows its limits of length, its markup and its buttons."""

    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        """The reply as one or more messages, in order, none longer than the channel takes.

        Long texts are split between sentences. Choices that the channel cannot draw become numbered
        lines of the last message.
        """
        ...
