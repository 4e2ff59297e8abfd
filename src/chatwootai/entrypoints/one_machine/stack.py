"""The parts of the product on one machine, in the order in which they need one another."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.one_machine import environment
from chatwootai.entrypoints.one_machine.ports import Ports
from chatwootai.entrypoints.one_machine.secrets_file import InstallationSecrets
from chatwootai.entrypoints.one_machine.shared_environment import publish
from chatwootai.entrypoints.parts import Database, Part, Program
from chatwootai.integrations.postgres.embedded import EmbeddedPostgres
from chatwootai.integrations.postgres.migrations import migrate

_COMMAND = (sys.executable, "-m", "chatwootai.entrypoints.cli")


@dataclass(frozen=True, slots=True)
class Stack:
    """What is started from one data folder; `database_url` is the operator's own PostgreSQL, or None."""

    folder: Path
    ports: Ports
    secrets: InstallationSecrets
    database_url: str | None
    profile: str = environment.PROFILE

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def stages(self) -> list[list[Part]]:
        """What must be ready before what: the database, then what the worker talks to, then the worker.

        Raises `ConfigurationError` when the operator's PostgreSQL is not reached.
        """
        address = self.database_url
        if address is not None:
            _refuse_unreachable(address)
            self._prepare(address)
            return self._programs(lambda: address)
        server = EmbeddedPostgres(self.folder / "postgres", self.ports.postgres, log=self._log("postgres"))
        database = Database(server, self._log("postgres"), self._prepare_embedded)
        return [[database], *self._programs(lambda: server.dsn(environment.PRODUCT_DATABASE))]

    def _prepare_embedded(self, server: EmbeddedPostgres) -> None:
        server.ensure_database(environment.PRODUCT_DATABASE)
        self._prepare(server.dsn(environment.PRODUCT_DATABASE))

    def _prepare(self, product_url: str) -> None:
        migrate(product_url)
        publish(self.folder, self._product_environment(product_url))

    def _product_environment(self, product_url: str) -> dict[str, str]:
        kept = {"CHATWOOTAI_MODELS_FOLDER": str(self.folder.resolve() / "models")}
        return kept | environment.product_environment(self.ports, self.secrets, product_url, self.profile)

    def _programs(self, product_url: Callable[[], str]) -> list[list[Part]]:
        ports, secrets = self.ports, self.secrets

        def product() -> Mapping[str, str]:
            return self._product_environment(product_url())

        def odoo() -> Mapping[str, str]:
            url = environment.other_database(product_url(), environment.ODOO_DATABASE)
            return environment.odoo_environment(secrets, url)

        def chatwoot() -> Mapping[str, str]:
            return environment.chatwoot_environment(secrets)

        store = str(self.folder / "chatwoot.sqlite3")
        stand_in = ("--database", store, "--webhook-url", environment.webhook_url(ports))
        index_words = ("--port", str(ports.qdrant), "--folder", str(self.folder / "qdrant"))
        odoo_words = ("simulate", "odoo", "--port", str(ports.odoo))
        chatwoot_words = ("simulate", "chatwoot", "--port", str(ports.chatwoot), *stand_in)
        return [
            [
                self._program("odoo", ports.odoo, odoo, *odoo_words),
                self._program("chatwoot", ports.chatwoot, chatwoot, *chatwoot_words),
                self._program("webhook", ports.webhook, product, "webhook"),
                self._program("qdrant", ports.qdrant, product, "knowledge", "serve", *index_words),
            ],
            [self._program("worker", ports.metrics, product, "worker")],
        ]

    def _program(
        self, name: str, port: int, variables: Callable[[], Mapping[str, str]], *words: str
    ) -> Program:
        return Program(name, [*_COMMAND, *words], port=port, log=self._log(name), environment=variables)

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def _refuse_unreachable(database_url: str) -> None:
    try:
        psycopg.connect(database_url, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        message = (
            f"O PostgreSQL de DATABASE_URL não responde ({reason}): "
            "inicie-o, corrija o endereço, ou apague a variável para usar o embutido."
        )
        raise ConfigurationError(message) from error
