"""`chatwootai profile`: check the files of businesses, make a new one, compare and restore versions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from chatwootai.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from chatwootai.config import AccountSettings
    from chatwootai.integrations.postgres.profile_versions import ProfileVersions

app = typer.Typer(help="Perfis dos negócios: conferir, criar, comparar e voltar atrás.", no_args_is_help=True)
Result = TypeVar("Result")
_FOLDER = Path("profiles")
Folder = Annotated[Path, typer.Option("--pasta", help="Onde ficam os perfis.")]
Name = Annotated[str, typer.Argument(metavar="PERFIL", help="Nome do arquivo, sem .yaml.")]


@app.command()
def check(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PERFIL]...", help="Sem nomes: todos.")
    ] = None,
    folder: Folder = _FOLDER,
    without_erp: Annotated[bool, typer.Option("--sem-erp", help="Não consulta o ERP.")] = False,
) -> None:
    """Confere os perfis: chaves, regras vencidas ou contraditórias, horários, e o que o ERP não tem."""
    from chatwootai.entrypoints.profiles.checking import checked

    errors = 0
    for path in _paths(folder, names):
        accounts = [] if without_erp else _accounts_of(path.stem)
        verdict = asyncio.run(checked(path, accounts))
        errors += verdict.errors
        for line in verdict.lines:
            typer.echo(line)
        if not verdict.lines:
            asked = "" if accounts else " (sem consultar o ERP)"
            typer.echo(f"{path.parent.name}/{path.name}: tudo certo{asked}.")
    if errors:
        raise typer.Exit(1)


@app.command()
def history(name: Name) -> None:
    """Lista as versões que já valeram, a mais nova por último."""

    async def ask(versions: ProfileVersions) -> None:
        found = await versions.listed(name)
        for each in found:
            seen = each.seen_at.astimezone().strftime("%d/%m/%Y %H:%M:%S")
            typer.echo(f"{each.number} · {seen} · {len(each.content.splitlines())} linhas")
        if not found:
            typer.echo("Nenhuma versão ainda: a primeira é guardada quando o worker inicia.")

    _with_versions(ask)


@app.command()
def diff(
    name: Name,
    first: Annotated[int | None, typer.Argument(metavar="DE", help="Sem números: a última versão.")] = None,
    second: Annotated[int | None, typer.Argument(metavar="ATÉ", help="Sem este: o arquivo de agora.")] = None,
    folder: Folder = _FOLDER,
) -> None:
    """Mostra o que mudou entre duas versões, ou desde uma versão até o arquivo de agora."""
    from chatwootai.entrypoints.profiles.versions import difference, version

    async def ask(versions: ProfileVersions) -> None:
        known = await versions.listed(name)
        number = first or (known[-1].number if known else 0)
        before = version(known, number, name).content
        after = version(known, second, name).content if second else _path(folder, name).read_text("utf-8")
        names = (f"{name} (versão {number})", f"{name} ({f'versão {second}' if second else 'agora'})")
        typer.echo(difference(before, after, names) or "Nada mudou.")

    _with_versions(ask)


@app.command()
def rollback(
    name: Name,
    number: Annotated[int, typer.Argument(metavar="VERSÃO", help="Veja os números em profile history.")],
    folder: Folder = _FOLDER,
) -> None:
    """Volta o arquivo a uma versão anterior; o worker passa a usá-la em instantes."""
    from chatwootai.entrypoints.profiles.versions import restore, version

    path = _path(folder, name)

    async def ask(versions: ProfileVersions) -> None:
        await versions.record(name, path.read_text("utf-8"))  # so that this step can be undone, too
        restore(path, version(await versions.listed(name), number, name).content)
        now = await versions.record(name, path.read_text("utf-8"))
        typer.echo(f"{path.parent.name}/{path.name} voltou à versão {number} (agora versão {now}).")

    _with_versions(ask)


@app.command()
def new(
    folder: Folder = _FOLDER,
    talk: Annotated[bool, typer.Option("--conversa/--sem-conversa", help="Conversar no fim.")] = True,
) -> None:
    """Cria o perfil de um negócio com perguntas e respostas, confere e deixa você conversar com ele."""
    from chatwootai.entrypoints.profiles.wizard import run_wizard

    run_wizard(folder, talk=talk)


@app.command()
def schema() -> None:
    """Mostra o esquema JSON dos perfis, para editores que completam e conferem YAML."""
    import json

    from chatwootai.integrations.profiles import profile_schema

    typer.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))


def _paths(folder: Path, names: Sequence[str] | None) -> list[Path]:
    if names:
        return [_path(folder, name) for name in names]
    found = sorted(folder.glob("*.yaml"))
    if not found:
        raise ConfigurationError(f"{folder}: nenhum perfil; crie um com: chatwootai profile new")
    return found


def _path(folder: Path, name: str) -> Path:
    path = folder / f"{name.removesuffix('.yaml')}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(each.stem for each in folder.glob("*.yaml"))) or "nenhum"
        raise ConfigurationError(f"não há o perfil “{name}” em {folder}; existentes: {known}")
    return path


def _accounts_of(profile: str) -> list[AccountSettings]:
    """Those of the configuration that use the profile; none where nothing is configured."""
    from chatwootai.config import load_settings

    try:
        settings = load_settings()
    except ConfigurationError:
        return []
    return [account for account in settings.accounts.values() if account.profile == profile]


def _with_versions(ask: Callable[[ProfileVersions], Awaitable[Result]]) -> Result:
    from chatwootai.config import load_settings
    from chatwootai.integrations.postgres.pool import make_pool
    from chatwootai.integrations.postgres.profile_versions import ProfileVersions

    dsn = load_settings().database_url.get_secret_value()

    async def run() -> Result:
        async with make_pool(dsn, size=1, timeout=5.0, name="profiles") as pool:
            return await ask(ProfileVersions(pool))

    return asyncio.run(run())
