"""Price rules: which one decides, and what it makes of the list price."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.models.pricing import Offered, Priced, Rule, in_order, price_under

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LOTION = Offered(5, Decimal("29.90"), frozenset({2, 1}))
APPLIED_ON = ("0_product_variant", "1_product", "2_product_category", "3_global")
TIMES = st.none() | st.integers(-3, 3).map(lambda days: NOW + timedelta(days=days))


def rule(
    number: int,
    applied_on: str = "3_global",
    *,
    product_id: int | None = None,
    category_id: int | None = None,
    category: str = "",
    min_quantity: int = 0,
    percent: str | None = None,
    dates: tuple[datetime | None, datetime | None] = (None, None),
) -> Rule:
    """A rule that makes the price its own number, unless it gives a percentage."""
    return Rule(
        id=number,
        applied_on=applied_on,
        min_quantity=Decimal(min_quantity),
        compute_price="fixed" if percent is None else "percentage",
        fixed_price=Decimal(number),
        percent_price=Decimal(percent or 0),
        product_id=product_id,
        category_id=category_id,
        category=category,
        date_start=dates[0],
        date_end=dates[1],
    )


def decided(*rules: Rule, quantity: int = 1, at: datetime = NOW) -> int | None:
    return price_under(rules, LOTION, Decimal(quantity), at).item_id


RULES = st.builds(
    Rule,
    id=st.integers(1, 40),
    applied_on=st.sampled_from(APPLIED_ON),
    min_quantity=st.integers(0, 4).map(Decimal),
    compute_price=st.sampled_from(["fixed", "percentage"]),
    fixed_price=st.decimals(0, 200, places=2),
    percent_price=st.decimals(-50, 300, places=2),
    product_id=st.none() | st.integers(4, 6),
    category_id=st.none() | st.integers(1, 3),
    category=st.sampled_from(["", "Tudo", "Tudo / Corpo"]),
    date_start=TIMES,
    date_end=TIMES,
)
LISTS = st.lists(RULES, max_size=8, unique_by=lambda item: item.id)
QUANTITIES = st.integers(1, 6).map(Decimal)


def test_without_a_rule_the_list_price_holds() -> None:
    assert price_under((), LOTION, Decimal(3), NOW) == Priced(Decimal("29.90"), None)


def test_the_narrower_rule_decides_even_if_it_is_dearer() -> None:
    assert decided(rule(1), rule(90, "1_product", product_id=5)) == 90
    assert decided(rule(1, "2_product_category", category_id=2), rule(90, "1_product", product_id=5)) == 90
    assert decided(rule(1, "1_product", product_id=5), rule(90, "0_product_variant", product_id=5)) == 90


def test_a_rule_of_another_product_or_category_decides_nothing() -> None:
    assert decided(rule(1, "1_product", product_id=6), rule(2, "2_product_category", category_id=3)) is None


def test_a_rule_of_a_category_covers_those_below_it() -> None:
    assert decided(rule(7, "2_product_category", category_id=1)) == 7


def test_of_two_categories_the_one_further_down_decides() -> None:
    above = rule(9, "2_product_category", category_id=1, category="Tudo")
    below = rule(8, "2_product_category", category_id=2, category="Tudo / Corpo")
    assert decided(above, below) == 8


@pytest.mark.parametrize(("quantity", "expected"), [(1, None), (2, None), (3, 3), (9, 3), (10, 10)])
def test_the_largest_quantity_that_is_reached_decides(quantity: int, expected: int | None) -> None:
    rules = [rule(3, min_quantity=3), rule(10, min_quantity=10)]
    assert decided(*rules, quantity=quantity) == expected


def test_of_equal_rules_the_newest_decides() -> None:
    assert decided(rule(4), rule(6), rule(5)) == 6


@pytest.mark.parametrize(("days", "expected"), [(-2, None), (-1, 1), (0, 1), (1, 1), (2, None)])
def test_a_rule_holds_from_its_first_to_its_last_moment(days: int, expected: int | None) -> None:
    window = rule(1, dates=(NOW - timedelta(days=1), NOW + timedelta(days=1)))
    assert decided(window, at=NOW + timedelta(days=days)) == expected


def test_a_percentage_comes_off_the_list_price_and_half_a_cent_rounds_up() -> None:
    cheap = Offered(5, Decimal("10.20"), frozenset())
    priced = price_under([rule(1, percent="12.5")], cheap, Decimal(1), NOW)
    assert priced.unit_price == Decimal("8.93")


@given(LISTS, QUANTITIES, st.decimals(0, 500, places=2))
def test_no_price_is_negative_and_each_has_two_decimals(
    rules: list[Rule], quantity: Decimal, list_price: Decimal
) -> None:
    priced = price_under(rules, Offered(5, list_price, frozenset({1, 2})), quantity, NOW)
    assert priced.unit_price >= 0
    assert priced.unit_price.as_tuple().exponent == -2


@given(LISTS, QUANTITIES)
def test_the_first_applicable_rule_in_order_decides(rules: list[Rule], quantity: Decimal) -> None:
    applicable = [item for item in in_order(rules) if item.applies(LOTION, quantity, NOW)]
    priced = price_under(rules, LOTION, quantity, NOW)
    assert priced.item_id == (applicable[0].id if applicable else None)


@given(LISTS, QUANTITIES, st.randoms())
def test_the_order_in_which_rules_are_stored_changes_nothing(
    rules: list[Rule], quantity: Decimal, chance: Random
) -> None:
    shuffled = list(rules)
    chance.shuffle(shuffled)
    assert price_under(shuffled, LOTION, quantity, NOW) == price_under(rules, LOTION, quantity, NOW)


@given(LISTS, QUANTITIES)
def test_nobody_but_the_narrowest_rules_may_overrule(rules: list[Rule], quantity: Decimal) -> None:
    priced = price_under(rules, LOTION, quantity, NOW)
    applicable = [item for item in rules if item.applies(LOTION, quantity, NOW)]
    chosen = [item for item in applicable if item.id == priced.item_id]
    assert all(chosen[0].applied_on <= item.applied_on for item in applicable)
