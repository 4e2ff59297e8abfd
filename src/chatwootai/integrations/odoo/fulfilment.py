"""What became of orders: their shipments and their payment."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chatwootai.domain.orders import PaymentState, Shipment, ShipmentState
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.products import literally
from chatwootai.integrations.odoo.values import Record, link, linked_id, moment, records, text

_PICKING = "stock.picking"
_OF_SOME = ["sale_id", "picking_type_code", "carrier_id", "carrier_tracking_ref"]
"""The first is the module sale_stock's, the last two are those of deliveries."""
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


class Shipments:
    """The transfers of orders; none where we may not see them."""

    def __init__(self, client: OdooClient) -> None:
        self._client = client
        self._of_some = KnownFields(client, _PICKING, _OF_SOME)

    async def of(self, orders: Sequence[int]) -> dict[int, list[Shipment]]:
        """By order, oldest first."""
        if not orders:
            return {}
        try:
            rows = await self._rows(orders)
        except (ModuleMissing, RightMissing):
            return {}
        found: dict[int, list[Shipment]] = {}
        for row in rows:
            order = linked_id(row, "sale_id")
            if order is None or text(row, "picking_type_code") == "incoming":
                continue  # what a customer sends back
            found.setdefault(order, []).append(_shipment(row))
        return found

    async def _rows(self, orders: Sequence[int]) -> list[Record]:
        known = await self._of_some.names()
        if "sale_id" not in known:
            return []
        answer = await self._client.read(
            _PICKING,
            "search_read",
            domain=[["sale_id", "in", list(orders)]],
            fields=["state", "scheduled_date", "date_done", *known],
            order="id",
        )
        return records(answer)


def _shipment(row: Record) -> Shipment:
    carrier = link(row, "carrier_id")
    return Shipment(
        state=_SHIPMENTS.get(text(row, "state"), ShipmentState.WAITING),
        scheduled_at=moment(row, "scheduled_date"),
        done_at=moment(row, "date_done"),
        carrier=carrier[1] if carrier else "",
        tracking=text(row, "carrier_tracking_ref"),
    )


async def read_payments(client: OdooClient, codes: Sequence[str]) -> dict[str, PaymentState]:
    """How far the invoices of orders are paid, by the order's code; orders without any are left out."""
    if not codes:
        return {}
    # An invoice over several orders names them all in one text.
    named: list[object] = [["invoice_origin", "ilike", literally(code)] for code in codes]
    kind = [["move_type", "=", "out_invoice"], ["state", "=", "posted"]]
    try:
        answer = await client.read(
            "account.move",
            "search_read",
            domain=[*kind, *["|"] * (len(named) - 1), *named],
            fields=["invoice_origin", "payment_state"],
            order="id",
        )
    except (ModuleMissing, RightMissing):
        return {}
    states: dict[str, list[PaymentState]] = {}
    for row in records(answer):
        for code in text(row, "invoice_origin").split(","):
            states.setdefault(code.strip(), []).append(
                _PAYMENTS.get(text(row, "payment_state"), PaymentState.OPEN)
            )
    return {code: _together(states[code]) for code in codes if code in states}


def _together(states: Collection[PaymentState]) -> PaymentState:
    counting = set(states) - {PaymentState.REVERSED}
    if not counting:
        return PaymentState.REVERSED
    return counting.pop() if len(counting) == 1 else PaymentState.PARTIAL
