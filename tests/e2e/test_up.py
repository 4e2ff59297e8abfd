"""`chatwootai up`, really started: everything answers, data is found again, and nothing is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fixtures.ports import free_port

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

_ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-m", "chatwootai.entrypoints.cli")
_PARTS = ("postgres", "odoo", "chatwoot", "webhook", "metrics", "qdrant")


class Product:
    """One data folder with its ports, and the `up` that runs there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in _PARTS}
        self.output = ""

    def start(self) -> subprocess.Popen[str]:
        options = [word for name, port in self.ports.items() for word in (f"--{name}-port", str(port))]
        process = subprocess.Popen(
            [*_COMMAND, "up", "--data-folder", str(self.folder), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=_ROOT,
            env={name: text for name, text in os.environ.items() if name != "DATABASE_URL"},
        )
        assert process.stdout is not None
        seen: list[str] = []
        for line in process.stdout:
            seen.append(line)
            if line.startswith("Experimente"):
                self.output = "".join(seen)
                return process
        raise AssertionError("".join(seen))

    def stop(self, process: subprocess.Popen[str], number: signal.Signals) -> int:
        process.send_signal(number)
        process.communicate(timeout=30)
        return process.returncode

    def left_running(self) -> list[str]:
        """The command lines of live processes that name the data folder, or one of the ports."""
        lines = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes().decode("utf-8", "replace").split("\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if any(str(self.folder) in word for word in words):
                lines.append(" ".join(words))
        return lines

    def status(self, part: str, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[part]}{path}", timeout=10) as answer:
            code: int = answer.status
        return code


@pytest.fixture
def product() -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="chatwootai e2e ")).resolve()
    folder.chmod(0o711)
    yield Product(folder / ".data")
    shutil.rmtree(folder)


def test_everything_answers_and_ctrl_c_ends_it_all_and_data_is_found_again(product: Product) -> None:
    with product.start() as process:
        assert f"http://127.0.0.1:{product.ports['chatwoot']}/cliente" in product.output
        assert (product.folder / "secrets.json").read_text() not in product.output
        assert product.status("chatwoot", "/cliente") == 200
        assert product.status("chatwoot", "/atendimento") == 200
        assert product.status("webhook", "/ready") == 200
        assert product.status("metrics", "/metrics") == 200
        assert product.stop(process, signal.SIGINT) == 0
    assert product.left_running() == []
    secrets = (product.folder / "secrets.json").read_text()
    with product.start() as process:
        assert (product.folder / "secrets.json").read_text() == secrets
        assert product.stop(process, signal.SIGTERM) == 0
    assert product.left_running() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_killed_up_leaves_nothing_behind_and_starts_again(product: Product) -> None:
    with product.start() as process:
        product.stop(process, signal.SIGKILL)
    deadline = time.monotonic() + 15
    while product.left_running() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert product.left_running() == []
    with product.start() as process:
        assert product.stop(process, signal.SIGTERM) == 0
