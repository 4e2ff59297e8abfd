"""The embedded PostgreSQL server as our direct child."""

import os
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.cluster import ENVIRONMENT, SUPERUSER, ensure_cluster
from chatwootai.integrations.postgres.embedded.failures import (
    LOOPBACK,
    PORT_OPTION,
    explained,
    may_pass,
    refuse_busy_port,
)
from chatwootai.integrations.postgres.embedded.home import Home, settle
from chatwootai.integrations.postgres.embedded.postmaster import clear_the_way
from chatwootai.integrations.postgres.embedded.private_files import open_log, take_lock
from chatwootai.integrations.postgres.embedded.processes import start_child

# Half the memory and processes of the defaults (measured: 12 MB instead of 23); durability is not touched.
_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "max_worker_processes": "2",
}
_START_SECONDS = 60.0  # recovery after a crash included
_POLL_SECONDS = 0.02


class EmbeddedPostgres:
    """One PostgreSQL server on `127.0.0.1:port` whose data is kept in `folder`.

    It is a direct child: on Linux it ends when the thread that called `start` ends, even by `kill -9`. Every
    problem that the operator can mend is a `ConfigurationError` that says how.
    """

    def __init__(self, folder: Path, port: int, *, log: Path | None = None) -> None:
        """`log` is the server's log file, by default `postgres.log` in `folder`."""
        self._folder = folder
        self._port = port
        self._log = log or folder / "postgres.log"
        self._password: str | None = None
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The pid of the running server; None when it does not run."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def dsn(self, database: str = "postgres") -> str:
        """The address of one database, password included: never log it."""
        if self._password is None:
            message = "EmbeddedPostgres.dsn needs a started server"
            raise RuntimeError(message)
        return f"postgresql://{SUPERUSER}:{quote(self._password)}@{LOOPBACK}:{self._port}/{quote(database)}"

    def start(self) -> None:
        """Start the server, on a new cluster if there is none, and return when it answers."""
        if self.process_id is not None:
            return
        home = settle(self._folder)
        self._hold(home)
        try:
            self._password = ensure_cluster(home)
            clear_the_way(home.cluster)
            refuse_busy_port(self._port, "postgres", PORT_OPTION)
            self._launch(home)
        except BaseException:
            self.stop()
            raise

    def ensure_database(self, name: str) -> None:
        """Create the database `name` unless it exists."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self, patience: float = 10.0) -> None:
        """End the server: open transactions are rolled back, what was committed is kept. Idempotent.

        After `patience` seconds it is ended by force, and recovers at the next start.
        """
        if self._process is not None:
            _end(self._process, patience)
            self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _hold(self, home: Home) -> None:
        if self._lock is None:
            self._lock = take_lock(home.folder / "lock")
        if self._lock is None:
            message = (
                f"Outro programa já usa o banco de dados em {home.folder}: "
                "encerre-o ou escolha outra pasta com --data-folder."
            )
            raise ConfigurationError(message)

    def _launch(self, home: Home) -> None:
        settings = {**_SETTINGS, "port": str(self._port)}
        command = [str(home.binaries.path("postgres")), "-D", str(home.cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            with open_log(self._log) as log:
                read_from = log.tell()
                self._process = start_child(
                    command,
                    output=log,
                    ends_with=signal.SIGINT,
                    environment=ENVIRONMENT,
                    user=home.user,
                    folder=Path("/"),
                )
            if self._answers_before(deadline):
                return
            said = self._log.read_bytes()[read_from:].decode("utf-8", "replace")
            if self.process_id is None and not may_pass(said):
                raise explained(said, home.folder, self._port, self._log)
            time.sleep(0.2)  # backends of a killed server are still ending
        message = f"O PostgreSQL não respondeu em {_START_SECONDS:.0f} s: veja {self._log}."
        raise ConfigurationError(message)

    def _answers_before(self, deadline: float) -> bool:
        while self.process_id is not None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.dsn(), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(_POLL_SECONDS)
            else:
                return True
        return False


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    # Fast, then immediate shutdown; SIGKILL only if even that hangs.
    for number, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 0.5), (signal.SIGKILL, None)):
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
