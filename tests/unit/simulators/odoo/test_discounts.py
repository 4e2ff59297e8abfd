"""What a coupon takes off an order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.models.loyalty_baskets import Basket, discount_amount

pytestmark = pytest.mark.unit

MODES = st.sampled_from(["percent", "per_order"])
MONEY = st.decimals(-100, 5000, places=2)
DISCOUNTS = st.decimals(Decimal("0.01"), 100, places=2)


@pytest.mark.parametrize(
    ("mode", "discount", "remaining", "expected"),
    [
        ("percent", "10", "140.00", "14.00"),
        ("percent", "100", "140.00", "140.00"),
        ("percent", "12.5", "10.20", "1.28"),
        ("per_order", "20", "140.00", "20.00"),
        ("per_order", "200", "140.00", "140.00"),
        ("per_order", "20", "0.00", "0"),
        ("percent", "10", "-5.00", "0"),
    ],
)
def test_a_discount_is_a_share_or_a_sum(mode: str, discount: str, remaining: str, expected: str) -> None:
    assert discount_amount(mode, Decimal(discount), Decimal(remaining)) == Decimal(expected)


@given(MODES, DISCOUNTS, MONEY)
def test_a_discount_is_never_negative_and_never_more_than_there_is(
    mode: str, discount: Decimal, remaining: Decimal
) -> None:
    amount = discount_amount(mode, discount, remaining)
    assert 0 <= amount <= max(Decimal(0), remaining)


@given(st.lists(st.tuples(MODES, DISCOUNTS), max_size=5), st.decimals(0, 5000, places=2))
def test_any_number_of_discounts_leaves_an_order_at_or_above_zero(
    discounts: list[tuple[str, Decimal]], goods: Decimal
) -> None:
    for mode, discount in discounts:
        goods -= discount_amount(mode, discount, goods)
    assert goods >= 0


@pytest.mark.parametrize(
    ("amount", "quantity", "expected"), [("100", 2, None), ("100.01", 2, "amount"), ("100", 3, "quantity")]
)
def test_a_basket_says_what_it_lacks(amount: str, quantity: int, expected: str | None) -> None:
    basket = Basket(1, 1, "BRL", Decimal(100), Decimal(2), ())
    coupon = {"minimum_amount": Decimal(amount), "minimum_quantity": quantity}
    assert basket.lacks(coupon) == expected
