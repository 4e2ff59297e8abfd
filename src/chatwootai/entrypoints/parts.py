"""What a supervisor keeps running: a program of ours, or the embedded PostgreSQL."""

import signal
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
from chatwootai.integrations.postgres.embedded.failures import LOOPBACK
from chatwootai.integrations.postgres.embedded.private_files import open_log
from chatwootai.integrations.postgres.embedded.processes import start_child


class Part(Protocol):
    """One thing that is started, watched and ended."""

    @property
    def name(self) -> str: ...

    @property
    def log(self) -> Path: ...

    def start(self) -> None:
        """Start it; `ConfigurationError` when the operator must mend something first."""

    def is_running(self) -> bool: ...

    def is_ready(self) -> bool:
        """Whether it can already be used by the parts after it."""

    def stop(self, patience: float) -> None:
        """End it gently, and by force after `patience` seconds. Idempotent."""


class Program:
    """A program that listens on one port of this machine and logs to its standard output.

    `environment` is asked at every start: some of it is known only when earlier parts run.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        port: int,
        log: Path,
        environment: Callable[[], Mapping[str, str]],
    ) -> None:
        self.name = name
        self.log = log
        self.port = port
        self._command = command
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with open_log(self.log) as output:
            self._process = start_child(
                self._command, output=output, ends_with=signal.SIGKILL, environment=self._environment()
            )

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def is_ready(self) -> bool:
        try:
            socket.create_connection((LOOPBACK, self.port), timeout=1).close()
        except OSError:
            return False
        return self.is_running()

    def stop(self, patience: float) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Database:
    """The embedded PostgreSQL; `prepare` makes what the other parts need in it, and may be repeated."""

    name = "postgres"

    def __init__(
        self, server: EmbeddedPostgres, log: Path, prepare: Callable[[EmbeddedPostgres], None]
    ) -> None:
        self.log = log
        self._server = server
        self._prepare = prepare

    def start(self) -> None:
        self._server.start()
        self._prepare(self._server)

    def is_running(self) -> bool:
        return self._server.process_id is not None

    def is_ready(self) -> bool:
        return self.is_running()

    def stop(self, patience: float) -> None:
        self._server.stop(patience)
