"""Items completed by their neighbours and by what was said before, and what is left of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from chatwootai.crews.understanding.belonging import CREW_OF, NAMING, SALES, SOCIAL
from chatwootai.crews.understanding.cues import PARTING
from chatwootai.crews.understanding.days import asked_days
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.words import fold, is_size, norms_of, singular
from chatwootai.domain.crews import CrewName, Intent, Memory

_ONLY_CODES: Final = re.compile(r"(?:[\s,;e#:.-]|[Ss]? ?\d{3,}|[nN][ºo°.])+[?!. ]*")
"""Codes of orders, telephones, documents: figures, and what stands between them."""


def completed(items: list[Item], memory: Memory) -> list[Item]:
    """Give bare names an intent and follow-ups their subject, from their neighbours, then from memory."""
    done: list[Item] = []
    for position, item in enumerate(items):
        following = items[position + 1] if position + 1 < len(items) else None
        if item.intent is Intent.BUSINESS_HOURS and item.elliptic and _asks_hours(following):
            # "e hoje, que horas fecha?": the day belongs to the question after it.
            items[position + 1] = replace(
                items[position + 1], text=f"{item.text}, {items[position + 1].text}"
            )
        elif position == 0 and _goes_on(item) and (told := _told_of(memory)):
            done.append(replace(item, intent=told, bare=False))
        elif item.bare:
            _place_bare(item, following, done, memory)
        elif item.intent is Intent.BUSINESS_HOURS and item.elliptic:
            done.append(_placed_days(item, done, memory))
        elif item.intent is Intent.GREETING and _parts(item, done):
            done.append(replace(item, intent=Intent.GOODBYE))
        elif item.intent in NAMING and not item.mention and done and _is_waiting_name(done[-1]):
            done[-1] = replace(done[-1], intent=item.intent, bare=False)
        else:
            done.append(item)
    return done


def _place_bare(item: Item, following: Item | None, done: list[Item], memory: Memory) -> None:
    last = next((earlier for earlier in reversed(done) if earlier.intent in NAMING), None)
    before = done[-1] if done else None
    if last is not None and not last.mention and last is before and not item.elliptic:
        done[:] = [_named(earlier, item) if not earlier.mention else earlier for earlier in done]
    elif last is not None and last is before and _only_measures(item):
        done[-1] = replace(last, mention=f"{last.mention} {item.mention}")
    elif last is not None and (item.elliptic or item.continues or last is before):
        done.append(replace(item, intent=last.intent, bare=False))
    elif following is not None and following.intent in NAMING and not following.mention:
        done.append(item)
    elif following is not None and following.intent in NAMING and following.continues:
        done.append(replace(item, intent=following.intent, bare=False))
    elif (remembered := remembered_intent(memory)) and (item.elliptic or memory.get("awaiting")):
        done.append(replace(item, intent=remembered, bare=False))
    else:
        done.append(item)


def _goes_on(item: Item) -> bool:
    """ "e pra Campinas?": understood only by what was told before."""
    elliptic = item.intent is Intent.UNKNOWN and not item.declined
    return elliptic and norms_of(item.text)[:1] == ("e",)


def _told_of(memory: Memory) -> Intent | None:
    """What the shop has just told of itself, hours left out: those go on with days alone."""
    topic = memory.get("topic")
    told = next((intent for intent, crew in CREW_OF.items() if intent.value == topic), None)
    return told if told is not Intent.BUSINESS_HOURS else None


def _asks_hours(item: Item | None) -> bool:
    return item is not None and item.intent is Intent.BUSINESS_HOURS and not item.elliptic


def _only_measures(item: Item) -> bool:
    """A size in a message of its own: "shampoo de coco?", "300ml"."""
    return not item.elliptic and all(is_size(norm) for norm in norms_of(item.mention))


def _named(earlier: Item, item: Item) -> Item:
    return replace(earlier, mention=item.mention) if earlier.intent in NAMING else earlier


def _is_waiting_name(item: Item) -> bool:
    return item.bare and item.intent is Intent.UNKNOWN


def _placed_days(item: Item, done: list[Item], memory: Memory) -> Item:
    """A day alone continues a talk of opening hours; otherwise nobody knows what it means."""
    topical = next((earlier for earlier in reversed(done) if earlier.intent not in SOCIAL), None)
    topic = topical.intent.value if topical else memory.get("topic")
    if topic == Intent.BUSINESS_HOURS.value:
        return replace(item, elliptic=False)
    if topic == CrewName.SCHEDULING.value:
        return replace(item, intent=Intent.AVAILABILITY, elliptic=False)
    return replace(item, intent=Intent.UNKNOWN, elliptic=False)


def _parts(item: Item, done: list[Item]) -> bool:
    """ "obrigada, boa noite" takes leave; "boa noite" alone greets."""
    farewell = any(earlier.intent in (Intent.THANKS, Intent.GOODBYE) for earlier in done)
    return farewell and PARTING.search(" ".join(norms_of(item.text))) is not None


def remembered_intent(memory: Memory) -> Intent | None:
    return next((intent for intent in SALES if intent.value == memory.get("intent")), None)


def without_small_talk(items: list[Item]) -> list[Item]:
    """Social words count only when nothing else was asked, statements only when nothing was understood."""
    understood = [item for item in items if item.intent not in SOCIAL | {Intent.UNKNOWN} or item.bare]
    if understood:
        return [item for item in items if item in understood or (_is_unknown(item) and item.asking)]
    unknown = [item for item in items if _is_unknown(item)]
    if unknown:
        return unknown
    return [item for item in items if item.intent is not Intent.GREETING] or items


def with_codes(items: list[Item]) -> list[Item]:
    """A code that was cut off belongs to the wish before it: "os pedidos S00001 e S00002"."""
    done: list[Item] = []
    for item in items:
        if done and _is_unknown(item) and done[-1].intent not in SOCIAL and _ONLY_CODES.fullmatch(item.text):
            done[-1] = replace(done[-1], text=f"{done[-1].text} {item.text}", entities=None)
        else:
            done.append(item)
    return done


def _is_unknown(item: Item) -> bool:
    return item.intent is Intent.UNKNOWN


def distinct(items: list[Item], today: date) -> list[Item]:
    """Each wish once; "e domingo?" and "e sábado?" are two."""
    seen: set[object] = set()
    kept: list[Item] = []
    for item in items:
        key = _identity(item, today)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def _identity(item: Item, today: date) -> object:
    if item.intent in NAMING or item.bare:
        return item.intent, tuple(singular(norm) for norm in norms_of(item.mention))
    if item.intent is Intent.BUSINESS_HOURS:
        return item.intent, asked_days(item.text, today)
    return item.intent, fold(item.text) if _is_unknown(item) else ""
