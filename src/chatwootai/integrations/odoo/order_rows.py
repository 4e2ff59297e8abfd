"""Orders as the rows of Odoo tell them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderLine, OrderState, PaymentState, Shipment, ShipmentState
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.fulfilment import Shipments, read_payments
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.values import (
    Record,
    decimal,
    flag,
    link,
    linked_id,
    moment,
    number,
    records,
    text,
)

ORDER = "sale.order"
LINE = "sale.order.line"
_FIELDS = ["name", "state", "partner_id", "client_order_ref", "date_order", "amount_total", "currency_id"]
_OF_SOME = ["locked", "delivery_status"]
"""16 and 17 know a locked order by its state; the delivery is the module sale_stock's."""
_LINE_FIELDS = [
    "order_id",
    "product_id",
    "name",
    "product_uom_qty",
    "price_unit",
    "price_total",
    "display_type",
]
_STATES = {
    "draft": OrderState.DRAFT,
    "sent": OrderState.DRAFT,
    "sale": OrderState.CONFIRMED,
    "done": OrderState.CONFIRMED,
    "cancel": OrderState.CANCELLED,
}
_ON_THE_WAY = frozenset({"started", "partial", "full"})


class OrderRows:
    """Reads orders in one currency (ISO 4217); `RequestRefused` for one in another."""

    def __init__(self, client: OdooClient, currency: str) -> None:
        self._client = client
        self._currency = currency
        self._of_some = KnownFields(client, ORDER, _OF_SOME)
        self._shipments = Shipments(client)

    async def read(self, domain: list[object], *, limit: int, newest_first: bool = True) -> list[Order]:
        """Orders with their lines, shipments and payment."""
        rows = records(
            await self._client.read(
                ORDER,
                "search_read",
                domain=domain,
                fields=[*_FIELDS, *await self._of_some.names()],
                order="date_order desc, id desc" if newest_first else "id",
                limit=limit,
            )
        )
        if not rows:
            return []
        ids = [number(row, "id") for row in rows]
        # A draft has neither. Whether something was invoiced is not read off `invoice_status`: it says
        # "no" for an order that is invoiced as far as it was delivered.
        made = [row for row in rows if _STATES.get(text(row, "state")) is not OrderState.DRAFT]
        lines, shipments, payments = await asyncio.gather(
            self._lines(ids),
            self._shipments.of([number(row, "id") for row in made]),
            read_payments(self._client, [text(row, "name") for row in made]),
        )
        return [self._order(row, lines, shipments, payments) for row in rows]

    def _order(
        self,
        row: Record,
        lines: Mapping[int, Sequence[OrderLine]],
        shipments: Mapping[int, Sequence[Shipment]],
        payments: Mapping[str, PaymentState],
    ) -> Order:
        id_, code, state = number(row, "id"), text(row, "name"), text(row, "state")
        told = link(row, "currency_id")
        if told is None or told[1] != self._currency:
            raise RequestRefused(SERVICE, f"order {id_} is in {told}, not in {self._currency}")
        placed_at = moment(row, "date_order")
        if placed_at is None or state not in _STATES:
            raise ServiceUnavailable(SERVICE, f"order {id_} has no date or an unknown state {state!r}")
        return Order(
            id=id_,
            code=code,
            key=text(row, "client_order_ref"),
            customer_id=linked_id(row, "partner_id") or 0,
            state=_STATES[state],
            lines=tuple(lines.get(id_, ())),
            total=self._money(decimal(row, "amount_total")),
            placed_at=placed_at,
            locked=flag(row, "locked") or state == "done",
            payment=payments.get(code, PaymentState.NOT_INVOICED),
            shipments=tuple(shipments.get(id_, ())) or _untold(row),
        )

    async def _lines(self, orders: Sequence[int]) -> dict[int, list[OrderLine]]:
        rows = records(
            await self._client.read(
                LINE,
                "search_read",
                domain=[["order_id", "in", list(orders)]],
                fields=_LINE_FIELDS,
                order="order_id, sequence, id",
            )
        )
        found: dict[int, list[OrderLine]] = {}
        for row in rows:
            order, product = linked_id(row, "order_id"), linked_id(row, "product_id")
            if order is None or product is None or text(row, "display_type"):
                continue  # a section's title or a note
            found.setdefault(order, []).append(self._line(row, product))
        return found

    def _line(self, row: Record, product: int) -> OrderLine:
        quantity, total = decimal(row, "product_uom_qty"), decimal(row, "price_total")
        # As in a quote: `price_unit` is before a price list's discount and taxes that come on top.
        unit = total / quantity if quantity else decimal(row, "price_unit")
        return OrderLine(
            product_id=product,
            name=_title(row),
            quantity=quantity,
            unit_price=self._money(unit),
            subtotal=self._money(total),
            is_discount=total < 0,
        )

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self._currency)


def _untold(row: Record) -> tuple[Shipment, ...]:
    """Where we may not see transfers, the order itself tells that goods left: it must not be cancelled."""
    return (Shipment(ShipmentState.DONE),) if text(row, "delivery_status") in _ON_THE_WAY else ()


def _title(row: Record) -> str:
    first = text(row, "name").partition("\n")[0]
    _, bracket, rest = first.partition("] ")
    return rest if first.startswith("[") and bracket else first
