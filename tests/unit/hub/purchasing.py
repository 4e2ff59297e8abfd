"""A shop in memory at which customers buy, for the tests of purchases."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.fakes.catalog import FakeCatalog
from tests.fakes.holds import FakeHolds
from tests.fakes.orders import FakeOrders
from tests.fakes.script import Script

from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item
from chatwootai.hub.lookups import Lookups
from chatwootai.hub.purchases import Placed, Purchases, Refused, Reserved

ACCOUNT = "1"
SHAMPOO, MASK, SOAP, VOUCHER, CREAM = 7, 8, 9, 5, 10
MARIA = 41
EXPECTED = date(2026, 12, 20)


def offers() -> list[Offer]:
    def offer(id_: int, name: str, category: str, price: str, available: int | None) -> Offer:
        stock = None if available is None else Decimal(available)
        expected = EXPECTED if id_ == SHAMPOO else None
        return Offer(Product(id_, name, "", category), Money(Decimal(price)), stock, expected=expected)

    return [
        offer(SHAMPOO, "Shampoo", "Cabelos", "39.90", 3),
        offer(MASK, "Máscara", "Cabelos", "49.90", 2),
        offer(CREAM, "Creme", "Cabelos", "41.90", 1),
        offer(SOAP, "Sabonete", "Corpo", "9.90", 5),
        offer(VOUCHER, "Vale", "Vales", "100", None),
    ]


@dataclass
class Shop:
    """`purchases` over fakes. `slept` are the pauses of lookups, in seconds; nobody really waits."""

    now: datetime = datetime(2026, 12, 7, 10, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)
    script: Script = field(default_factory=Script)

    def __post_init__(self) -> None:
        self.catalog = FakeCatalog(offers())
        self.catalog.pause = self.script.pause
        self.orders = FakeOrders(self.catalog, self.script)
        self.holds = FakeHolds(lambda: self.now)

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            await asyncio.sleep(0)

        lookups = Lookups((1, 2, 4), sleep)
        self.purchases = Purchases(ACCOUNT, self.orders, self.catalog, self.holds, 900, lookups)

    async def reserves(self, key: str, *items: Item, coupon: str | None = None) -> Reserved | Refused:
        return await self.purchases.reserve(key, MARIA, items, coupon)

    async def confirms(
        self, key: str, *items: Item, total: str, coupon: str | None = None
    ) -> Placed | Refused:
        return await self.purchases.confirm(key, MARIA, items, Money(Decimal(total)), coupon)

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def available(self, product_id: int) -> Decimal | None:
        offer = self.catalog.offer(product_id)
        assert offer is not None
        return offer.available

    async def held(self, product_id: int) -> Decimal:
        return (await self.holds.stock_held(ACCOUNT, [product_id]))[product_id]


def some(product_id: int, quantity: int = 1) -> Item:
    return Item(product_id, Decimal(quantity))


def erratic(seed: int) -> Callable[[], Awaitable[None]]:
    """Pauses that let others come in between, differently with every seed."""
    chance = random.Random(seed)

    async def pause() -> None:
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)

    return pause
