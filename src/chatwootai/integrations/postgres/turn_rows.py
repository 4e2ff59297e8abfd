"""Plans as rows and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chatwootai.domain.conversations import Choice
from chatwootai.domain.turns import Ending, Plan, Step, StepKind

Json = Mapping[str, Any]
"""A JSON object as the driver returns it."""


def steps_to_json(steps: Sequence[Step]) -> list[Json]:
    return [
        {
            "kind": step.kind.value,
            "key": step.key,
            "text": step.text,
            "choices": [[choice.title, choice.value] for choice in step.choices],
            "target": step.target,
        }
        for step in steps
    ]


def plan_from_row(row: Json) -> Plan:
    return Plan(
        answers=tuple(row["answers"]),
        steps=tuple(_step(step) for step in row["steps"]),
        ending=Ending(row["outcome"], row["reason"], row["crews"]),
        memory=row["memory"],
        turn_id=row["id"],
        done=row["done"],
    )


def _step(row: Json) -> Step:
    return Step(
        kind=StepKind(row["kind"]),
        key=row["key"],
        text=row["text"],
        choices=tuple(Choice(title, value) for title, value in row["choices"]),
        target=row["target"],
    )
