from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.crews.support.deadlines import Objection, Since, after, counted, judged, promised_day
from chatwootai.crews.support.wishes import Reason
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderState, Shipment, ShipmentState
from chatwootai.domain.profiles import ExchangeRules, Freight

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("America/Sao_Paulo")
RULES = ExchangeRules(regret_days=7, defect_days=30)
DONE = ShipmentState.DONE
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 the bounds are naive by contract


def order(*shipments: Shipment, placed: datetime, state: OrderState = OrderState.CONFIRMED) -> Order:
    return Order(1, "S00001", "", 1, state, (), Money(Decimal(10)), placed, shipments=shipments)


@given(left=MOMENTS, days=st.integers(0, 200), reason=st.sampled_from(Reason))
def test_the_last_day_of_a_deadline_counts_and_the_next_does_not(
    left: datetime, days: int, reason: Reason
) -> None:
    sent = order(Shipment(DONE, done_at=left), placed=left - timedelta(days=1))
    today = left.astimezone(ZONE).date() + timedelta(days=days)
    verdict = judged(sent, reason, RULES, today, ZONE)
    allowed = RULES.regret_days if reason is Reason.REGRET else RULES.defect_days
    assert verdict.counted.days == days
    assert (verdict.objection is None) == (days <= allowed)


@given(left=MOMENTS, today=st.dates(date(2020, 1, 1), date(2031, 1, 1)), reason=st.sampled_from(Reason))
def test_what_is_refused_today_is_refused_tomorrow(left: datetime, today: date, reason: Reason) -> None:
    sent = order(Shipment(DONE, done_at=left), placed=left)
    first = judged(sent, reason, RULES, today, ZONE)
    second = judged(sent, reason, RULES, today + timedelta(days=1), ZONE)
    assert first.objection is None or second.objection is first.objection
    assert first.counted.days >= 0


@given(moments=st.lists(MOMENTS, min_size=1, max_size=4), placed=MOMENTS)
def test_days_are_counted_from_the_last_shipment_that_left(moments: list[datetime], placed: datetime) -> None:
    sent = order(*(Shipment(DONE, done_at=at) for at in moments), placed=placed)
    since = counted(sent, date(2030, 6, 1), ZONE)
    assert since.day == max(at.astimezone(ZONE).date() for at in moments)
    assert since.since is Since.SHIPPED


def test_days_are_those_of_the_shop_and_not_of_greenwich() -> None:
    late_evening = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    sent = order(Shipment(DONE, done_at=late_evening), placed=late_evening)
    assert counted(sent, date(2026, 11, 26), ZONE).day == date(2026, 11, 19)
    assert judged(sent, Reason.REGRET, RULES, date(2026, 11, 26), ZONE).objection is None
    assert judged(sent, Reason.REGRET, RULES, date(2026, 11, 27), ZONE).objection is Objection.OUTSIDE


def test_without_a_day_of_leaving_the_day_of_the_order_counts() -> None:
    placed = datetime(2026, 11, 10, 12, tzinfo=UTC)
    since = counted(order(Shipment(DONE), placed=placed), date(2026, 11, 12), ZONE)
    assert (since.since, since.days) == (Since.PLACED, 2)


@pytest.mark.parametrize(
    ("reason", "opened", "excluded", "objection"),
    [
        (Reason.REGRET, False, False, None),
        (Reason.REGRET, True, False, Objection.OPENED),
        (Reason.REGRET, False, True, Objection.EXCLUDED),
        (Reason.DEFECT, True, True, None),
        (Reason.WRONG, True, True, None),
    ],
)
def test_opened_and_excluded_goods_come_back_for_a_defect_alone(
    reason: Reason, opened: bool, excluded: bool, objection: Objection | None
) -> None:
    left = datetime(2026, 11, 20, 12, tzinfo=UTC)
    sent = order(Shipment(DONE, done_at=left), placed=left)
    verdict = judged(sent, reason, RULES, date(2026, 11, 22), ZONE, opened=opened, excluded=excluded)
    assert verdict.objection is objection


def test_what_is_still_here_is_no_case_of_regret_but_may_be_one_of_defect() -> None:
    placed = datetime(2026, 11, 20, 12, tzinfo=UTC)
    here = order(Shipment(ShipmentState.READY), placed=placed)
    today = date(2026, 11, 22)
    assert judged(here, Reason.REGRET, RULES, today, ZONE).objection is Objection.NOT_LEFT
    assert judged(here, Reason.DEFECT, RULES, today, ZONE).objection is None
    gone = order(placed=placed, state=OrderState.CANCELLED)
    assert judged(gone, Reason.DEFECT, RULES, today, ZONE).objection is Objection.CANCELLED


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(0, 40))
def test_working_days_leave_out_the_others(day: date, days: int) -> None:
    def is_working(each: date) -> bool:
        return each.weekday() < 5

    end = after(day, days, is_working)
    between = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert sum(is_working(each) for each in between) == days
    assert days == 0 or is_working(end)


def test_what_left_is_promised_by_the_freight_of_its_carrier_and_else_by_the_plan() -> None:
    freight = Freight("Correios PAC", None, 3, 8, working_days=False)
    left, planned = datetime(2026, 11, 20, 15, tzinfo=UTC), datetime(2026, 11, 21, 15, tzinfo=UTC)

    def promised(state: ShipmentState, carrier: str) -> date | None:
        done = left if state is DONE else None
        shipment = Shipment(state, planned, done, carrier)
        return promised_day(shipment, (freight,), ZONE, lambda _: True)

    assert promised(DONE, "PAC") == date(2026, 11, 28)
    assert promised(DONE, "Jadlog") == date(2026, 11, 21)
    assert promised(ShipmentState.READY, "PAC") == date(2026, 11, 21)
    assert promised_day(Shipment(ShipmentState.READY), (freight,), ZONE, lambda _: True) is None
