"""From a data folder and ports to a running product, or to one clear line that says what to do."""

import errno
import os
from dataclasses import fields
from pathlib import Path

from rich.console import Console

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.one_machine.environment import PROFILE
from chatwootai.entrypoints.one_machine.ports import Ports
from chatwootai.entrypoints.one_machine.secrets_file import installation_secrets
from chatwootai.entrypoints.one_machine.stack import Stack
from chatwootai.entrypoints.one_machine.welcome import welcome
from chatwootai.entrypoints.supervisor import Supervisor
from chatwootai.integrations.postgres.embedded.failures import refuse_busy_port
from chatwootai.integrations.postgres.embedded.home import make_folder
from chatwootai.integrations.postgres.embedded.private_files import take_lock
from chatwootai.integrations.profiles import load_profile

PROFILES = Path("profiles")


def run(data_folder: Path, ports: Ports, profile: str = PROFILE) -> None:
    """Run everything until SIGINT or SIGTERM. Raises `ConfigurationError` for what the operator can mend."""
    console = Console()

    def announce(line: str) -> None:
        console.print(line, markup=False, highlight=False, soft_wrap=True)

    try:
        stack = _stack(data_folder, ports, profile)
        announce("Iniciando… (Ctrl-C encerra)")
        Supervisor(stack.stages(), announce).run(lambda: welcome(console, stack))
    except OSError as error:
        raise ConfigurationError(_explained(error)) from error
    announce("Tudo encerrado. Os dados ficam para a próxima vez.")


def _stack(data_folder: Path, ports: Ports, profile: str) -> Stack:
    load_profile(PROFILES / f"{profile}.yaml")  # before anything starts: its mistakes are for a person
    folder = make_folder(data_folder)
    _refuse_second(folder)
    for each in fields(ports):
        if each.name != "postgres":  # it looks after its own: a server left behind may hold it
            refuse_busy_port(getattr(ports, each.name), each.name, f"--{each.name}-port")
    stack = Stack(
        folder,
        ports,
        installation_secrets(folder / "secrets.json"),
        os.environ.get("DATABASE_URL") or None,
        profile,
    )
    stack.logs.mkdir(mode=0o700, exist_ok=True)
    return stack


def _refuse_second(folder: Path) -> None:
    """Hold the folder's lock until this process ends, however it ends."""
    path = folder / "lock"
    if take_lock(path) is None:
        owner = path.read_text(encoding="ascii").strip() or "desconhecido"
        message = (
            f"Já existe um `chatwootai up` em {folder} (processo {owner}): "
            "encerre-o, ou use outra pasta e outras portas com --data-folder e --offset."
        )
        raise ConfigurationError(message)
    path.write_text(f"{os.getpid()}\n", encoding="ascii")


def _explained(error: OSError) -> str:
    place = error.filename or "a pasta de dados"
    if error.errno == errno.ENOSPC:
        return f"Disco cheio ao gravar {place}: libere espaço ou escolha outra pasta com --data-folder."
    if isinstance(error, PermissionError):
        return f"Sem permissão para {place}: use a conta do dono, ou escolha outra pasta com --data-folder."
    return f"Não foi possível usar {place}: {error.strerror or error}."
