"""Coupons on drafts: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, ZONE
from tests.contract.shops import FAKE, Shop, add_product, shop_of
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal
from chatwootai.domain.orders import Order, OrderState
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.odoo.promotions import OdooPromotions
from chatwootai.integrations.odoo.values import created

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def shop(request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    async with shop_of(request) as found:
        yield found


async def coupon_of(shop: Shop) -> str:
    """A code for 10 % off; in a real Odoo some code for any order, for sellers may not make one."""
    code = f"DEZ{uuid.uuid4().hex[:6].upper()}"
    if shop.fake is not None:
        shop.fake.coupons[code] = Decimal(10)
        return code
    if shop.rows is not None:
        add_coupon(shop.rows, code)
        return code
    for promotion in await OdooPromotions(shop.client()).valid_on(datetime.now(ZONE).date()):
        if promotion.code and promotion.minimum is None and await is_for_any_order(shop, promotion.id):
            return promotion.code
    pytest.skip("this Odoo has no code that anybody may use on any order")


async def is_for_any_order(shop: Shop, program: int) -> bool:
    conditions: dict[str, list[object]] = {
        "loyalty.program": [["id", "=", program], ["limit_usage", "=", False]],
        "loyalty.rule": [["program_id", "=", program], ["product_ids", "=", False], ["minimum_qty", "<=", 1]],
        "loyalty.reward": [["program_id", "=", program], ["discount_applicability", "=", "order"]],
    }
    for model, domain in conditions.items():
        if not await shop.client().read(model, "search", domain=domain, limit=1):
            return False
    return True


def add_coupon(rows: Rows, code: str | None, **more: str | int) -> int:
    return rows.coupon(add_product(rows, "Desconto", "0.00", sale_ok=False), code, **more)


async def refused(shop: Shop, code: str, key: str = "") -> Refusal:
    with pytest.raises(BusinessRefusal) as error:
        await shop.draft(key=key or shop.key(), coupon=code)
    return error.value.reason


def discounts(order: Order) -> list[Decimal]:
    return [line.subtotal.amount for line in order.lines if line.is_discount]


async def test_a_coupon_takes_off_what_it_says_in_a_line_of_its_own(shop: Shop) -> None:
    plain = await shop.orders.quote(shop.basket(), customer_id=shop.maria)
    draft = await shop.draft(coupon=await coupon_of(shop))
    off = sum(discounts(draft))  # a line for each rate of taxes
    assert off < 0
    assert draft.total.amount == plain.total.amount + off
    if shop.rows is not None:
        assert -off == round(plain.total.amount / 10, 2)
    confirmed = await shop.orders.confirm(draft.id)
    assert (confirmed.total, confirmed.lines) == (draft.total, draft.lines)


async def test_the_same_key_and_coupon_take_off_once(shop: Shop) -> None:
    key, code = shop.key(), await coupon_of(shop)
    drafts = [await shop.draft(key=key, coupon=code) for _ in range(2)]
    drafts += await asyncio.gather(*(shop.draft(key=key, coupon=code) for _ in range(2)))
    assert discounts(drafts[0])
    assert all(draft == drafts[0] for draft in drafts)


async def test_an_unknown_code_leaves_no_draft_and_its_key_free(shop: Shop) -> None:
    key = shop.key()
    assert await refused(shop, "NUNCA-EXISTIU", key) is Refusal.COUPON_INVALID
    left = await shop.orders.find(key)
    assert left is None or left.state is OrderState.CANCELLED
    draft = await shop.draft(key=key)
    assert (draft.state, discounts(draft)) == (OrderState.DRAFT, [])
    assert draft.id not in [order.id for order in await shop.orders.of_customer(shop.maria)]


async def test_customers_write_codes_in_small_letters(shop: Shop) -> None:
    shop.client()
    code = await coupon_of(shop)
    assert discounts(await shop.draft(coupon=f" {code.lower()} "))


@pytest.mark.parametrize("why", ["expired", "not yet", "used up", "minimum"])
async def test_a_code_that_exists_is_refused_for_what_it_asks(shop: Shop, why: str) -> None:
    rows, code = shop.tables(), f"NAO{uuid.uuid4().hex[:6].upper()}"
    today = datetime.now(ZONE).date()
    asks: dict[str, dict[str, str | int]] = {
        "expired": {"valid_until": (today - timedelta(days=1)).isoformat()},
        "not yet": {"valid_from": (today + timedelta(days=1)).isoformat()},
        "used up": {"max_usage": 1},
        "minimum": {"minimum_amount": 100_000},
    }
    add_coupon(rows, code, **asks[why])
    if why == "used up":
        first = await shop.draft(coupon=code)
        await shop.orders.confirm(first.id)
    key = shop.key()
    assert await refused(shop, code, key) is Refusal.COUPON_NOT_APPLICABLE
    assert await shop.orders.find(key) is None


async def test_a_promotion_that_applies_by_itself_does_not_stand_in_the_way_of_a_code(shop: Shop) -> None:
    rows, code = shop.tables(), await coupon_of(shop)
    promotion = add_coupon(rows, None, discount=5)
    try:
        draft = await shop.draft(coupon=code)
        on_it = rows.value(
            "SELECT string_agg(c.code, ',') FROM public.order_items i"
            " JOIN public.coupons c ON c.id = i.coupon_id WHERE i.order_id = %s",
            draft.id,
        )
        assert on_it == code
        assert await refused(shop, "NUNCA-EXISTIU") is Refusal.COUPON_INVALID
    finally:
        rows.change("public.coupons", promotion, active=False)


async def test_p4_a_draft_that_lacks_its_coupon_gets_it_the_next_time(shop: Shop) -> None:
    client, code = shop.client(), await coupon_of(shop)
    expected = discounts(await shop.draft(coupon=code))
    draft = await shop.draft()
    whole = await shop.draft(key=draft.key, coupon=code)
    assert whole.id == draft.id
    assert discounts(whole) == expected
    # The code was entered, and its answer was lost before the discount was claimed.
    half = await shop.draft()
    values = {"order_id": half.id, "coupon_code": code}
    wizard = created(await client.write("sale.loyalty.coupon.wizard", "create", vals_list=values))
    await client.write("sale.loyalty.coupon.wizard", "action_apply", [wizard])
    whole = await shop.draft(key=half.key, coupon=code)
    assert whole.id == half.id
    assert discounts(whole) == expected


@pytest.mark.parametrize("lost", ["create", "action_apply", "action_open_reward_wizard"])
async def test_p4_a_lost_answer_leaves_what_the_next_call_completes(shop: Shop, lost: str) -> None:
    shop.client()
    assert shop.odoo is not None
    key, code = shop.key(), await coupon_of(shop)
    orders = OdooOrders(_Losing(shop.odoo.client, lost))
    with pytest.raises(OutcomeUnknown):
        await orders.draft(key, shop.maria, shop.basket(), coupon=code)
    draft = await shop.draft(key=key, coupon=code)
    whole = await shop.draft(coupon=code)
    assert (draft.total, discounts(draft)) == (whole.total, discounts(whole))
    assert await shop.orders.find(key) == draft


class _Losing(OdooClient):
    """A client whose answer to one method gets lost, after it was done."""

    def __init__(self, client: OdooClient, method: str) -> None:
        self.__dict__ |= client.__dict__
        self._lost = method

    async def write(
        self,
        model: str,
        method: str,
        ids: list[int] | None = None,
        *,
        context: Mapping[str, object] | None = None,
        **named: object,
    ) -> object:
        answer = await super().write(model, method, ids, context=context, **named)
        if method == self._lost:
            raise OutcomeUnknown("odoo", "lost")
        return answer
