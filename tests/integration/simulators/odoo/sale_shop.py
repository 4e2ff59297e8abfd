"""A shop with two price lists, a product in stock, and what is sold there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pytest
from tests.fixtures.odoo import BELA, BOTH, VERDE
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import PORTUGUESE, Caller, Refused, calling

COMPANY = 900
STOCK = 25
ON = {"context": PORTUGUESE}


class Refusal(NamedTuple):
    """An error's name and what it tells."""

    name: str
    message: str


@dataclass(frozen=True)
class Shop:
    """`lamp` costs R$ 70,00, in the wholesale list R$ 59,90 from three on; `painting` is a service."""

    caller: Caller
    maria: int
    atacado: int
    lamp: int
    painting: int
    card: int
    warehouse: int
    wholesale: int
    retail: int

    async def call(self, model: str, method: str, *args: object, **kwargs: object) -> Any:
        return await self.caller.call(model, method, *args, **(ON | kwargs))

    async def order(self, *lines: tuple[int, float], partner: int | None = None, **values: object) -> int:
        """Create a draft of product and quantity pairs over the wire."""
        commands = [[0, 0, {"product_id": product, "product_uom_qty": many}] for product, many in lines]
        given = {"partner_id": partner or self.maria, "order_line": commands} | values
        number = await self.call("sale.order", "create", given)
        assert isinstance(number, int)
        return number

    async def sold(self, *lines: tuple[int, float]) -> int:
        """Create and confirm an order."""
        number = await self.order(*lines)
        assert await self.call("sale.order", "action_confirm", [number]) is True
        return number

    async def read(self, model: str, record: int, *fields: str) -> dict[str, Any]:
        (found,) = await self.call(model, "read", [record], list(fields), load="")
        assert isinstance(found, dict)
        return found

    async def seen(self, order: int, field: str) -> Any:
        return (await self.read("sale.order", order, field))[field]

    async def lines(self, order: int, *fields: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call(
            "sale.order.line", "search_read", [["order_id", "=", order]], [*fields], load=""
        )
        return found

    async def pickings(self, order: int, *fields: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call(
            "stock.picking", "search_read", [["sale_id", "=", order]], [*fields], order="id", load=""
        )
        return found

    async def free(self, product: int | None = None) -> float:
        found = await self.read("product.product", product or self.lamp, "free_qty")
        assert isinstance(found["free_qty"], float)
        return found["free_qty"]

    async def refusal(self, model: str, method: str, *args: object, **kwargs: object) -> Refusal:
        with pytest.raises(Refused) as caught:
            await self.call(model, method, *args, **kwargs)
        return Refusal(caught.value.name, caught.value.message)


@asynccontextmanager
async def sale_shop(database: str, series: int = 18) -> AsyncIterator[Shop]:
    """A company of its own beside the samples; the caller is a seller who also works in the warehouse."""
    async with calling(database, series) as caller:
        rows = Rows(database, COMPANY)
        warehouse = add_company(rows)
        rows.groups_of(BELA.login, "internal", "sale_all", "stock_user", "contact_creation")
        rows.groups_of(VERDE.login, "internal", "sale_own")
        category = rows.category("Luminárias de teste")
        lamp = rows.product("Luminária", "70.00", category)
        rows.stock(lamp, warehouse, STOCK)
        retail = rows.price_list("Varejo", sequence=1)
        wholesale = rows.price_list("Atacado", sequence=2)
        rows.add(
            "public.price_list_items",
            price_list_id=wholesale,
            applied_on="1_product",
            product_id=lamp,
            min_quantity=3,
            fixed_price="59.90",
        )
        yield Shop(
            replace(caller, rows=rows),
            rows.customer("Maria da Silva", email="maria@example.com"),
            rows.customer("Empório Atacado", price_list_id=wholesale),
            lamp,
            rows.product("Pintura", "120.00", category, kind="service", is_storable=False),
            rows.product("Cartão", "5.00", category, is_storable=False),
            warehouse,
            wholesale,
            retail,
        )


def add_company(rows: Rows) -> int:
    """Found the company, let every user work there and nowhere else; returns its warehouse."""
    partner = rows.add("erp.partners", name="Loja de teste", is_company=True)
    rows.add("erp.companies", id=COMPANY, name="Loja de teste", partner_id=partner, currency="BRL")
    for login in (BELA, VERDE, BOTH):
        user = rows.value("SELECT id FROM erp.users WHERE login = %s", login.login)
        assert isinstance(user, int)
        rows.change("erp.users", user, company_id=COMPANY, company_ids=[COMPANY])
    return rows.add("erp.warehouses", company_id=COMPANY, name="Loja de teste", code="WH")
