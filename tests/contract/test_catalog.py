"""What every catalogue keeps to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, ZONE
from tests.contract.shops import CACHED, FAKE, UNKNOWN, Shop, add_product, shop_of
from tests.fixtures.odoo_shop import Value

from chatwootai.domain.catalog import StockLevel
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.catalog import OdooCatalog

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

MANY = 40
"""More offers than this at once would ask a real Odoo for its prices for too long."""


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, CACHED, *ODOOS])
async def shop(request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    async with shop_of(request) as found:
        yield found


def word() -> str:
    """A word that is in no other product's name."""
    return "zq" + "".join(chr(ord("a") + int(sign, 16)) for sign in uuid.uuid4().hex[:8])


def unread(shop: Shop) -> OdooCatalog:
    """A catalogue that has no names yet."""
    return OdooCatalog(shop.client(), zone=ZONE)


async def price(shop: Shop, product: int, quantity: str = "1", customer: int | None = None) -> Decimal:
    (offer,) = await shop.catalog.offers([product], customer_id=customer, quantity=Decimal(quantity))
    return offer.price.amount


async def test_products_come_by_name_and_each_once(shop: Shop) -> None:
    products = await shop.catalog.products()
    assert {shop.soap, shop.cream} <= {product.id for product in products}
    assert [product.name for product in products] == sorted((p.name for p in products), key=str.casefold)
    assert len({product.id for product in products}) == len(products)


async def test_every_product_has_an_offer_with_a_price_in_the_currency_of_the_shop(shop: Shop) -> None:
    products = (await shop.catalog.products())[:MANY]
    offers = await shop.catalog.offers([product.id for product in products])
    assert [offer.product for offer in offers] == list(products)
    assert {offer.price.currency for offer in offers} == {"BRL"}
    assert all(offer.available is None or offer.available >= 0 for offer in offers)


async def test_offers_and_stock_come_in_the_order_asked_each_once_and_without_the_unknown(shop: Shop) -> None:
    asked = [UNKNOWN, shop.soap, shop.cream, shop.soap, 0, -1, 2**40]
    for order in (asked, asked[::-1]):
        known = list(dict.fromkeys(id_ for id_ in order if id_ in (shop.soap, shop.cream)))
        assert [offer.product.id for offer in await shop.catalog.offers(order)] == known
        assert [level.product.id for level in await shop.catalog.stock(order)] == known
    assert list(await shop.catalog.offers([])) == []
    assert list(await shop.catalog.stock([])) == []


async def test_stock_is_told_alike_with_and_without_a_price(shop: Shop) -> None:
    offers = await shop.catalog.offers([shop.soap, shop.cream])
    assert list(await shop.catalog.stock([shop.soap, shop.cream])) == [
        StockLevel(offer.product, offer.available, offer.expected, offer.shortfall) for offer in offers
    ]
    assert all(offer.available and not offer.shortfall for offer in offers)


async def test_an_offer_costs_what_a_quote_costs(shop: Shop) -> None:
    for customer, quantity in ((None, 1), (shop.maria, 1), (shop.maria, 12)):
        items = [Item(shop.soap, Decimal(quantity)), Item(shop.cream, Decimal(quantity))]
        quote = await shop.orders.quote(items, customer_id=customer)
        offers = await shop.catalog.offers(
            [shop.soap, shop.cream], customer_id=customer, quantity=Decimal(quantity)
        )
        assert [offer.price for offer in offers] == [line.unit_price for line in quote.lines]


async def test_a_product_is_found_by_a_part_of_its_name_whatever_its_case(shop: Shop) -> None:
    (soap,) = await shop.catalog.stock([shop.soap])
    for text in (soap.product.name, soap.product.name.upper(), f" {soap.product.name[1:]} "):
        assert shop.soap in [product.id for product in await shop.catalog.search(text, limit=50)]
    assert len(await shop.catalog.search(soap.product.name[:3], limit=1)) <= 1


async def test_what_nobody_sells_is_not_found(shop: Shop) -> None:
    for text in (word(), "%%%", "_" * 40):
        assert list(await shop.catalog.search(text)) == []


async def test_a_code_is_found_first_and_a_barcode_too(shop: Shop) -> None:
    rows, code, barcode = shop.tables(), word().upper(), str(uuid.uuid4().int)[:13]
    named = add_product(rows, f"Suporte para {code}", "10.00")
    coded = add_product(rows, "Aparelho", "10.00", default_code=code, barcode=barcode)
    found = [product.id for product in await shop.catalog.search(code.lower())]
    assert found == [coded, named]
    assert [product.id for product in await shop.catalog.search(barcode)] == [coded]


async def test_accents_and_words_between_do_not_matter(shop: Shop) -> None:
    rows, own = shop.tables(), word()
    product = add_product(rows, f"Água Micelar Óleo {own}", "10.00")
    plain = add_product(rows, f"Sabao {own}", "10.00")
    catalog = unread(shop)
    for text, wanted in (
        (f"agua micelar oleo {own}", product),
        (f"AGUA {own.upper()}", product),
        (f"óleo água {own}", product),
        (f"sabão {own}", plain),
    ):
        assert [found.id for found in await catalog.search(text)] == [wanted]


async def test_an_english_name_finds_what_is_told_in_portuguese(shop: Shop) -> None:
    rows, own = shop.tables(), word()
    product = add_product(rows, "Secador", "10.00", name_en=f"Hair dryer {own}")
    (found,) = await unread(shop).search(f"hair dryer {own}")
    assert found.id == product
    assert found.name.startswith("Secador")


async def test_stock_that_is_not_kept_is_not_sold_out(shop: Shop) -> None:
    voucher = add_product(shop.tables(), "Vale-presente", "100.00", units=0, is_storable=False)
    (offer,) = await shop.catalog.offers([voucher])
    assert (offer.available, offer.expected) == (None, None)
    assert offer.price == offer.regular == Money(Decimal(100))


async def test_what_is_archived_or_not_for_sale_is_not_offered(shop: Shop) -> None:
    rows = shop.tables()
    hidden = [
        add_product(rows, "Antigo", "10.00", active=False),
        add_product(rows, "Interno", "10.00", sale_ok=False),
    ]
    assert list(await shop.catalog.offers(hidden)) == []
    assert not set(hidden) & {product.id for product in await unread(shop).products()}


async def test_the_price_is_that_of_the_customer_s_list_for_the_quantity_and_the_day(shop: Shop) -> None:
    rows = shop.tables()
    product = add_product(rows, "Sabonete", "10.00")
    wholesale = rows.price_list("Atacado", sequence=99)
    maria = rows.customer(price_list_id=wholesale)
    now = datetime.now(ZONE)
    own: dict[str, Value] = {"price_list_id": wholesale, "applied_on": "1_product", "product_id": product}
    rows.add("public.price_list_items", **own, min_quantity=10, fixed_price=Decimal("7.45"))
    rows.add("public.price_list_items", **own, min_quantity=100, fixed_price=Decimal("5.10"))
    past, today, to_come = (
        rows.add(
            "public.price_list_items",
            **own,
            compute_price="percentage",
            percent_price=Decimal(percent),
            date_start=(now + timedelta(days=begin)).isoformat(),
            date_end=(now + timedelta(days=begin + 2)).isoformat(),
        )
        for begin, percent in ((-9, "50"), (-1, "12.5"), (9, "60"))
    )
    assert await price(shop, product) == Decimal("10.00")
    assert await price(shop, product, "10", rows.customer()) == Decimal("10.00")
    told = [await price(shop, product, quantity, maria) for quantity in ("1", "9", "10", "99", "100")]
    assert told == [Decimal(text) for text in ("8.75", "8.75", "7.45", "7.45", "5.10")]
    (offer,) = await shop.catalog.offers([product], customer_id=maria, quantity=Decimal(10))
    assert offer.regular == Money(Decimal(10))
    rows.change("public.price_list_items", today, percent_price=Decimal(20))
    assert await price(shop, product, "1", maria) == Decimal("8.00")
    assert len({past, today, to_come}) == 3


async def test_what_is_short_tells_the_shop_s_day_of_the_next_arrival(shop: Shop) -> None:
    rows = shop.tables()
    product = add_product(rows, "Raro", "10.00", units=2)
    warehouse = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = 1")
    assert isinstance(warehouse, int)
    late = datetime.now(ZONE).replace(hour=23, minute=30, second=0, microsecond=0) + timedelta(days=3)
    for number, at in enumerate((late + timedelta(days=5), late)):
        picking = rows.add(
            "erp.pickings",
            company_id=1,
            name=f"WH/IN/{word()}{number}",
            kind="incoming",
            partner_id=shop.maria,
            scheduled_at=at.isoformat(),
        )
        rows.add(
            "erp.moves", picking_id=picking, product_id=product, warehouse_id=warehouse, quantity=Decimal(9)
        )
    (enough,) = await shop.catalog.offers([product])
    (short,) = await shop.catalog.offers([product], quantity=Decimal(3))
    assert (enough.available, enough.expected) == (Decimal(2), None)
    assert (short.available, short.expected) == (Decimal(2), late.date())


async def test_what_orders_lack_is_the_shortfall_and_nothing_is_left(shop: Shop) -> None:
    product = add_product(shop.tables(), "Raro", "10.00", units=5)
    for _ in range(3):
        await shop.orders.confirm((await shop.draft(Item(product, Decimal(3)))).id)
    (level,) = await shop.catalog.stock([product])
    assert (level.available, level.shortfall) == (Decimal(0), Decimal(4))


async def test_p12_another_company_s_products_are_nobody_s(shop: Shop) -> None:
    other, own = replace(shop.tables(), company=2), word()
    product = add_product(other, f"Cadeira {own}", "10.00")
    catalog = unread(shop)
    assert list(await catalog.offers([product])) == []
    assert list(await catalog.stock([product])) == []
    assert list(await catalog.search(own)) == []
    assert product not in [known.id for known in await catalog.products()]
