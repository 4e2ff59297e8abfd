"""Where the worker's CPU goes, by cProfile, which makes it about three times as dear: read the shares."""

from __future__ import annotations

import pstats
import signal
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import psutil

from bench import turns
from bench.growth import Effort
from bench.installation import EVERYTHING, running

LINES = 25
WRITTEN_WITHIN = 10.0
BUILT_IN = "~"
Function = tuple[str, int, str]
"""File, line and name, as the profiler has them."""
Callers = Mapping[Function, tuple[int, int, float, float]]
Profile = Mapping[Function, tuple[int, int, float, float, Callers]]


def print_profile(effort: Effort) -> None:
    """CPU by package and by function over the same loads as in the report, start and warm-up left out."""
    with tempfile.TemporaryDirectory(prefix="chatwootai-profile-") as folder:
        path = Path(folder) / "worker.prof"
        with running(EVERYTHING, turns.SETTINGS, worker_profile=path) as installation:
            turns.measure(installation, 2.0, 2.0)
            worker = installation.processes["worker"]
            worker.send_signal(signal.SIGUSR1)
            figures = turns.measure(installation, effort.even, effort.crowd)
            _end(worker, path)
        count = figures.even.turns + figures.saturation.turns + figures.warm_up
        statistics = pstats.Stats(str(path))
    print(f"CPU of the profiled worker over {count} turns\n\nms a turn   share  package")
    packages = _by_package(statistics.stats)  # type: ignore[attr-defined]  # documented nowhere, stable since 1994
    total = sum(packages.values())
    for package, seconds in sorted(packages.items(), key=lambda item: -item[1])[:LINES]:
        print(f"{seconds * 1000 / count:9.2f} {seconds / total:7.0%}  {package}")
    statistics.strip_dirs().sort_stats("tottime").print_stats(LINES)
    statistics.sort_stats("cumulative").print_stats("chatwootai|turns|delivery|store|client|jobs|crew", LINES)


def _end(worker: psutil.Process, path: Path) -> None:
    worker.send_signal(signal.SIGUSR2)
    deadline = time.monotonic() + WRITTEN_WITHIN
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("the worker did not write its profile")
        time.sleep(0.05)


def _by_package(profile: Profile) -> Mapping[str, float]:
    """Seconds of CPU in each package's own code; what is built in counts for the package that called it."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for function, (_, _, own, _, callers) in profile.items():
        if function[0] != BUILT_IN:
            seconds[_package(function)] += own
            continue
        for caller, (_, _, share, _) in callers.items():
            seconds[_package(caller)] += share
    return seconds


def _package(function: Function) -> str:
    parts = Path(function[0]).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    if "chatwootai" in parts:
        inner = parts[parts.index("chatwootai") + 1 :]
        return ".".join(("chatwootai", *inner[: 2 if len(inner) > 2 else 1])).removesuffix(".py")
    if function[0] == BUILT_IN:
        return "built in"
    library = parts[-2] if len(parts) > 1 and parts[-2] == "asyncio" else parts[-1].removesuffix(".py")
    return f"Python's {library}"
