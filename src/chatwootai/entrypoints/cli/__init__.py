"""The command line, in Portuguese: one module per noun; what a command needs is imported when it runs."""

import sys
from collections.abc import Sequence

import typer

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.cli import simulate
from chatwootai.entrypoints.cli.up import up
from chatwootai.entrypoints.cli.webhook import webhook
from chatwootai.entrypoints.cli.worker import worker

commands = typer.Typer(
    help="ChatwootAI: equipes de IA atrás do Chatwoot, para lojas brasileiras.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
commands.command()(up)
commands.command()(webhook)
commands.command()(worker)
commands.add_typer(simulate.app, name="simulate")


def app(arguments: Sequence[str] | None = None) -> None:
    """Run one command, by default the one in the terminal.

    What the operator must mend is one line on standard error, and exit code 1.
    """
    try:
        commands(arguments, prog_name="chatwootai")
    except ConfigurationError as error:
        typer.echo(f"chatwootai: {error}", err=True)
        sys.exit(1)
