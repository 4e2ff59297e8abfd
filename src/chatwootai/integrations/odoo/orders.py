"""The shop's orders in its Odoo."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chatwootai.domain.errors import BusinessRefusal, Refusal, RequestRefused
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
from chatwootai.integrations.odoo.coupons import apply_coupon
from chatwootai.integrations.odoo.errors import SERVICE, RuleBroken
from chatwootai.integrations.odoo.order_rows import ORDER, read_orders
from chatwootai.integrations.odoo.products import LARGEST_ID, MODEL, plain_name
from chatwootai.integrations.odoo.quotes import Priced, quoted
from chatwootai.integrations.odoo.values import created, number, records

_SILENT = {"disable_cancel_warning": True}
"""Without it Odoo answers a wizard and cancels nothing."""


class OdooOrders:
    """`domain.orders.Orders` of the company of Odoo's user; `currency` is the shop's (ISO 4217)."""

    def __init__(self, client: OdooClient, *, currency: str = "BRL") -> None:
        self._client = client
        self._currency = currency

    async def quote(self, items: Sequence[Item], *, customer_id: int | None = None) -> Quote:
        names = await self._names(items)
        told = await quoted(self._client, items, customer_id, self._currency)
        lines = tuple(self._quoted_line(names[line.item.product_id], line) for line in told.lines)
        return Quote(lines, self._money(told.total), told.price_list)

    async def draft(
        self, key: str, customer_id: int, items: Sequence[Item], *, coupon: str | None = None
    ) -> Order:
        known = await self.find(key)
        if known is not None:
            return known
        await self._names(items)
        values = {
            "partner_id": customer_id,
            "client_order_ref": key,
            "order_line": [
                [0, 0, {"product_id": item.product_id, "product_uom_qty": float(item.quantity)}]
                for item in items
            ],
        }
        made = created(await self._client.write(ORDER, "create", vals_list=values))
        first = await self._first_of(key)
        if first is not None and first.id != made:
            await self._cancel(made)  # the same key was drafted twice at once: the older order stays
            return first
        if coupon:
            await self._with_coupon(made, key, coupon)
        return await self._read(made)

    async def confirm(self, order_id: int) -> Order:
        order = await self._read(order_id)
        if order.state is OrderState.CONFIRMED:
            return order
        if order.state is OrderState.CANCELLED:
            raise BusinessRefusal(Refusal.ORDER_CANCELLED, f"order:{order_id}")
        if not order.lines:
            raise BusinessRefusal(Refusal.ORDER_EMPTY, f"order:{order_id}")
        refusal: RuleBroken | None = None
        try:
            await self._client.write(ORDER, "action_confirm", [order_id])
        except RuleBroken as error:
            refusal = error  # as Odoo answers a confirmation that another client won, too
        order = await self._read(order_id)
        if order.state is not OrderState.CONFIRMED:
            raise RequestRefused(SERVICE, f"order {order_id} was not confirmed") from refusal
        return order

    async def cancel(self, order_id: int) -> Order:
        order = await self._read(order_id)
        if order.state is OrderState.CANCELLED:
            return order
        if (reason := _keeps_from_cancelling(order)) is not None:
            raise BusinessRefusal(reason, f"order:{order_id}")
        await self._cancel(order_id)
        order = await self._read(order_id)
        if order.state is not OrderState.CANCELLED:
            raise RequestRefused(SERVICE, f"order {order_id} was not cancelled")
        return order

    async def find(self, key: str) -> Order | None:
        return await self._first_of(key)

    async def get(self, order_id: int) -> Order | None:
        if not 0 < order_id <= LARGEST_ID:
            return None
        found = await read_orders(self._client, [["id", "=", order_id]], self._currency, limit=1)
        return found[0] if found else None

    async def of_customer(self, customer_id: int, limit: int = 10) -> Sequence[Order]:
        if limit <= 0:
            return ()
        domain = [["partner_id", "child_of", customer_id], ["state", "not in", ["draft", "sent"]]]
        return await read_orders(self._client, domain, self._currency, limit=limit)

    async def _first_of(self, key: str) -> Order | None:
        company = (await self._client.identity()).company
        domain = [["client_order_ref", "=", key], ["company_id", "=", company]]
        found = await read_orders(self._client, domain, self._currency, limit=10, newest_first=False)
        alive = [order for order in found if order.state is not OrderState.CANCELLED]
        confirmed = [order for order in alive if order.state is OrderState.CONFIRMED]
        return next(iter([*confirmed, *alive, *found]), None)

    async def _read(self, order_id: int) -> Order:
        order = await self.get(order_id)
        if order is None:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"order:{order_id}")
        return order

    async def _cancel(self, order_id: int) -> None:
        await self._client.write(ORDER, "action_cancel", [order_id], context=_SILENT)

    async def _with_coupon(self, order_id: int, key: str, coupon: str) -> None:
        try:
            await apply_coupon(self._client, order_id, coupon)
            _refuse_without_discount(await self._read(order_id), coupon)
        except BusinessRefusal:
            # A seller may not delete orders: the key is taken off, so that it can be used again.
            await self._client.write(
                ORDER, "write", [order_id], vals={"client_order_ref": f"{key} (cupom recusado)"}
            )
            await self._cancel(order_id)
            raise

    async def _names(self, items: Sequence[Item]) -> dict[int, str]:
        wanted = sorted({item.product_id for item in items})
        if not wanted or any(item.quantity <= 0 for item in items):
            raise BusinessRefusal(Refusal.ORDER_EMPTY)
        rows = records(
            await self._client.read(
                MODEL,
                "search_read",
                domain=[["id", "in", wanted], ["sale_ok", "=", True]],
                fields=["display_name", "default_code"],
            )
        )
        names = {number(row, "id"): plain_name(row) for row in rows}
        if missing := [id_ for id_ in wanted if id_ not in names]:
            raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"product:{missing[0]}")
        return names

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


def _refuse_without_discount(order: Order, coupon: str) -> None:
    if not any(line.is_discount for line in order.lines):
        raise BusinessRefusal(Refusal.COUPON_NOT_APPLICABLE, coupon)
