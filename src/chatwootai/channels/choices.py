"""Choices that a channel cannot draw, written as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.channels.splitting import Size, split
from chatwootai.domain.channels import Bubble
from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import Reply

PROMPT = "Escolha uma opção:"
"""Stands for the text of a reply that has only choices: no channel takes an empty message."""


def numbered(choices: Sequence[Choice]) -> str:
    """One line per choice. "1)" and "1." would lose their number in Chatwoot 4.9 to 4.12 on WhatsApp."""
    return "\n".join(f"**{number}** – {choice.title}" for number, choice in enumerate(choices, start=1))


def drawn(reply: Reply, limit: int, last_limit: int | None = None) -> tuple[Bubble, ...]:
    """Bubbles of which the last carries the choices; `last_limit` is what may stand above buttons."""
    texts = split(reply.text, limit) or (PROMPT,)
    tail = split(texts[-1], min(limit, last_limit or limit))
    bubbles = [Bubble(text) for text in (*texts[:-1], *tail)]
    return (*bubbles[:-1], Bubble(bubbles[-1].text, reply.choices))


def written(
    reply: Reply, limit: int, size: Size = len, *, hard_breaks: bool = False, bold: bool = True
) -> tuple[Bubble, ...]:
    """Bubbles of text alone, choices numbered at the end of the last.

    `hard_breaks` is for channels where Chatwoot 4.9 to 4.12 makes a space of a single line break; without
    `bold` its marks are left out, since the channel would show the asterisks.
    """
    lines = f"{PROMPT}\n{numbered(reply.choices)}" if reply.choices and not reply.text.strip() else ""
    if reply.choices and not lines:
        lines = numbered(reply.choices)
    text = "\n\n".join(part for part in (reply.text.strip(), lines) if part)
    if not bold:
        text = text.replace("**", "")
    if hard_breaks:
        text = "\n\n".join(paragraph.replace("\n", "  \n") for paragraph in text.split("\n\n"))
    return tuple(Bubble(piece) for piece in split(text, limit, size))
