"""An order as its customer may see it, in facts: no ids, no other names, days in the shop's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chatwootai.brazil.dates import format_date
from chatwootai.crews.dialogues.opening import WEEKDAYS, holiday
from chatwootai.crews.support.deadlines import promised_day
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderState, PaymentState, Shipment, ShipmentState

SATURDAY = 5
TELLING = 4
"""Letters of a text that is quoted as a fact: a shorter one would stand inside of figures, too."""


@dataclass(frozen=True, slots=True)
class ShipmentSeen:
    """`promised_on` is the day until which it should be with her, or leave where it has not."""

    state: ShipmentState
    left_on: date | None
    promised_on: date | None
    is_overdue: bool
    """That day is over. What left may have arrived: nobody tells us."""
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class LineSeen:
    name: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class OrderSeen:
    code: str
    placed_on: date
    state: OrderState
    payment: PaymentState
    total: Money
    lines: tuple[LineSeen, ...]
    shipments: tuple[ShipmentSeen, ...]

    @property
    def is_late(self) -> bool:
        """Something that should have left is here still."""
        return self.state is OrderState.CONFIRMED and any(
            each.is_overdue and each.state is not ShipmentState.DONE for each in self.shipments
        )

    @property
    def is_overdue(self) -> bool:
        """The day of some shipment is over, whether it left or not."""
        return self.state is OrderState.CONFIRMED and any(each.is_overdue for each in self.shipments)


def seen(order: Order, briefing: Briefing, ledger: Ledger) -> OrderSeen:
    """The order for its customer. What may be said of it goes into the ledger."""
    shown = OrderSeen(
        code=order.code,
        placed_on=order.placed_at.astimezone(briefing.profile.hours.zone).date(),
        state=order.state,
        payment=order.payment,
        total=order.total,
        lines=tuple(LineSeen(line.name, line.quantity) for line in order.lines if not line.is_discount),
        shipments=tuple(
            _shipment(each, briefing) for each in order.shipments if each.state is not ShipmentState.CANCELLED
        ),
    )
    record(shown, briefing.now.date(), ledger)
    return shown


def record(order: OrderSeen, today: date, ledger: Ledger) -> None:
    subject = f"order:{order.code}"
    ledger.facts.append(Fact(FactKind.PRICE, subject, order.total.amount))
    texts = [order.code, *(line.name for line in order.lines)]
    texts += [text for each in order.shipments for text in (each.carrier, each.tracking)]
    ledger.facts += [Fact(FactKind.TEXT, subject, text) for text in texts if len(text) >= TELLING]
    days = [day for each in order.shipments for day in (each.left_on, each.promised_on) if day]
    spoken = [format_date(order.placed_on, today), *(spoken_date(day, today) for day in days)]
    ledger.facts += [Fact(FactKind.TIME, subject, text) for text in spoken]


def record_total(code: str, total: Money, ledger: Ledger) -> None:
    ledger.facts += [
        Fact(FactKind.PRICE, f"order:{code}", total.amount),
        Fact(FactKind.TEXT, f"order:{code}", code),
    ]


def spoken_date(day: date, today: date) -> str:
    """ "quinta, 3 de dezembro" """
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day, today)}"


def _shipment(shipment: Shipment, briefing: Briefing) -> ShipmentSeen:
    hours, today = briefing.profile.hours, briefing.now.date()

    def is_working(day: date) -> bool:
        return day.weekday() < SATURDAY and holiday(hours, day) is None

    left = shipment.state is ShipmentState.DONE and shipment.done_at
    promised = promised_day(shipment, briefing.profile.delivery.freights, hours.zone, is_working)
    return ShipmentSeen(
        state=shipment.state,
        left_on=left.astimezone(hours.zone).date() if left else None,
        promised_on=promised,
        is_overdue=promised is not None and promised < today,
        carrier=shipment.carrier,
        tracking=shipment.tracking,
    )
