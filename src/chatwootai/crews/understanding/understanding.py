"""Understanding without a model: keywords, follow-ups, and the honesty to say "unknown"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chatwootai.crews.dialogues.answers import accepts_person, chosen, refuses_person
from chatwootai.crews.understanding.completing import (
    completed,
    distinct,
    remembered_intent,
    without_small_talk,
)
from chatwootai.crews.understanding.fragments import fragments_of
from chatwootai.crews.understanding.offered_intents import OFFERED_INTENTS
from chatwootai.crews.understanding.reading import Item, read
from chatwootai.domain.conversations import Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request

CREWS: Final = {
    Intent.GREETING: CrewName.INFO,
    Intent.THANKS: CrewName.INFO,
    Intent.GOODBYE: CrewName.INFO,
    Intent.BUSINESS_HOURS: CrewName.INFO,
    Intent.ADDRESS: CrewName.INFO,
    Intent.PRICE: CrewName.SALES,
    Intent.STOCK: CrewName.SALES,
}

READ_AT_MOST = 1500
"""Characters of one message; nobody asks for something after that, and a flood must not cost time."""


@dataclass(frozen=True, slots=True)
class KeywordUnderstanding:
    """Deterministic: the same briefing gives the same requests.

    A phrase that may be a product's bare name becomes UNKNOWN for the sales crew, which alone can look it
    up; every other UNKNOWN belongs to no crew.
    """

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        memory = briefing.memory
        items: list[Item] = []
        for message in briefing.messages:
            items += _items(message, briefing)
        items = completed(items, memory)
        items = distinct(without_small_talk(items), briefing.now.date())
        if not items:
            items = [Item(Intent.UNKNOWN, " ".join(message.text for message in briefing.messages).strip())]
        return tuple(_request(item) for item in items)


def _items(message: Message, briefing: Briefing) -> list[Item]:
    memory = briefing.memory
    if refuses_person(message, briefing):
        return [Item(Intent.UNKNOWN, message.text.strip(), declined=True)]
    values = ("pessoa",) if accepts_person(message, briefing) else chosen(message, memory)
    if values:
        text = message.chosen.title if message.chosen else message.text
        return [item for value in values for item in _offered_item(value, text, memory)]
    text = message.text.strip()
    if not text:
        return [Item(Intent.UNKNOWN, "", asking=True)]
    items = [item for fragment in fragments_of(text[:READ_AT_MOST]) for item in read(fragment)]
    if not items and not any(letter.isalnum() for letter in text):
        # Emoji alone ("👍", "❤️") say thanks; "?" alone asks for something that we cannot see.
        if "?" in text and len(briefing.messages) > 1:
            return []
        return [Item(Intent.UNKNOWN if "?" in text else Intent.THANKS, text)]
    return items


def _offered_item(value: str, text: str, memory: Memory) -> list[Item]:
    if value in OFFERED_INTENTS:
        return [Item(OFFERED_INTENTS[value], text)]
    if value.startswith("product:"):
        return [Item(remembered_intent(memory) or Intent.STOCK, text, value)]
    return [item for fragment in fragments_of(text) for item in read(fragment)]


def _request(item: Item) -> Request:
    crew = CrewName.SALES if item.bare and item.intent is Intent.UNKNOWN else CREWS.get(item.intent)
    return Request(item.intent, crew, item.text, item.mention)
