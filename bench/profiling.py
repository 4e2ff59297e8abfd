"""Where the worker's CPU goes, by cProfile: which functions, not how much (it slows the worker down)."""

from __future__ import annotations

import pstats
import tempfile
from pathlib import Path

from bench import turns
from bench.growth import Effort
from bench.installation import EVERYTHING, running

LINES = 25


def print_profile(effort: Effort) -> None:
    """The functions that take most time of themselves, and those below which most is spent.

    Start and warm-up are in it, too: imports show there, and are no part of a turn.
    """
    with tempfile.TemporaryDirectory(prefix="chatwootai-profile-") as folder:
        path = Path(folder) / "worker.prof"
        with running(EVERYTHING, turns.SETTINGS, worker_profile=path) as installation:
            figures = turns.measure(installation, effort.even, effort.crowd)
        count = figures.even.turns + figures.saturation.turns
        print(f"\nThe worker's CPU over about {count} turns, by cProfile:")
        statistics = pstats.Stats(str(path)).strip_dirs()
        statistics.sort_stats("tottime").print_stats(LINES)
        statistics.sort_stats("cumulative").print_stats(LINES * 2)
