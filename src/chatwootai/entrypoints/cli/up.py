"""`chatwootai up`: everything on this machine, in one terminal."""

from pathlib import Path
from typing import Annotated

import typer

from chatwootai.entrypoints.one_machine.ports import Ports

_DEFAULT = Ports()
_DATA_FOLDER = Path(".data")


def up(
    data_folder: Annotated[
        Path,
        # Whether it can be used is judged where it is used, with a word on what to do.
        typer.Option(help="Onde ficam o banco de dados, os segredos e os logs.", readable=False),
    ] = _DATA_FOLDER,
    profile: Annotated[
        str, typer.Option(help="Perfil da pasta profiles: cosmeticos, varejo, saude ou um seu.")
    ] = "cosmeticos",
    offset: Annotated[int, typer.Option(help="Soma este número a todas as portas.")] = 0,
    postgres_port: Annotated[int, typer.Option(help="PostgreSQL embutido.")] = _DEFAULT.postgres,
    odoo_port: Annotated[int, typer.Option(help="Simulação do Odoo.")] = _DEFAULT.odoo,
    chatwoot_port: Annotated[int, typer.Option(help="Simulação do Chatwoot.")] = _DEFAULT.chatwoot,
    webhook_port: Annotated[int, typer.Option(help="Servidor de webhook.")] = _DEFAULT.webhook,
    metrics_port: Annotated[int, typer.Option(help="Métricas do worker.")] = _DEFAULT.metrics,
    qdrant_port: Annotated[int, typer.Option(help="Qdrant embutido.")] = _DEFAULT.qdrant,
) -> None:
    """Inicia tudo nesta máquina: banco de dados, simulações, webhook e worker. Ctrl-C encerra tudo."""
    from chatwootai.entrypoints.one_machine.run import run

    run(
        data_folder,
        Ports(postgres_port, odoo_port, chatwoot_port, webhook_port, metrics_port, qdrant_port).shifted(
            offset
        ),
        profile,
    )
