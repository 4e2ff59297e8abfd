"""`chatwootai deliveries`: inspect what Chatwoot delivered, and let a failed one be answered again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.deliveries import DeliveryState, DeliveryStore, StoredDelivery

app = typer.Typer(help="Entregas do Chatwoot: ver e reprocessar.", no_args_is_help=True)
Result = TypeVar("Result")

STATES = {
    DeliveryState.KEPT: "guardada",
    DeliveryState.WAITING: "esperando",
    DeliveryState.SETTLED: "atendida",
    DeliveryState.FAILED: "falhou",
    DeliveryState.REJECTED: "recusada",
}


@app.command("list")
def list_(
    account: Annotated[str | None, typer.Option("--conta", help="Só desta conta.")] = None,
    state: Annotated[
        DeliveryState | None, typer.Option("--estado", help="Sem esta opção: as que falharam.")
    ] = DeliveryState.FAILED,
    every: Annotated[bool, typer.Option("--todas", help="De qualquer estado.")] = False,
    limit: Annotated[int, typer.Option("--limite", min=1, max=10_000)] = 50,
) -> None:
    """Lista as entregas, a mais nova primeiro."""

    async def ask(store: DeliveryStore) -> None:
        found = await store.listed(
            account=AccountId(account) if account else None, state=None if every else state, limit=limit
        )
        for delivery in found:
            typer.echo(_line(delivery))
        if not found:
            typer.echo("Nenhuma entrega.")

    _with_store(ask)


@app.command()
def show(delivery_id: Annotated[int, typer.Argument(metavar="NÚMERO")]) -> None:
    """Mostra uma entrega inteira, com o corpo como o Chatwoot o enviou."""

    async def ask(store: DeliveryStore) -> None:
        delivery = await store.find(delivery_id)
        if delivery is None:
            raise _unknown(delivery_id)
        typer.echo(_line(delivery))
        typer.echo(delivery.body.decode("utf-8", "replace"))

    _with_store(ask)


@app.command()
def replay(delivery_id: Annotated[int, typer.Argument(metavar="NÚMERO")]) -> None:
    """Põe uma entrega de novo na fila; a conversa é lida outra vez e respondida, se ainda esperar."""

    async def ask(store: DeliveryStore) -> None:
        if await store.find(delivery_id) is None:
            raise _unknown(delivery_id)
        if not await store.replay(delivery_id):
            typer.echo(
                f"A entrega {delivery_id} não pertence a uma conversa; não há o que reprocessar.", err=True
            )
            raise typer.Exit(1)
        typer.echo(f"Entrega {delivery_id} de volta na fila.")

    _with_store(ask)


def _line(delivery: StoredDelivery) -> str:
    where = f"conversa {delivery.conversation}" if delivery.conversation else "sem conversa"
    reason = f" · {delivery.reason}" if delivery.reason else ""
    arrived = delivery.received_at.astimezone().strftime("%d/%m/%Y %H:%M:%S")
    state = STATES[delivery.state]
    return (
        f"{delivery.id} · {arrived} · conta {delivery.account} · {where} · {delivery.event} · {state}{reason}"
    )


def _unknown(delivery_id: int) -> typer.Exit:
    typer.echo(
        f"Não existe a entrega {delivery_id}. Veja os números com: chatwootai deliveries list --todas",
        err=True,
    )
    return typer.Exit(1)


def _with_store(ask: Callable[[DeliveryStore], Awaitable[Result]]) -> Result:
    from chatwootai.bootstrap.webhook import webhook_parts
    from chatwootai.config import load_settings

    async def run() -> Result:
        parts = webhook_parts(load_settings())
        async with parts.opened():
            return await ask(parts.store)

    return asyncio.run(run())
