"""What each port keeps, and what the change feed has it forget."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.fakes.catalog import FakeCatalog
from tests.fakes.customers import FakeCustomers
from tests.fakes.orders import FakeOrders
from tests.fakes.promotions import FakePromotions

from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.changes import Change, ChangeKind, ChangeListener
from chatwootai.domain.customers import Customers, NewCustomer
from chatwootai.domain.errors import BusinessRefusal, ServiceUnavailable
from chatwootai.domain.knowledge import Found, KnowledgeBase, Passage, PassageKind
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, Orders
from chatwootai.domain.promotions import Promotion, Promotions
from chatwootai.integrations.cache.catalog import CachedCatalog
from chatwootai.integrations.cache.customers import CachedCustomers
from chatwootai.integrations.cache.knowledge import CachedKnowledge
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.orders import CachedOrders
from chatwootai.integrations.cache.promotions import CachedPromotions
from chatwootai.integrations.cache.two_levels import TwoLevelCache

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
PRODUCT, PRICE, STOCK = ChangeKind.PRODUCT, ChangeKind.PRICE, ChangeKind.STOCK


def offer(id_: int, name: str, price: str, available: int = 5) -> Offer:
    return Offer(Product(id_, name), Money(Decimal(price)), Decimal(available))


def change(kind: ChangeKind, record: int) -> list[Change]:
    return [Change(kind, record, NOW)]


@pytest.fixture
async def cache() -> AsyncIterator[TwoLevelCache]:
    async with make_cache(None) as made:
        yield made


@pytest.fixture
def erp() -> FakeCatalog:
    return FakeCatalog([offer(1, "Creme", "39.90"), offer(2, "Sabonete", "12.35")])


async def test_offers_are_asked_once_for_each_customer_and_quantity(
    cache: TwoLevelCache, erp: FakeCatalog
) -> None:
    catalog = CachedCatalog(erp, cache, "bela")
    for _ in range(2):
        assert [found.product.id for found in await catalog.offers([2, 9, 1, 2])] == [2, 1]
    await catalog.offers([1], customer_id=5)
    await catalog.offers([1], quantity=Decimal(3))
    await catalog.offers([1, 2], quantity=Decimal("3.0"))
    assert erp.asked == [(2, 9, 1), (1,), (1,), (2,)]


@pytest.mark.parametrize(
    ("kind", "record", "offers", "stock"),
    [
        (PRODUCT, 1, (1,), (1,)),
        (PRICE, 1, (1,), ()),
        (PRICE, 0, (1, 2), ()),
        (STOCK, 1, (1,), (1,)),
        (STOCK, 9, (), ()),
    ],
)
async def test_a_change_has_what_it_concerns_asked_anew(
    cache: TwoLevelCache,
    erp: FakeCatalog,
    kind: ChangeKind,
    record: int,
    offers: tuple[int, ...],
    stock: tuple[int, ...],
) -> None:
    catalog = CachedCatalog(erp, cache, "bela")
    await catalog.offers([1, 2])
    await catalog.stock([1, 2])
    erp.asked.clear()
    await catalog.changed("vita", change(kind, record))
    await catalog.offers([1, 2])
    assert erp.asked == []
    await catalog.changed("bela", change(kind, record))
    await catalog.offers([1, 2])
    await catalog.stock([1, 2])
    assert erp.asked == [asked for asked in (offers, stock) if asked]


async def test_names_and_searches_are_kept_until_a_product_changes(
    cache: TwoLevelCache, erp: FakeCatalog
) -> None:
    catalog = CachedCatalog(erp, cache, "bela")

    async def seen() -> tuple[int, int]:
        return len(await catalog.products()), len(await catalog.search("e"))

    assert await seen() == (2, 2)
    erp.fail_next(ServiceUnavailable("odoo", "away"))
    assert await seen() == (2, 2)
    await catalog.changed("bela", [*change(PRICE, 1), *change(STOCK, 2)])
    assert await seen() == (2, 2)
    await catalog.changed("bela", change(PRODUCT, 1))
    with pytest.raises(ServiceUnavailable):
        erp.fail_next(ServiceUnavailable("odoo", "away"))
        await seen()


async def test_p12_the_catalogues_of_two_accounts_never_meet(cache: TwoLevelCache, erp: FakeCatalog) -> None:
    other = FakeCatalog([offer(1, "Consulta", "250.00")])
    bela, vita = CachedCatalog(erp, cache, "bela"), CachedCatalog(other, cache, "vita")
    for _ in range(2):
        names = [(await catalog.offers([1]))[0].product.name for catalog in (bela, vita)]
        assert names == ["Creme", "Consulta"]


async def test_quotes_are_kept_and_everything_else_of_orders_goes_through(
    cache: TwoLevelCache, erp: FakeCatalog
) -> None:
    inner = FakeOrders(erp)
    orders = CachedOrders(inner, cache, "bela")
    items = [Item(1, Decimal(2)), Item(2)]
    first = await orders.quote(items)
    assert await orders.quote(items) is first
    assert (await orders.quote([Item(1, Decimal(20))])).total != first.total
    for kind in (PRICE, PRODUCT):
        await orders.changed("bela", change(kind, 1))
        again = await orders.quote(items)
        assert again == first
        assert again is not first
    with pytest.raises(BusinessRefusal):
        await orders.quote([Item(9)])
    drafted = await orders.draft("key", 5, items)
    confirmed = await orders.confirm(drafted.id)
    assert await orders.find("key") == await orders.get(drafted.id) == confirmed
    assert list(await orders.of_customer(5)) == [confirmed]
    await orders.cancel(drafted.id)
    assert list(await orders.of_customer(5)) == inner.all()


async def test_customers_are_kept_but_never_that_there_is_nobody(cache: TwoLevelCache) -> None:
    inner = FakeCustomers()
    customers = CachedCustomers(inner, cache, "bela")
    phone = "+5511987654321"
    assert list(await customers.by_phone(phone)) == []
    entered = inner.enter(NewCustomer("Maria", phone))
    assert list(await customers.by_phone(phone)) == [entered]
    inner.enter(NewCustomer("João", phone))
    assert list(await customers.by_phone(phone)) == [entered]
    made = await customers.create("key", NewCustomer("Ana", phone))
    assert made in await customers.by_phone(phone)


async def test_promotions_of_a_day_are_kept_and_points_are_not(cache: TwoLevelCache) -> None:
    inner = FakePromotions([Promotion(1, "Natal", "")])
    promotions = CachedPromotions(inner, cache, "bela")
    day = date(2026, 12, 1)
    assert len(await promotions.valid_on(day)) == 1
    inner.add(Promotion(2, "Verão", ""))
    assert len(await promotions.valid_on(day)) == 1
    assert len(await promotions.valid_on(date(2026, 12, 2))) == 2
    await promotions.changed("bela", change(PRICE, 0))
    assert len(await promotions.valid_on(day)) == 2
    assert await promotions.points(5) is None
    inner.cards.append((5, Decimal(10)))
    assert await promotions.points(5) == 10


class Shelves:
    """A knowledge base that finds the number of times it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        del kinds, only_in_stock, limit
        self.asked += 1
        return [Found(Passage(str(self.asked), PassageKind.FAQ, text), 1.0)]


async def test_searches_of_passages_are_kept_until_a_product_changes_or_the_index_was_written(
    cache: TwoLevelCache,
) -> None:
    inner = Shelves()
    knowledge = CachedKnowledge(inner, cache, "bela")
    kinds = [PassageKind.FAQ, PassageKind.POLICY]
    for _ in range(2):
        await knowledge.search("troca", kinds=kinds)
        await knowledge.search(" troca ", kinds=kinds[::-1])
    assert inner.asked == 1
    await knowledge.search("troca", kinds=kinds, only_in_stock=True)
    await knowledge.search("troca", kinds=kinds, limit=3)
    await knowledge.search("troca")
    assert inner.asked == 4
    await knowledge.changed("bela", change(STOCK, 1))
    await knowledge.search("troca")
    assert inner.asked == 4
    await knowledge.changed("bela", change(PRODUCT, 1))
    await knowledge.search("troca")
    await knowledge.forget()
    await knowledge.search("troca")
    assert inner.asked == 6


def _keep_to_their_ports(
    catalog: CachedCatalog,
    orders: CachedOrders,
    customers: CachedCustomers,
    promotions: CachedPromotions,
    knowledge: CachedKnowledge,
) -> tuple[Catalog, Orders, Customers, Promotions, KnowledgeBase, Sequence[ChangeListener]]:
    listeners = (catalog, orders, promotions, knowledge)
    return catalog, orders, customers, promotions, knowledge, listeners
