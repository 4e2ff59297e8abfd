"""Greeting back in the answer itself, where somebody greets and asks in one breath."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.understanding.cues import GREETING
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author
from chatwootai.domain.crews import Briefing

GREETED: Final = "greeted"
"""Memory key: the customer's newest message when we last greeted."""
NAME_LENGTH = 20
"""Letters of a first name; longer is no name, and what is no name is not repeated."""


def hello(briefing: Briefing) -> str:
    """ "Bom dia, Ana! " for who greets for the first time today, "" for all others."""
    newest = briefing.messages[-1].id if briefing.messages else 0
    greets = any(GREETING.match(" ".join(norms_of(message.text))) for message in briefing.messages)
    if not greets or met_today(briefing) or briefing.memory.get(GREETED) == newest:
        return ""
    name = first_name(briefing.conversation.contact.name)
    return f"{by_the_clock(briefing.now.hour)}{f', {name}' if name else ''}! "


def met_today(briefing: Briefing) -> bool:
    """Whether we already answered her today."""
    today = briefing.now.date()
    return any(
        message.author is Author.BOT and message.created_at.astimezone(briefing.now.tzinfo).date() == today
        for message in briefing.history
    )


def by_the_clock(hour: int) -> str:
    """The greeting of an hour of the day, 0 to 23."""
    if 5 <= hour < 12:
        return "Bom dia"
    return "Boa tarde" if 12 <= hour < 18 else "Boa noite"


def first_name(name: str) -> str:
    """ "Ana" of "ana souza", "" of what is no name."""
    first = name.split()[0] if name.split() else ""
    return first.capitalize() if first.isalpha() and 2 <= len(first) <= NAME_LENGTH else ""
