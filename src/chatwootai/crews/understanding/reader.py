"""Reading what a turn asks for, with a model learned from examples, keywords, and what was said before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from chatwootai.crews.dialogues.answers import accepts_person, chosen, refuses_person
from chatwootai.crews.understanding.assent import assent_of
from chatwootai.crews.understanding.attaching import with_entities
from chatwootai.crews.understanding.certain import keeps_data_back
from chatwootai.crews.understanding.completing import (
    completed,
    distinct,
    remembered_intent,
    with_codes,
    without_small_talk,
)
from chatwootai.crews.understanding.cues import WANT
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.examples import examples_with
from chatwootai.crews.understanding.going_on import gone_on, of_profile
from chatwootai.crews.understanding.learning import learned
from chatwootai.crews.understanding.listening import Listening
from chatwootai.crews.understanding.model import IntentModel
from chatwootai.crews.understanding.offered_intents import OFFERED_INTENTS
from chatwootai.crews.understanding.readable import readable
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.replying import YES_ASKED, crew_of, in_thread
from chatwootai.crews.understanding.talks import EVERY_CREW, TOPIC, Talk, all_settled, talk_of
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request
from chatwootai.domain.profiles import Profile
from chatwootai.domain.requests import Assent, Entities
from chatwootai.domain.threads import Thread, current

_INTENT_OF: Final[dict[Assent | None, Intent]] = {Assent.YES: Intent.YES, Assent.NO: Intent.NO}
_ANGRY: Final = re.compile("[😡🤬😠👿💢😤]")
_SAD: Final = re.compile("[😢😭😞😔😟😕🙁😩😫💔🤔😒🙄]")
SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")


@dataclass(frozen=True, slots=True)
class Judged:
    """`confidence` is between 0 and 1; what a rule or a button tells is sure."""

    request: Request
    confidence: float


@dataclass(frozen=True, slots=True)
class Reader:
    """Deterministic: the same briefing gives the same requests.

    A phrase that may be a product's bare name becomes UNKNOWN for the sales crew, which alone can look it
    up; every other UNKNOWN belongs to no crew. What is learned is kept in the folder `models`, if any.
    """

    models: Path | None = None

    def prepare(self, profile: Profile) -> None:
        """Learn now, in any thread, for some seconds, instead of in the first turn of this profile."""
        self._model(profile)

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        return tuple(judged.request for judged in self.judged(briefing))

    def judged(self, briefing: Briefing) -> tuple[Judged, ...]:
        """The requests of a turn, each with how sure it is."""
        thread = current(briefing.memory)
        model = self._model(briefing.profile)
        items = _items(briefing, thread, model)
        ear = Listening(model, briefing.now)
        if thread is not None:
            named = [read_entities(item.text, briefing.now) != Entities() for item in items]
            items = gone_on(in_thread(items, thread, named), briefing, ear)
        else:
            items = [_without_question(item, briefing) for item in gone_on(items, briefing, ear)]
        talk = talk_of(briefing)
        items = all_settled(completed(items, briefing.memory), talk)
        items = [of_profile(item, briefing.profile) for item in items]
        kept = distinct(without_small_talk(with_codes(items)), briefing.now.date())
        if not kept:
            text = " ".join(message.text for message in briefing.messages).strip()
            kept = [Item(Intent.UNKNOWN, text, message_id=briefing.messages[-1].id)]
        kept = with_entities(kept, items, briefing.now)
        crews = briefing.profile.crews
        return tuple(_judged(_for_sale(item, crews), thread, crews) for item in kept)

    def _model(self, profile: Profile) -> IntentModel:
        return _model(frozenset(profile.examples.items()), self.models)


def understand(text: str, *, now: datetime | None = None) -> tuple[Request, ...]:
    """What one text asks for, without a conversation around it. `now` is aware; by default it is now.

    A yes, a no and a bare answer are told as such, although no question is open; they belong to no crew.
    """
    return tuple(judged.request for judged in judge(text, now=now))


def judge(text: str, *, now: datetime | None = None) -> tuple[Judged, ...]:
    """As `understand`, each request with how sure it is."""
    moment = now or datetime.now(SAO_PAULO)
    said = readable(text).surface.strip()
    read = _wordless(said, alone=True) or Listening(_model(frozenset()), moment).read([(0, said)])
    items = all_settled(completed(read, {}), Talk())
    kept = distinct(without_small_talk(with_codes(items)), moment.date()) or [Item(Intent.UNKNOWN, said)]
    return tuple(_judged(item, None, EVERY_CREW) for item in with_entities(kept, items, moment))


@lru_cache(maxsize=256)
def _model(own: frozenset[tuple[str, tuple[str, ...]]], folder: Path | None = None) -> IntentModel:
    return learned(examples_with(dict(own)), folder)


def _items(briefing: Briefing, thread: Thread | None, model: IntentModel) -> list[Item]:
    """Everything that the messages of a turn say; texts in a row are read together."""
    ear = _ear(model, briefing.now, thread)
    items: list[Item] = []
    texts: list[tuple[int, str]] = []
    for message in briefing.messages:
        said = readable(message.text).surface.strip()
        direct = _direct(message, said, briefing)
        if direct is None:
            texts.append((message.id, said))
            continue
        items += ear.read(texts)
        items += [replace(item, message_id=message.id) for item in direct]
        texts = []
    return items + ear.read(texts)


def _ear(model: IntentModel, now: datetime, thread: Thread | None) -> Listening:
    if thread is None:
        return Listening(model, now)
    return Listening(model, now, thread.asks, cancelling=thread.dialogue.startswith("cancel"))


def _direct(message: Message, said: str, briefing: Briefing) -> list[Item] | None:
    """What a message says that needs no reading; None for one that does."""
    memory = briefing.memory
    if refuses_person(message, briefing):
        return [Item(Intent.UNKNOWN, said, declined=True)]
    if accepts_person(message, briefing):
        return [Item(Intent.PERSON, said)]
    values = chosen(message, memory)
    if values:
        text = message.chosen.title if message.chosen else said
        return [_offered_item(value, text, memory) for value in values]
    thread = current(memory)
    return _wordless(said, alone=len(briefing.messages) == 1, asks=thread.asks if thread else "")


def _wordless(said: str, *, alone: bool, asks: str = "") -> list[Item] | None:
    """Emoji alone ("👍", "❤️") say thanks, or answer; "?" alone asks for something that we cannot see."""
    if not said:
        return [Item(Intent.UNKNOWN, "", asking=True)]
    if any(letter.isalnum() for letter in said):
        return None
    if "?" in said and not alone:
        return []
    if _ANGRY.search(said):
        return [Item(Intent.COMPLAINT, said)]
    assent = assent_of(said)
    if asks == YES_ASKED and "?" not in said:
        return [Item(_INTENT_OF.get(assent, Intent.ANSWER), said, assent=assent)]
    if assent is Assent.NO or _SAD.search(said):
        return [Item(Intent.UNKNOWN, said, asking=True)]
    return [Item(Intent.UNKNOWN if "?" in said else Intent.THANKS, said)]


def _offered_item(value: str, text: str, memory: Memory) -> Item:
    if value in OFFERED_INTENTS:
        return Item(OFFERED_INTENTS[value], text, chosen=value)
    if current(memory) is not None:
        return Item(Intent.ANSWER, text, chosen=value)
    if value.startswith("product:"):
        return Item(remembered_intent(memory) or Intent.STOCK, text, value, chosen=value)
    return Item(Intent.UNKNOWN, text, chosen=value)


def _without_question(item: Item, briefing: Briefing) -> Item:
    """A yes, a no or an answer to nothing: noted, or not understood; a day where we book is a wish."""
    if item.intent in (Intent.YES, Intent.NO):
        return replace(item, intent=Intent.UNKNOWN if keeps_data_back(item.text) else Intent.THANKS)
    if item.intent is not Intent.ANSWER or item.chosen:
        return item
    books = CrewName.SCHEDULING in briefing.profile.crews
    if books and read_entities(item.text, briefing.now).moments:
        if WANT.search(" ".join(norms_of(item.text))):
            return replace(item, intent=Intent.BOOK)
        if briefing.memory.get(TOPIC) == CrewName.SCHEDULING:
            return replace(item, intent=Intent.AVAILABILITY)
    return replace(item, intent=Intent.UNKNOWN)


def _for_sale(item: Item, crews: frozenset[str]) -> Item:
    """A treatment asked for where none can be booked: the shop may sell it."""
    sold = item.intent is Intent.SERVICES and item.mention and CrewName.SCHEDULING.value not in crews
    return replace(item, intent=Intent.STOCK) if sold else item


def _judged(item: Item, thread: Thread | None, crews: frozenset[str]) -> Judged:
    request = Request(
        item.intent,
        crew_of(item, thread, crews),
        item.text,
        item.mention,
        item.message_id,
        item.chosen,
        item.entities or Entities(),
        item.assent,
    )
    return Judged(request, item.confidence)
