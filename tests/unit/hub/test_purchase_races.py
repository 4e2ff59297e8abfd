"""Purchases while others act: lost answers, people in the ERP, a crowd (promises P4, P11)."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from tests.fakes.script import NEVER, Script
from tests.unit.hub.purchasing import (
    ACCOUNT,
    CREAM,
    MARIA,
    MASK,
    SHAMPOO,
    SOAP,
    Shop,
    erratic,
    some,
)

from chatwootai.domain.errors import OutcomeUnknown, Refusal, RequestRefused, ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import OrderState
from chatwootai.hub.purchases import Cancelled, Placed, Refused

pytestmark = pytest.mark.unit

PRICE = "39.90"


@pytest.fixture
def shop() -> Shop:
    return Shop()


async def buys(shop: Shop, key: str = "a") -> Placed | Refused:
    return await shop.confirms(key, some(SHAMPOO), total=PRICE)


def refused(outcome: object, reason: Refusal) -> Refused:
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    return outcome


@pytest.mark.parametrize("call", ["draft", "confirm"])
@pytest.mark.parametrize("committed_after", [0, 2])
async def test_p4_a_lost_answer_is_looked_up_and_the_order_placed_once(
    shop: Shop, call: str, committed_after: int
) -> None:
    shop.script.lose_answer(call, committed_after=committed_after)
    assert isinstance(await buys(shop), Placed)
    assert shop.script.calls.count(call) == 1
    assert len(shop.orders.all()) == len(shop.orders.confirmed()) == 1
    assert shop.slept == ([1] if committed_after == 0 else [1, 2])


@pytest.mark.parametrize("call", ["draft", "confirm"])
async def test_p4_what_stays_unknown_is_tried_again_only_later_and_ends_right(shop: Shop, call: str) -> None:
    shop.script.lose_answer(call, committed_after=NEVER)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    assert shop.script.calls.count(call) == 1
    assert shop.slept == [1, 2, 4]
    assert await shop.held(SHAMPOO) == 1
    assert isinstance(await buys(shop), Placed)
    assert len(shop.orders.confirmed()) == 1
    assert await shop.held(SHAMPOO) == 0


@pytest.mark.parametrize("committed_after", [4, 5, 6, 7, 8])
@pytest.mark.parametrize("call", ["draft", "confirm"])
async def test_p4_a_write_that_comes_as_late_as_it_likes_places_one_order(
    shop: Shop, call: str, committed_after: int
) -> None:
    shop.script.lose_answer(call, committed_after=committed_after)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    assert isinstance(await buys(shop), Placed)
    for _ in range(4):
        await shop.orders.find("a")
    assert isinstance(await buys(shop), Placed)
    assert len(shop.orders.confirmed()) == 1
    assert shop.available(SHAMPOO) == 2


async def test_p4_p11_a_late_confirmation_of_the_last_unit_is_not_taken_for_anothers(shop: Shop) -> None:
    shop.catalog.set_available(SHAMPOO, Decimal(1))
    shop.script.lose_answer("confirm", committed_after=NEVER)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    shop.script.after("find", lambda: shop.orders.confirm_by_hand("a"))
    assert isinstance(await buys(shop), Placed)
    assert len(shop.orders.confirmed()) == 1


async def test_a_draft_whose_coupon_got_no_answer_is_no_offer(shop: Shop) -> None:
    """The ERP has the order and not yet its discount, which would be told as the price."""
    shop.orders.coupons["DEZ"] = Decimal(10)
    await shop.orders.draft("a", MARIA, [some(SHAMPOO)])
    shop.script.lose_answer("draft")
    with pytest.raises(OutcomeUnknown):
        await shop.reserves("a", some(SHAMPOO), coupon="DEZ")
    outcome = refused(await shop.reserves("a", some(SHAMPOO), coupon="DEZ"), Refusal.COUPON_NOT_APPLICABLE)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CANCELLED


async def test_an_erp_that_is_away_while_it_is_asked_leaves_it_unknown(shop: Shop) -> None:
    shop.script.lose_answer("confirm")
    away = ServiceUnavailable("odoo", "away")
    shop.script.fail("get", away, away, away)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    assert isinstance(await buys(shop), Placed)
    assert shop.script.calls.count("confirm") == 1


async def test_a_crash_between_confirming_and_checking_is_checked_when_it_is_tried_again(shop: Shop) -> None:
    shop.script.fail("get", ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable):
        await buys(shop)
    assert len(shop.orders.confirmed()) == 1
    shop.orders.sell(SHAMPOO, Decimal(3))
    refused(await buys(shop), Refusal.SOLD_OUT)
    assert [order.key for order in shop.orders.confirmed()] == [""]


async def test_p11_what_others_confirm_in_the_same_moment_is_theirs_and_ours_is_undone(shop: Shop) -> None:
    shop.script.before("confirm", lambda: _sell(shop, 3))
    outcome = refused(await buys(shop), Refusal.SOLD_OUT)
    assert outcome.product is not None
    assert outcome.product.id == SHAMPOO
    assert outcome.available == 0
    assert [offer.product.id for offer in outcome.alternatives] == [CREAM, MASK]
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CANCELLED
    assert [order.key for order in shop.orders.confirmed()] == [""]
    assert shop.available(SHAMPOO) == 0
    assert await shop.held(SHAMPOO) == 0
    again = refused(await buys(shop), Refusal.SOLD_OUT)
    assert again == outcome


async def test_p11_what_is_left_after_the_undoing_is_told(shop: Shop) -> None:
    shop.script.after("confirm", lambda: _sell(shop, 2))
    outcome = refused(await shop.confirms("a", some(SHAMPOO, 2), total="79.80"), Refusal.SOLD_OUT)
    assert outcome.available == 1


@pytest.mark.parametrize("committed_after", [0, 2])
async def test_p4_an_undoing_without_an_answer_is_looked_up(shop: Shop, committed_after: int) -> None:
    shop.script.after("confirm", lambda: _sell(shop, 3))
    shop.script.lose_answer("cancel", committed_after=committed_after)
    refused(await buys(shop), Refusal.SOLD_OUT)
    assert shop.script.calls.count("cancel") == 1


async def test_p4_an_undoing_that_stays_unknown_is_done_when_it_is_tried_again(shop: Shop) -> None:
    shop.script.after("confirm", lambda: _sell(shop, 3))
    shop.script.lose_answer("cancel", committed_after=NEVER)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    refused(await buys(shop), Refusal.SOLD_OUT)
    assert [order.key for order in shop.orders.confirmed()] == [""]


async def test_an_oversold_order_that_cannot_be_undone_is_for_a_person(shop: Shop) -> None:
    def lock_and_sell() -> None:
        shop.orders.lock("a")
        _sell(shop, 3)

    shop.script.after("confirm", lock_and_sell)
    outcome = refused(await buys(shop), Refusal.ORDER_LOCKED)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CONFIRMED


async def test_an_order_that_a_person_cancels_before_it_is_confirmed_is_none(shop: Shop) -> None:
    shop.script.before("confirm", lambda: shop.orders.cancel_by_hand("a"))
    outcome = refused(await buys(shop), Refusal.ORDER_CANCELLED)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CANCELLED


async def test_a_confirmation_that_the_erp_refuses_is_an_error_unless_the_order_is_gone(shop: Shop) -> None:
    no = RequestRefused("odoo", "order 1 was not confirmed")
    shop.script.fail("confirm", no, no)
    with pytest.raises(RequestRefused):
        await buys(shop)
    shop.script.before("confirm", lambda: shop.orders.cancel_by_hand("a"))
    refused(await buys(shop), Refusal.ORDER_CANCELLED)


async def test_a_confirmation_that_the_erp_made_and_answers_with_an_error_is_an_order(shop: Shop) -> None:
    shop.script.before("confirm", lambda: shop.orders.confirm_by_hand("a"))
    shop.script.fail("confirm", RequestRefused("odoo", "smtplib.SMTPException"))
    assert isinstance(await buys(shop), Placed)
    assert len(shop.orders.confirmed()) == 1


async def test_a_cancellation_that_the_erp_made_and_answers_with_an_error_is_told_as_made(shop: Shop) -> None:
    placed = await buys(shop)
    assert isinstance(placed, Placed)
    shop.script.before("cancel", lambda: shop.orders.cancel_by_hand("a"))
    shop.script.fail("cancel", RequestRefused("odoo", "order 1 was not cancelled"))
    assert isinstance(await shop.purchases.cancel(placed.order.id), Cancelled)


async def test_an_access_that_is_taken_away_while_it_is_looked_up_leaves_it_unknown(shop: Shop) -> None:
    shop.script.lose_answer("confirm")
    refused_too = RequestRefused("odoo", "login or API key wrong, revoked or expired")
    shop.script.fail("get", refused_too, refused_too, refused_too)
    with pytest.raises(OutcomeUnknown):
        await buys(shop)
    assert await shop.held(SHAMPOO) == 1
    assert isinstance(await buys(shop), Placed)
    assert len(shop.orders.confirmed()) == 1


async def test_an_order_that_a_person_takes_back_to_a_draft_is_not_told_as_placed(shop: Shop) -> None:
    shop.script.after("confirm", lambda: shop.orders.take_back("a"))
    outcome = refused(await buys(shop), Refusal.ORDER_CHANGED)
    assert outcome.order is not None
    assert outcome.order.state is OrderState.DRAFT
    assert shop.orders.confirmed() == []


async def test_an_order_that_a_person_cancels_when_it_is_confirmed_is_none(shop: Shop) -> None:
    shop.script.after("confirm", lambda: shop.orders.cancel_by_hand("a"))
    refused(await buys(shop), Refusal.ORDER_CANCELLED)
    assert shop.available(SHAMPOO) == 3


async def test_an_order_that_a_person_confirms_first_is_placed(shop: Shop) -> None:
    shop.script.before("confirm", lambda: shop.orders.confirm_by_hand("a"))
    assert isinstance(await buys(shop), Placed)


async def test_an_order_that_a_person_changes_in_the_moment_of_confirming_is_undone(shop: Shop) -> None:
    shop.script.before("confirm", lambda: shop.orders.edit("a", some(SHAMPOO), some(SOAP)))
    refused(await buys(shop), Refusal.ORDER_CHANGED)
    assert shop.orders.confirmed() == []
    assert shop.available(SHAMPOO) == 3
    assert shop.available(SOAP) == 5


async def test_an_order_that_a_person_changed_and_confirmed_is_hers(shop: Shop) -> None:
    shop.orders.coupons["DEZ"] = Decimal(10)
    await shop.reserves("a", some(SHAMPOO), coupon="DEZ")
    shop.orders.edit("a", some(SOAP))
    shop.orders.confirm_by_hand("a")
    outcome = refused(
        await shop.confirms("a", some(SHAMPOO), total="35.91", coupon="DEZ"), Refusal.ORDER_CHANGED
    )
    assert outcome.order is not None
    assert outcome.order.state is OrderState.CONFIRMED


async def test_an_order_that_vanished_is_no_order(shop: Shop) -> None:
    shop.script.after("confirm", shop.orders.forget_all)
    refused(await buys(shop), Refusal.ORDER_CANCELLED)


async def test_cancelling_without_an_answer_is_looked_up(shop: Shop) -> None:
    placed = await buys(shop)
    assert isinstance(placed, Placed)
    shop.script.lose_answer("cancel")
    await shop.purchases.cancel(placed.order.id)
    assert shop.orders.confirmed() == []


@pytest.mark.parametrize("seed", range(10))
async def test_p11_fifty_customers_for_one_unit_are_one_order_and_49_true_alternatives(seed: int) -> None:
    shop = Shop(script=Script(pause=erratic(seed)))
    shop.catalog.set_available(SHAMPOO, Decimal(1))

    async def wants(number: int) -> Placed | Refused:
        key = f"{seed}-{number}"
        if number % 3:
            outcome = await shop.purchases.reserve(key, MARIA, [some(SHAMPOO)])
            if isinstance(outcome, Refused):
                return outcome
        return await shop.purchases.confirm(key, MARIA, [some(SHAMPOO)], Money(Decimal(PRICE)))

    outcomes = await asyncio.gather(*map(wants, range(50)))
    assert sum(isinstance(outcome, Placed) for outcome in outcomes) == 1
    for outcome in outcomes:
        if isinstance(outcome, Refused):
            refused(outcome, Refusal.SOLD_OUT)
            assert outcome.available == 0
            assert [offer.product.id for offer in outcome.alternatives] == [CREAM, MASK]
    assert len(shop.orders.confirmed()) == 1
    assert shop.available(SHAMPOO) == 0
    assert await shop.holds.stock_held(ACCOUNT, [SHAMPOO]) == {SHAMPOO: 0}


@pytest.mark.parametrize("seed", range(20))
async def test_p4_p11_nothing_is_oversold_or_doubled_when_answers_get_lost_and_people_sell_too(
    seed: int,
) -> None:
    shop = Shop(script=Script(pause=erratic(seed)))
    shop.catalog.set_available(SHAMPOO, Decimal(4))
    for number in range(seed % 4):
        shop.script.lose_answer("draft", committed_after=(0, 1, NEVER)[number % 3])
        shop.script.lose_answer("confirm", committed_after=(0, 5, NEVER)[number % 3])
        shop.script.lose_answer("cancel", committed_after=(NEVER, 0, 2)[number % 3])
    shop.script.before("confirm", lambda: None)
    shop.script.before("confirm", lambda: _sell(shop, 1))

    async def wants(number: int) -> Placed | Refused:
        key = f"{seed}-{number}"
        reserved = await shop.purchases.reserve(key, MARIA, [some(SHAMPOO)])
        if isinstance(reserved, Refused):
            return reserved
        while True:
            try:
                return await shop.purchases.confirm(key, MARIA, [some(SHAMPOO)], reserved.total)
            except OutcomeUnknown:
                await shop.script.pause()

    outcomes = await asyncio.gather(*map(wants, range(12)))
    placed = {outcome.order.key for outcome in outcomes if isinstance(outcome, Placed)}
    confirmed = [order.key for order in shop.orders.confirmed()]
    assert sorted(confirmed) == sorted([*placed, ""])
    offer = shop.catalog.offer(SHAMPOO)
    assert offer is not None
    assert offer.shortfall == 0
    assert await shop.held(SHAMPOO) == 0


def _sell(shop: Shop, quantity: int) -> None:
    shop.orders.sell(SHAMPOO, Decimal(quantity))
