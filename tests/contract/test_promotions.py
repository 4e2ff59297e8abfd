"""What all promotions keep to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, ZONE, OdooUnderTest, odoo_under_test
from tests.contract.shops import FAKE, UNKNOWN, add_product
from tests.fakes.promotions import FakePromotions
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.money import Money
from chatwootai.domain.promotions import Promotion, Promotions
from chatwootai.integrations.odoo.promotions import OdooPromotions

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

TODAY = datetime.now(ZONE).date()
DAY = timedelta(days=1)


@dataclass(slots=True)
class Offers:
    """`add` is what people do in the ERP; skips the test where a seller may not."""

    promotions: Promotions
    fake: FakePromotions | None = None
    odoo: OdooUnderTest | None = None

    def rows(self, company: int = 1) -> Rows:
        if self.odoo is None or self.odoo.dsn is None:
            pytest.skip("only a simulation lets a test prepare this")
        return Rows(self.odoo.dsn, company)

    def add(
        self,
        code: str | None,
        *,
        percent: str | None = None,
        amount: str | None = None,
        minimum: str | None = None,
        begin: date | None = None,
        end: date | None = None,
    ) -> Promotion:
        wanted = Promotion(
            id=uuid.uuid4().int % 10**9,
            name=f"Promoção {uuid.uuid4().hex[:8]}",
            description="Desconto no seu pedido",
            code=code or "",
            percent=Decimal(percent) if percent else None,
            amount=Money(Decimal(amount)) if amount else None,
            minimum=Money(Decimal(minimum)) if minimum else None,
            valid_from=begin,
            valid_until=end,
        )
        if self.fake is not None:
            return self.fake.add(wanted)
        rows = self.rows()
        added = rows.coupon(
            add_product(rows, "Desconto", "0.00", sale_ok=False),
            code,
            name=wanted.name,
            description=wanted.description,
            discount=Decimal(percent or amount or 0),
            discount_mode="percent" if percent else "per_order",
            minimum_amount=Decimal(minimum or 0),
            valid_from=begin.isoformat() if begin else None,
            valid_until=end.isoformat() if end else None,
        )
        return replace(wanted, id=added)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def offers(request: pytest.FixtureRequest) -> AsyncIterator[Offers]:
    if request.param == FAKE:
        fake = FakePromotions()
        yield Offers(fake, fake=fake)
        return
    async with odoo_under_test(request) as odoo:
        yield Offers(OdooPromotions(odoo.client), odoo=odoo)


def code() -> str:
    return uuid.uuid4().hex[:8].upper()


async def test_promotions_come_by_name_each_once_and_take_off_one_thing(offers: Offers) -> None:
    found = await offers.promotions.valid_on(TODAY)
    assert [p.name for p in found] == sorted((p.name for p in found), key=str.casefold)
    assert len({p.id for p in found}) == len(found)
    for promotion in found:
        assert (promotion.percent is None) is not (promotion.amount is None)
        assert (promotion.valid_from or TODAY) <= TODAY <= (promotion.valid_until or TODAY)


async def test_percent_amount_and_minimum_are_told(offers: Offers) -> None:
    added = [
        offers.add(code(), percent="12.5"),
        offers.add(code(), amount="15", minimum="99.90"),
        offers.add(None, percent="5"),
    ]
    found = {promotion.id: promotion for promotion in await offers.promotions.valid_on(TODAY)}
    assert [found.get(promotion.id) for promotion in added] == added


async def test_a_promotion_is_valid_from_its_first_day_to_its_last(offers: Offers) -> None:
    if offers.odoo is not None and (await offers.odoo.client.series()).number < 17:
        pytest.skip("Odoo 16 has no first day")
    days = offers.add(code(), percent="10", begin=TODAY - DAY, end=TODAY + DAY)
    for passed in range(-3, 4):
        found = [promotion.id for promotion in await offers.promotions.valid_on(TODAY + passed * DAY)]
        assert (days.id in found) is (abs(passed) <= 1)


async def test_an_expired_promotion_is_left_out(offers: Offers) -> None:
    expired, last = (
        offers.add(code(), percent="10", end=TODAY - DAY),
        offers.add(code(), percent="10", end=TODAY),
    )
    found = [promotion.id for promotion in await offers.promotions.valid_on(TODAY)]
    assert expired.id not in found
    assert last.id in found


async def test_an_exhausted_promotion_is_left_out(offers: Offers) -> None:
    added = offers.add(code(), percent="10")
    if offers.fake is not None:
        offers.fake.exhausted.add(added.id)
    else:
        rows = offers.rows()
        rows.change("public.coupons", added.id, max_usage=1)
        assert added.id in [promotion.id for promotion in await offers.promotions.valid_on(TODAY)]
        order = rows.order(rows.customer(), status="sale")
        rows.line(order, add_product(rows, "Sabonete", "10.00"), -1, "1.00", coupon_id=added.id)
    assert added.id not in [promotion.id for promotion in await offers.promotions.valid_on(TODAY)]


async def test_points_are_those_of_all_cards_and_none_without_one(offers: Offers) -> None:
    assert await offers.promotions.points(UNKNOWN) is None
    if offers.fake is not None:
        offers.fake.cards += [(7, Decimal("12.5")), (7, Decimal(30)), (8, Decimal(1))]
        assert await offers.promotions.points(7) == Decimal("42.5")
        return
    rows = offers.rows()
    program = rows.coupon(add_product(rows, "Pontos", "0.00"), None, program_type="loyalty")
    maria = rows.customer()
    assert await offers.promotions.points(maria) is None
    for points in ("12.5", "30"):
        rows.add(
            "erp.loyalty_cards", coupon_id=program, partner_id=maria, points=Decimal(points), code=code()
        )
    assert await offers.promotions.points(maria) == Decimal("42.5")
    assert program not in [promotion.id for promotion in await offers.promotions.valid_on(TODAY)]


async def test_p12_another_company_s_promotions_are_not_told(offers: Offers) -> None:
    other = offers.rows(company=2)
    added = other.coupon(add_product(other, "Desconto", "0.00"), code())
    assert added not in [promotion.id for promotion in await offers.promotions.valid_on(TODAY)]
