"""Which professional is meant: by first or last name, with or without a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from chatwootai.crews.scheduling.customers_words import ASKING
from chatwootai.crews.scheduling.facts import ProfessionalFacts
from chatwootai.crews.understanding.words import fold

TITLES: Final = frozenset({"dr", "dra", "doutor", "doutora", "prof", "profa"})
WORD = re.compile(r"[a-z]+")
TITLED = re.compile(r"\b(?:dr|dra|doutora?)\.?\s+([a-z]{3,})")
SPECIALITY = re.compile(r"(?:ista|iatra|logo|loga|peuta|geral)$")
CUED = re.compile(r"\b(?:com|pel[oa]|dra?|doutora?)\.? (?:[ao] )?(?:dra?\.? |doutora? )?([a-z]+)")
ANYBODY = re.compile(
    r"\b(?:qualquer (?:um|uma|pessoa|profissional)|tanto faz|sem preferencia|quem (?:tiver|estiver|puder))\b"
)
TYPO: Final = 0.85
"""Likeness (1 is the same): one letter of seven; Maria is not Márcia."""
SHORTEST_TYPO: Final = 5


def person_named(text: str, people: Sequence[ProfessionalFacts], names: Sequence[str] = ()) -> int | None:
    """The id of the one whom `text` names; None for nobody, and where two fit.

    `names` are people whom she gives as patients or as herself: "minha filha Ana" is no wish for the
    hairdresser Ana, "com a Ana" is.
    """
    said = WORD.findall(fold(text))
    others = {word for name in names for word in WORD.findall(fold(name))}
    cued = cued_words(text)
    words = [word for word in said if word not in others or word in cued]
    scores = {person.id: _score(person, words) for person in people}
    best = max(scores.values(), default=0)
    found = [person for person, score in scores.items() if score == best]
    return found[0] if best > 0 and len(found) == 1 else None


def cued_words(text: str) -> set[str]:
    """Words that stand where a professional is named: "com a Débora", "dra. Alice"."""
    return set(CUED.findall(fold(text)))


def stranger(text: str, people: Sequence[ProfessionalFacts]) -> str:
    """A title and a name that nobody here has: "Dra. Paula"; "" where there is none."""
    match = TITLED.search(fold(text))
    if match is None or match.group(1) in ASKING or SPECIALITY.search(match.group(1)):
        return ""
    known = {word for person in people for word in name_words(person.name)}
    if any(_alike(match.group(1), word) for word in known):
        return ""
    title = "Dra." if match.group().startswith(("dra", "doutora")) else "Dr."
    return f"{title} {match.group(1).capitalize()}"


def is_indifferent(text: str) -> bool:
    """Whether she takes anybody."""
    return ANYBODY.search(fold(text)) is not None


def name_words(name: str) -> list[str]:
    """ "Dra. Alice Fontoura" → alice, fontoura"""
    return [word for word in WORD.findall(fold(name)) if word not in TITLES]


def without_people(text: str, people: Sequence[ProfessionalFacts]) -> str:
    """The text without the names of professionals, which name no treatment."""
    known = {word for person in people for word in name_words(person.name)[:1]}
    kept = [word for word in text.split() if fold(word).strip(".,!?") not in known | TITLES]
    return " ".join(kept)


def _score(person: ProfessionalFacts, said: Sequence[str]) -> int:
    """The last name alone counts after a title only, for it may be a word ("Luz", "Prado")."""
    first, *last = name_words(person.name) or [""]
    has_first = any(_alike(word, first) for word in said)
    has_last = any(word in last for word in said)
    titled = any(before in TITLES and word in last for before, word in pairwise(said))
    return (2 if has_first else 0) + (1 if has_last and (has_first or titled) else 0)


def _alike(said: str, name: str) -> bool:
    if said == name:
        return True
    long = min(len(said), len(name)) >= SHORTEST_TYPO
    return long and bool(OSA.normalized_similarity(said, name) >= TYPO)
