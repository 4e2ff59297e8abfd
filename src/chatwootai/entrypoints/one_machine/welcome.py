"""What the operator sees when everything is ready: what is where, and a first thing to try."""

from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from chatwootai.entrypoints.one_machine.stack import Stack

_ADDRESS = "http://127.0.0.1"


def welcome(console: Console, stack: Stack) -> None:
    ports = stack.ports
    customer_page = f"{_ADDRESS}:{ports.chatwoot}/cliente"
    table = Table("O quê", "Onde", title="O ChatwootAI está no ar", title_justify="left")
    table.add_row("Página do cliente", customer_page)
    table.add_row("Página de atendimento", f"{_ADDRESS}:{ports.chatwoot}/atendimento")
    table.add_row("Webhook", f"{_ADDRESS}:{ports.webhook}/webhook")
    table.add_row("Métricas do webhook", f"{_ADDRESS}:{ports.webhook}/metrics")
    table.add_row("Métricas do worker", f"{_ADDRESS}:{ports.metrics}/metrics")
    table.add_row("Odoo (simulação)", f"{_ADDRESS}:{ports.odoo}")
    table.add_row("PostgreSQL", _database(stack))
    table.add_row("Qdrant", f"{_ADDRESS}:{ports.qdrant}")
    table.add_row("Logs", str(stack.logs))
    console.print(table)
    console.print(
        f"Experimente: abra {customer_page} e escreva «Oi, vocês têm hidratante para pele oleosa?»",
        soft_wrap=True,
    )


def _database(stack: Stack) -> str:
    """The address without its password."""
    if stack.database_url is None:
        return f"postgresql://postgres@127.0.0.1:{stack.ports.postgres}/chatwootai"
    parts = urlsplit(stack.database_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
