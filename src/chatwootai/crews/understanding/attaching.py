"""The entities of each request: those of its own words, and those of the words around it that ask nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.reading import Item
from chatwootai.domain.requests import Entities

Named = TypeVar("Named")


def with_entities(kept: Sequence[Item], said: Sequence[Item], now: datetime) -> list[Item]:
    """`kept` with their entities; those of what else was `said` go to the nearest of `kept`."""
    found = [item.entities or read_entities(item.text, now) for item in kept]
    texts = {item.text for item in kept}
    for item in said:
        if item.text in texts or not item.text:
            continue
        entities = read_entities(item.text, now)
        if entities != Entities():
            nearest = min(range(len(kept)), key=lambda place: abs(kept[place].start - item.start))
            found[nearest] = joined(found[nearest], entities)
    return [replace(item, entities=entities) for item, entities in zip(kept, found, strict=True)]


def joined(first: Entities, second: Entities) -> Entities:
    """Both, without saying anything twice."""
    return Entities(
        moments=_once(first.moments, second.moments),
        impossible=_once(first.impossible, second.impossible),
        quantities=_once(first.quantities, second.quantities),
        amounts=_once(first.amounts, second.amounts),
        order_codes=_once(first.order_codes, second.order_codes),
        coupons=_once(first.coupons, second.coupons),
        documents=_once(first.documents, second.documents),
        bad_documents=_once(first.bad_documents, second.bad_documents),
        phones=_once(first.phones, second.phones),
        emails=_once(first.emails, second.emails),
        postal_codes=_once(first.postal_codes, second.postal_codes),
        names=_once(first.names, second.names),
        for_whom=first.for_whom or second.for_whom,
    )


def _once(first: tuple[Named, ...], second: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys((*first, *second)))
