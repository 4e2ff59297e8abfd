"""Where one embedded PostgreSQL keeps its files, and who runs it from there."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.binaries import Binaries, copy_binaries, installed_binaries
from chatwootai.integrations.postgres.embedded.processes import run_to_end
from chatwootai.integrations.postgres.embedded.users import SystemUser, unprivileged_user, user_for

# Enterable but not listable: PostgreSQL's own user must pass through; what is inside is 0600 or 0700.
FOLDER_MODE = 0o711
_SHARED = Path("/var/lib/chatwootai")
_LOCATION = "LOCATION"
_FREE_SPACE_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of the cluster and its password, the binaries, and the user to drop to (None: as we are)."""

    folder: Path
    binaries: Binaries
    user: SystemUser | None

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"


def settle(folder: Path) -> Home:
    """Find or make the home of the cluster that belongs to `folder`.

    It is `folder` itself, unless we are root and the user to drop to cannot reach it or the binaries (a clone
    under `/root`, say): then it is below `/var/lib/chatwootai`, and `folder/LOCATION` says where. No folder
    that was there before is given another mode or owner.
    Raises `ConfigurationError` for a folder that cannot be written, another user's data, or a full disk.
    """
    folder = make_folder(folder)
    home = _existing(folder) or _fresh(folder)
    free = shutil.disk_usage(home.folder).free
    if free < _FREE_SPACE_BYTES:
        raise ConfigurationError(full_disk(home.folder, free))
    return home


def make_folder(folder: Path) -> Path:
    """The folder, made if missing, as an absolute path without links."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        writable = os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)
    except OSError as error:
        raise ConfigurationError(_not_writable(folder, error.strerror or str(error))) from error
    if not writable:
        raise ConfigurationError(_not_writable(folder, "sem permissão"))
    return folder


def full_disk(folder: Path, free: int) -> str:
    """The message for a disk with `free` bytes left."""
    return (
        f"Disco cheio: restam {free // 1024**2} MB em {folder} e o banco de dados precisa de pelo menos "
        f"{_FREE_SPACE_BYTES // 1024**2} MB. Libere espaço ou escolha outra pasta com --data-folder."
    )


def _not_writable(folder: Path, reason: str) -> str:
    return (
        f"Não é possível gravar em {folder} ({reason}): "
        "ajuste a permissão ou escolha outra pasta com --data-folder."
    )


def _existing(folder: Path) -> Home | None:
    for place in (folder, _recorded_place(folder)):
        if place is None or not (place / "cluster").is_dir():
            continue
        home = Home(place, installed_binaries(), user_for(place / "cluster"))
        if _reachable(home):
            return home
        copied = _with_copied_binaries(home)
        if place != folder and _reachable(copied):
            return copied
        message = (
            f"O usuário do PostgreSQL não alcança mais {place}: "
            "devolva a permissão de entrada nas pastas acima, ou escolha outra com --data-folder."
        )
        raise ConfigurationError(message)
    return None


def _recorded_place(folder: Path) -> Path | None:
    try:
        place = Path((folder / _LOCATION).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None
    # Only what we write ourselves is followed: as root, a path from elsewhere could be anybody's.
    return place if place.parent == _SHARED else None


def _fresh(folder: Path) -> Home:
    home = Home(folder, installed_binaries(), unprivileged_user())
    if _reachable(home):
        return home
    place = _SHARED / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    if place.exists():  # of a data folder that was deleted since: kept, but not taken for this one's
        place.rename(place.with_name(f"{place.name}.{place.stat().st_mtime_ns}"))
    _SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.mkdir(mode=FOLDER_MODE)
    (folder / _LOCATION).write_text(f"{place}\n", encoding="utf-8")
    return _with_copied_binaries(Home(place, home.binaries, home.user))


def _with_copied_binaries(home: Home) -> Home:
    return Home(home.folder, copy_binaries(home.binaries, home.folder), home.user)


def _reachable(home: Home) -> bool:
    """Whether the user to drop to can run the binaries and enter the folder."""
    if home.user is None:
        return True
    entered = run_to_end(["/bin/sh", "-c", 'cd "$1"', "sh", str(home.folder)], user=home.user)
    if entered.returncode != 0:
        return False
    try:
        started = run_to_end([str(home.binaries.path("postgres")), "--version"], user=home.user)
    except PermissionError:
        return False
    return started.returncode == 0
