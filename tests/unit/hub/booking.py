"""A clinic in memory at which customers book, for the tests of bookings."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.fakes.calendars import FakeCalendar
from tests.fakes.holds import FakeHolds
from tests.fakes.script import Script

from chatwootai.domain.calendars import Professional, SchedulingRules, Service, ServiceRule, Slot
from chatwootai.domain.money import Money
from chatwootai.hub.bookings import Booked, Bookings, Held, Refused
from chatwootai.hub.lookups import Lookups

ACCOUNT = "1"
MARIA = 41
ANA, BRUNO = 3, 4
CLEANING, PEELING = 20, 21
NINE = datetime(2026, 12, 7, 12, tzinfo=UTC)
"""Nine o'clock in São Paulo, when the clinic opens; it closes at noon, this day and the next."""
HALF = timedelta(minutes=30)


@dataclass
class Clinic:
    """`bookings` over fakes. `slept` are the pauses of lookups, in seconds; nobody really waits."""

    now: datetime = NINE - timedelta(hours=4)
    gap: timedelta = timedelta(0)
    slept: list[float] = field(default_factory=list)
    script: Script = field(default_factory=Script)

    def __post_init__(self) -> None:
        rules = SchedulingRules(
            zone=ZoneInfo("America/Sao_Paulo"),
            services={
                "LIMPEZA": ServiceRule(HALF, gap=self.gap),
                "PEELING": ServiceRule(2 * HALF, professionals=("Ana",)),
            },
        )
        services = [
            Service(CLEANING, "Limpeza", "LIMPEZA", HALF, Money(Decimal(120))),
            Service(PEELING, "Peeling", "PEELING", 2 * HALF, Money(Decimal(250))),
        ]
        tomorrow = NINE + timedelta(days=1)
        periods = [(NINE, NINE + 6 * HALF), (tomorrow, tomorrow + 6 * HALF)]
        working = {Professional(ANA, "Ana"): periods, Professional(BRUNO, "Bruno"): periods}
        self.calendar = FakeCalendar(rules, services, working, now=lambda: self.now, script=self.script)
        self.holds = FakeHolds(lambda: self.now)

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            await asyncio.sleep(0)

        self.bookings = Bookings(
            ACCOUNT, self.calendar, self.holds, rules, 900, Lookups((1, 2, 4), sleep), lambda: self.now
        )

    async def reserves(self, key: str, slot: Slot, *, ignoring: int | None = None) -> Held | Refused:
        return await self.bookings.reserve(key, CLEANING, slot, ignoring=ignoring)

    async def confirms(self, key: str, slot: Slot) -> Booked | Refused:
        return await self.bookings.confirm(key, CLEANING, slot, MARIA, "Limpeza: Maria")

    async def moves(self, key: str, appointment_id: int, slot: Slot) -> Booked | Refused:
        return await self.bookings.reschedule(key, appointment_id, CLEANING, slot)

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    async def nothing_is_held(self) -> bool:
        days = timedelta(days=9)
        return not await self.holds.slots_held(ACCOUNT, [ANA, BRUNO], NINE - days, NINE + days)


def at(halves: int, professional: int = ANA, *, length: int = 1) -> Slot:
    """A slot that begins so many half hours after nine."""
    start = NINE + halves * HALF
    return Slot(start, start + length * HALF, professional)
