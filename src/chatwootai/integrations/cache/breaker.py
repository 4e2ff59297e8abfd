"""A switch that keeps away from what just failed."""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSE = 3.0
"""Seconds. A call to a Redis that hangs costs 0.1 s: this bounds it to a thirtieth."""


class Breaker:
    """Opens at the first failure and closes by itself after `pause` seconds. `clock` is in seconds."""

    def __init__(self, pause: float = PAUSE, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._closes_at = float("-inf")

    @property
    def closed(self) -> bool:
        """Whether calls may be made."""
        return self._clock() >= self._closes_at

    def failed(self) -> None:
        self._closes_at = self._clock() + self._pause

    def succeeded(self) -> None:
        """Somebody reached it: no reason to wait any longer."""
        self._closes_at = float("-inf")
