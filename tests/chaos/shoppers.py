"""A worker's customers, as a process of their own: `python -m tests.chaos.shoppers`, which may be killed.

Reads one JSON object from standard input and writes one per step of a customer to standard output.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

import aiohttp

from chatwootai.domain.calendars import SchedulingRules, ServiceRule, Slot
from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.hub.bookings import Booked, Bookings, Held
from chatwootai.hub.purchases import Placed, Purchases, Reserved
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

ZONE = ZoneInfo("America/Sao_Paulo")
RULES = SchedulingRules(ZONE, {"LIMPEZA": ServiceRule(timedelta(minutes=60))})
ACCOUNT = "1"
ATTEMPTS = 5
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Errand:
    """What the customers of a process want: a unit of `product`, or the slot of `service` that starts then.

    `reserved` are customers who have reserved already, and say yes now.
    """

    store: str
    url: str
    database: str
    login: str
    key: str
    customer: int
    numbers: list[int] = field(default_factory=list)
    reserved: list[int] = field(default_factory=list)
    product: int = 0
    price: str = "0"
    service: int = 0
    professional: int = 0
    starts: str = ""
    hold_seconds: float = 900.0
    hesitates: float = 0.0
    """Seconds between the proposal and the yes."""

    @property
    def slot(self) -> Slot:
        start = datetime.fromisoformat(self.starts)
        return Slot(start, start + timedelta(minutes=60), self.professional)

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()


class Shoppers:
    def __init__(self, errand: Errand, client: OdooClient, holds: PostgresHoldStore) -> None:
        self.errand = errand
        catalog, orders = OdooCatalog(client, zone=ZONE), OdooOrders(client)
        calendar = OdooCalendar(client, RULES, now=lambda: datetime.now(UTC))
        self.purchases = Purchases(ACCOUNT, orders, catalog, holds, errand.hold_seconds)
        self.bookings = Bookings(ACCOUNT, calendar, holds, RULES, errand.hold_seconds)

    async def buy(self, number: int) -> None:
        key, items = f"caos-{number}", [Item(self.errand.product)]
        if number not in self.errand.reserved:
            reserved = await _tried(lambda: self.purchases.reserve(key, self.errand.customer, items))
            if not isinstance(reserved, Reserved):
                others = [offer.product.id for offer in reserved.alternatives]
                _tell(number, reserved.reason.value, available=str(reserved.available), others=others)
                return
            _tell(number, "reserved")
            await asyncio.sleep(self.errand.hesitates)
        total = Money(Decimal(self.errand.price))
        placed = await _tried(lambda: self.purchases.confirm(key, self.errand.customer, items, total))
        if isinstance(placed, Placed):
            _tell(number, "done", id=placed.order.id)
            return
        others = [offer.product.id for offer in placed.alternatives]
        _tell(number, placed.reason.value, available=str(placed.available), others=others)

    async def book(self, number: int) -> None:
        key, errand = f"caos-{number}", self.errand
        if number not in errand.reserved:
            held = await _tried(lambda: self.bookings.reserve(key, errand.service, errand.slot))
            if not isinstance(held, Held):
                _tell(number, held.reason.value, others=[str(slot.start) for slot in held.alternatives])
                return
            _tell(number, "reserved")
        booked = await _tried(
            lambda: self.bookings.confirm(key, errand.service, errand.slot, errand.customer, "Limpeza")
        )
        if isinstance(booked, Booked):
            _tell(number, "done", id=booked.appointment.id)
            return
        _tell(number, booked.reason.value, others=[str(slot.start) for slot in booked.alternatives])


async def _tried(act: Callable[[], Awaitable[Result]]) -> Result:
    """As a turn is: again with the same key, while the error is one that may pass."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await act()
        except IntegrationError as error:
            if not error.retryable:
                raise
            print(error, file=sys.stderr)
            await asyncio.sleep(0.5)
    return await act()


def _tell(number: int, step: str, **more: object) -> None:
    print(json.dumps({"number": number, "step": step, **more}), flush=True)


async def main() -> None:
    errand = Errand(**json.load(sys.stdin))
    access = OdooAccess(errand.url, errand.database, errand.login, errand.key, timeout=30.0)
    async with (
        make_pool(errand.store, size=4, timeout=60, name="rows") as rows,
        make_lock_pool(errand.store, size=4, timeout=60) as locks,
        aiohttp.ClientSession() as session,
    ):
        holds = PostgresHoldStore(rows, Seclusion(locks, 120))
        shoppers = Shoppers(errand, OdooClient(session, access), holds)
        print(json.dumps({"step": "open"}), flush=True)
        visit = shoppers.buy if errand.product else shoppers.book
        await asyncio.gather(*map(visit, errand.numbers))


if __name__ == "__main__":
    asyncio.run(main())
