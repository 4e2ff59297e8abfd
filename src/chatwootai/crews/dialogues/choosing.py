"""Choosing beyond doubt, where a choice is a yes: "quero 1" may mean one unit as well as the first option."""

from __future__ import annotations

import re
from typing import Final

from chatwootai.crews.dialogues.answers import chosen, offered
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.conversations import Message
from chatwootai.domain.crews import Memory

BARE: Final = re.compile(r"(?:(?:a )?opcao |numero |n )?\d")
BY_PLACE: Final = re.compile(r"\d|\b(?:primeir|segund|terceir|quart|quint|ultim)[oa]\b")


def chosen_plainly(message: Message, memory: Memory) -> str | None:
    """The value that a message chooses: by its button, its title, or its bare number.

    "" where it may choose, and may as well ask for a quantity or for something else; None where it does not.
    """
    if message.chosen is not None:
        return message.chosen.value
    values = chosen(message, memory)
    if not values:
        return None
    said = fold(message.text).strip()
    if len(values) == 1 and said in {fold(title).strip() for title in offered(memory).titles}:
        return values[0]
    words = " ".join(norms_of(message.text.replace("\ufe0f", "").replace("\u20e3", "")))
    if BY_PLACE.search(words) and (len(values) > 1 or not BARE.fullmatch(words)):
        return ""
    return values[-1]
