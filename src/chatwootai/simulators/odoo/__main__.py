"""`python -m chatwootai.simulators.odoo`: run the simulation."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

import uvicorn

from chatwootai.simulators.odoo.app import create_app
from chatwootai.simulators.odoo.samples.renewal import renew
from chatwootai.simulators.odoo.settings import SERIES, Login, Settings

AGENTS = ("agente@bela.example", "agente@verde.example", "agente@vida.example")
"""A user of each sample shop, in the order of their companies' numbers."""


def main(argv: list[str] | None = None) -> None:
    """Read the arguments and serve until interrupted, or make the sample shops anew and end."""
    parser = _parser()
    options = parser.parse_args(argv)
    if not options.database_url or not options.api_key:
        parser.error("informe --database-url e --api-key (ou DATABASE_URL e ODOO_API_KEY no ambiente)")
    try:
        logins = (
            *(
                Login(login, options.api_key, (company,), options.password)
                for company, login in enumerate(AGENTS, start=1)
            ),
            *map(Login.parse, options.user),
        )
    except ValueError as error:
        parser.error(f"--user: {error}")
    settings = Settings(options.database_url, logins, options.database_name, options.series)
    if options.seed:
        sys.stdout.write(asyncio.run(renew(settings)) + "\n")
        return
    uvicorn.run(
        create_app(settings),
        host=options.host,
        port=options.port,
        access_log=False,
        timeout_graceful_shutdown=5,  # calls held back by a simulated time-out do not hold up the end
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m chatwootai.simulators.odoo", description="Simulação do Odoo"
    )
    # The environment is offered because arguments can be read by every user of the machine.
    parser.add_argument(
        "--database-url", default=os.environ.get("DATABASE_URL"), help="PostgreSQL (DATABASE_URL)"
    )
    parser.add_argument(
        "--api-key",
        default=os.environ.get("ODOO_API_KEY"),
        help=f"chave de {', '.join(AGENTS)} (ODOO_API_KEY)",
    )
    parser.add_argument(
        "--password",
        default=os.environ.get("ODOO_PASSWORD", ""),
        help="senha deles para a sessão web; sem ela, só a chave entra (ODOO_PASSWORD)",
    )
    parser.add_argument("--database-name", default="odoo", help="nome do banco que os clientes informam")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--series", type=int, choices=SERIES, default=18, help="versão do Odoo a imitar")
    parser.add_argument(
        "--user",
        action="append",
        default=[],
        metavar="LOGIN:CHAVE:EMPRESA",
        help="outro usuário; pode repetir",
    )
    parser.add_argument(
        "--seed",
        action="store_true",
        help="apaga TODOS os registros da simulação, também os que clientes e pessoas criaram, recria"
        " as lojas de exemplo com datas a partir de hoje e termina; depois, reinicie a simulação",
    )
    return parser


if __name__ == "__main__":
    main()
