"""A model as one caller sees it inside one transaction: Odoo's own methods, names and arguments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models import external_ids
from chatwootai.simulators.odoo.orm import grouped_rows, naming, reading, rights, writing
from chatwootai.simulators.odoo.orm.model import on_model, on_records
from chatwootai.simulators.odoo.orm.registry import model_named

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.model import Model
    from chatwootai.simulators.odoo.storage import Connection


@dataclass(frozen=True, slots=True)
class Records:
    """What the decorators make public can be called over the wire, the rest from Python only."""

    model: Model
    env: Environment
    connection: Connection

    def of(self, model: str) -> Records:
        """Another model for the same caller in the same transaction."""
        return replace(self, model=model_named(model, self.env.series))

    def sudo(self) -> Records:
        """The same without rights and rules."""
        return replace(self, env=self.env.sudo())

    def in_context(self, **context: Json) -> Records:
        """The same with these keys of the context replaced."""
        return replace(self, env=self.env.in_context(context))

    async def rows(
        self, query: str | sql.Composable, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[DictRow]:
        """Plain SQL in the same transaction; no rows for a statement that returns none."""
        # Without values psycopg leaves "%" in the text alone.
        text = query.encode() if isinstance(query, str) else query.as_bytes(self.connection)
        cursor = await self.connection.execute(text, values or None)
        return await cursor.fetchall() if cursor.description else []

    async def ensure(self, ids: list[int], operation: str = "read") -> None:
        """Raise `MissingError` or `AccessError` where one of the records is gone or not the caller's."""
        await reading.ensure(self, ids, operation)

    @on_model
    async def search(
        self, domain: Json, offset: Json = 0, limit: Json = None, order: Json = None
    ) -> list[Json]:
        """Ids of the matching rows."""
        rows = await self.rows(reading.query(self, sql.SQL("r.id"), domain, offset, limit, order))
        return [row["id"] for row in rows]

    @on_model
    async def search_count(self, domain: Json, limit: Json = None) -> int:
        """How many rows match, counted no further than `limit`."""
        found = reading.query(self, sql.SQL("r.id"), domain, 0, limit, "id")
        rows = await self.rows(sql.SQL("SELECT count(*) AS number FROM ({}) t").format(found))
        return int(rows[0]["number"])

    @on_model
    async def search_read(
        self,
        domain: Json = None,
        fields: Json = None,
        offset: Json = 0,
        limit: Json = None,
        order: Json = None,
        load: Json = reading.CLASSIC,
    ) -> list[Json]:
        """The named fields of the matching rows."""
        fields_read = reading.chosen(self, fields)
        columns = reading.columns_of(fields_read, self.env, titles=load == reading.CLASSIC)
        rows = await self.rows(reading.query(self, columns, domain, offset, limit, order))
        return [reading.rendered(row, fields_read, load) for row in rows]

    @on_model
    async def read_group(
        self,
        domain: Json,
        fields: Json,
        groupby: Json,
        offset: Json = 0,
        limit: Json = None,
        orderby: Json = False,
        lazy: Json = True,
    ) -> list[Json]:
        """Groups with their aggregates; only the first level if `lazy`."""
        return await grouped_rows.read_group(
            self, domain, fields, groupby, orderby, limit, offset, lazy=bool(lazy)
        )

    @on_records
    async def read(self, ids: Json, fields: Json = None, load: Json = reading.CLASSIC) -> list[Json]:
        """The named fields of these rows: unknown ids are left out, other companies' rows are refused."""
        fields_read = reading.chosen(self, fields)
        columns = reading.columns_of(fields_read, self.env, titles=load == reading.CLASSIC)
        rows = await reading.browse(self, reading.ids_of(ids), columns)
        return [reading.rendered(row, fields_read, load) for row in rows]

    @on_model
    async def create(self, vals_list: Json) -> Json:
        """Add a row, or several for a list; the answer is an id or a list of ids accordingly."""
        if isinstance(vals_list, list):
            return [await writing.create(self, values) for values in vals_list]
        return await writing.create(self, vals_list)

    @on_model
    async def load(self, fields: Json, data: Json) -> dict[str, Json]:
        """Import rows of texts by external id; failures are told in the answer, not raised."""
        return await external_ids.load(self, fields, data)

    @on_records
    async def write(self, ids: Json, vals: Json) -> bool:
        """Change rows."""
        await writing.write(self, reading.ids_of(ids), vals)
        return True

    @on_records
    async def unlink(self, ids: Json) -> bool:
        """Delete rows."""
        await writing.unlink(self, reading.ids_of(ids))
        return True

    @on_records
    async def copy(self, ids: Json, default: Json = None) -> Json:
        """Duplicate rows without their children."""
        made: list[Json] = [await writing.copy(self, number, default) for number in reading.ids_of(ids)]
        return made[0] if len(made) == 1 else made

    @on_records
    async def action_archive(self, ids: Json) -> None:
        """Hide rows from searches."""
        await self.write(ids, {"active": False})

    @on_records
    async def action_unarchive(self, ids: Json) -> None:
        """Show rows again."""
        await self.write(ids, {"active": True})

    @on_model
    async def fields_get(self, allfields: Json = None, attributes: Json = None) -> dict[str, Json]:
        """Types and labels of the fields."""
        return naming.described(self, reading.names_of(allfields), reading.names_of(attributes))

    @on_model
    async def default_get(self, fields: Json) -> dict[str, Json]:
        """The values that a new record starts with."""
        return await naming.defaults(self, reading.names_of(fields))

    @on_model
    async def name_search(
        self,
        name: Json = "",
        args: Json = None,
        operator: Json = "ilike",
        limit: Json = 100,
        domain: Json = None,
    ) -> list[Json]:
        """Id and display name of what is called so; `args` is named `domain` from series 19 on."""
        return await naming.search(self, name, domain or args, operator, limit)

    @on_model
    async def name_create(self, name: Json) -> list[Json]:
        """Add a row by its name alone."""
        return await naming.create(self, name)

    @on_model
    async def check_access_rights(self, operation: Json, raise_exception: Json = True) -> bool:
        """Whether the caller may do so with the model at all."""
        if not isinstance(operation, str):
            raise BadValue(f"Invalid operation {operation!r}")
        if raise_exception and not rights.may(self.env, self.model, operation):
            rights.require(self.env, self.model, operation)
        return rights.may(self.env, self.model, operation)
