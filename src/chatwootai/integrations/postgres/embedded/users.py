"""Who runs PostgreSQL: never root, which PostgreSQL refuses."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError

_UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class SystemUser:
    """An existing user of the operating system."""

    uid: int
    gid: int


def unprivileged_user() -> SystemUser | None:
    """The user to drop to when we are root; None when we are an ordinary user already.

    Raises `ConfigurationError` when the system has neither of the usual unprivileged users.
    """
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return SystemUser(entry.pw_uid, entry.pw_gid)
    message = (
        "O PostgreSQL não roda como root e não há usuário «postgres» nem «nobody» neste sistema: "
        "rode como um usuário comum, ou defina DATABASE_URL."
    )
    raise ConfigurationError(message)


def user_for(cluster: Path) -> SystemUser | None:
    """Who may run an existing cluster: its owner, as PostgreSQL demands.

    Raises `ConfigurationError` when we are neither root nor that owner.
    """
    found = cluster.stat()
    if os.geteuid() == 0:
        return unprivileged_user() if found.st_uid == 0 else SystemUser(found.st_uid, found.st_gid)
    if found.st_uid == os.geteuid():
        return None
    message = (
        f"Os dados em {cluster} são de outro usuário (uid {found.st_uid}): "
        "rode como esse usuário, ou escolha outra pasta com --data-folder."
    )
    raise ConfigurationError(message)
