"""What can be called on a model: Odoo's own names, arguments and refusals."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.domains import condition
from chatwootai.simulators.odoo.errors import (
    AccessError,
    BadArguments,
    BadValue,
    MissingError,
    UnknownMethod,
)
from chatwootai.simulators.odoo.models import title_of
from chatwootai.simulators.odoo.ordering import ordering

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.access import Environment
    from chatwootai.simulators.odoo.fields import Field, Json
    from chatwootai.simulators.odoo.models import Model
    from chatwootai.simulators.odoo.storage import Storage

    Method = Callable[..., Awaitable[Json]]

_MAX_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Records:
    """A model as one user sees it."""

    model: Model
    env: Environment
    storage: Storage

    async def call(self, name: str, args: list[Json], kwargs: dict[str, Json]) -> Json:
        """Run a public method by name."""
        if name.startswith("_"):
            raise AccessError(
                f"Private methods (such as {self.model.name}.{name}) cannot be called remotely."
            )
        method = self._methods().get(name)
        if method is None:
            raise UnknownMethod(f"The method '{self.model.name}.{name}' does not exist")
        try:
            inspect.signature(method).bind(*args, **kwargs)
        except TypeError as error:
            raise BadArguments(f"{self.model.name}.{name}() {error}") from error
        return await method(*args, **kwargs)

    def _methods(self) -> dict[str, Method]:
        methods: dict[str, Method] = {
            "fields_get": self.fields_get,
            "read": self.read,
            "search": self.search,
            "search_count": self.search_count,
            "search_read": self.search_read,
        }
        methods |= dict.fromkeys(("create", "write", "unlink", "copy"), self.refuse_write)
        if self.model.name == "product.product":
            methods["get_product_multiline_description_sale"] = self.sale_description
        if self.model.name == "res.users":
            methods["context_get"] = self.context_get
        return methods

    async def search(
        self, domain: Json, offset: Json = 0, limit: Json = None, order: Json = None
    ) -> list[Json]:
        """Ids of the matching rows."""
        rows = await self._select(sql.SQL("r.id"), domain, offset, limit, order)
        return [row["id"] for row in rows]

    async def search_count(self, domain: Json, limit: Json = None) -> int:
        """How many rows match, counted no further than `limit`."""
        return len(await self._select(sql.SQL("r.id"), domain, 0, limit, None))

    async def search_read(
        self,
        domain: Json = None,
        fields: Json = None,
        offset: Json = 0,
        limit: Json = None,
        order: Json = None,
        load: Json = "_classic_read",
    ) -> list[Json]:
        """The named fields of the matching rows."""
        chosen = self._chosen(fields)
        rows = await self._select(_columns(chosen), domain, offset, limit, order)
        return [_rendered(row, chosen, load) for row in rows]

    async def read(self, ids: Json, fields: Json = None, load: Json = "_classic_read") -> list[Json]:
        """The named fields of these rows: unknown ids are left out, other companies' rows are refused."""
        chosen = self._chosen(fields)
        rows = await self._browse(ids, _columns(chosen))
        return [_rendered(row, chosen, load) for row in rows]

    async def fields_get(self, allfields: Json = None, attributes: Json = None) -> dict[str, Json]:
        """Types and labels of the fields."""
        wanted = set(_names(allfields))
        told = set(_names(attributes))
        answer: dict[str, Json] = {}
        for name, field in self.model.fields_of(self.env.series).items():
            if wanted and name not in wanted:
                continue
            described = field.describe() | {"name": name}
            answer[name] = {key: value for key, value in described.items() if not told or key in told}
        return answer

    async def context_get(self) -> dict[str, Json]:
        """The user's own context."""
        return {"lang": "pt_BR", "tz": "America/Sao_Paulo", "uid": self.env.user.id}

    async def sale_description(self, ids: Json) -> str:
        """A product's text for quotations; `MissingError` for a product that is gone."""
        columns = sql.SQL("{} AS title, r.description_sale AS text").format(sql.SQL(self.model.title))
        rows = await self._browse(ids, columns)
        if not rows:
            raise MissingError(
                "Record does not exist or has been deleted."
                f"\n(Record: {self.model.name}({ids!r}), User: {self.env.user.id})"
            )
        return "\n".join(filter(None, (rows[0]["title"], rows[0]["text"])))

    async def refuse_write(self, *args: Json, **kwargs: Json) -> Json:
        """What a seller may not do with these models."""
        del args, kwargs
        raise AccessError(f"You are not allowed to modify '{self.model.label}' ({self.model.name}) records.")

    def _chosen(self, fields: Json) -> dict[str, Field]:
        names = _names(fields)
        if not names:
            raise AccessError("You are not allowed to access 'Stock Valuation Layer' (stock.valuation.layer)")
        names = ["id", *(name for name in names if name != "id")]
        return {name: self.model.field(name, self.env.series) for name in names}

    async def _select(
        self, columns: sql.Composable, domain: Json, offset: Json, limit: Json, order: Json
    ) -> list[DictRow]:
        found = condition(self.model, domain, self.env.series)
        shown = sql.SQL("true")
        if "active" in self.model.fields and self.env.active_test and "active" not in found.names:
            shown = sql.SQL("r.active")
        query = sql.SQL("SELECT {} FROM {} r WHERE {} AND {} AND {} ORDER BY {} LIMIT {} OFFSET {}").format(
            columns,
            sql.SQL(self.model.table),
            found.sql,
            shown,
            self.env.rule(self.model),
            ordering(self.model, order, self.env.series),
            sql.Literal(_count(limit) or None),
            sql.Literal(_count(offset)),
        )
        return await self.storage.rows(query)

    async def _browse(self, ids: Json, columns: sql.Composable) -> list[DictRow]:
        wanted = _ids(ids)
        query = sql.SQL("SELECT {}, {} AS __allowed, r.id FROM {} r WHERE r.id = ANY({})").format(
            columns, self.env.rule(self.model), sql.SQL(self.model.table), sql.Literal(wanted)
        )
        rows = {row["id"]: row for row in await self.storage.rows(query)}
        if not all(row["__allowed"] for row in rows.values()):
            raise AccessError(f"A record rule forbids reading these '{self.model.name}' records.")
        return [rows[number] for number in wanted if number in rows]


def _columns(fields: dict[str, Field]) -> sql.Composable:
    columns: list[sql.Composable] = []
    for name, field in fields.items():
        columns.append(sql.SQL("{} AS {}").format(sql.SQL(field.sql), sql.Identifier(name)))
        if field.relation:
            columns.append(sql.SQL("{} AS {}").format(title_of(field), sql.Identifier(f"{name}.title")))
    return sql.SQL(", ").join(columns)


def _rendered(row: DictRow, fields: dict[str, Field], load: Json) -> dict[str, Json]:
    record: dict[str, Json] = {}
    for name, field in fields.items():
        value = field.to_wire(row[name])
        if field.relation and value is not False and load == "_classic_read":
            value = [value, row[f"{name}.title"]]
        record[name] = value
    return record


def _names(fields: Json) -> list[str]:
    if fields is None or fields is False:
        return []
    if not isinstance(fields, list):
        raise BadValue(f"Invalid list of fields: {fields!r}")
    return [name for name in fields if isinstance(name, str)]


def _ids(ids: Json) -> list[int]:
    listed = ids if isinstance(ids, list) else [ids]
    numbers = [item for item in listed if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) != len(listed):
        raise BadValue(f"Invalid ids: {ids!r}")
    return [number for number in dict.fromkeys(numbers) if 0 < number <= _MAX_ID]


def _count(value: Json) -> int:
    """A limit or offset; Odoo takes 0, null and false alike as "none"."""
    if value is None or value is False:
        return 0
    if not isinstance(value, int) or value < 0:
        raise BadValue(f"Invalid limit or offset: {value!r}")
    return value
