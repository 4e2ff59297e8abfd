"""A text cut into the parts that each ask for one thing, with or without punctuation.

Of all ways to cut at the places where a request may begin, the best is taken: that whose parts are together
most surely understood, where each cut costs the more, the less the writing itself suggests it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from chatwootai.crews.understanding.belonging import SOCIAL
from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.model import IntentModel, Vector
from chatwootai.crews.understanding.words import Placed, composed, is_size, placed_words
from chatwootai.domain.crews import Intent

SENTENCE: Final = re.compile(r"[?!;\n…]|\.(?!\d)|[\U0001f300-\U0001faff❤]")
CLAUSE: Final = re.compile(r"[,:()]|\s[-–—/]\s")
_JOINTS: Final = """
e mas tambem alem porem outra ah aproveitando aproveita inclusive depois dai entao
"""
JOINTS: Final = frozenset(_JOINTS.split())
_OPENERS: Final = """
qual quais quanto quantos quantas quando onde aonde como cade quem tem teria vende vendem voces voce quero
queria gostaria preciso precisava posso pode podem poderia poderiam da aceita aceitam entrega entregam
faz fazem abre abrem fecha fecham ate que me atende atendem vou marca marcar agenda agendar cancela cancelar
desmarca troca manda passa aplica adiciona separa coloca fala por sera sabe alguem falar remarcar remarca
consegue consigo
"""
OPENERS: Final = frozenset(_OPENERS.split())
LEADING: Final = frozenset(
    {
        "para",
        "com",
        "de",
        "do",
        "da",
        "dos",
        "das",
        "em",
        "no",
        "na",
        "nos",
        "nas",
        "por",
        "o",
        "a",
        "os",
        "as",
        "um",
    }
    | {
        "nao",
        "uma",
        "que",
        "se",
        "sem",
        "ao",
        "ate",
        "meu",
        "minha",
        "seu",
        "sua",
        "esse",
        "essa",
        "muito",
        "mais",
    }
)
"""No request begins right after one of these."""
ASKED_WHICH: Final = frozenset(
    {"horas", "hora", "dia", "dias", "horario", "horarios", "tamanho", "cor", "cores"}
)
SOCIAL_OPENERS: Final = frozenset({"oi", "ola", "bom", "boa", "obrigado", "valeu", "tchau"})
SENTENCE_COST: Final = 0.03
CLAUSE_COST: Final = 0.06
JOINT_COST: Final = 0.1
OPENER_COST: Final = 0.25
LONGEST_CHAIN: Final = 14
"""Places to cut within one part; a longer part is a story that nobody reads at once."""
NOTHING: Final = log(0.15)
"""For a part that asks nothing: better than a guess that is worse than this."""

LIKELY: Final = 0.25
"""Probability from which a keyword's guess is not unlikely."""
CLEAR: Final = 0.7
"""Confidence from which a part is a wish of its own, worth a cut."""
CLEAR_REWARD: Final = 0.15


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` and `end` are characters of the composed text."""

    intent: Intent
    confidence: float
    start: int
    end: int
    likely: frozenset[Intent] = frozenset()
    """Intents that may be meant, where the confidence is low."""
    strange: float = 0.0
    """Probability that no shop is asked for this; 0 for a part among others, which vouch for it."""


def segments_of(text: str, model: IntentModel) -> tuple[Segment, ...]:
    """The parts of a text in order, neighbours of one intent joined; none for a text without words."""
    text = composed(text)
    words = placed_words(text)
    if not words:
        return ()
    cuts = _cuts(text, words)
    reading = model.read([placed.word.norm for placed in words])
    places = np.array([place for place, _ in cuts])
    pairs = [
        (first, last) for last in range(1, len(cuts)) for first in range(max(0, last - LONGEST_CHAIN), last)
    ]
    judged = reading.parts(places[[first for first, _ in pairs]], places[[last for _, last in pairs]])
    best = judged.argmax(axis=1)
    sure = judged.max(axis=1)
    sizes = np.array([places[last] - places[first] for first, last in pairs]) / len(words)
    values = np.maximum(np.log(sure), NOTHING) * sizes
    wishes = np.array([intent not in SOCIAL and intent is not Intent.UNKNOWN for intent in model.intents])
    values = values + CLEAR_REWARD * ((sure >= CLEAR) & wishes[best])
    chosen = _cheapest(cuts, pairs, values.tolist())
    parts = [(*pairs[number], int(best[number]), float(sure[number])) for number in chosen]
    joined = _joined(parts, model)
    found = []
    for first, last, intent, confidence in joined:
        start, end = cuts[first][0], cuts[last][0]
        stop = words[end].start if end < len(words) else len(text)
        (chances,) = reading.parts(np.array([start]), np.array([end]))
        found.append(
            Segment(
                model.intents[intent],
                confidence,
                words[start].start if start else 0,
                stop,
                frozenset(model.intents[place] for place in np.flatnonzero(chances >= LIKELY)),
                _strange(chances, model) if len(joined) == 1 else 0.0,
            )
        )
    return tuple(found)


def _strange(chances: Vector, model: IntentModel) -> float:
    known = Intent.UNKNOWN in model.intents
    return float(chances[model.intents.index(Intent.UNKNOWN)]) if known else 0.0


def _cuts(text: str, words: Sequence[Placed]) -> list[tuple[int, float]]:
    """The words before which a part may begin, with what a cut there costs; the end of the text last."""
    found = [(0, 0.0)]
    for place in range(1, len(words)):
        between = text[words[place - 1].end : words[place].start]
        cost = _cost(between, words, place)
        if cost is not None:
            found.append((place, cost))
    return [*found, (len(words), 0.0)]


def _cost(between: str, words: Sequence[Placed], place: int) -> float | None:
    norm = words[place].word.norm
    if SENTENCE.search(between):
        return SENTENCE_COST
    if words[place].start == words[place - 1].start or is_size(norm):
        return None
    if CLAUSE.search(between):
        return CLAUSE_COST
    before = words[place - 1].word.norm
    if before in JOINTS | OPENERS | LEADING | ASKED_WHICH:
        return None
    if norm in JOINTS:
        return None if before.isdigit() and _is_figure(words, place + 1) else JOINT_COST
    return OPENER_COST if _opens(words, place) else None


def _is_figure(words: Sequence[Placed], place: int) -> bool:
    """ "Entre 30 e 50 reais" is one breath."""
    return (
        place + 1 < len(words) and words[place].word.norm.isdigit() and words[place + 1].word.norm == "reais"
    )


def _opens(words: Sequence[Placed], place: int) -> bool:
    norm = words[place].word.norm
    following = words[place + 1].word.norm if place + 1 < len(words) else ""
    if norm == "da":  # the verb, not the preposition
        return following == "para"
    if norm == "ate" and following[:1].isdigit():  # a price or an hour belongs to what is before it
        return False
    if norm == "tem" and place == 2 and concept_of(words[1].word.norm) == "product":
        return words[0].word.norm not in LEADING  # "o whey tem lactose?"
    if norm == "que":  # the question, not the relative
        return following in ASKED_WHICH
    return norm in OPENERS | SOCIAL_OPENERS


def _cheapest(
    cuts: Sequence[tuple[int, float]], pairs: Sequence[tuple[int, int]], values: Sequence[float]
) -> list[int]:
    """The numbers of the pairs that make up the best way through."""
    best = [0.0] + [-np.inf] * (len(cuts) - 1)
    via = [0] * len(cuts)
    for number, (first, last) in enumerate(pairs):
        value = best[first] + values[number] - cuts[first][1]
        if value > best[last]:
            best[last], via[last] = value, number
    chosen: list[int] = []
    last = len(cuts) - 1
    while last:
        chosen.append(via[last])
        last = pairs[via[last]][0]
    return chosen[::-1]


def _joined(
    parts: Sequence[tuple[int, int, int, float]], model: IntentModel
) -> list[tuple[int, int, int, float]]:
    done: list[tuple[int, int, int, float]] = []
    for part in parts:
        if done and done[-1][2] == part[2]:
            done[-1] = (done[-1][0], part[1], part[2], max(done[-1][3], part[3]))
        else:
            done.append(part)
    return done
