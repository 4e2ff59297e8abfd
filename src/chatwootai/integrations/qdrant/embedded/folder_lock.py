"""One process for one data folder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError


def lock_folder(folder: Path) -> int:
    """Make the folder if it is missing and lock it until the returned descriptor or the process ends.

    Raises `ConfigurationError` where another process has it, or where it cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(
            f"Não é possível gravar em {folder} ({reason}): ajuste a permissão ou escolha outra pasta."
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise ConfigurationError(
            f"Outro processo já usa a base de conhecimento em {folder}: encerre-o, ou dê outra pasta a este."
        ) from error
    return descriptor
