"""Percentiles, and the times of arrivals that do not wait for answers."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of all values do not exceed (nearest rank).

    Never interpolated: what is told was measured. Raises `ValueError` without values.
    """
    if not values:
        raise ValueError("a percentile needs at least one value")
    rank = math.ceil(share * len(values))
    return sorted(values)[max(rank, 1) - 1]


def arrivals(rate: float, seconds: float, seed: int) -> tuple[float, ...]:
    """Times from 0 to `seconds` at which independent senders send, `rate` a second together (Poisson).

    The number of arrivals is exactly `rate * seconds`, so that runs can be compared.
    """
    dice = random.Random(seed)
    return tuple(sorted(dice.uniform(0.0, seconds) for _ in range(round(rate * seconds))))


def middle_rate(times: Sequence[float], cut: float = 0.1) -> float:
    """Events a second between the first and the last `cut` of all events, where the load was even."""
    ordered = sorted(times)
    skipped = int(len(ordered) * cut)
    inner = ordered[skipped : len(ordered) - skipped]
    if len(inner) < 2 or inner[-1] <= inner[0]:
        raise ValueError("a rate needs events at different times")
    return (len(inner) - 1) / (inner[-1] - inner[0])


@dataclass(frozen=True, slots=True)
class Spread:
    """How a set of durations is spread; in the unit of its values."""

    count: int
    p50: float
    p99: float
    longest: float

    @classmethod
    def of(cls, values: Sequence[float], unit: float = 1.0) -> Spread:
        """`unit` is what a value is multiplied by: 1000 makes milliseconds of seconds."""
        scaled = [value * unit for value in values]
        return cls(len(scaled), percentile(scaled, 0.5), percentile(scaled, 0.99), max(scaled))
