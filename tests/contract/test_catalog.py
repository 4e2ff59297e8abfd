"""What every catalogue keeps to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from decimal import Decimal
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from tests.fakes.catalog import FakeCatalog
from tests.fixtures.odoo import running_odoo

from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.money import Money
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient

pytestmark = pytest.mark.contract

UNKNOWN = 2_000_000_000
ZONE = ZoneInfo("America/Sao_Paulo")


def _fake() -> FakeCatalog:
    shampoo = Product(7, "Shampoo Hidratante Coco 300 ml", "SH-COCO-300", "Shampoos")
    base = Product(3, "Água Micelar Demaquilante 200 ml", "AG-MIC-200", "Limpeza facial")
    voucher = Product(5, "Vale-presente R$ 100", "VP-100", "Vales")
    return FakeCatalog(
        [
            Offer(shampoo, Money(Decimal("39.90")), Decimal(12)),
            Offer(base, Money(Decimal("36.90")), Decimal(0)),
            Offer(voucher, Money(Decimal("100.00")), None),
        ]
    )


def _real() -> OdooAccess:
    names = ("URL", "DATABASE", "LOGIN", "API_KEY")
    url, database, login, key = (os.environ.get(f"CHATWOOTAI_TEST_ODOO_{name}", "") for name in names)
    if not (url and database and login and key):
        pytest.skip("no real Odoo given in CHATWOOTAI_TEST_ODOO_URL, _DATABASE, _LOGIN and _API_KEY")
    return OdooAccess(url, database, login, key)


@pytest.fixture(params=["fake", "simulated Odoo 16", "simulated Odoo 18", "simulated Odoo 19", "real Odoo"])
async def catalog(request: pytest.FixtureRequest) -> AsyncIterator[Catalog]:
    if request.param == "fake":
        yield _fake()
        return
    async with aiohttp.ClientSession() as session:
        if request.param == "real Odoo":
            yield OdooCatalog(OdooClient(session, _real()), zone=ZONE)
            return
        dsn = request.getfixturevalue("odoo_database")
        async with running_odoo(dsn, series=int(request.param[-2:])) as odoo:
            yield OdooCatalog(OdooClient(session, odoo.access()), zone=ZONE)


async def test_products_come_by_name_and_each_once(catalog: Catalog) -> None:
    products = await catalog.products()
    assert products
    assert [product.name for product in products] == sorted(
        (product.name for product in products), key=str.casefold
    )
    assert len({product.id for product in products}) == len(products)


async def test_every_product_has_an_offer_with_a_price_in_the_currency_of_the_shop(catalog: Catalog) -> None:
    products = await catalog.products()
    offers = await catalog.offers([product.id for product in products])
    assert [offer.product for offer in offers] == list(products)
    assert {offer.price.currency for offer in offers} == {"BRL"}


async def test_offers_come_in_the_order_asked_and_each_once(catalog: Catalog) -> None:
    ids = [product.id for product in await catalog.products()][:3]
    asked = [ids[2], ids[0], ids[2], ids[1]]
    assert [offer.product.id for offer in await catalog.offers(asked)] == [ids[2], ids[0], ids[1]]


async def test_unknown_ids_are_left_out(catalog: Catalog) -> None:
    known = (await catalog.products())[0].id
    offers = await catalog.offers([UNKNOWN, known, 0, -1, 2**40])
    assert [offer.product.id for offer in offers] == [known]


async def test_nothing_asked_is_nothing_offered(catalog: Catalog) -> None:
    assert list(await catalog.offers([])) == []


async def test_what_can_be_promised_is_never_negative(catalog: Catalog) -> None:
    offers = await catalog.offers([product.id for product in await catalog.products()])
    assert all(offer.available is None or offer.available >= 0 for offer in offers)


async def test_the_sample_shampoo_costs_what_its_label_says(
    catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    if "real" in request.node.callspec.id:
        pytest.skip("a real shop sells other things")
    shampoo = await _offer_named(catalog, "Shampoo Hidratante Coco 300 ml")
    assert shampoo.price == Money(Decimal("39.90"), "BRL")
    assert shampoo.available == 12
    assert shampoo.product.code == "SH-COCO-300"
    assert shampoo.product.category == "Shampoos"


async def test_stock_that_is_not_kept_is_not_sold_out(
    catalog: Catalog, request: pytest.FixtureRequest
) -> None:
    if "real" in request.node.callspec.id:
        pytest.skip("a real shop sells other things")
    assert (await _offer_named(catalog, "Vale-presente R$ 100")).available is None


async def _offer_named(catalog: Catalog, name: str) -> Offer:
    id_ = next(product.id for product in await catalog.products() if product.name == name)
    (offer,) = await catalog.offers([id_])
    return offer
