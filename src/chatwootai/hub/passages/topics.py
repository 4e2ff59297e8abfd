"""A topic of a house's rules: how its rules are recognised, and how customers ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

INSURANCE = r"convenio|plano de saude"
"""The rule about health plans, of whatever subject, folded."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`subject` as in `Policy.subject`; `cue` matches a title, or else a text, folded, that is about it."""

    subject: str
    cue: re.Pattern[str]
    questions: tuple[str, ...]


def topic(subject: str, cue: str, questions: str) -> Topic:
    """`questions` one in a line."""
    return Topic(subject, re.compile(cue), tuple(line.strip() for line in questions.strip().splitlines()))
