"""The figures, with their goals beside them, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

Verdict = Literal["ok", "misses", ""]

NAME, VALUE = 40, 9
"""Characters of the table's columns."""
GROWTH = 1.25
"""From the fewest to the most past conversations a figure may rise by a quarter, and by its `noise`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity with a value for each number of past conversations.

    `most` is a goal that no value may exceed. `noise`, where it is given, says that the figure must not
    grow, and by how much two runs differ anyway; both in `unit`.
    """

    group: str
    name: str
    unit: str
    values: Sequence[float]
    most: float | None = None
    noise: float | None = None

    @property
    def grows(self) -> bool:
        return self.noise is not None and self.values[-1] > self.values[0] * GROWTH + self.noise

    @property
    def verdict(self) -> Verdict:
        if self.most is None and self.noise is None:
            return ""
        too_much = self.most is not None and max(self.values) > self.most
        return "misses" if too_much or self.grows else "ok"

    @property
    def goal(self) -> str:
        parts = [] if self.most is None else [f"≤ {told(self.most)} {self.unit}"]
        return ", ".join(parts if self.noise is None else [*parts, "no growth"])


def print_report(machine: Mapping[str, str], sizes: Sequence[int], figures: Sequence[Figure]) -> None:
    """`sizes` are the numbers of past conversations, one for each value of a figure."""
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    print(f"\n{'past conversations in the database':{NAME}}{_columns([f'{size:,}' for size in sizes])}")
    print_figures(figures)


def print_figures(figures: Sequence[Figure]) -> None:
    """Groups of figures, one line each."""
    for group, members in groupby(figures, key=lambda figure: figure.group):
        print(f"\n{group}")
        for figure in members:
            values = _columns([told(value) for value in figure.values])
            line = f"  {figure.name:{NAME - 2}}{values} {figure.unit:<11}{figure.goal:<24}{figure.verdict}"
            print(line.rstrip())


def write_json(
    path: Path, machine: Mapping[str, str], sizes: Sequence[int], figures: Sequence[Figure]
) -> None:
    """For comparing runs: every figure with its goal and verdict."""
    rows = [{**asdict(figure), "goal": figure.goal, "verdict": figure.verdict} for figure in figures]
    report = {"machine": dict(machine), "past_conversations": list(sizes), "figures": rows}
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def told(value: float) -> str:
    """Two or three significant digits: such figures are worth no more."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _columns(texts: Sequence[str]) -> str:
    return "".join(f"{text:>{VALUE}}" for text in texts)
