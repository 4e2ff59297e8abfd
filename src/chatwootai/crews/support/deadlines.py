"""What the calendar says of an order: how long an exchange is possible, and when it should have come.

Pure. Days are those of the shop's zone, and days of the calendar: `ExchangeRules` counts so, and so does the
consumer's right to regret within seven days (Código de Defesa do Consumidor, article 49).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from chatwootai.crews.support.wishes import Reason
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.orders import Order, OrderState, Shipment, ShipmentState
from chatwootai.domain.profiles import ExchangeRules, Freight

IsWorking = Callable[[date], bool]


class Since(StrEnum):
    SHIPPED = "shipped"
    """It left the warehouse: the day on which she received it is not known to us."""
    PLACED = "placed"
    """Not even that is known."""


class Objection(StrEnum):
    """Why we cannot record an exchange. A person may decide otherwise."""

    CANCELLED = "cancelled"
    NOT_LEFT = "not_left"
    OUTSIDE = "outside"
    OPENED = "opened"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Counted:
    """`days` have passed since `day`; never less than zero, whatever the clocks of others say."""

    day: date
    since: Since
    days: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`allowed` are the days of the rule. `objection` is None where an exchange may be asked for."""

    counted: Counted
    allowed: int
    objection: Objection | None = None


def counted(order: Order, today: date, zone: ZoneInfo) -> Counted:
    """Since its last shipment left: which items went earlier the ERP does not tell."""
    left = [each.done_at for each in order.shipments if each.state is ShipmentState.DONE and each.done_at]
    day = _day(max(left), zone) if left else _day(order.placed_at, zone)
    return Counted(day, Since.SHIPPED if left else Since.PLACED, max(0, (today - day).days))


def allowed_days(reason: Reason, rules: ExchangeRules) -> int:
    return rules.regret_days if reason is Reason.REGRET else rules.defect_days


def judged(
    order: Order,
    reason: Reason,
    rules: ExchangeRules,
    today: date,
    zone: ZoneInfo,
    *,
    opened: bool = False,
    excluded: bool = False,
) -> Verdict:
    """Whether an exchange may be asked for. The last day counts; `excluded` goods are taken for a defect."""
    since = counted(order, today, zone)
    allowed = allowed_days(reason, rules)
    return Verdict(since, allowed, _objection(order, reason, since.days > allowed, opened, excluded))


def _objection(
    order: Order, reason: Reason, is_outside: bool, opened: bool, excluded: bool
) -> Objection | None:
    if order.state is not OrderState.CONFIRMED:
        return Objection.CANCELLED
    regrets = reason is Reason.REGRET
    if regrets and is_waiting(order):
        return Objection.NOT_LEFT
    if is_outside:
        return Objection.OUTSIDE
    if regrets and excluded:
        return Objection.EXCLUDED
    return Objection.OPENED if regrets and opened else None


def is_waiting(order: Order) -> bool:
    """Whether it is here still, all of it. An order without shipments was handed over in the shop."""
    alive = [each for each in order.shipments if each.state is not ShipmentState.CANCELLED]
    return bool(alive) and not any(each.state is ShipmentState.DONE for each in alive)


def promised_day(
    shipment: Shipment, freights: Sequence[Freight], zone: ZoneInfo, is_working: IsWorking
) -> date | None:
    """By when she should have it, or by when it should leave where it has not; None where nobody said.

    What has left takes as long as the profile's freight of that name; with an unknown carrier the ERP's plan
    is all that was promised.
    """
    planned = _day(shipment.scheduled_at, zone) if shipment.scheduled_at else None
    if shipment.state is not ShipmentState.DONE or shipment.done_at is None:
        return planned
    left = _day(shipment.done_at, zone)
    carriers = [freight for freight in freights if _carries(freight, shipment.carrier)]
    days = [after(left, each.most_days, is_working if each.working_days else _always) for each in carriers]
    return max(days) if days else planned


def after(day: date, days: int, is_working: IsWorking) -> date:
    """The day that is so many counting days after `day`, which does not count itself."""
    left = max(0, days)
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return day


def _always(_: date) -> bool:
    return True


def _carries(freight: Freight, carrier: str) -> bool:
    named, known = fold(carrier).strip(), fold(freight.name).strip()
    return bool(named) and (named in known or known in named)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
