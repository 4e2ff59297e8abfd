"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping

import psycopg

BUSY_LOAD = 0.5
"""Runnable programs of others, per CPU, from which latencies say more about them than about us."""


def machine(database_url: str, load_before: float) -> Mapping[str, str]:
    """`load_before` is the load average before the benchmark added its own."""
    with psycopg.connect(database_url) as connection:
        version = connection.info.parameter_status("server_version") or "unknown"
    cpus = os.cpu_count() or 1
    busy = " (busy: judge by CPU and medians)" if load_before > BUSY_LOAD * cpus else ""
    return {
        "CPUs": str(cpus),
        "Python": platform.python_version(),
        "PostgreSQL": version,
        "system": f"{sys.platform} {platform.machine()}",
        "load before": f"{load_before:.1f}{busy}",
    }


def load_average() -> float:
    """Runnable programs in the last minute."""
    return os.getloadavg()[0]
