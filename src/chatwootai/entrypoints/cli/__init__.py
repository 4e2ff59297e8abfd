"""The command line, in Portuguese: one module per noun; what a command needs is imported when it runs."""

import sys
from collections.abc import Sequence

import typer

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.cli import deliveries, knowledge, profile, simulate
from chatwootai.entrypoints.cli.doctor import doctor
from chatwootai.entrypoints.cli.migrate import migrate
from chatwootai.entrypoints.cli.understand import understand
from chatwootai.entrypoints.cli.up import up
from chatwootai.entrypoints.cli.webhook import webhook
from chatwootai.entrypoints.cli.worker import worker
from chatwootai.entrypoints.one_machine.shared_environment import adopt

_BESIDE_UP = frozenset({"deliveries", "doctor", "knowledge", "migrate", "profile"})

commands = typer.Typer(
    help="ChatwootAI: equipes de IA atrás do Chatwoot, para lojas brasileiras.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@commands.callback()
def prepare(context: typer.Context) -> None:
    """Commands in a second terminal work with what `up` runs with."""
    if context.invoked_subcommand in _BESIDE_UP:
        adopt()


commands.command()(up)
commands.command()(webhook)
commands.command()(worker)
commands.command()(migrate)
commands.command()(doctor)
commands.command()(understand)
commands.add_typer(deliveries.app, name="deliveries")
commands.add_typer(knowledge.app, name="knowledge")
commands.add_typer(profile.app, name="profile")
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
