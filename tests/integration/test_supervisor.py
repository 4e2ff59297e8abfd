"""The supervisor with tiny real programs: order, restart, and that nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.fixtures.ports import free_port

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.parts import Program
from chatwootai.entrypoints.supervisor import Supervisor
from chatwootai.integrations.postgres.embedded.failures import refuse_busy_port

pytestmark = pytest.mark.integration

# Listens, writes its name and pid to a journal, and again when it is asked to end.
_LISTENER = """
import os, signal, socket, sys, time
name, port, journal = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def note(what):
    with open(journal, "a") as file:
        file.write(f"{what} {name} {os.getpid()}\\n")
def end(number, frame):
    note("ended")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('{"level": "warning", "event": "' + name + ' is warming up"}', flush=True)
server = socket.create_server(("127.0.0.1", port))
note("started")
while True:
    time.sleep(0.05)
"""
_STUBBORN = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + _LISTENER.replace(
    "signal.signal(signal.SIGTERM, end)", ""
)
_SUPERVISOR = """
import sys
from pathlib import Path
from chatwootai.entrypoints.parts import Program
from chatwootai.entrypoints.supervisor import Supervisor
folder, *ports = sys.argv[1:]
listener = Path(folder, "listener.py")
def program(name, port):
    command = [sys.executable, str(listener), name, port, str(Path(folder, "journal"))]
    return Program(name, command, port=int(port), log=Path(folder, name + ".log"), environment=dict)
say = lambda text: print(text, flush=True)
Supervisor([[program(f"p{n}", port)] for n, port in enumerate(ports)], say).run(lambda: say("ready"))
say("over")
"""


@dataclass(frozen=True)
class Line:
    what: str
    name: str
    pid: int


@dataclass
class Running:
    folder: Path
    process: subprocess.Popen[str]

    def journal(self) -> list[Line]:
        path = self.folder / "journal"
        rows = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
        return [Line(what, name, int(pid)) for what, name, pid in rows]

    def pids(self, name: str) -> list[int]:
        return [line.pid for line in self.journal() if line.what == "started" and line.name == name]

    def read_until(self, text: str) -> list[str]:
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if text in line:
                return lines
        message = f"{text!r} not in {lines}"
        raise AssertionError(message)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """A supervisor with three programs, all ready."""
    (tmp_path / "listener.py").write_text(_LISTENER)
    ports = [str(free_port()) for _ in range(3)]
    with subprocess.Popen(
        [sys.executable, "-c", _SUPERVISOR, str(tmp_path), *ports], stdout=subprocess.PIPE, text=True
    ) as process:
        found = Running(tmp_path, process)
        try:
            found.read_until("ready")
            yield found
        finally:
            process.kill()


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/cmdline").read_bytes() == b"":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def test_stages_start_in_order_and_each_waits_for_the_one_before(running: Running) -> None:
    assert [line.name for line in running.journal()] == ["p0", "p1", "p2"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_reverse_order_and_is_a_success(
    running: Running, number: signal.Signals
) -> None:
    running.process.send_signal(number)
    running.read_until("over")
    assert running.process.wait(10) == 0
    assert [line.name for line in running.journal() if line.what == "ended"] == ["p2", "p1", "p0"]
    assert all(is_gone(line.pid) for line in running.journal())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_nothing_outlives_a_killed_supervisor(running: Running) -> None:
    running.process.kill()
    assert all(is_gone(line.pid) for line in running.journal())


def test_a_part_that_dies_is_told_and_started_again(running: Running) -> None:
    (first,) = running.pids("p1")
    os.kill(first, signal.SIGKILL)
    running.read_until("p1 parou")
    deadline = time.monotonic() + 10
    while len(running.pids("p1")) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(running.pids("p1")) == 2
    assert len(running.pids("p0")) == len(running.pids("p2")) == 1


def test_warnings_in_a_log_reach_the_terminal(running: Running) -> None:
    assert any("p0 is warming up" in line for line in running.read_until("p2 is warming up"))


def test_a_part_that_cannot_start_is_one_clear_error_and_ends_the_others(tmp_path: Path) -> None:
    (tmp_path / "listener.py").write_text(_LISTENER)
    good_port = free_port()
    good = Program(
        "good",
        [sys.executable, str(tmp_path / "listener.py"), "good", str(good_port), str(tmp_path / "journal")],
        port=good_port,
        log=tmp_path / "good.log",
        environment=dict,
    )
    bad = Program(
        "bad",
        [sys.executable, "-c", "print('falta a chave'); raise SystemExit(2)"],
        port=free_port(),
        log=tmp_path / "bad.log",
        environment=dict,
    )
    said: list[str] = []
    with pytest.raises(ConfigurationError, match=r"bad não iniciou.*falta a chave"):
        Supervisor([[good, bad]], said.append).run(lambda: said.append("ready"))
    assert not good.is_running()
    assert len(said) == 2
    assert "ready" not in said


def test_a_part_that_ignores_the_request_is_ended_by_force(tmp_path: Path) -> None:
    port = free_port()
    script = tmp_path / "stubborn.py"
    script.write_text(_STUBBORN)
    command = [sys.executable, str(script), "stubborn", str(port), str(tmp_path / "journal")]
    program = Program("stubborn", command, port=port, log=tmp_path / "stubborn.log", environment=dict)
    program.start()
    deadline = time.monotonic() + 10
    while not program.is_ready() and time.monotonic() < deadline:
        time.sleep(0.05)
    program.stop(0.2)
    assert not program.is_running()


def test_a_busy_port_names_its_option() -> None:
    refuse_busy_port(free_port(), "webhook", "--webhook-port")
    with pytest.raises(ConfigurationError, match="--webhook-port"):
        refuse_busy_port(70000, "webhook", "--webhook-port")
