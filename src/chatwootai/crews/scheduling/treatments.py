"""Which treatment is meant: by its name, by parts of it, by what customers call it, with typos."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import OSA

from chatwootai.crews.scheduling.customers_words import ASKING, LIGHT, SPOKEN
from chatwootai.crews.scheduling.facts import ServiceFacts
from chatwootai.crews.understanding.words import fold, singular

WORD = re.compile(r"[a-z]+\d*|\d+")
SHORTEST_STEM: Final = 4
SHORTEST_TYPO: Final = 6
"""Letters; of shorter words too many are alike by chance (Pedro, pedra)."""
SHORTEST_ROOT: Final = 5
TYPO: Final = 0.8
"""Likeness (1 is the same) from which a word may be another, misspelt."""
ROOT: Final = 0.7
"""Share of both words that a common beginning makes up: "cardiologista", "cardiologia"."""
FILED: Final = 0.5
"""What a word counts that stands in the category alone, against 1 in the name."""
TOLD: Final = 0.4
"""The same for the description."""
LIGHTLY: Final = 0.15
"""The same for words such as "consulta", which say little."""
MARGIN: Final = 0.12
JOINTS = re.compile(r"\s+(?:e|mais|com|depois)\s+|\s*[,+&/]\s*")


@dataclass(frozen=True, slots=True)
class Meant:
    """`found` holds one when it is clear, several when it is not. `rest` are her words for something that
    is none of them, "" when she named nothing at all; `said` those for what was found. `by_name` tells
    that a name is meant, and not only what a description says."""

    found: tuple[ServiceFacts, ...] = ()
    rest: str = ""
    said: str = ""
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    service: ServiceFacts
    name: frozenset[str]
    category: frozenset[str]
    description: frozenset[str]

    @property
    def telling(self) -> frozenset[str]:
        return self.name - LIGHT or self.name


@dataclass(slots=True)
class Treatments:
    """The names of one calendar, ready to be searched."""

    services: Sequence[ServiceFacts]
    _entries: tuple[_Entry, ...] = field(init=False)
    _rarity: dict[str, float] = field(init=False)
    _named: frozenset[str] = field(init=False)
    """Words of names and categories: those of descriptions count as they are written alone."""

    def __post_init__(self) -> None:
        self._entries = tuple(
            _Entry(each, _terms(each.name), _terms(each.category), _terms(each.description))
            for each in self.services
        )
        counts = Counter(
            term for entry in self._entries for term in entry.name | entry.category | entry.description
        )
        self._named = frozenset(term for entry in self._entries for term in entry.name | entry.category)
        self._rarity = {term: math.log(1 + len(self._entries) / n) for term, n in counts.items()}

    def by_id(self, service_id: int) -> ServiceFacts | None:
        return next((each for each in self.services if each.id == service_id), None)

    def by_name(self, name: str) -> ServiceFacts | None:
        """The one of exactly this name; case and accents do not matter."""
        return next((each for each in self.services if fold(each.name) == fold(name).strip()), None)

    def several(self, text: str) -> tuple[Meant, ...]:
        """One for each treatment that is named, in order: "corte e escova" names two."""
        whole = self.find(text)
        parts = [part for part in JOINTS.split(fold(text)) if part.strip()]
        each = [meant for part in parts if (meant := self.find(part)).found]
        if len(each) < 2 or self._is_one(whole, each):
            return (whole,)
        return tuple(dict.fromkeys(each))

    def find(self, text: str) -> Meant:
        """The treatment that `text` names, or those that it may mean."""
        exact = self.by_name(text)
        if exact is not None:
            return Meant((exact,), "", text.strip(), by_name=True)
        said = _said(text)
        if not said:
            return Meant()
        alike = {term: self._alike(term) for term in said}
        unknown = _as_written(
            text, [term for term in said if not alike[term] and term not in LIGHT and not term.isdigit()]
        )
        known = {word for words in alike.values() for word in words}
        scored = [(self._score(entry, alike), entry) for entry in self._entries]
        best = max((score for score, _ in scored), default=0.0)
        if best <= 0:
            return Meant((), unknown)
        if unknown and best < LIGHTLY * 4 and all(term in LIGHT for term in said if alike[term]):
            return Meant((), unknown)
        top = [entry for score, entry in scored if score >= best * (1 - MARGIN)]
        if all(term in LIGHT for term in said if alike[term]):
            top = [entry for entry in self._entries if known & entry.name] or top
        whole = [entry for entry in top if entry.telling <= known]
        known_words = _as_written(text, [term for term in _plain(text) if term not in unknown.lower()])
        found = _largest(whole) or top
        by_name = any((known & entry.name) - LIGHT for entry in found)
        return Meant(tuple(entry.service for entry in found), unknown, known_words, by_name)

    def _is_one(self, whole: Meant, each: Sequence[Meant]) -> bool:
        """Whether one treatment alone is all that the parts name ("mão e pé")."""
        if len(whole.found) != 1:
            return all(meant.found == each[0].found for meant in each)
        parts = [set(meant.found) for meant in each]
        joint = self._terms_of(whole.found[0])
        return all(whole.found[0] in part or any(self._terms_of(s) <= joint for s in part) for part in parts)

    def _terms_of(self, service: ServiceFacts) -> frozenset[str]:
        return next(entry.telling for entry in self._entries if entry.service is service)

    def _score(self, entry: _Entry, alike: dict[str, frozenset[str]]) -> float:
        score = 0.0
        for term, words in alike.items():
            weight = max((self._rarity[word] for word in words), default=0.0)
            if words & entry.name:
                score += weight * (LIGHTLY if term in LIGHT else 1.0)
            elif words & entry.category:
                score += weight * (LIGHTLY if term in LIGHT else FILED)
            elif words & entry.description and term not in LIGHT:
                score += weight * TOLD
        return score

    def _alike(self, term: str) -> frozenset[str]:
        if term in self._rarity:
            return frozenset({term})
        return frozenset(known for known in self._named if _is_alike(term, known))


def _largest(entries: Sequence[_Entry]) -> list[_Entry]:
    """ "Manicure e pedicure" rather than "Manicure", where both were said."""
    most = max((len(entry.telling) for entry in entries), default=0)
    return [entry for entry in entries if len(entry.telling) == most]


def _is_alike(term: str, known: str) -> bool:
    if len(term) >= SHORTEST_STEM and known.startswith(term):
        return True
    common = next((i for i, (a, b) in enumerate(zip(term, known, strict=False)) if a != b), None)
    common = min(len(term), len(known)) if common is None else common
    if common >= SHORTEST_ROOT and common >= ROOT * max(len(term), len(known)):
        return True
    long = min(len(term), len(known)) >= SHORTEST_TYPO
    return long and bool(OSA.normalized_similarity(term, known) >= TYPO)


def _said(text: str) -> tuple[str, ...]:
    folded = " ".join(WORD.findall(fold(text)))
    for spoken, meant in SPOKEN:
        folded = spoken.sub(meant, folded)
    return tuple(dict.fromkeys(term for term in _words(folded) if term not in ASKING))


def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term in _words(fold(text.replace("-", ""))) if term not in ASKING)


def _as_written(text: str, terms: Sequence[str]) -> str:
    """Her own words for these; where customers' words were replaced, all that name something."""
    kept = [word for word in text.split() if set(_words(fold(word))) & set(terms)]
    kept = kept or [word for word in text.split() if set(_words(fold(word))) & set(_plain(text))]
    return " ".join(kept).strip(".,;:!?") if terms else ""


def _plain(text: str) -> list[str]:
    """The words that may name something, as she wrote them, comparable."""
    return [term for term in _words(fold(text)) if term not in ASKING]


def _words(folded: str) -> list[str]:
    return [singular(word) for word in WORD.findall(folded) if len(word) > 1 or word.isdigit()]
