"""What every change feed keeps to: the fake, the simulated Odoo over HTTP, and a real one where given.

A look may tell more than what a test changed: the same again, or what others do on a real server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, SIMULATED, OdooUnderTest, odoo_under_test
from tests.fakes.changes import FakeFeed
from tests.fixtures.odoo import BELA
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.changes import Change, ChangeFeed, ChangeKind
from chatwootai.domain.errors import IntegrationError
from chatwootai.integrations.odoo.changes import EVERY_PRICE, OdooChangeFeed
from chatwootai.integrations.odoo.feed_position import OVERLAP, Position, parsed
from chatwootai.integrations.odoo.values import created

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

FAKE = "the fake"
PRODUCT = "product.product"


@dataclass(slots=True)
class Shop:
    """A feed, and somebody who changes products without telling it."""

    feed: ChangeFeed
    odoo: OdooUnderTest | None = None
    fake: FakeFeed | None = None
    _names: list[int] = field(default_factory=list)

    async def product(self) -> int:
        """A new product."""
        if self.odoo is None:
            self._names.append(len(self._names) + 1)
            await self.rename(self._names[-1])
            return self._names[-1]
        if self.odoo.dsn is not None:
            rows = Rows(self.odoo.dsn)
            return rows.product(
                "Novidade", "10.00", int(str(rows.value("SELECT min(id) FROM erp.categories")))
            )
        try:
            made = await self.odoo.client.write(PRODUCT, "create", vals_list={"name": self.odoo.key()})
        except IntegrationError as error:
            pytest.skip(f"this user may not create products: {error}")
        return self.odoo.remember(PRODUCT, created(made))

    async def rename(self, product: int) -> None:
        if self.fake is not None:
            self.fake.happened.append(Change(ChangeKind.PRODUCT, product, datetime.now(UTC)))
        elif self.odoo is not None and self.odoo.dsn is not None:
            Rows(self.odoo.dsn).change("public.products", product, name=self.odoo.key())
        elif self.odoo is not None:
            await self.odoo.client.write(PRODUCT, "write", [product], vals={"name": self.odoo.key()})


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def odoo(request: pytest.FixtureRequest) -> AsyncIterator[OdooUnderTest | None]:
    if request.param == FAKE:
        yield None
        return
    async with odoo_under_test(request) as found:
        yield found


@pytest.fixture
def shop(odoo: OdooUnderTest | None) -> Shop:
    if odoo is None:
        fake = FakeFeed()
        return Shop(fake, fake=fake)
    return Shop(OdooChangeFeed(odoo.client), odoo)


async def test_a_feed_begins_now(shop: Shop) -> None:
    old = await shop.product()
    begun = await shop.feed.since(None)
    assert begun.items == ()
    new = await shop.product()
    assert new in told(await changes_since(shop, begun.position))
    assert old != new


async def test_what_changes_is_told_by_time(shop: Shop) -> None:
    product = await shop.product()
    position = (await shop.feed.since(None)).position
    await shop.rename(product)
    first = await shop.feed.since(position)
    assert product in told(first.items)
    assert all(change.changed_at.tzinfo for change in first.items)
    assert list(first.items) == sorted(first.items, key=lambda change: change.changed_at)


async def test_two_changes_within_a_second_are_both_told(shop: Shop) -> None:
    product, other = await shop.product(), await shop.product()
    position = (await shop.feed.since(None)).position
    for renamed in (product, other, product, product):
        await shop.rename(renamed)
        look = await shop.feed.since(position)
        assert renamed in told(look.items)
        position = look.position


async def test_a_position_may_be_used_again(shop: Shop) -> None:
    product = await shop.product()
    position = (await shop.feed.since(None)).position
    await shop.rename(product)
    for _ in range(2):
        assert product in told(await changes_since(shop, position))


@pytest.mark.parametrize("position", ["dois", '{"format":99}'])
async def test_a_position_that_nobody_understands_has_everything_told(shop: Shop, position: str) -> None:
    """Another version of the program wrote it: nothing is missed, and the worker of all accounts goes on."""
    product = await shop.product()
    look = await shop.feed.since(position)
    assert product in told(look.items)
    await shop.feed.since(look.position)


# What only the tables behind the simulation can show.


@dataclass(slots=True)
class Simulated:
    feed: OdooChangeFeed
    rows: Rows

    def product(self, *, ago: float = 0.0, name: str = "Novidade") -> int:
        """A product that a transaction of some seconds ago wrote."""
        category = int(str(self.rows.value("SELECT min(id) FROM erp.categories")))
        at = (datetime.now(UTC) - timedelta(seconds=ago)).isoformat()
        return self.rows.product(name, "10.00", category, updated_at=at)

    def price(self, **values: str | int) -> None:
        price_list = self.rows.price_list("Atacado")
        self.rows.add("public.price_list_items", price_list_id=price_list, **values)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=SIMULATED)
async def simulation(request: pytest.FixtureRequest) -> AsyncIterator[OdooUnderTest]:
    async with odoo_under_test(request) as odoo:
        yield odoo


@pytest.fixture
def simulated(simulation: OdooUnderTest) -> Simulated:
    return simulated_by(simulation)


@pytest_asyncio.fixture(loop_scope="module", params=SIMULATED)
async def unshared(request: pytest.FixtureRequest) -> AsyncIterator[Simulated]:
    """For a test that counts all that is told, or changes what its user may."""
    async with odoo_under_test(request) as odoo:
        yield simulated_by(odoo)


def simulated_by(odoo: OdooUnderTest) -> Simulated:
    assert odoo.dsn is not None
    return Simulated(OdooChangeFeed(odoo.client), Rows(odoo.dsn))


async def test_a_change_that_commits_late_with_an_earlier_time_is_told(simulated: Simulated) -> None:
    slow, quick = simulated.product(ago=10), simulated.product(ago=10)
    position = (await simulated.feed.since(None)).position
    with psycopg.connect(simulated.rows.dsn) as connection:
        connection.execute("UPDATE public.products SET name = 'Lento' WHERE id = %s", (slow,))
        simulated.rows.change("public.products", quick, name="Rápido")
        look = await simulated.feed.since(position)
        assert slow not in told(look.items)
        assert quick in told(look.items)
        connection.commit()
    assert slow in told((await simulated.feed.since(look.position)).items)


async def test_what_appears_nearly_two_minutes_late_is_told_once(simulated: Simulated) -> None:
    simulated.product()
    position = (await simulated.feed.since(None)).position
    late = simulated.product(ago=100)
    look = await simulated.feed.since(position)
    assert told(look.items) >= {late}
    assert late not in told((await simulated.feed.since(look.position)).items)


async def test_what_was_told_is_told_again_when_its_second_is_over_for_good_and_then_never(
    simulated: Simulated,
) -> None:
    product = simulated.product(ago=200)
    now = datetime.now(UTC)
    at = next(
        change.changed_at
        for change in (await simulated.feed.since(str(Position(now - OVERLAP, now - OVERLAP)))).items
        if change.record == product
    )
    then = at + timedelta(seconds=50)
    before = Position(then, then, {PRODUCT: {int(at.timestamp()): frozenset({product})}})
    settled = await simulated.feed.since(str(before))
    assert product in told(settled.items)
    again = replace(parsed(settled.position), newest=then, told=before.told)
    assert product not in told((await simulated.feed.since(str(again))).items)


async def test_more_rows_than_a_page_of_one_second_are_told_once_each(unshared: Simulated) -> None:
    position = (await unshared.feed.since(None)).position
    with psycopg.connect(unshared.rows.dsn) as connection:
        connection.execute(
            "INSERT INTO public.products (name, category_id, currency, company_id)"
            " SELECT 'Importado ' || n, (SELECT min(id) FROM erp.categories), 'BRL', 1"
            " FROM generate_series(1, 2300) n"
        )
    look = await unshared.feed.since(position)
    records = [change.record for change in look.items if change.kind is ChangeKind.PRODUCT]
    assert len(records) == len(set(records)) >= 2300
    assert len(look.position) < 1000


async def test_archived_products_are_told(simulated: Simulated) -> None:
    product = simulated.product()
    position = (await simulated.feed.since(None)).position
    simulated.rows.change("public.products", product, active=False)
    assert product in told((await simulated.feed.since(position)).items)


async def test_stock_is_told_by_its_product_once_for_all_its_places(unshared: Simulated) -> None:
    product = unshared.product()
    position = (await unshared.feed.since(None)).position
    for name in ("Loja", "Depósito"):
        unshared.rows.stock(product, unshared.rows.warehouse(name), 5)
    items = (await unshared.feed.since(position)).items
    stock = [change for change in items if change.kind is ChangeKind.STOCK]
    assert {change.record for change in stock} == {product}
    assert len(stock) == len({change.changed_at for change in stock})


async def test_a_price_rule_is_told_by_its_product_or_as_perhaps_every_price(unshared: Simulated) -> None:
    template, variant = unshared.product(), unshared.product()
    position = (await unshared.feed.since(None)).position
    unshared.price(applied_on="1_product", product_id=template, fixed_price=9)
    unshared.price(applied_on="0_product_variant", product_id=variant, fixed_price=9)
    look = await unshared.feed.since(position)
    prices = {change.record for change in look.items if change.kind is ChangeKind.PRICE}
    assert prices == {template, variant}
    unshared.price(applied_on="3_global", compute_price="percentage", percent_price=5)
    look = await unshared.feed.since(look.position)
    assert EVERY_PRICE in {change.record for change in look.items if change.kind is ChangeKind.PRICE}


async def test_what_the_user_may_not_read_is_left_out_and_the_rest_is_told(unshared: Simulated) -> None:
    product = unshared.product()
    unshared.rows.groups_of(BELA.login, "internal")
    position = (await unshared.feed.since(None)).position
    unshared.rows.stock(product, unshared.rows.warehouse("Loja"), 5)
    unshared.rows.change("public.products", product, name="Outro nome")
    items = (await unshared.feed.since(position)).items
    assert product in told(items)
    assert {change.kind for change in items} == {ChangeKind.PRODUCT}


async def test_products_of_another_company_are_not_told(simulated: Simulated) -> None:
    position = (await simulated.feed.since(None)).position
    foreign = replace(simulated, rows=Rows(simulated.rows.dsn, company=2)).product()
    assert foreign not in told((await simulated.feed.since(position)).items)


def told(changes: Iterable[Change]) -> set[int]:
    """The products that were told to have changed."""
    return {change.record for change in changes if change.kind is ChangeKind.PRODUCT}


async def changes_since(shop: Shop, position: str) -> tuple[Change, ...]:
    return (await shop.feed.since(position)).items
