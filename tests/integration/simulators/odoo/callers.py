"""A shop with a country, its users, and what they call over JSON-RPC."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import psycopg
from tests.fixtures.odoo import BELA, BOTH, DATABASE, RunningOdoo, running_odoo
from tests.fixtures.odoo_shop import Rows

from chatwootai.simulators.odoo.settings import Login

BRAZIL = 31
PORTUGAL = 183
ADMINISTRATOR = BOTH
PORTUGUESE = {"lang": "pt_BR", "tz": "America/Sao_Paulo"}


class Refused(Exception):
    """An answer with an error instead of a result; `name` is Odoo's, without its module."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, message)
        self.name = name
        self.message = message


@dataclass(frozen=True)
class Caller:
    """One user of the running simulation; `rows` is the way around it, into the tables."""

    session: aiohttp.ClientSession
    odoo: RunningOdoo
    rows: Rows
    login: Login = BELA

    def as_user(self, login: Login) -> Caller:
        return replace(self, login=login)

    async def answer(self, model: str, method: str, *args: object, **kwargs: object) -> dict[str, Any]:
        """The whole answer: without "result" where the method returned None."""
        uid = self.rows.value("SELECT id FROM erp.users WHERE login = %s", self.login.login)
        call = [DATABASE, uid, self.login.key, model, method, args, kwargs]
        params = {"service": "object", "method": "execute_kw", "args": call}
        body = {"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}
        async with self.session.post(f"{self.odoo.url}/jsonrpc", json=body) as response:
            assert response.status == 200, await response.text()
            answer: dict[str, Any] = await response.json()
            return answer

    async def call(self, model: str, method: str, *args: object, **kwargs: object) -> Any:
        """The result; raises `Refused` for an error."""
        answer = await self.answer(model, method, *args, **kwargs)
        if "error" in answer:
            told = answer["error"]["data"]
            raise Refused(told["name"].rpartition(".")[2], told["message"])
        return answer["result"]

    async def read(self, model: str, record: int, *fields: str, **context: object) -> dict[str, Any]:
        (found,) = await self.call(model, "read", [record], list(fields), context=context)
        assert isinstance(found, dict)
        return found

    def mails(self) -> list[tuple[Any, ...]]:
        """Who was mailed, and the subject, in order."""
        with psycopg.connect(self.rows.dsn) as connection:
            return connection.execute(
                "SELECT p.name, m.subject FROM erp.mails m"
                " JOIN erp.partners p ON p.id = m.partner_id ORDER BY m.id"
            ).fetchall()


@asynccontextmanager
async def calling(database: str, series: int = 18) -> AsyncIterator[Caller]:
    """The shop of company 1 in São Paulo; `ADMINISTRATOR` has every right."""
    async with running_odoo(database, series=series) as odoo, aiohttp.ClientSession() as session:
        rows = Rows(database)
        _settle_in_brazil(rows)
        rows.groups_of(ADMINISTRATOR.login, "system")
        yield Caller(session, odoo, rows)


def _settle_in_brazil(rows: Rows) -> None:
    for number, code, name, phone_code in ((BRAZIL, "BR", "Brasil", 55), (PORTUGAL, "PT", "Portugal", 351)):
        rows.value(
            "INSERT INTO erp.countries (id, code, name, phone_code) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id",
            *(number, code, name, phone_code),
        )
    rows.value(
        "UPDATE erp.partners SET country_id = %s"
        " WHERE id = (SELECT partner_id FROM erp.companies WHERE id = 1) RETURNING id",
        BRAZIL,
    )
