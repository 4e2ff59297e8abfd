"""The customers of the scenarios: newcomers, people with records made for them, people of the sample."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.e2e.dialogues.erp import Erp
from tests.e2e.dialogues.scripts import Customer as Wanted

from chatwootai.brazil import documents
from chatwootai.domain.calendars import Appointment
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.orders import Order, OrderState, PaymentState, ShipmentState
from chatwootai.integrations.odoo.values import Record, linked_id, number, text

AREAS = {"cosmeticos": 11, "varejo": 41, "saude": 31}
FIRST = (
    "Aline",
    "Bianca",
    "Camila",
    "Daniela",
    "Elaine",
    "Flávia",
    "Gabriela",
    "Heloísa",
    "Isabela",
    "Juliana",
    "Karen",
    "Letícia",
    "Marina",
    "Natália",
    "Olívia",
    "Patrícia",
    "Renata",
    "Sabrina",
    "Talita",
    "Vanessa",
)
LAST = (
    "Abreu",
    "Barroso",
    "Cordeiro",
    "Dantas",
    "Esteves",
    "Farias",
    "Guedes",
    "Hofmann",
    "Ibarra",
    "Jardim",
    "Klein",
    "Lacerda",
    "Macedo",
    "Novaes",
    "Osório",
    "Pacheco",
    "Quintela",
    "Rangel",
    "Sampaio",
    "Toledo",
)


def _shipped(order: Order) -> datetime | None:
    dates = [each.done_at for each in order.shipments if each.state is ShipmentState.DONE and each.done_at]
    is_whole = all(each.state is not ShipmentState.WAITING for each in order.shipments)
    return max(dates, default=None) if is_whole else None


def _delivered_long_ago(order: Order) -> bool:
    at = _shipped(order)
    return at is not None and at < datetime.now(UTC) - timedelta(days=40)


def _tracked(order: Order) -> bool:
    return any(each.state is ShipmentState.DONE and each.tracking for each in order.shipments)


def _paid_and_waiting(order: Order) -> bool:
    return order.payment is PaymentState.PAID and not _shipped(order) and bool(order.shipments)


QUERIES: Mapping[str, Callable[[Order], bool]] = {
    "delivered_long_ago": _delivered_long_ago,
    "tracked": _tracked,
    "paid_and_waiting": _paid_and_waiting,
}
"""What the newest order of somebody in the sample must be like."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who talks. `id` is hers in the ERP, None for somebody it does not know."""

    name: str
    phone: str
    id: int | None = None
    document: str = ""
    email: str = ""
    order: Order | None = None
    booking: Appointment | None = None


@dataclass(slots=True)
class People:
    """Gives every scenario somebody of its own."""

    erp: Erp
    profile: str
    _sample: dict[str, list[Person]] = field(default_factory=dict)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def somebody(self, wanted: Wanted, place: int) -> Person:
        """Raises `LookupError` where the sample has nobody of the kind left."""
        if wanted.sample:
            async with self._lock:
                if not self._sample:
                    self._sample = await self._read_sample()
                if not self._sample[wanted.sample]:
                    raise LookupError(f"nobody in the sample is {wanted.sample}")
                return self._sample[wanted.sample].pop()
        person = self._newcomer(place)
        if wanted.has is None:
            return person
        key = f"cenario_{self.profile}_{place}"
        known = NewCustomer(person.name, person.phone, person.email, person.document)
        id_ = await self.erp.enter(key, known)
        has = wanted.has
        order = None
        if has.order:
            order = await self.erp.order(key, id_, has.order, delivered=has.delivered)
        booking = None
        if has.booking:
            booking = await self.erp.booking(key, id_, person.name, has.booking, soon=has.soon)
        return Person(person.name, person.phone, id_, person.document, person.email, order, booking)

    def _newcomer(self, place: int) -> Person:
        first, last = FIRST[place % 20], LAST[(place // 20 + place) % 20]
        phone = f"+55{AREAS[self.profile]}9{97000000 + 137 * place:08d}"
        email = f"{first}.{last}.{place}@email.example".lower().encode("ascii", "ignore").decode()
        return Person(f"{first} {last}", phone, document=_cpf(345_000_000 + place), email=email)

    async def _read_sample(self) -> dict[str, list[Person]]:
        newest = await self._newest_orders()
        people = await self.erp.search(
            "res.partner",
            [["id", "in", list(newest)], ["is_company", "=", False]],
            ["name", "phone_sanitized", "vat", "email", "parent_id"],
        )
        found: dict[str, list[Person]] = {name: [] for name in QUERIES}
        seen = [text(row, "phone_sanitized") for row in people]
        for row in people:
            phone, order = text(row, "phone_sanitized"), newest[number(row, "id")]
            # Somebody whose number others share, or whose company buys, would have to be asked who she is.
            if not phone or seen.count(phone) > 1 or linked_id(row, "parent_id"):
                continue
            if order.state is not OrderState.CONFIRMED or order.customer_id != number(row, "id"):
                continue
            kind = next((name for name, fits in QUERIES.items() if fits(order)), None)
            if kind:
                found[kind].append(_person(row, phone, order))
        return found

    async def _newest_orders(self) -> dict[int, Order]:
        """By customer, read in parts: an ERP takes no condition of hundreds of codes."""
        rows = await self.erp.search(
            "sale.order", [["state", "in", ["sale", "done"]]], ["partner_id", "date_order"]
        )
        rows.sort(key=lambda row: text(row, "date_order"))
        newest = list({linked_id(row, "partner_id"): number(row, "id") for row in rows}.values())
        parts = [newest[start : start + 30] for start in range(0, len(newest), 30)]
        orders = [
            order for part in parts for order in await self.erp.rows.read([["id", "in", part]], limit=30)
        ]
        return {order.customer_id: order for order in orders}


def _person(row: Record, phone: str, order: Order) -> Person:
    return Person(
        text(row, "name"), phone, number(row, "id"), text(row, "vat"), text(row, "email"), order=order
    )


def _cpf(root: int) -> str:
    digits = f"{root:09d}"
    return next(
        written for end in range(100) if (written := f"{digits}{end:02d}") and documents.parse(written)
    )
