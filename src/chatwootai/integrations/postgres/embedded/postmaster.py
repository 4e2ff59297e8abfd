"""What an earlier PostgreSQL left on our cluster: a stale `postmaster.pid`, or itself."""

import os
import signal
import time
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.processes import run_to_end

_PID_FILE = "postmaster.pid"
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.05


def clear_the_way(cluster: Path) -> None:
    """End a server that a killed parent left on `cluster`; remove a pid file that names some other process.

    After a restart of a container the pid in the file often belongs to another program, which PostgreSQL
    takes for a running server. The file of a dead process stays: with it PostgreSQL finds
    backends that still live.
    Call it only while no other program of ours owns the cluster.
    """
    pid = _recorded_pid(cluster)
    if pid is None or not _is_alive(pid):
        return
    if not _is_postgres_on(pid, cluster):
        (cluster / _PID_FILE).unlink(missing_ok=True)
        return
    for number in (signal.SIGINT, signal.SIGQUIT):  # fast, then immediate shutdown
        _signal(pid, number)
        if _ended(pid, cluster):
            return
    message = (
        f"Um PostgreSQL anterior (processo {pid}) ainda usa {cluster} e não termina: "
        "encerre-o e tente de novo."
    )
    raise ConfigurationError(message)


def _recorded_pid(cluster: Path) -> int | None:
    try:
        lines = (cluster / _PID_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    return int(lines[0]) if lines and lines[0].strip().isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_postgres_on(pid: int, cluster: Path) -> bool:
    command = _command_line(pid)
    return bool(command) and Path(command[0]).name == "postgres" and str(cluster) in command


def _command_line(pid: int) -> list[str]:
    """The arguments of a process; empty for one that ended and was not yet waited for."""
    if Path("/proc/self/cmdline").exists():
        try:
            return (
                Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="surrogateescape").split("\0")
            )
        except (FileNotFoundError, ProcessLookupError):
            return []
    shown = run_to_end(["/bin/ps", "-o", "command=", "-p", str(pid)]).stdout.strip()
    program, _, rest = shown.partition(" -D ")
    return [program, rest.partition(" -c ")[0]]


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _ended(pid: int, cluster: Path) -> bool:
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        if not _is_postgres_on(pid, cluster):
            return True
        time.sleep(_POLL_SECONDS)
    return False
