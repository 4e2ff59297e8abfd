"""CPU time of processes, as the kernel accounts for it (steps of 10 ms, so measure seconds)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """User and system time of a process and all its children, ended ones included."""
    total = _own(process) + _of_ended_children(process)
    for child in process.children(recursive=True):
        try:
            total += _own(child) + _of_ended_children(child)
        except psutil.NoSuchProcess:
            continue  # it ended meanwhile and is counted with its parent next time
    return total


@dataclass(frozen=True, slots=True)
class CpuReading:
    """CPU seconds of each process so far, and when they were read."""

    at: float
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CpuUse:
    """What each process used between two readings."""

    elapsed: float
    seconds: Mapping[str, float]

    def milliseconds_each(self, name: str, count: int, idle: float = 0.0) -> float:
        """Per event, after what the process uses anyway (`idle`, CPU seconds a second)."""
        return (self.seconds[name] - idle * self.elapsed) * 1000 / count

    def share(self, name: str) -> float:
        """Of one core: 1.0 is a core that is always busy."""
        return self.seconds[name] / self.elapsed


@dataclass(frozen=True, slots=True)
class CpuMeter:
    """Reads the processes of an installation and this one (`bench`, without those it started)."""

    processes: Mapping[str, psutil.Process]

    def read(self) -> CpuReading:
        seconds = {name: cpu_seconds(process) for name, process in self.processes.items()}
        return CpuReading(time.monotonic(), {**seconds, "bench": _own(psutil.Process())})

    def since(self, before: CpuReading) -> CpuUse:
        now = self.read()
        used = {name: value - before.seconds[name] for name, value in now.seconds.items()}
        return CpuUse(now.at - before.at, used)


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _of_ended_children(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.children_user + times.children_system)
