"""What `chatwootai up` says when it cannot start: one line that says what to do, and no traceback."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.fixtures.ports import free_port

from chatwootai.integrations.postgres.embedded.private_files import take_lock

pytestmark = pytest.mark.integration

_UP = (sys.executable, "-m", "chatwootai.entrypoints.cli", "up")
_PORTS = ("postgres", "odoo", "chatwoot", "webhook", "metrics", "qdrant")


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="chatwootai up ")).resolve()
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def refusal(folder: Path, *arguments: str, **variables: str) -> str:
    """The one line on standard error of an `up` that exits with 1."""
    (line,) = refusals(folder, *arguments, variables=variables)
    return line


def refusals(
    folder: Path, *arguments: str, cwd: Path | None = None, variables: Mapping[str, str] | None = None
) -> list[str]:
    """All lines on its standard error; all its ports are free ones by default."""
    options = [word for name in _PORTS for word in (f"--{name}-port", str(free_port()))]
    done = subprocess.run(
        [*_UP, "--data-folder", str(folder), *options, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **(variables or {})},
        cwd=cwd,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    return done.stderr.splitlines()


def test_a_wrong_key_in_the_profile_is_named_with_file_and_line(folder: Path) -> None:
    profiles = folder / "profiles"
    profiles.mkdir()
    text = Path("profiles/cosmeticos.yaml").read_text(encoding="utf-8")
    (profiles / "cosmeticos.yaml").write_text(text.replace("atendimento:", "atendimentoo:"), encoding="utf-8")
    number = next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith("atendimento:"))
    line = next(each for each in refusals(folder / "data", cwd=folder) if "atendimentoo" in each)
    assert f"profiles/cosmeticos.yaml:{number}:" in line
    assert 'Você quis dizer "atendimento"?' in line
    assert not (folder / "data").exists()


@pytest.mark.parametrize("name", _PORTS)
def test_a_busy_port_is_named_with_its_option(folder: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refusal(folder, f"--{name}-port", str(port))
    assert str(port) in line
    assert f"--{name}-port" in line


def test_a_second_up_in_the_same_folder_is_refused_and_names_the_first(folder: Path) -> None:
    lock = take_lock(folder / "lock")
    assert lock is not None
    (folder / "lock").write_text("4711")
    line = refusal(folder)
    os.close(lock)
    assert "Já existe" in line
    assert "4711" in line


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    line = refusal(folder / "file" / "data")
    assert str(folder / "file" / "data") in line
    assert "--data-folder" in line


def test_an_own_postgres_that_does_not_answer_is_told(folder: Path) -> None:
    url = f"postgresql://postgres:segredo@127.0.0.1:{free_port()}/chatwootai"
    line = refusal(folder, DATABASE_URL=url)
    assert "DATABASE_URL" in line
    assert "segredo" not in line


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_a_data_folder_of_another_user_is_told(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    (folder / "lock").touch(mode=0o600)
    script = (
        "import encodings.idna, encodings.ascii, os, sys\n"
        "from pathlib import Path\n"
        "from chatwootai.entrypoints.cli import app\n"
        "from chatwootai.entrypoints.one_machine import run\n"
        f"os.setgroups([]); os.setgid({nobody}); os.setuid({nobody})\n"
        f"app(['up', '--data-folder', {str(folder)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert str(folder) in line
    assert "permissão" in line
