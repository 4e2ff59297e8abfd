"""Faults that a test or a load run asks for: in webhooks, and in answers of the REST interface."""

from __future__ import annotations

import random
import time
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Literal

from chatwootai.simulators.chatwoot.jsontypes import decode_object, encode

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

Disturbance = Literal["drop", "duplicate", "delay", "reorder"]
AnswerFault = Literal["429", "500", "timeout", "lost"]


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Probabilities from 0 to 1; times in seconds.

    `only_paths` limits answer faults to paths that end in it.
    """

    webhook_drop: float = 0.0
    webhook_duplicate: float = 0.0
    webhook_delay: float = 0.0
    webhook_delay_seconds: tuple[float, float] = (0.1, 2.0)
    webhook_reorder: float = 0.0
    answer_429: float = 0.0
    answer_500: float = 0.0
    answer_timeout: float = 0.0
    timeout_seconds: float = 10.0
    lose_answer: float = 0.0
    only_paths: str | None = None
    seed: int | None = None

    @classmethod
    def parse(cls, given: JsonObject) -> FaultPlan:
        """The plan in a JSON object.

        Raises:
            ValueError: unknown keys, or values of the wrong kind or range.
        """
        unknown = set(given) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown faults: {', '.join(sorted(unknown))}")
        numbers = {key: _number(key, given[key]) for key in given if key in _NUMBERS}
        low, high = _range(given.get("webhook_delay_seconds", [0.1, 2.0]))
        match given.get("only_paths"), given.get("seed"):
            case (str() | None as paths, int() | None as seed):
                return cls(**numbers, webhook_delay_seconds=(low, high), only_paths=paths, seed=seed)
        raise ValueError("only_paths must be a string and seed an integer")

    def as_json(self) -> JsonObject:
        """The plan as `PUT /simulator/faults` takes it."""
        return asdict(self)


_NUMBERS = frozenset(field.name for field in fields(FaultPlan) if field.type == "float")


class Faults:
    """The plan in force, which survives restarts, and the dice."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.plan = FaultPlan.parse(self._read("faults"))
        down = self._read("down").get("until", 0)
        self._down_until = float(down) if isinstance(down, int | float) else 0.0
        self._dice = random.Random(self.plan.seed)  # noqa: S311  # repeatable tests, no secrets

    def set(self, plan: FaultPlan) -> None:
        """Replace the plan and start the dice anew."""
        self._write("faults", plan.as_json())
        self.plan = plan
        self._dice = random.Random(plan.seed)  # noqa: S311  # repeatable tests, no secrets

    def go_down(self, seconds: float) -> None:
        """Refuse every REST call for that time; 0 ends it."""
        self._down_until = time.time() + seconds
        self._write("down", {"until": self._down_until})

    @property
    def is_down(self) -> bool:
        """Whether REST calls are refused at the moment."""
        return time.time() < self._down_until

    def for_webhook(self) -> tuple[Disturbance | None, float]:
        """What happens to a delivery, and by how many seconds it is late."""
        plan = self.plan
        throw = self._dice.random()
        for name, chance in (
            ("drop", plan.webhook_drop),
            ("duplicate", plan.webhook_duplicate),
            ("delay", plan.webhook_delay),
            ("reorder", plan.webhook_reorder),
        ):
            if throw < chance:
                return name, self._lateness(name)  # type: ignore[return-value]  # the names above
            throw -= chance
        return None, 0.0

    def for_answer(self, path: str) -> AnswerFault | None:
        """What happens to a call of `path`."""
        plan = self.plan
        if plan.only_paths and not path.rstrip("/").endswith(plan.only_paths):
            return None
        throw = self._dice.random()
        for name, chance in (
            ("429", plan.answer_429),
            ("500", plan.answer_500),
            ("timeout", plan.answer_timeout),
            ("lost", plan.lose_answer),
        ):
            if throw < chance:
                return name  # type: ignore[return-value]  # the names above
            throw -= chance
        return None

    def _lateness(self, name: str) -> float:
        if name == "delay":
            return self._dice.uniform(*self.plan.webhook_delay_seconds)
        # Long enough to be overtaken by the deliveries behind it, too short to look like a delay.
        return self._dice.uniform(0.05, 0.3) if name == "reorder" else 0.0

    def _read(self, name: str) -> JsonObject:
        row = self._db.execute("SELECT value FROM simulator_state WHERE name = ?", (name,)).fetchone()
        return decode_object(row[0]) if row else {}

    def _write(self, name: str, value: JsonObject) -> None:
        self._db.execute("INSERT OR REPLACE INTO simulator_state VALUES (?, ?)", (name, encode(value)))


def _number(key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"{key} must be a number that is not negative")
    if key != "timeout_seconds" and value > 1:
        raise ValueError(f"{key} is a probability, from 0 to 1")
    return float(value)


def _range(value: object) -> tuple[float, float]:
    match value:
        case [int() | float() as low, int() | float() as high] if 0 <= low <= high:
            return float(low), float(high)
        case _:
            raise ValueError("webhook_delay_seconds must be two rising numbers")
