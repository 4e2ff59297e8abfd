"""Wishes that mean one thing or another by what the talk is about, and by what the business does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.understanding import subjects
from chatwootai.crews.understanding.plain import says_how_to_come
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.wishes import BY_KEYWORDS
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author
from chatwootai.domain.crews import Briefing, CrewName, Intent
from chatwootai.domain.threads import Thread, current

TOPIC: Final = "topic"
"""Memory key: the crew that answered last, or the intent that the information crew answered."""
RECENT: Final = 12
"""Earlier messages in which an order of which we speak is looked for."""
PLAIN_WISH: Final = 0.8
"""Confidence from which "teria …?" is believed to be a purchase."""
_CODE: Final = re.compile(r"\bS\d{4,}\b")
_HERS: Final = frozenset(
    {Intent.ORDER_STATUS, Intent.DELIVERY, Intent.UNKNOWN, Intent.SERVICES, Intent.DETAILS}
)
_TOLD: Final = frozenset({Intent.UNKNOWN, Intent.BUSINESS_HOURS, Intent.PREPARATION, Intent.DETAILS})
_STATEMENTS: Final = frozenset({Intent.ANSWER, Intent.YES, Intent.NO, Intent.PERSON, Intent.ERASE_DATA})
_RESULTS: Final = frozenset(
    {
        Intent.UNKNOWN,
        Intent.MY_BOOKINGS,
        Intent.ORDER_STATUS,
        Intent.PREPARATION,
        Intent.SERVICES,
        Intent.STOCK,
        Intent.LATE,
        Intent.DELIVERY,
    }
)
"""What a question for the result of an examination is taken for."""
EVERY_CREW: Final = frozenset(crew.value for crew in CrewName)


@dataclass(frozen=True, slots=True)
class Talk:
    """`topic` is what was answered last, `order` whether an order that exists was spoken of."""

    crews: frozenset[str] = EVERY_CREW
    thread: Thread | None = None
    topic: str = ""
    order: bool = False

    @property
    def books(self) -> bool:
        return CrewName.SCHEDULING in self.crews

    @property
    def of_booking(self) -> bool:
        """Whether the talk is about an appointment or a treatment."""
        if self.thread is not None:
            return self.thread.crew is CrewName.SCHEDULING
        return self.books and self.topic == CrewName.SCHEDULING.value

    @property
    def of_buying(self) -> bool:
        """Whether an order is only being made."""
        return self.thread is not None and self.thread.crew is CrewName.SALES


def talk_of(briefing: Briefing) -> Talk:
    thread = current(briefing.memory)
    said = [message.text for message in briefing.history[-RECENT:] if message.author is not Author.CUSTOMER]
    of_order = (thread is not None and thread.crew is CrewName.SUPPORT) or any(map(_CODE.search, said))
    topic = briefing.memory.get(TOPIC)
    return Talk(briefing.profile.crews, thread, topic if isinstance(topic, str) else "", of_order)


def all_settled(items: Sequence[Item], talk: Talk) -> list[Item]:
    """The items with the intents that they have in this talk."""
    done: list[Item] = []
    for item in (settled(each, talk) for each in items):
        whole = f"{done[-1].text} {item.text}" if done else ""
        if talk.books and _worked(done, item) and subjects.asks_for_somebody(whole):
            done[-1] = replace(done[-1], text=whole)
        else:
            done.append(item)
    return done


def _worked(done: Sequence[Item], item: Item) -> bool:
    """ "A Edna / atende terça?": cut between the person and the day."""
    return bool(done) and done[-1].intent is Intent.PROFESSIONALS and item.intent is Intent.BUSINESS_HOURS


def settled(item: Item, talk: Talk) -> Item:
    """The item with the intent that it has in this talk."""
    spoken = " ".join(norms_of(item.text))
    if item.intent is Intent.PERSON and subjects.calls_out(spoken):
        return replace(item, intent=Intent.GREETING)
    if item.chosen or item.declined or item.intent in _STATEMENTS:
        return item
    if item.intent is Intent.BUY and subjects.asks_if_there_is(item.text) and item.confidence < PLAIN_WISH:
        return replace(item, intent=Intent.STOCK)
    intent = _intent(item, spoken, talk)
    if intent is item.intent:
        return item
    confidence = max(item.confidence, BY_KEYWORDS)
    return replace(item, intent=intent, mention="", bare=False, elliptic=False, confidence=confidence)


def _intent(item: Item, spoken: str, talk: Talk) -> Intent:
    if subjects.cancels_something(spoken) and item.intent in (Intent.CANCEL_ORDER, Intent.CANCEL_BOOKING):
        return _cancelled(item.intent, talk)
    if item.intent is Intent.UNKNOWN and subjects.threatens(item.text):
        return Intent.PERSON
    if item.intent is Intent.BUSINESS_HOURS and subjects.asks_when_delivered(spoken):
        return Intent.DELIVERY
    if item.intent in _HERS:
        awaited = _awaited(item.intent, spoken, talk)
        if awaited is not item.intent:
            return awaited
    if item.intent in _RESULTS and subjects.asks_for_result(spoken):
        return Intent.ABOUT
    return _appointed(item, spoken) if talk.books else item.intent


def _cancelled(intent: Intent, talk: Talk) -> Intent:
    """ "Quero cancelar": what was spoken of last."""
    if not talk.books:
        return Intent.CANCEL_ORDER
    if CrewName.SUPPORT not in talk.crews or talk.of_booking:
        return Intent.CANCEL_BOOKING
    return Intent.CANCEL_ORDER if talk.order or talk.topic == CrewName.SALES.value else intent


def _awaited(intent: Intent, spoken: str, talk: Talk) -> Intent:
    """ "Quando chega?", "cadê ele?", "quanto tempo demora?": no word tells what is awaited."""
    lasts = subjects.asks_how_long(spoken)
    if lasts and talk.of_booking:
        return Intent.SERVICES
    lasts = lasts and intent not in (Intent.UNKNOWN, Intent.DETAILS)
    if lasts or subjects.asks_for_arrival(spoken):
        if talk.of_buying:
            return Intent.DELIVERY
        return Intent.ORDER_STATUS if talk.order else intent
    hers = talk.order and subjects.asks_where_it_is(spoken)
    return Intent.ORDER_STATUS if hers or subjects.asks_for_own_order(spoken) else intent


def _appointed(item: Item, spoken: str) -> Intent:
    """Whoever asks for somebody or for a treatment on a day does not ask when the shop is open."""
    if item.intent is Intent.DETAILS and not subjects.asks_how_long_treatment(spoken):
        return item.intent
    if item.intent is Intent.DETAILS:
        return Intent.SERVICES
    if item.intent not in _TOLD or says_how_to_come(spoken):
        return item.intent
    if subjects.asks_for_somebody(item.text):
        return Intent.PROFESSIONALS
    treated = subjects.treatment_wished(item.text)
    if treated is not None:
        return Intent.AVAILABILITY if treated else Intent.BOOK
    return item.intent
