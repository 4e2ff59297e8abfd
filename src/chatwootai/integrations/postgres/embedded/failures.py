"""Why a server did not start, in one line that says what to do."""

import shutil
import socket
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.home import full_disk

LOOPBACK = "127.0.0.1"
PORT_OPTION = "--postgres-port"


def refuse_busy_port(port: int, name: str, option: str) -> None:
    """Raise `ConfigurationError` unless `port` can be listened on; names the option that changes it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as error:
            raise _busy(port, name, option) from error


def may_pass(said: str) -> bool:
    """Whether a start failed only because processes of a killed server are still ending."""
    return "is still in use" in said


def explained(said: str, folder: Path, port: int, log: Path) -> ConfigurationError:
    """What the server's last words mean for the operator."""
    if "No space left on device" in said:
        return ConfigurationError(full_disk(folder, shutil.disk_usage(folder).free))
    if "could not bind" in said:
        return _busy(port, "postgres", PORT_OPTION)
    fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
    reason = fatal[0] if fatal else "sem explicação"
    return ConfigurationError(f"O PostgreSQL não iniciou ({reason}): veja {log}.")


def _busy(port: int, name: str, option: str) -> ConfigurationError:
    message = (
        f"A porta {port} ({name}) está em uso ou não é permitida: "
        f"libere-a, escolha outra com {option}, ou mude todas com --offset 100."
    )
    return ConfigurationError(message)
