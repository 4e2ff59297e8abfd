"""Whether what happened is what the customer may rightly expect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from tests.e2e.dialogues.erp import Erp, Holdings
from tests.e2e.dialogues.placeholders import MONTHS, Blanks
from tests.e2e.dialogues.scripts import Booked, Placed, Then, Turn

from chatwootai.crews.dialogues.opening import WEEKDAYS
from chatwootai.domain.calendars import Appointment
from chatwootai.domain.orders import Order, OrderState

NEVER = (
    r"\{\w*\}|\{\{|\{%",
    r"\b(None|null|nan|True|False|Traceback|Exception)\b",
    r"\b(Odoo|Qdrant|ERP|lead|proposal|intent|tool|webhook|prompt|product:\d+)\b",
    r"tive um problema aqui",
)
"""What no customer may ever read: raw templates, internal words, the apology for a failed turn."""
LONGEST = 1500


async def judged(turn: Turn, answer: str, before: str, blanks: Blanks) -> list[str]:
    """What is wrong with an answer; keeps what the turn wants kept."""
    if not answer:
        return ["no answer"]
    wrong = [f"says {hit.group()!r}" for each in NEVER if (hit := re.search(each, answer))]
    if len(answer) > LONGEST:
        wrong.append(f"{len(answer)} characters are too long for a chat")
    if answer == before:
        wrong.append("repeats the last answer word for word")
    expected = [await blanks.filled(pattern, pattern=True) for pattern in turn.expects]
    wrong += [f"{each!r} is missing in {answer!r}" for each in expected if not found(each, answer)]
    forbidden = [await blanks.filled(pattern, pattern=True) for pattern in turn.never]
    wrong += [f"says {hit.group()!r} in {answer!r}" for e in forbidden if (hit := found(e, answer))]
    for name, pattern in turn.keeps.items():
        hit = found(await blanks.filled(pattern, pattern=True), answer)
        if hit is None:
            wrong.append(f"nothing to keep as {name} in {answer!r}")
        else:
            blanks.kept[name] = hit.group(1)
    return wrong


async def judged_in_the_end(
    then: Then, before: Holdings, after: Holdings, conversation: dict[str, object], erp: Erp, blanks: Blanks
) -> list[str]:
    """What is wrong with what was written, and with who has the conversation."""
    return [
        *_handover(then, conversation),
        *await _orders(then, before, after, erp, blanks),
        *_appointments(then, before, after, erp),
        *await _leads(then, before, after, blanks),
        *_strangers(then, before, after),
    ]


def _handover(then: Then, conversation: dict[str, object]) -> list[str]:
    wrong = []
    if then.handed_over is not None and (conversation["status"] == "open") != then.handed_over:
        wrong.append(f"the conversation is {conversation['status']}")
    if then.urgent and conversation["priority"] != "urgent":
        wrong.append(f"the priority is {conversation['priority']}")
    return wrong


async def _orders(then: Then, before: Holdings, after: Holdings, erp: Erp, blanks: Blanks) -> list[str]:
    old = {order.id: order for order in before.orders}
    new = [order for order in after.orders if order.id not in old and order.state is OrderState.CONFIRMED]
    wrong = []
    if after.drafts > before.drafts:
        wrong.append(f"{after.drafts - before.drafts} orders were left as drafts")
    if len(new) != len(then.orders):
        wrong.append(f"{len(new)} orders instead of {len(then.orders)}: {[_told(order) for order in new]}")
    for placed, order in zip(then.orders, sorted(new, key=lambda each: each.id), strict=False):
        wrong += await _order(placed, order, erp, blanks)
    gone = [
        order.code
        for order in after.orders
        if order.state is OrderState.CANCELLED
        and order.id in old
        and old[order.id].state is not OrderState.CANCELLED
    ]
    if bool(gone) != then.order_cancelled:
        wrong.append(f"orders cancelled: {gone or 'none'}")
    return wrong


async def _order(placed: Placed, order: Order, erp: Erp, blanks: Blanks) -> list[str]:
    got = {line.product_id: line.quantity for line in order.lines if not line.is_discount}
    want = {erp.product(code).id: quantity for code, quantity in placed.items.items()}
    wrong = [f"the order holds {_told(order)}"] if got != want else []
    total = _amount(await blanks.filled(placed.total)) if placed.total else await erp.total(placed.items)
    if order.total.amount != total:
        wrong.append(f"the order's total is {order.total.amount}, not {total}")
    return wrong


def _appointments(then: Then, before: Holdings, after: Holdings, erp: Erp) -> list[str]:
    old = {each.id: each for each in before.appointments}
    now = {each.id: each for each in after.appointments}
    new = sorted((each for id_, each in now.items() if id_ not in old), key=lambda each: each.id)
    wrong = []
    if len(new) != len(then.booked):
        wrong.append(f"{len(new)} bookings instead of {len(then.booked)}: {[_spoken(e, erp) for e in new]}")
    for booked, each in zip(then.booked, new, strict=False):
        wrong += _booking(booked, each, erp)
    moved = [id_ for id_ in old if id_ in now and old[id_].slot != now[id_].slot]
    if bool(moved) != then.booking_moved:
        wrong.append(f"appointments moved: {moved or 'none'}")
    gone = [id_ for id_ in old if id_ not in now]
    if bool(gone) != then.booking_cancelled:
        wrong.append(f"appointments cancelled: {gone or 'none'}")
    return wrong


def _booking(booked: Booked, appointment: Appointment, erp: Erp) -> list[str]:
    wrong = []
    if erp.service_of(appointment) != booked.service:
        wrong.append(f"booked {appointment.title!r} instead of {booked.service}")
    if booked.at and not found(booked.at, _spoken(appointment, erp)):
        wrong.append(f"booked for {_spoken(appointment, erp)}, not {booked.at!r}")
    if booked.who and not found(booked.who, appointment.title):
        wrong.append(f"booked as {appointment.title!r}, not for {booked.who!r}")
    return wrong


async def _leads(then: Then, before: Holdings, after: Holdings, blanks: Blanks) -> list[str]:
    new = list(after.leads)
    for known in before.leads:
        new.remove(known)
    wanted = [await blanks.filled(each, pattern=True) for each in then.leads]
    missing = [each for each in wanted if not any(found(each, lead) for lead in new)]
    wrong = [f"no lead {each!r} among {new}" for each in missing]
    if not then.leads and new:
        wrong.append(f"leads that nobody expects: {new}")
    return wrong


def _strangers(then: Then, before: Holdings, after: Holdings) -> list[str]:
    """Nobody becomes a customer by asking."""
    may = bool(then.orders or then.booked or then.leads)
    return ["entered in the ERP as a customer" for _ in [0] if after.known and not before.known and not may]


def _told(order: Order) -> list[str]:
    return [f"{line.quantity:f} × {line.name}" for line in order.lines]


def _spoken(appointment: Appointment, erp: Erp) -> str:
    at: datetime = appointment.slot.start.astimezone(erp.zone)
    clock = f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"
    return f"{WEEKDAYS[at.weekday()]}, {at.day} de {MONTHS[at.month - 1]}, {clock}"


def _amount(text: str) -> Decimal:
    """Of "R$ 1.234,50"."""
    return Decimal(re.sub(r"[^\d,]", "", text).replace(",", "."))


def found(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL)


def report(problems: Iterable[str], transcript: Iterable[str]) -> str:
    return "\n".join(["", *(f"✗ {each}" for each in problems), "", *transcript])
