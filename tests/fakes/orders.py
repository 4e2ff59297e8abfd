"""Orders in memory that behave as `domain.orders.Orders` promises, over a `FakeCatalog`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from tests.fakes.catalog import FakeCatalog
from tests.fakes.script import Script

from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.money import Money
from chatwootai.domain.orders import (
    Item,
    Order,
    OrderLine,
    Orders,
    OrderState,
    Quote,
    Shipment,
    ShipmentState,
)

LEFT_THE_WAREHOUSE = frozenset({ShipmentState.DONE})


class FakeOrders:
    """`Orders`. A confirmed order takes its units from the catalogue, whether they are there or not.

    `coupons` are percents by code, `notes` what was noted by key. `script` says what is to happen. What
    follows "People's acts" is done in the ERP by others, who ask nobody.
    """

    def __init__(self, catalog: FakeCatalog, script: Script | None = None) -> None:
        self.catalog = catalog
        self.script = script or Script()
        self.coupons: dict[str, Decimal] = {}
        self.notes: dict[str, str] = {}
        self._orders: dict[int, Order] = {}

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        return await self.script.run("quote", lambda: self._quote(items))

    async def draft(
        self,
        key: str,
        customer_id: int,
        items: Sequence[Item],
        *,
        coupon: str | None = None,
        note: str = "",
    ) -> Order:
        return await self.script.run("draft", lambda: self._draft(key, customer_id, items, coupon, note))

    async def confirm(self, order_id: int) -> Order:
        return await self.script.run("confirm", lambda: self._confirm(order_id))

    async def cancel(self, order_id: int) -> Order:
        return await self.script.run("cancel", lambda: self._cancel(order_id))

    async def find(self, key: str) -> Order | None:
        return await self.script.run("find", lambda: self._find(key))

    async def get(self, order_id: int) -> Order | None:
        return await self.script.run("get", lambda: self._orders.get(order_id))

    async def of_customer(self, customer_id: int, limit: int = 10) -> Sequence[Order]:
        def newest() -> Sequence[Order]:
            found = [o for o in self.all() if o.customer_id == customer_id]
            return tuple([o for o in found[::-1] if o.state is not OrderState.DRAFT][:limit])

        return await self.script.run("of_customer", newest)

    # People's acts, and what a test asks.

    def all(self) -> list[Order]:
        """Every order, oldest first."""
        return list(self._orders.values())

    def confirmed(self) -> list[Order]:
        return [order for order in self.all() if order.state is OrderState.CONFIRMED]

    def sell(self, product_id: int, quantity: Decimal = Decimal(1)) -> Order:
        """Somebody enters an order and confirms it."""
        order = self._enter("", 999, self._quote([Item(product_id, quantity)]))
        return self._confirm(order.id)

    def edit(self, key: str, *items: Item) -> None:
        """Somebody changes the items of an order."""
        order = self._of(key)
        quote = self._quote(items)
        if order.state is OrderState.CONFIRMED:
            self._take(order, -1)
            self._take(replace(order, lines=quote.lines), 1)
        self._orders[order.id] = replace(order, lines=quote.lines, total=quote.total)

    def confirm_by_hand(self, key: str) -> None:
        self._confirm(self._of(key).id)

    def cancel_by_hand(self, key: str) -> None:
        self._cancel(self._of(key).id)

    def take_back(self, key: str) -> None:
        """Somebody cancels an order and makes a quotation of it again."""
        order = self._of(key)
        self._cancel(order.id)
        self._orders[order.id] = replace(order, state=OrderState.DRAFT, shipments=())

    def lock(self, key: str) -> None:
        order = self._of(key)
        self._orders[order.id] = replace(order, locked=True)

    def forget_all(self) -> None:
        """Somebody deletes every order."""
        self._orders.clear()

    # What the ERP does.

    def _quote(self, items: Sequence[Item]) -> Quote:
        lines: list[OrderLine] = []
        for item in items:
            offer = self.catalog.offer(item.product_id)
            if offer is None:
                raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"product {item.product_id}")
            subtotal = Money(offer.price.amount * item.quantity, offer.price.currency)
            lines.append(OrderLine(item.product_id, offer.product.name, item.quantity, offer.price, subtotal))
        return Quote(tuple(lines), _total(lines))

    def _draft(
        self, key: str, customer_id: int, items: Sequence[Item], coupon: str | None, note: str
    ) -> Order:
        found = self._find(key)
        if found is not None:
            return found
        quote = self._quote(items)
        self.notes[key] = note
        if coupon is None:
            return self._enter(key, customer_id, quote)
        if coupon not in self.coupons:
            raise BusinessRefusal(Refusal.COUPON_INVALID, coupon)
        less = Money(-quote.total.amount * self.coupons[coupon] / 100)
        lines = (*quote.lines, OrderLine(0, coupon, Decimal(1), less, less, is_discount=True))
        return self._enter(key, customer_id, Quote(lines, _total(lines)))

    def _enter(self, key: str, customer_id: int, quote: Quote) -> Order:
        id_ = len(self._orders) + 1
        now = datetime.now(UTC)
        order = Order(id_, f"S{id_:05}", key, customer_id, OrderState.DRAFT, quote.lines, quote.total, now)
        self._orders[id_] = order
        return order

    def _confirm(self, order_id: int) -> Order:
        order = self._known(order_id)
        if order.state is OrderState.CONFIRMED:
            return order
        if order.state is OrderState.CANCELLED:
            raise BusinessRefusal(Refusal.ORDER_CANCELLED, order.code)
        if not order.lines:
            raise BusinessRefusal(Refusal.ORDER_EMPTY, order.code)
        self._take(order, 1)
        shipments = (Shipment(ShipmentState.READY),)
        self._orders[order_id] = replace(order, state=OrderState.CONFIRMED, shipments=shipments)
        return self._orders[order_id]

    def _cancel(self, order_id: int) -> Order:
        order = self._known(order_id)
        if order.state is OrderState.CANCELLED:
            return order
        if order.locked:
            raise BusinessRefusal(Refusal.ORDER_LOCKED, order.code)
        if any(shipment.state in LEFT_THE_WAREHOUSE for shipment in order.shipments):
            raise BusinessRefusal(Refusal.ORDER_DELIVERED, order.code)
        if order.state is OrderState.CONFIRMED:
            self._take(order, -1)
        self._orders[order_id] = replace(order, state=OrderState.CANCELLED, shipments=())
        return self._orders[order_id]

    def _take(self, order: Order, sign: int) -> None:
        for line in order.lines:
            if not line.is_discount:
                self.catalog.take(line.product_id, sign * line.quantity)

    def _known(self, order_id: int) -> Order:
        order = self._orders.get(order_id)
        if order is None:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"order {order_id}")
        return order

    def _of(self, key: str) -> Order:
        order = self._find(key)
        assert order is not None, key
        return order

    def _find(self, key: str) -> Order | None:
        ranks = {OrderState.CONFIRMED: 0, OrderState.DRAFT: 1, OrderState.CANCELLED: 2}
        found = [order for order in self.all() if key and order.key == key]
        return min(found, key=lambda order: (ranks[order.state], order.id), default=None)


def _total(lines: Sequence[OrderLine]) -> Money:
    return Money(sum((line.subtotal.amount for line in lines), Decimal(0)))


def _keeps_to_the_port(orders: FakeOrders) -> Orders:
    return orders
