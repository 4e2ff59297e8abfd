"""Making a cluster: complete or not at all, with a password of its own."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.home import Home, full_disk
from chatwootai.integrations.postgres.embedded.private_files import write_private
from chatwootai.integrations.postgres.embedded.processes import run_to_end

SUPERUSER = "postgres"
# Nothing of the terminal's: neither its locale nor PG* variables may shape a server.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def ensure_cluster(home: Home) -> str:
    """Make the cluster where there is none; the password of its superuser either way.

    initdb works in a temporary folder that is renamed at the end, since an interrupted one leaves half a
    cluster that looks whole.
    Raises `ConfigurationError` on a full disk, or with initdb's last words.
    """
    if home.cluster.is_dir():
        return _stored_password(home)
    for abandoned in home.folder.glob("initdb-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    password = secrets.token_urlsafe(24)
    workshop = Path(tempfile.mkdtemp(prefix="initdb-", dir=home.folder))
    try:
        _initialise(home, workshop, password)
        write_private(home.password_file, password)
        (workshop / "cluster").rename(home.cluster)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return password


def _stored_password(home: Home) -> str:
    try:
        return home.password_file.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        message = (
            f"Falta a senha do banco de dados em {home.password_file}: restaure-a da cópia de segurança."
        )
        raise ConfigurationError(message) from error


def _initialise(home: Home, workshop: Path, password: str) -> None:
    password_file = workshop / "password"
    password_file.write_text(password, encoding="ascii")
    if home.user is not None:
        os.chown(workshop, home.user.uid, home.user.gid)
        os.chown(password_file, home.user.uid, home.user.gid)
    done = run_to_end(
        [
            str(home.binaries.path("initdb")),
            f"--pgdata={workshop / 'cluster'}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
        ],
        user=home.user,
        environment=ENVIRONMENT,
    )
    if done.returncode == 0:
        return
    if "No space left on device" in done.stdout:
        raise ConfigurationError(full_disk(home.folder, shutil.disk_usage(home.folder).free))
    lines = done.stdout.strip().splitlines()
    message = (
        f"Não foi possível criar o banco de dados em {home.folder}: {lines[-1] if lines else done.returncode}"
    )
    raise ConfigurationError(message)
