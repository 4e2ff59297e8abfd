"""Orders as the rows of Odoo tell them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from chatwootai.domain.errors import RequestRefused, ServiceUnavailable
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Order, OrderLine, OrderState, PaymentState, Shipment, ShipmentState
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE, ModuleMissing, RightMissing
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
_FIELDS = [
    "name",
    "state",
    "partner_id",
    "client_order_ref",
    "date_order",
    "amount_total",
    "currency_id",
    "invoice_status",
]
_LINE_FIELDS = [
    "order_id",
    "product_id",
    "name",
    "product_uom_qty",
    "price_unit",
    "price_total",
    "display_type",
]
_SHIPMENT_FIELDS = ["sale_id", "state", "scheduled_date", "date_done", "carrier_id", "carrier_tracking_ref"]
_PLAIN_SHIPMENT_FIELDS = ["sale_id", "state", "scheduled_date", "date_done"]
_STATES = {
    "draft": OrderState.DRAFT,
    "sent": OrderState.DRAFT,
    "sale": OrderState.CONFIRMED,
    "done": OrderState.CONFIRMED,
    "cancel": OrderState.CANCELLED,
}
_SHIPMENTS = {
    "draft": ShipmentState.WAITING,
    "waiting": ShipmentState.WAITING,
    "confirmed": ShipmentState.WAITING,
    "assigned": ShipmentState.READY,
    "done": ShipmentState.DONE,
    "cancel": ShipmentState.CANCELLED,
}
_PAYMENTS = {
    "paid": PaymentState.PAID,
    "in_payment": PaymentState.PAID,
    "partial": PaymentState.PARTIAL,
    "reversed": PaymentState.REVERSED,
    "not_paid": PaymentState.OPEN,
}


async def read_orders(
    client: OdooClient, domain: list[object], currency: str, *, limit: int, newest_first: bool = True
) -> list[Order]:
    """Orders with their lines, shipments and payment. Raises `RequestRefused` for another currency."""
    fields = [*_FIELDS, "locked"] if (await client.series()).has_locked else _FIELDS
    order = "date_order desc, id desc" if newest_first else "id"
    rows = records(
        await client.read(ORDER, "search_read", domain=domain, fields=fields, order=order, limit=limit)
    )
    if not rows:
        return []
    ids = [number(row, "id") for row in rows]
    lines, shipments, payments = await asyncio.gather(
        _lines(client, ids, currency), _shipments(client, ids), _payments(client, rows)
    )
    return [_order(row, currency, lines, shipments, payments) for row in rows]


def _order(
    row: Record,
    currency: str,
    lines: dict[int, list[OrderLine]],
    shipments: dict[int, list[Shipment]],
    payments: dict[str, PaymentState],
) -> Order:
    id_, code, state = number(row, "id"), text(row, "name"), text(row, "state")
    told = link(row, "currency_id")
    if told is None or told[1] != currency:
        raise RequestRefused(SERVICE, f"order {id_} is in {told}, not in {currency}")
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
        total=Money(decimal(row, "amount_total"), currency),
        placed_at=placed_at,
        locked=flag(row, "locked") or state == "done",
        payment=payments.get(code, PaymentState.NOT_INVOICED),
        shipments=tuple(shipments.get(id_, ())),
    )


async def _lines(client: OdooClient, orders: Sequence[int], currency: str) -> dict[int, list[OrderLine]]:
    rows = records(
        await client.read(
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
        total = decimal(row, "price_total")
        line = OrderLine(
            product_id=product,
            name=_title(row),
            quantity=decimal(row, "product_uom_qty"),
            unit_price=Money(decimal(row, "price_unit"), currency),
            subtotal=Money(total, currency),
            is_discount=total < 0,
        )
        found.setdefault(order, []).append(line)
    return found


def _title(row: Record) -> str:
    first = text(row, "name").partition("\n")[0]
    _, bracket, rest = first.partition("] ")
    return rest if first.startswith("[") and bracket else first


async def _shipments(client: OdooClient, orders: Sequence[int]) -> dict[int, list[Shipment]]:
    rows: list[Record] = []
    for fields in (_SHIPMENT_FIELDS, _PLAIN_SHIPMENT_FIELDS):
        try:
            answer = await client.read(
                "stock.picking",
                "search_read",
                domain=[["sale_id", "in", list(orders)]],
                fields=fields,
                order="id",
            )
        except (ModuleMissing, RightMissing):
            return {}
        except RequestRefused:
            continue  # without the module delivery there is no carrier
        rows = records(answer)
        break
    found: dict[int, list[Shipment]] = {}
    for row in rows:
        order = linked_id(row, "sale_id")
        carrier = link(row, "carrier_id")
        shipment = Shipment(
            state=_SHIPMENTS.get(text(row, "state"), ShipmentState.WAITING),
            scheduled_at=moment(row, "scheduled_date"),
            done_at=moment(row, "date_done"),
            carrier=carrier[1] if carrier else "",
            tracking=text(row, "carrier_tracking_ref"),
        )
        if order is not None:
            found.setdefault(order, []).append(shipment)
    return found


async def _payments(client: OdooClient, orders: Sequence[Record]) -> dict[str, PaymentState]:
    """The payment of each order's last invoice, by the order's code."""
    codes = [text(row, "name") for row in orders if text(row, "invoice_status") != "no"]
    if not codes:
        return {}
    domain = [["invoice_origin", "in", codes], ["move_type", "=", "out_invoice"], ["state", "=", "posted"]]
    try:
        answer = await client.read(
            "account.move",
            "search_read",
            domain=domain,
            fields=["invoice_origin", "payment_state"],
            order="id",
        )
    except (ModuleMissing, RightMissing):
        return {}
    return {
        text(row, "invoice_origin"): _PAYMENTS.get(text(row, "payment_state"), PaymentState.OPEN)
        for row in records(answer)
    }
