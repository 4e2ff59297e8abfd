"""Files that only we may read: secrets, logs, and locks that end with their holder."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

_LOG_LIMIT_BYTES = 5 * 1024 * 1024


def write_private(path: Path, text: str) -> None:
    """Write a whole file with mode 0600, or leave what was there."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def take_lock(path: Path) -> int | None:
    """The descriptor that holds the lock until it is closed or its process dies; None if another holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def open_log(path: Path) -> BinaryIO:
    """A log file to append to; one that grew past 5 MB is first set aside as `<name>.1`."""
    if path.exists() and path.stat().st_size > _LOG_LIMIT_BYTES:
        path.replace(path.with_name(f"{path.name}.1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
