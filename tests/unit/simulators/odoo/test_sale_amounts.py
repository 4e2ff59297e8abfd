"""Amounts of lines and orders, against whole cents reckoned another way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models.sale_amounts import Amounts, amounts, number_of, subtotal

pytestmark = pytest.mark.unit

quantities = st.decimals("-9999.999", "9999.999", places=3)
prices = st.decimals("-99999.99", "99999.99", places=2)
discounts = st.decimals("0", "100", places=2)
cents = st.decimals("-99999.99", "99999.99", places=2)


@given(quantities, prices, discounts)
def test_a_line_is_rounded_half_a_cent_away_from_zero(
    quantity: Decimal, price: Decimal, discount: Decimal
) -> None:
    exact = Fraction(quantity) * Fraction(price) * (1 - Fraction(discount) / 100) * 100
    whole = floor(abs(exact) + Fraction(1, 2))
    assert subtotal(quantity, price, discount) * 100 == (whole if exact >= 0 else -whole)


@given(quantities, prices, discounts)
def test_what_is_given_back_costs_what_was_paid(quantity: Decimal, price: Decimal, discount: Decimal) -> None:
    assert subtotal(-quantity, price, discount) == -subtotal(quantity, price, discount)


@given(st.lists(cents))
def test_an_order_is_the_sum_of_its_rounded_lines(subtotals: list[Decimal]) -> None:
    found = amounts(subtotals)
    assert found.total == found.untaxed == sum(subtotals)
    assert found.tax == 0
    assert found.total.as_tuple().exponent == -2


def test_an_order_without_lines_costs_nothing() -> None:
    assert amounts([]) == Amounts(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "amount"),
    [
        ("3", "29.90", "0", "89.70"),
        ("1", "0.005", "0", "0.01"),
        ("1", "140.00", "10", "126.00"),
        ("0.333", "9.99", "0", "3.33"),
        ("5", "1.01", "50", "2.53"),
        ("1", "9.99", "100", "0.00"),
    ],
)
def test_known_lines(quantity: str, price: str, discount: str, amount: str) -> None:
    assert str(subtotal(Decimal(quantity), Decimal(price), Decimal(discount))) == amount


@pytest.mark.parametrize(
    ("value", "number"), [(29.9, "29.9"), (False, "0"), (None, "0"), (0, "0"), ("1.50", "1.50"), (3, "3")]
)
def test_a_number_of_the_wire_is_read_by_its_shortest_text(value: float | str | None, number: str) -> None:
    assert number_of(value) == Decimal(number)


@pytest.mark.parametrize("value", ["muitos", [1], {"a": 1}, float("nan"), float("inf")])
def test_what_is_no_number_is_a_bad_value(value: float | str) -> None:
    with pytest.raises(BadValue):
        number_of(value)
