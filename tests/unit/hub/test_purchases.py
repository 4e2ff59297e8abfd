"""Purchases: reserved, confirmed once, and refused with what really can be had (promises P4, P11)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.unit.hub.purchasing import (
    CREAM,
    EXPECTED,
    MARIA,
    MASK,
    SHAMPOO,
    SOAP,
    VOUCHER,
    Shop,
    some,
)

from chatwootai.domain.errors import Refusal, ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, OrderState
from chatwootai.hub.purchases import Cancelled, Placed, Refused, Reserved

pytestmark = pytest.mark.unit


@pytest.fixture
def shop() -> Shop:
    return Shop()


async def reserved(shop: Shop, key: str, *items: int, coupon: str | None = None) -> Reserved:
    outcome = await shop.reserves(key, *map(some, items), coupon=coupon)
    assert isinstance(outcome, Reserved)
    return outcome


def refused(outcome: object, reason: Refusal) -> Refused:
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    return outcome


def alternatives(outcome: Refused) -> list[tuple[int, str]]:
    return [(offer.product.id, str(offer.available)) for offer in outcome.alternatives]


async def test_a_reservation_tells_the_price_and_keeps_the_units_for_a_quarter_of_an_hour(shop: Shop) -> None:
    outcome = await shop.reserves("a", some(SHAMPOO, 2), some(SOAP), some(SHAMPOO))
    assert isinstance(outcome, Reserved)
    assert outcome.total == Money(Decimal("129.60"))
    assert {line.product_id: line.quantity for line in outcome.lines} == {SHAMPOO: 3, SOAP: 1}
    assert outcome.expires_at == shop.now + timedelta(minutes=15)
    assert await shop.held(SHAMPOO) == 3
    assert await shop.held(SOAP) == 1
    assert shop.orders.all() == []
    shop.forward(minutes=15)
    assert await shop.held(SHAMPOO) == 0


async def test_what_others_hold_cannot_be_reserved_and_true_alternatives_are_told(shop: Shop) -> None:
    await shop.reserves("a", some(SHAMPOO, 2))
    outcome = refused(await shop.reserves("b", some(SHAMPOO, 2)), Refusal.SOLD_OUT)
    assert outcome.product is not None
    assert outcome.product.id == SHAMPOO
    assert outcome.available == 1
    assert outcome.expected == EXPECTED
    assert alternatives(outcome) == [(MASK, "2"), (CREAM, "1")]


async def test_an_alternative_that_is_held_for_others_is_none(shop: Shop) -> None:
    await shop.reserves("a", some(SHAMPOO, 3), some(CREAM), some(MASK))
    outcome = refused(await shop.reserves("b", some(SHAMPOO)), Refusal.SOLD_OUT)
    assert outcome.available == 0
    assert alternatives(outcome) == [(MASK, "1")]


async def test_a_product_without_a_category_has_no_alternatives(shop: Shop) -> None:
    outcome = refused(await shop.reserves("b", some(SOAP, 6)), Refusal.SOLD_OUT)
    assert outcome.available == 5
    assert outcome.alternatives == ()


async def test_reserving_again_with_the_same_key_asks_for_no_more(shop: Shop) -> None:
    await shop.reserves("a", some(SHAMPOO, 3))
    shop.forward(minutes=5)
    outcome = await shop.reserves("a", some(SHAMPOO, 3))
    assert isinstance(outcome, Reserved)
    assert outcome.expires_at == shop.now + timedelta(minutes=15)
    assert await shop.held(SHAMPOO) == 3


async def test_a_refused_reservation_keeps_nothing(shop: Shop) -> None:
    await reserved(shop, "a", SHAMPOO)
    refused(await shop.reserves("a", some(SHAMPOO, 4)), Refusal.SOLD_OUT)
    assert await shop.held(SHAMPOO) == 0


async def test_where_no_stock_is_kept_nothing_is_held_and_nothing_sold_out(shop: Shop) -> None:
    outcome = await shop.reserves("a", some(VOUCHER, 50))
    assert isinstance(outcome, Reserved)
    assert outcome.expires_at is None
    assert isinstance(await shop.confirms("a", some(VOUCHER, 50), total="5000"), Placed)


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity"])
async def test_a_quantity_must_be_more_than_zero(shop: Shop, quantity: str) -> None:
    item = Item(SHAMPOO, Decimal(quantity))
    with pytest.raises(ValueError, match=f"{quantity} of product 7"):
        await shop.reserves("a", item)
    with pytest.raises(ValueError, match=f"{quantity} of product 7"):
        await shop.confirms("a", item, total="1")


async def test_nothing_and_the_unknown_cannot_be_bought(shop: Shop) -> None:
    refused(await shop.reserves("a"), Refusal.ORDER_EMPTY)
    refused(await shop.confirms("a", total="0"), Refusal.ORDER_EMPTY)
    for unknown in (99, 2**40, 10**20, -1):
        refused(await shop.reserves("a", some(SHAMPOO), some(unknown)), Refusal.UNKNOWN_RECORD)
    refused(await shop.confirms("a", some(99), total="1"), Refusal.UNKNOWN_RECORD)
    assert shop.orders.all() == []


async def test_a_coupon_is_tried_on_a_draft_that_becomes_the_order(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    outcome = await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    assert outcome.total == Money(Decimal("35.91"))
    placed = await shop.confirms("a", some(SHAMPOO), total="35.91", coupon="DEZ")
    assert isinstance(placed, Placed)
    assert [order.code for order in shop.orders.all()] == [placed.order.code]


async def test_who_wants_something_else_is_not_in_her_own_way(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    await shop.purchases.abandon("a")
    assert isinstance(await shop.reserves("b", some(SHAMPOO, 3)), Reserved)
    assert [order.state for order in shop.orders.all()] == [OrderState.CANCELLED]
    await shop.purchases.abandon("never used")


async def test_what_was_placed_is_not_abandoned(shop: Shop) -> None:
    placed = await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert isinstance(placed, Placed)
    await shop.purchases.abandon("a")
    assert shop.orders.confirmed() == [placed.order]


async def test_a_coupon_that_is_none_is_told_and_nothing_is_held(shop: Shop) -> None:
    refused(await shop.reserves("a", some(SHAMPOO), coupon="NADA"), Refusal.COUPON_INVALID)
    refused(await shop.confirms("a", some(SHAMPOO), total="39.90", coupon="NADA"), Refusal.COUPON_INVALID)
    assert await shop.held(SHAMPOO) == 0


async def test_a_draft_with_a_coupon_that_a_person_changed_is_not_reserved(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    shop.orders.edit("a", some(SOAP))
    refused(await shop.reserves("a", some(SHAMPOO), coupon="DEZ"), Refusal.ORDER_CHANGED)


async def test_an_accepted_proposal_becomes_an_order_and_its_hold_ends(shop: Shop) -> None:
    await reserved(shop, "a", SHAMPOO)
    outcome = await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert isinstance(outcome, Placed)
    assert (outcome.order.key, outcome.order.customer_id) == ("a", MARIA)
    assert outcome.order.state is OrderState.CONFIRMED
    assert shop.available(SHAMPOO) == 2
    assert await shop.held(SHAMPOO) == 0


async def test_p4_confirming_again_with_the_same_key_is_the_same_order(shop: Shop) -> None:
    first = await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert await shop.confirms("a", some(SHAMPOO), total="39.90") == first
    assert len(shop.orders.all()) == 1


async def test_without_a_hold_it_may_still_be_bought_while_stock_suffices(shop: Shop) -> None:
    await reserved(shop, "a", SHAMPOO)
    shop.forward(hours=1)
    assert isinstance(await shop.confirms("a", some(SHAMPOO), total="39.90"), Placed)
    await shop.reserves("b", some(SHAMPOO, 2))
    outcome = refused(await shop.confirms("c", some(SHAMPOO), total="39.90"), Refusal.SOLD_OUT)
    assert outcome.available == 0
    assert len(shop.orders.all()) == 1


async def test_of_two_holds_on_what_is_left_the_first_to_confirm_gets_it(shop: Shop) -> None:
    await reserved(shop, "a", SHAMPOO)
    await reserved(shop, "b", SHAMPOO)
    shop.catalog.set_available(SHAMPOO, Decimal(1))
    assert isinstance(await shop.confirms("b", some(SHAMPOO), total="39.90"), Placed)
    refused(await shop.confirms("a", some(SHAMPOO), total="39.90"), Refusal.SOLD_OUT)


async def test_another_price_than_the_accepted_one_is_not_charged(shop: Shop) -> None:
    outcome = refused(await shop.confirms("a", some(SHAMPOO), total="29.90"), Refusal.PRICE_CHANGED)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CANCELLED
    assert await shop.held(SHAMPOO) == 0
    assert shop.orders.confirmed() == []
    refused(await shop.confirms("a", some(SHAMPOO), total="29.90"), Refusal.ORDER_CANCELLED)


async def test_a_draft_that_a_person_changed_is_not_confirmed(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    shop.orders.edit("a", some(SOAP))
    refused(await shop.confirms("a", some(SHAMPOO), total="35.91", coupon="DEZ"), Refusal.ORDER_CHANGED)
    assert shop.orders.confirmed() == []


async def test_a_draft_whose_units_are_gone_is_cancelled(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    shop.orders.sell(SHAMPOO, Decimal(3))
    first = refused(await shop.confirms("a", some(SHAMPOO), total="35.91", coupon="DEZ"), Refusal.SOLD_OUT)
    again = refused(await shop.confirms("a", some(SHAMPOO), total="35.91", coupon="DEZ"), Refusal.SOLD_OUT)
    assert first == again
    assert first.order is not None
    assert first.order.state is OrderState.CANCELLED


async def test_an_order_can_be_cancelled_once_or_twice(shop: Shop) -> None:
    placed = await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert isinstance(placed, Placed)
    for _ in range(2):
        outcome = await shop.purchases.cancel(placed.order.id)
        assert isinstance(outcome, Cancelled)
        assert outcome.order.state is OrderState.CANCELLED
    assert shop.available(SHAMPOO) == 3


async def test_cancelling_gives_back_what_its_proposal_holds(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await reserved(shop, "a", SHAMPOO, coupon="DEZ")
    assert isinstance(await shop.purchases.cancel(shop.orders.all()[0].id), Cancelled)
    assert await shop.held(SHAMPOO) == 0


async def test_what_may_not_be_cancelled_is_told_with_the_order(shop: Shop) -> None:
    placed = await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert isinstance(placed, Placed)
    shop.orders.lock("a")
    outcome = refused(await shop.purchases.cancel(placed.order.id), Refusal.ORDER_LOCKED)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CONFIRMED
    refused(await shop.purchases.cancel(99), Refusal.UNKNOWN_RECORD)


async def test_an_outage_is_no_refusal_and_nobody_stays_inside(shop: Shop) -> None:
    away = ServiceUnavailable("odoo", "away")
    shop.catalog.fail_next(away)
    with pytest.raises(ServiceUnavailable):
        await shop.reserves("a", some(SHAMPOO))
    shop.script.fail("confirm", away)
    with pytest.raises(ServiceUnavailable):
        await shop.confirms("a", some(SHAMPOO), total="39.90")
    assert shop.holds.lone == set()
    assert isinstance(await shop.confirms("a", some(SHAMPOO), total="39.90"), Placed)
    assert len(shop.orders.all()) == 1
