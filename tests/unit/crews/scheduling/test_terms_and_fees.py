from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fixtures.talking import ZONE

from chatwootai.crews.scheduling.facts import slot_key, slot_named
from chatwootai.crews.scheduling.fees import fee_of
from chatwootai.crews.scheduling.plans import Plan, plan_of
from chatwootai.crews.scheduling.spreading import MOST, spread
from chatwootai.crews.scheduling.terms import Terms, terms_of
from chatwootai.crews.scheduling.wishes import Wish
from chatwootai.domain.calendars import Slot
from chatwootai.domain.profiles import BookingRules

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 25, 13, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 given a zone below
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
SLOTS = st.builds(
    lambda start, minutes, person: Slot(start, start + timedelta(minutes=minutes), person),
    MOMENTS,
    st.integers(5, 300),
    st.integers(1, 99),
)
PRICES = st.decimals(Decimal(0), Decimal(9999), places=2)
TEXTS = st.text(max_size=20)
IDS = st.lists(st.integers(1, 99), max_size=4)


@pytest.mark.parametrize(
    ("hours", "price", "percent", "fee"),
    [
        ("25", "220.00", "30", None),
        ("24", "220.00", "30", None),
        ("23", "220.00", "30", "66.00"),
        ("1", "38.00", "30", "11.40"),
        ("1", "33.33", "50", "16.67"),
        ("1", "0.01", "30", None),
        ("1", "0.00", "30", None),
        ("5", "890.00", "12.5", "111.25"),
    ],
)
def test_fees_are_computed_to_the_cent(hours: str, price: str, percent: str, fee: str | None) -> None:
    rules = BookingRules(free_until=timedelta(hours=24), late_fee=Decimal(percent))
    found = fee_of(rules, NOW + timedelta(hours=int(hours)), Decimal(price), NOW)
    assert found.amount == (Decimal(fee) if fee else None)
    assert not found.by_people


@pytest.mark.parametrize("late_fee", [None, Decimal(30)])
def test_what_has_begun_people_settle(late_fee: Decimal | None) -> None:
    rules = BookingRules(late_fee=late_fee)
    assert fee_of(rules, NOW - timedelta(minutes=1), Decimal(100), NOW).by_people


def test_without_a_fee_in_the_profile_late_changes_are_for_people() -> None:
    assert fee_of(BookingRules(), NOW + timedelta(hours=1), Decimal(100), NOW).by_people


def test_what_costs_nobody_knows_how_much_is_free_early_and_for_people_late() -> None:
    rules = BookingRules(free_until=timedelta(hours=24), late_fee=Decimal(30))
    assert not fee_of(rules, NOW + timedelta(hours=24), None, NOW).by_people
    assert fee_of(rules, NOW + timedelta(hours=23), None, NOW).by_people


def test_p14_the_hours_before_it_begins_are_hours_also_where_clocks_are_changed() -> None:
    lisbon, rules = (
        ZoneInfo("Europe/Lisbon"),
        BookingRules(free_until=timedelta(hours=24), late_fee=Decimal(50)),
    )
    start = datetime(2026, 3, 29, 10, tzinfo=lisbon)
    the_day_before = datetime(2026, 3, 28, 10, tzinfo=lisbon)
    assert fee_of(rules, start, Decimal(100), the_day_before).amount == Decimal("50.00")
    assert fee_of(rules, start, Decimal(100), the_day_before - timedelta(hours=1)).amount is None


@given(SLOTS, PRICES, TEXTS, TEXTS, st.none() | PRICES, st.none() | SLOTS)
def test_terms_are_kept_as_they_were_shown(
    slot: Slot, price: Decimal, name: str, title: str, fee: Decimal | None, before: Slot | None
) -> None:
    terms = Terms(7, "Manicure", slot, name, price, 3, title, fee=fee, percent=fee, before=before)
    assert terms_of(terms.kept()) == terms


@given(SLOTS)
def test_a_slot_is_found_by_its_key(slot: Slot) -> None:
    assert slot_named(slot_key(slot)) == (slot.start, slot.professional_id)


@pytest.mark.parametrize("key", ["", "slot:", "slot:x:1", "slot:20261127T120000:", "service:4", "slot::::"])
def test_what_is_no_key_names_no_slot(key: str) -> None:
    assert slot_named(key) is None


@given(
    st.lists(st.integers(1, 99), max_size=4), st.lists(st.lists(st.integers(1, 9), min_size=1), max_size=2)
)
def test_plans_are_kept(candidates: list[int], later: list[list[int]]) -> None:
    plan = Plan(4, tuple(candidates), tuple(tuple(each) for each in later), 9, slot="a", for_whom="mãe")
    assert plan_of(plan.kept()) == plan


@given(st.lists(SLOTS, max_size=60, unique=True))
def test_few_of_many_are_offered_in_order_each_at_another_time(slots: list[Slot]) -> None:
    picked = spread(slots, Wish(), ZONE)
    assert bool(picked) == bool(slots)
    assert len(picked) <= MOST
    assert list(picked) == sorted(picked)
    assert len({slot.start for slot in picked}) == len(picked)
    assert set(picked) <= set(slots)
