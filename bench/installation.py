"""The parts that `chatwootai up` starts, all or some, on free ports and in a folder of their own."""

from __future__ import annotations

import itertools
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.cpu import CpuMeter
from chatwootai.entrypoints.one_machine.environment import webhook_url
from chatwootai.entrypoints.one_machine.ports import Ports
from chatwootai.entrypoints.one_machine.secrets_file import InstallationSecrets
from chatwootai.entrypoints.one_machine.stack import Stack
from chatwootai.entrypoints.parts import Part, Program

READY_SECONDS = 60.0
STOP_SECONDS = 10.0
EVERYTHING = ("postgres", "odoo", "chatwoot", "webhook", "worker")


@dataclass(frozen=True, slots=True)
class Installation:
    """What runs. `processes` are those that were started, by the name of their part."""

    stack: Stack
    processes: Mapping[str, psutil.Process]

    @property
    def database_url(self) -> str:
        """The product's database; contains the password."""
        return _published(self.stack)["DATABASE_URL"]

    @property
    def chatwoot_url(self) -> str:
        return f"http://127.0.0.1:{self.stack.ports.chatwoot}"

    @property
    def chatwoot_store(self) -> Path:
        """The stand-in's SQLite file."""
        return self.stack.folder / "chatwoot.sqlite3"

    @property
    def webhook_url(self) -> str:
        """Where a signed delivery is taken."""
        return webhook_url(self.stack.ports)

    @property
    def odoo_url(self) -> str:
        return f"http://127.0.0.1:{self.stack.ports.odoo}"

    @property
    def profile(self) -> Path:
        """The business's file; the benchmark is run from the repository."""
        return Path("profiles") / f"{self.stack.profile}.yaml"

    @property
    def meter(self) -> CpuMeter:
        return CpuMeter(self.processes)


@contextmanager
def running(
    parts: Collection[str],
    settings: Mapping[str, str],
    worker_profile: Path | None = None,
    tap: Callable[[Ports], Mapping[str, str]] = lambda _: {},
) -> Iterator[Installation]:
    """Start `parts` in the order in which they need one another; end them, in reverse, with the block.

    `settings` are variables of the environment for all of them, `tap` gives those of the worker alone, before
    anything starts. With `worker_profile` the worker runs under `bench.profiled_worker`, to write there. Call
    from the main thread: on Linux the parts end with it.
    """
    with tempfile.TemporaryDirectory(prefix="chatwootai-bench-") as name, ExitStack() as ending:
        folder = Path(name).resolve()
        folder.chmod(0o711)  # as root, PostgreSQL's own user must be able to enter
        ending.enter_context(_variables(settings))
        stack = Stack(folder, _free_ports(), InstallationSecrets(), database_url=None)
        stack.logs.mkdir(mode=0o700)
        variables = tap(stack.ports)
        processes: dict[str, psutil.Process] = {}
        for part in itertools.chain.from_iterable(stack.stages()):
            if part.name not in parts:
                continue
            chosen = _worker(stack, worker_profile, variables) if part.name == "worker" else part
            ending.callback(chosen.stop, STOP_SECONDS)
            before = {child.pid for child in psutil.Process().children()}
            chosen.start()
            processes[part.name] = _only_new(before, part.name)
            _wait_until_ready(chosen)
        yield Installation(stack, processes)


def _wait_until_ready(part: Part) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not part.is_ready():
        if not part.is_running() or time.monotonic() > deadline:
            said = part.log.read_text("utf-8", "replace")[-2000:] if part.log.exists() else ""
            raise RuntimeError(f"{part.name} did not start:\n{said}")
        time.sleep(0.05)


def _only_new(before: Collection[int], name: str) -> psutil.Process:
    new = [child for child in psutil.Process().children() if child.pid not in before]
    if len(new) != 1:
        raise RuntimeError(f"{name}: expected one new process, found {len(new)}")
    return new[0]


def _worker(stack: Stack, profile: Path | None, variables: Mapping[str, str]) -> Part:
    words = ["chatwootai.entrypoints.cli", "worker"]
    if profile is not None:
        words = ["bench.profiled_worker", str(profile)]
    return Program(
        "worker",
        [sys.executable, "-m", *words],
        port=stack.ports.metrics,
        log=stack.logs / "worker.log",
        environment=lambda: {**os.environ, **_published(stack), **variables},
    )


def _published(stack: Stack) -> Mapping[str, str]:
    kept: dict[str, str] = json.loads((stack.folder / "environment.json").read_text("utf-8"))
    return kept


def _free_ports() -> Ports:
    """Held together while they are chosen, so that they differ."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(6)]
        return Ports(*(probe.getsockname()[1] for probe in probes))


@contextmanager
def _variables(settings: Mapping[str, str]) -> Iterator[None]:
    """The parts inherit this process's environment; it is as it was afterwards."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
