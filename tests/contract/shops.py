"""A shop whose catalogue and orders are held to their ports: in memory, simulated, or a named Odoo."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal

import pytest
from tests.contract.odoos import ZONE, OdooUnderTest, odoo_under_test
from tests.fakes.catalog import FakeCatalog
from tests.fakes.orders import FakeOrders
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, Order, Orders
from chatwootai.integrations.cache.catalog import CachedCatalog
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.orders import CachedOrders
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.odoo.values import created, number, records

FAKE = "the fake"
CACHED = "the cache over the fake"
CACHED_QUOTES = "the cache over the quotes of the fake"
UNKNOWN = 2_000_000_000
STOCK = 40
PRICES = ("39.90", "12.35")


@dataclass(slots=True)
class Shop:
    """Sells `soap` and `cream`, which are kept in stock, to `maria` and `joana`, who bought nothing yet.

    `rows` are the tables of a simulation, where a test may do what no seller may.
    """

    catalog: Catalog
    orders: Orders
    soap: int
    cream: int
    maria: int
    joana: int
    odoo: OdooUnderTest | None = None
    rows: Rows | None = None
    fake: FakeOrders | None = None

    def key(self) -> str:
        return f"teste-{uuid.uuid4().hex[:12]}"

    def basket(self) -> list[Item]:
        return [Item(self.soap, Decimal(2)), Item(self.cream)]

    def tables(self) -> Rows:
        """The simulation's tables; skips the test where there are none."""
        if self.rows is None:
            pytest.skip("only a simulation lets a test prepare this")
        return self.rows

    def twin(self) -> Orders:
        """The same orders, as another process sees them."""
        return self.orders if self.odoo is None else OdooOrders(self.odoo.twin)

    def client(self) -> OdooClient:
        """Skips the test for a fake."""
        if self.odoo is None:
            pytest.skip("only an Odoo has this trap")
        return self.odoo.client

    async def draft(self, *items: Item, key: str = "", coupon: str | None = None, customer: int = 0) -> Order:
        """Drafts what is wanted, by default the basket, and sees to it that it is cancelled in the end."""
        order = await self.orders.draft(
            key or self.key(), customer or self.maria, items or self.basket(), coupon=coupon
        )
        return self.remember(order)

    def remember(self, order: Order) -> Order:
        if self.odoo is not None:
            self.odoo.remember("sale.order", order.id)
        return order

    async def customer(self) -> int:
        """Somebody new, without an address that mail could go to."""
        if self.odoo is None:
            return uuid.uuid4().int % 10**9
        return await new_customer(self.odoo)


@asynccontextmanager
async def shop_of(request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    """The shop of a fixture's parameter: `FAKE`, one of those `CACHED`, or one of `ODOOS`.

    Over orders that are really made the catalogue is not cached: whoever decides reads the ERP itself.
    """
    if request.param == FAKE:
        yield _fake()
        return
    if request.param in (CACHED, CACHED_QUOTES):
        shop = _fake()
        async with make_cache(None) as cache:
            shop.orders = CachedOrders(shop.orders, cache, "1")
            if request.param == CACHED:
                shop.catalog = CachedCatalog(shop.catalog, cache, "1")
            yield shop
        return
    async with odoo_under_test(request) as odoo:
        rows = Rows(odoo.dsn) if odoo.dsn is not None else None
        catalog = OdooCatalog(odoo.client, zone=ZONE)
        soap, cream = _added(rows) if rows is not None else await _found(odoo.client, catalog)
        maria, joana = await new_customer(odoo), await new_customer(odoo)
        yield Shop(catalog, OdooOrders(odoo.client), soap, cream, maria, joana, odoo, rows)


async def new_customer(odoo: OdooUnderTest, **values: object) -> int:
    """A customer of the company, who is removed in the end, or archived."""
    company = (await odoo.client.identity()).company
    given = {"name": f"Cliente <{odoo.key()}>", "company_id": company} | values
    return odoo.remember(
        "res.partner", created(await odoo.client.write("res.partner", "create", vals_list=given))
    )


def add_product(rows: Rows, name: str, price: str, *, units: int = STOCK, **more: str | int) -> int:
    """A product with stock in the first warehouse of the company, with a code of its own."""
    code = uuid.uuid4().hex[:10].upper()
    category = rows.value("SELECT id FROM erp.categories ORDER BY id LIMIT 1")
    warehouse = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = %s", rows.company)
    assert isinstance(category, int)
    assert isinstance(warehouse, int)
    product = rows.product(f"{name} {code}", price, category, **{"default_code": code} | more)
    rows.stock(product, warehouse, units)
    return product


def _added(rows: Rows) -> tuple[int, int]:
    soap, cream = (
        add_product(rows, name, price) for name, price in zip(("Sabonete", "Creme"), PRICES, strict=True)
    )
    return soap, cream


async def _found(client: OdooClient, catalog: Catalog) -> tuple[int, int]:
    """Two products that cost something and of which enough is free, whatever this Odoo sells."""
    series = await client.series()
    is_kept = ["is_storable", "=", True] if series.number >= 18 else ["detailed_type", "=", "product"]
    rows = records(
        await client.read(
            "product.product",
            "search_read",
            domain=[["sale_ok", "=", True], is_kept, ["free_qty", ">=", 10]],
            fields=["default_code"],
            order="id",
            limit=20,
        )
    )
    offers = await catalog.offers([number(row, "id") for row in rows])
    fit = [
        o.product.id for o in offers if o.price.amount > 1 and o.available is not None and o.available >= 10
    ]
    if len(fit) < 2:
        pytest.skip("this Odoo has no two products with a price and ten units in stock")
    return fit[0], fit[1]


def _fake() -> Shop:
    products = (Product(7, "Sabonete", "SABONETE"), Product(3, "Creme", "CREME"))
    catalog = FakeCatalog(
        Offer(product, Money(Decimal(price)), Decimal(STOCK))
        for product, price in zip(products, PRICES, strict=True)
    )
    orders = FakeOrders(catalog)
    return Shop(catalog, orders, 7, 3, 71, 72, fake=orders)
