"""`chatwootai knowledge`: build an account's index anew, search it, and serve the embedded Qdrant."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chatwootai.domain.errors import ConfigurationError, IntegrationError
from chatwootai.domain.knowledge import Found, PassageKind

if TYPE_CHECKING:
    from chatwootai.bootstrap.knowledge import KnowledgeParts
    from chatwootai.config import Settings

app = typer.Typer(
    help="Base de conhecimento: reconstruir, pesquisar e servir o Qdrant embutido.", no_args_is_help=True
)
Account = Annotated[
    str | None, typer.Option("--conta", help="Dispensável quando só há uma conta.", show_default=False)
]

KINDS = {
    PassageKind.PRODUCT: "produto",
    PassageKind.SERVICE: "serviço",
    PassageKind.POLICY: "regra",
    PassageKind.FAQ: "pergunta",
}
_SHORTEST_KEY = 16


@app.command()
def rebuild(account: Account = None) -> None:
    """Lê de novo o catálogo do ERP e o perfil, e troca a base da conta sem intervalo sem respostas."""
    from rich.console import Console
    from rich.progress import Progress

    async def run(parts: KnowledgeParts) -> None:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Indexando", total=None)
            total = await parts.keeper.rebuild(lambda done, of: bar.update(task, completed=done, total=of))
        typer.echo(f"Base de conhecimento reconstruída: {total} textos.")

    _with_parts(account, run)


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Como o cliente escreveria.")],
    account: Account = None,
    limit: Annotated[int, typer.Option("--limite", min=1, max=50)] = 5,
    in_stock: Annotated[bool, typer.Option("--em-estoque", help="Sem o que está esgotado.")] = False,
) -> None:
    """Mostra o que a base encontra para um texto, o mais próximo primeiro."""

    async def run(parts: KnowledgeParts) -> None:
        found = await parts.knowledge.search(text, limit=limit, only_in_stock=in_stock)
        _show(found, empty=await parts.knowledge.count() == 0)

    _with_parts(account, run)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Endereço em que atende.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Porta; 0 deixa o sistema escolher.")] = 6333,
    folder: Annotated[Path, typer.Option(help="Onde ficam os dados.")] = Path(".data/qdrant"),
) -> None:
    """Inicia o Qdrant embutido. A chave de acesso vem de QDRANT_API_KEY."""
    from chatwootai.config import load_knowledge_settings
    from chatwootai.integrations.qdrant.embedded.server import serve as serve_folder

    key = load_knowledge_settings().qdrant_api_key
    if key is None or len(key.get_secret_value()) < _SHORTEST_KEY:
        raise ConfigurationError(
            f"QDRANT_API_KEY: defina uma chave de pelo menos {_SHORTEST_KEY} caracteres "
            "(por exemplo a de `openssl rand -hex 24`)"
        )
    serve_folder(host, port, folder, key.get_secret_value())


def _show(found: Sequence[Found], *, empty: bool) -> None:
    for hit in found:
        passage = hit.passage
        sold_out = " · esgotado" if passage.in_stock is False else ""
        typer.echo(f"{hit.score:.2f} · {KINDS[passage.kind]} · {passage.title}{sold_out} · {passage.key}")
        if passage.text:
            typer.echo(f"       {passage.text}")
    if not found:
        typer.echo(
            "A base está vazia. Construa com: chatwootai knowledge rebuild" if empty else "Nada encontrado."
        )


def _with_parts(account: str | None, run: Callable[[KnowledgeParts], Awaitable[None]]) -> None:
    from chatwootai.bootstrap.knowledge import knowledge_parts
    from chatwootai.config import load_settings

    settings = load_settings()

    async def opened() -> None:
        async with knowledge_parts(settings, account or _only_account(settings)) as parts:
            await run(parts)

    try:
        asyncio.run(opened())
    except IntegrationError as error:
        again = " Tente de novo em instantes." if error.retryable else ""
        typer.echo(f"{error.service} não atendeu ({error.reason}).{again}", err=True)
        raise typer.Exit(1) from error


def _only_account(settings: Settings) -> str:
    if len(settings.accounts) > 1:
        known = ", ".join(sorted(settings.accounts))
        raise ConfigurationError(f"há várias contas; escolha com --conta: {known}")
    return next(iter(settings.accounts))
