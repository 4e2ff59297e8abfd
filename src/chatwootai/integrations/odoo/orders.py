"""The shop's orders in its Odoo."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chatwootai.domain.errors import (
    BusinessRefusal,
    IntegrationError,
    Refusal,
    RequestRefused,
    ServiceUnavailable,
)
from chatwootai.domain.money import Money
from chatwootai.domain.orders import (
    Item,
    Order,
    OrderLine,
    OrderState,
    PaymentState,
    Quote,
    ShipmentState,
)
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.drafts import Drafts
from chatwootai.integrations.odoo.errors import SERVICE, RuleBroken
from chatwootai.integrations.odoo.order_rows import ORDER, OrderRows
from chatwootai.integrations.odoo.products import LARGEST_ID, sold_names
from chatwootai.integrations.odoo.quotes import Priced, Quotes
from chatwootai.integrations.odoo.scratch import KEPT, SILENT


class OdooOrders:
    """`domain.orders.Orders` of the company of Odoo's user; `currency` is the shop's (ISO 4217)."""

    def __init__(self, client: OdooClient, *, currency: str = "BRL") -> None:
        self._client = client
        self._currency = currency
        self._quotes = Quotes(client, currency)
        self._rows = OrderRows(client, currency)
        self._drafts = Drafts(client, self._rows)

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        names = await sold_names(self._client, items)
        told = await self._quotes.quoted(items, customer_id)
        lines = tuple(self._quoted_line(names[line.item.product_id], line) for line in told.lines)
        return Quote(lines, self._money(told.total), told.price_list)

    async def draft(
        self,
        key: str,
        customer_id: int,
        items: Sequence[Item],
        *,
        coupon: str | None = None,
        note: str = "",
    ) -> Order:
        return await self._drafts.draft(key, customer_id, items, coupon, note)

    async def confirm(self, order_id: int) -> Order:
        order = await self._read(order_id)
        if order.state is OrderState.CONFIRMED:
            return order
        if order.state is OrderState.CANCELLED:
            raise BusinessRefusal(Refusal.ORDER_CANCELLED, f"order:{order_id}")
        if not order.lines:
            raise BusinessRefusal(Refusal.ORDER_EMPTY, f"order:{order_id}")
        refusal: IntegrationError | None = None
        try:
            await self._client.write(ORDER, "action_confirm", [order_id])
        except (RuleBroken, ServiceUnavailable) as error:
            refusal = error  # as Odoo answers a confirmation that another client won, too
        order = await self._read(order_id)
        if order.state is not OrderState.CONFIRMED:
            if isinstance(refusal, ServiceUnavailable):
                raise refusal
            raise RequestRefused(SERVICE, f"order {order_id} was not confirmed") from refusal
        return order

    async def cancel(self, order_id: int) -> Order:
        order = await self._read(order_id)
        if order.state is OrderState.CANCELLED:
            return order
        if (reason := _keeps_from_cancelling(order)) is not None:
            raise BusinessRefusal(reason, f"order:{order_id}")
        refusal: RuleBroken | None = None
        try:
            await self._client.write(ORDER, "action_cancel", [order_id], context=SILENT)
        except RuleBroken as error:
            refusal = error  # somebody locked it just now
        order = await self._read(order_id)
        if order.state is OrderState.CANCELLED:
            return order
        if (reason := _keeps_from_cancelling(order)) is not None:
            raise BusinessRefusal(reason, f"order:{order_id}") from refusal
        raise RequestRefused(SERVICE, f"order {order_id} was not cancelled") from refusal

    async def find(self, key: str) -> Order | None:
        return await self._drafts.find(key)

    async def get(self, order_id: int) -> Order | None:
        if not 0 < order_id <= LARGEST_ID:
            return None
        found = await self._rows.read([["id", "=", order_id]], limit=1)
        return found[0] if found else None

    async def of_customer(self, customer_id: int, limit: int = 10) -> Sequence[Order]:
        if limit <= 0:
            return ()
        placed = ["state", "not in", ["draft", "sent"]]
        return await self._rows.read([["partner_id", "child_of", customer_id], placed, KEPT], limit=limit)

    async def _read(self, order_id: int) -> Order:
        order = await self.get(order_id)
        if order is None:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"order:{order_id}")
        return order

    def _quoted_line(self, name: str, line: Priced) -> OrderLine:
        return OrderLine(
            product_id=line.item.product_id,
            name=name,
            quantity=line.item.quantity,
            unit_price=self._money(line.unit),
            subtotal=self._money(line.total),
        )

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self._currency)


def _keeps_from_cancelling(order: Order) -> Refusal | None:
    if order.locked:
        return Refusal.ORDER_LOCKED
    if any(shipment.state is ShipmentState.DONE for shipment in order.shipments):
        return Refusal.ORDER_DELIVERED
    if order.payment not in (PaymentState.NOT_INVOICED, PaymentState.REVERSED):
        return Refusal.ORDER_INVOICED
    return None
