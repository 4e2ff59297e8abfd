"""The embedded PostgreSQL, really started: what survives, what ends, and what the operator is told."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.fixtures.ports import free_port

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded import EmbeddedPostgres

pytestmark = pytest.mark.integration

as_root_only = pytest.mark.skipif(os.geteuid() != 0, reason="shows what happens when root starts it")
# The user is changed after the imports: the interpreter itself may lie below /root.
_START_AND_WAIT = """
import encodings.ascii, encodings.idna, os, sys, time
from pathlib import Path
from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
if len(sys.argv) > 3:
    os.setgroups([])
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[3]))
server = EmbeddedPostgres(Path(sys.argv[1]), int(sys.argv[2]))
server.start()
print(server.process_id, flush=True)
time.sleep(300)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder that every user can enter."""
    made = Path(tempfile.mkdtemp(prefix="chatwootai test ")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    made = EmbeddedPostgres(folder / "postgres", free_port())
    yield made
    made.stop()


def write_row(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('pão')")


def read_rows(server: EmbeddedPostgres) -> list[tuple[str]]:
    with psycopg.connect(server.dsn()) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def is_gone(pid: int) -> bool:
    """Ended; a process that nobody waited for yet has no command line any more."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    except (FileNotFoundError, ProcessLookupError):
        return True


def owner_process(folder: Path, *user: int) -> tuple[subprocess.Popen[str], int]:
    """A program that owns a server, and the server's pid."""
    process = subprocess.Popen(
        [sys.executable, "-c", _START_AND_WAIT, str(folder), str(free_port()), *map(str, user)],
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_data_survives_a_restart(server: EmbeddedPostgres) -> None:
    server.start()
    write_row(server)
    server.stop()
    assert server.process_id is None
    server.start()
    assert read_rows(server) == [("pão",)]


def test_what_was_committed_survives_a_kill_of_the_server(server: EmbeddedPostgres) -> None:
    server.start()
    write_row(server)
    killed = server.process_id
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: server.process_id is None)
    server.start()
    assert server.process_id != killed
    assert read_rows(server) == [("pão",)]


def test_the_server_sorts_and_folds_portuguese_whatever_the_terminal_says(server: EmbeddedPostgres) -> None:
    server.start()
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(
            "SELECT lower('AÇÃO'), 'Ação' ILIKE 'aÇÃo', current_setting('fsync')"
        ).fetchone()
    assert row == ("ação", True, "on")


def test_a_database_is_created_once_and_found_again(server: EmbeddedPostgres) -> None:
    server.start()
    server.ensure_database("chatwootai")
    server.ensure_database("chatwootai")
    with psycopg.connect(server.dsn("chatwootai")) as connection:
        assert connection.info.dbname == "chatwootai"


def test_the_password_is_needed_and_is_nobody_elses_to_read(server: EmbeddedPostgres, folder: Path) -> None:
    server.start()
    secret = folder / "postgres" / "password"
    assert secret.stat().st_mode & 0o777 == 0o600
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.dsn().replace(secret.read_text(), "errada"))


def test_a_stale_pid_file_of_a_living_foreign_process_is_no_obstacle(
    server: EmbeddedPostgres, folder: Path
) -> None:
    server.start()
    write_row(server)
    pid_file = folder / "postgres" / "cluster" / "postmaster.pid"
    left_behind = pid_file.read_text().splitlines()
    server.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *left_behind[1:]]))
    server.start()
    assert read_rows(server) == [("pão",)]


def test_a_busy_port_is_named_with_the_setting_that_changes_it(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = EmbeddedPostgres(folder / "postgres", port)
        with pytest.raises(ConfigurationError, match=rf"{port}.*--postgres-port"):
            server.start()


def test_a_second_owner_of_the_same_folder_is_refused(server: EmbeddedPostgres, folder: Path) -> None:
    server.start()
    second = EmbeddedPostgres(folder / "postgres", free_port())
    with pytest.raises(ConfigurationError, match="Outro programa"):
        second.start()
    assert server.process_id is not None


def test_a_file_in_the_place_of_the_folder_is_one_clear_line(folder: Path) -> None:
    (folder / "postgres").write_text("")
    with pytest.raises(ConfigurationError, match="--data-folder"):
        EmbeddedPostgres(folder / "postgres", free_port()).start()


def test_an_interrupted_initialisation_is_begun_anew(server: EmbeddedPostgres, folder: Path) -> None:
    half = folder / "postgres" / "initdb-interrupted" / "cluster"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.start()
    assert not half.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_the_server_ends_when_its_owner_is_killed(folder: Path) -> None:
    process, pid = owner_process(folder / "postgres")
    with process:
        process.kill()
    assert eventually(lambda: is_gone(pid))


def test_a_server_that_outlived_its_owner_is_ended_before_the_next_start(
    server: EmbeddedPostgres, folder: Path
) -> None:
    server.start()
    write_row(server)
    server.stop()
    cluster = folder / "postgres" / "cluster"
    owner = cluster.stat()
    binary = server_binary(folder)
    orphan = subprocess.Popen(
        [binary, "-D", str(cluster), "-c", f"port={free_port()}", "-c", "unix_socket_directories="],
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=owner.st_uid,
        group=owner.st_gid,
        extra_groups=[] if os.geteuid() == 0 else None,
    )
    with orphan:
        assert eventually((cluster / "postmaster.pid").exists)
        server.start()
        assert orphan.wait(timeout=5) == 0
    assert read_rows(server) == [("pão",)]


def server_binary(folder: Path) -> str:
    options = (folder / "postgres" / "cluster" / "postmaster.opts").read_text()
    return options.split(" ", 1)[0]


@as_root_only
def test_root_keeps_the_cluster_elsewhere_when_the_folder_cannot_be_reached(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed / "postgres", free_port())
    server.start()
    place = Path((closed / "postgres" / "LOCATION").read_text().strip())
    try:
        write_row(server)
        server.stop()
        server.start()
        assert read_rows(server) == [("pão",)]
        assert place.parent == Path("/var/lib/chatwootai")
        assert (place / "cluster").stat().st_uid != 0
        assert closed.stat().st_mode & 0o777 == 0o700
        assert not (closed / "postgres" / "cluster").exists()
    finally:
        server.stop()
        shutil.rmtree(place)


@as_root_only
def test_an_ordinary_user_starts_it_too_and_root_takes_over_that_users_data(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    process, pid = owner_process(folder / "postgres", nobody.pw_uid)
    with process:
        assert Path(f"/proc/{pid}").stat().st_uid == nobody.pw_uid
        process.kill()
    assert eventually(lambda: is_gone(pid))
    server = EmbeddedPostgres(folder / "postgres", free_port())
    server.start()
    try:
        assert Path(f"/proc/{server.process_id}").stat().st_uid == nobody.pw_uid
    finally:
        server.stop()


@as_root_only
def test_another_users_data_is_refused_in_one_clear_line(folder: Path) -> None:
    make_cluster(folder / "postgres")
    nobody = pwd.getpwnam("nobody")
    os.chown(folder / "postgres", nobody.pw_uid, nobody.pw_gid)
    tried = subprocess.run(
        [sys.executable, "-c", _START_AND_WAIT, str(folder / "postgres"), "1", str(nobody.pw_uid)],
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        check=False,
    )
    assert "são de outro usuário" in tried.stderr


def make_cluster(folder: Path) -> None:
    server = EmbeddedPostgres(folder, free_port())
    server.start()
    server.stop()
