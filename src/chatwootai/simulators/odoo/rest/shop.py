"""Who asks over REST, for which companies, inside which transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from chatwootai.simulators.odoo.orm.environment import Environment
from chatwootai.simulators.odoo.orm.records import Records
from chatwootai.simulators.odoo.orm.registry import model_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from psycopg import sql
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.environment import User
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.storage import Connection

_SERIES = 18  # this face is none of Odoo's: it is the same whichever series the wire imitates


@dataclass(frozen=True, slots=True)
class Shop:
    """One request's view: the caller's companies and an open transaction.

    The rights of Odoo's groups do not count here: a key opens all that its companies own, and nothing else.
    """

    user: User
    connection: Connection
    zone: ZoneInfo

    @property
    def companies(self) -> list[int]:
        """The companies whose rows are seen and written, the caller's own first."""
        return list(self.user.company_ids)

    @property
    def company(self) -> int:
        """The company that new rows belong to."""
        return self.user.company_ids[0]

    async def rows(
        self, query: str | sql.SQL | sql.Composed, values: Mapping[str, object] | None = None
    ) -> list[DictRow]:
        """Plain SQL; `%(companies)s`, `%(company)s` and `%(zone)s` are there for every statement."""
        # Bytes: psycopg's type for texts that need not be literal.
        text = query.encode() if isinstance(query, str) else query
        cursor = await self.connection.execute(text, self._named() | dict(values or {}))
        return await cursor.fetchall() if cursor.description else []

    def local(self, moment: datetime) -> datetime:
        """The moment in the shop's zone; times at the end of the calendar, which Odoo's wire takes, stay."""
        try:
            return moment.astimezone(self.zone)
        except OverflowError:
            return moment

    def records(self, model: str, company: int | None = None) -> Records:
        """A model with its business logic and without rights; new rows belong to `company`."""
        own = company or self.company
        companies: list[Json] = [own, *(number for number in self.companies if number != own)]
        context: dict[str, Json] = {"lang": "pt_BR", "tz": str(self.zone), "allowed_company_ids": companies}
        env = Environment.of(self.user, _SERIES, context)
        return Records(model_named(model, _SERIES), env, self.connection).sudo()

    def _named(self) -> dict[str, object]:
        return {"companies": self.companies, "company": self.company, "zone": str(self.zone)}


async def shop_for(user: User, connection: Connection) -> Shop:
    """The view of this user in this transaction."""
    cursor = await connection.execute("SELECT zone FROM erp.companies WHERE id = %s", (user.company_ids[0],))
    row = await cursor.fetchone()
    return Shop(user, connection, ZoneInfo(row["zone"] if row else "America/Sao_Paulo"))


def _current(request: Request) -> Shop:
    shop: Shop = request.state.shop
    return shop


CurrentShop = Annotated[Shop, Depends(_current)]
