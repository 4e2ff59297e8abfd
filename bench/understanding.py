"""How well customers are understood, on strangers' sentences that nothing was learned from.

A message is answered when anything but UNKNOWN is read from it, and right when exactly the intents are read
that a stranger gave it. Messages are ranked by the confidence of their least certain request.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bench.report import told
from chatwootai.crews.understanding.assent import assent_of
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.examples import examples_with
from chatwootai.crews.understanding.reader import judge
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.requests import Amount, Entities

SENTENCES: Final = Path(__file__).parent / "sentences"
NOW: Final = datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("America/Sao_Paulo"))
"""The Wednesday on which the days in `entities.tsv` were written down."""
COVERAGES: Final = (0.5, 0.6, 0.7, 0.8, 0.9)
PRECISE: Final = 0.97
UNKNOWN: Final = "unknown"
NOTHING: Final = "none"


@dataclass(frozen=True, slots=True)
class Told:
    """What one message was read as, beside what it is."""

    text: str
    gold: frozenset[str]
    read: frozenset[str]
    confidence: float

    @property
    def answered(self) -> bool:
        return self.read != {UNKNOWN}

    @property
    def right(self) -> bool:
        return self.read == self.gold


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of sentences, by the names of its columns."""
    with (SENTENCES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def intents_of(name: str, column: str) -> tuple[list[Told], float]:
    """Every message of a file as it was read, and the CPU milliseconds of one, the model being warm.

    What strangers wrote word for word as it stands in the examples ("valeu!") is left out.
    """
    learned = {norms_of(text) for texts in examples_with({}).values() for text in texts}
    rows = [row for row in rows_of(name) if norms_of(row["text"]) not in learned]
    judge("oi", now=NOW)
    start = time.process_time()
    judged = [judge(row["text"].replace("⏎", "\n"), now=NOW) for row in rows]
    spent = (time.process_time() - start) * 1000 / len(rows)
    found = [
        Told(
            row["text"],
            frozenset(row[column].split(",")),
            frozenset(each.request.intent.value for each in requests),
            min(each.confidence for each in requests),
        )
        for row, requests in zip(rows, judged, strict=True)
    ]
    return found, spent


def accuracy(messages: Sequence[Told]) -> tuple[float, float]:
    """The share of messages that are answered, and of these the share that is right."""
    answered = [message for message in messages if message.answered]
    return len(answered) / len(messages), share([message.right for message in answered])


def precision_at(messages: Sequence[Told], coverage: float) -> float:
    """The share that is right of the most certain messages; unanswered ones come last and count as wrong."""
    first = _ranked(messages)[: max(1, int(len(messages) * coverage))]
    return share([message.right and message.answered for message in first])


def coverage_at(messages: Sequence[Told], precision: float) -> float:
    """The largest share of messages, the most certain first, that are answered with this precision."""
    best, right = 0, 0
    for count, message in enumerate(_ranked(messages), start=1):
        right += message.right and message.answered
        if message.answered and right / count >= precision:
            best = count
    return best / len(messages)


def exact_and_f1(messages: Sequence[Told]) -> tuple[float, float]:
    """Of several requests: the share of messages read exactly, and F1 over the single requests."""
    hits = sum(len(message.gold & message.read) for message in messages)
    named = sum(len(message.gold) + len(message.read - {UNKNOWN}) for message in messages)
    return share([message.right for message in messages]), 2 * hits / named


def share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def assent_accuracy() -> tuple[float, float]:
    """The share read rightly, and the share of what is no yes that was taken for one: the costly mistake."""
    rows = rows_of("assent")
    read = [(row["assent"], (assent_of(row["text"]) or NOTHING)) for row in rows]
    no_yes = [told_as == "yes" for gold, told_as in read if gold != "yes"]
    return share([gold == told_as for gold, told_as in read]), share(no_yes)


def entity_accuracy() -> dict[str, tuple[int, float]]:
    """By kind: how many, and the share that was read; for "none", the share in which nothing was."""
    found: dict[str, list[bool]] = {}
    for row in rows_of("entities"):
        read = _values(read_entities(row["text"], NOW), row["kind"])
        found.setdefault(row["kind"], []).append(row["value"] in read if row["kind"] != NOTHING else not read)
    return {kind: (len(right), share(right)) for kind, right in found.items()}


def print_understanding() -> None:
    """Everything, as a table: only sums, for a sentence that was seen is no stranger's any more."""
    for name in ("intents_a", "intents_b", "intents_c"):
        messages, spent = intents_of(name, "intent")
        print(f"\n{name}: {len(messages)} messages, {told(spent)} ms of CPU each")
        answered, right = accuracy(messages)
        in_scope = [message for message in messages if message.gold != {UNKNOWN}]
        known, known_right = accuracy(in_scope)
        print(f"  answered {answered:.3f}, right where answered {right:.3f}")
        print(f"  in scope: answered {known:.3f}, right where answered {known_right:.3f}")
        strange = [message.answered for message in messages if message.gold == {UNKNOWN}]
        print(f"  out of scope ({len(strange)}): left alone {1 - share(strange):.3f}")
        at = ", ".join(f"{precision_at(messages, coverage):.3f} at {coverage:.0%}" for coverage in COVERAGES)
        print(f"  precision {at}; coverage at precision {PRECISE} {coverage_at(messages, PRECISE):.3f}")
        if name == "intents_a":
            _print_by_intent(messages)
    several, spent = intents_of("several", "intents")
    exact, f1 = exact_and_f1(several)
    print(f"\nseveral: {len(several)} messages, exact {exact:.3f}, F1 {f1:.3f}, {told(spent)} ms of CPU each")
    right, costly = assent_accuracy()
    print(f"assent: right {right:.3f}, taken for a yes {costly:.3f}")
    kinds = entity_accuracy()
    total = sum(count for count, _ in kinds.values())
    print(f"entities: right {sum(count * right for count, right in kinds.values()) / total:.3f} of {total}")
    for kind, (count, right) in kinds.items():
        print(f"  {kind:14}{count:4} {right:.3f}")


def _print_by_intent(messages: Sequence[Told]) -> None:
    print(f"  {'intent':18}{'n':>4}{'read':>6}{'right':>7}")
    for intent in sorted({name for message in messages for name in message.gold}):
        meant = [message for message in messages if intent in message.gold]
        named = [message for message in messages if intent in message.read]
        right = sum(message.right for message in meant)
        print(f"  {intent:18}{len(meant):4}{len(named):6}{right:7}")


def _ranked(messages: Sequence[Told]) -> list[Told]:
    return sorted(messages, key=lambda message: (not message.answered, -message.confidence))


_KINDS: Final[dict[str, Callable[[Entities], Sequence[str]]]] = {
    "day": lambda read: [day.isoformat() for moment in read.moments for day in moment.days],
    "time": lambda read: [f"{moment.at:%H:%M}" for moment in read.moments if moment.at],
    "quantity": lambda read: [str(quantity.value) for quantity in read.quantities],
    "amount": lambda read: [_amount(amount) for amount in read.amounts],
    "order_code": lambda read: read.order_codes,
    "cpf": lambda read: read.documents,
    "phone": lambda read: read.phones,
    "email": lambda read: read.emails,
    "name": lambda read: read.names,
    "coupon": lambda read: read.coupons,
    "for_whom": lambda read: [read.for_whom],
    "impossible": lambda read: [impossible.value for impossible in read.impossible],
}


def _amount(amount: Amount) -> str:
    bound = "at_most:" if amount.at_most else "at_least:" if amount.at_least else ""
    return f"{bound}{amount.value:.2f}"


def _values(read: Entities, kind: str) -> Sequence[str]:
    if kind == NOTHING:
        return [value for of_kind in _KINDS.values() for value in of_kind(read) if value]
    return _KINDS[kind](read)
