"""`chatwootai simulate …`: stand-ins for the systems outside, with their own options."""

import typer

app = typer.Typer(
    help="Simulações do Odoo e do Chatwoot, para desenvolver e experimentar.", no_args_is_help=True
)
# Every option, --help included, is the simulator's own.
_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command("odoo", context_settings=_PASSED_ON, add_help_option=False)
def odoo(context: typer.Context) -> None:
    """Simulação do Odoo sobre PostgreSQL (veja as opções com --help)."""
    from chatwootai.simulators.odoo.__main__ import main

    main(context.args)


@app.command("chatwoot", context_settings=_PASSED_ON, add_help_option=False)
def chatwoot(context: typer.Context) -> None:
    """Simulação do Chatwoot com a página do cliente (veja as opções com --help)."""
    from chatwootai.simulators.chatwoot.__main__ import parse_arguments, settings_from
    from chatwootai.simulators.chatwoot.server import serve

    options = parse_arguments(context.args)
    serve(settings_from(options), options.host, options.port)
