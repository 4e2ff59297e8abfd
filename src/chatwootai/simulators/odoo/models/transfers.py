"""Goods that leave or arrive: validating a picking, with a backorder for what is not there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.deliveries import settle_pickings
from chatwootai.simulators.odoo.models.reservations import reserve
from chatwootai.simulators.odoo.models.wording import worded

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_PICKING = "SELECT k.id, k.kind, k.status FROM erp.pickings k WHERE k.id = %s"
_MOVES = """
SELECT m.id, m.product_id, m.warehouse_id, m.quantity, erp.kept(m) AS reserved, p.is_storable
FROM erp.moves m JOIN public.products p ON p.id = m.product_id
WHERE m.picking_id = %s AND m.status NOT IN ('done', 'cancel')
ORDER BY m.product_id, m.id
"""
_DONE_MOVE = """
UPDATE erp.moves SET quantity = %(quantity)s, reserved = 0, status = 'done' WHERE id = %(move)s RETURNING id
"""
_DONE_PICKING = """
UPDATE erp.pickings SET status = 'done', done_at = date_trunc('second', now()) WHERE id = %s RETURNING id
"""
_DELIVERED = """
UPDATE public.order_items i SET delivered = i.delivered + %(quantity)s
FROM erp.moves m WHERE m.id = %(move)s AND i.id = m.order_item_id RETURNING i.id
"""
_TAKE_OUT = """
UPDATE public.stock SET quantity = quantity - %(quantity)s, reserved = reserved - %(quantity)s
WHERE product_id = %(product)s AND warehouse_id = %(warehouse)s RETURNING id
"""
_PUT_IN = """
INSERT INTO public.stock (product_id, warehouse_id, quantity)
VALUES (%(product)s, %(warehouse)s, %(quantity)s)
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = stock.quantity + excluded.quantity
RETURNING id
"""
_BACKORDER = """
INSERT INTO erp.pickings (company_id, name, order_id, partner_id, carrier_id, scheduled_at)
SELECT k.company_id,
    regexp_replace(k.name, '[^/]*$', '') || lpad(nextval('erp.picking_numbers')::text, 5, '0'),
    k.order_id, k.partner_id, k.carrier_id, k.scheduled_at
FROM erp.pickings k WHERE k.id = %s
RETURNING id
"""
_BACKORDER_MOVE = """
INSERT INTO erp.moves (picking_id, order_item_id, product_id, warehouse_id, quantity, reserved)
SELECT %(picking)s, m.order_item_id, m.product_id, m.warehouse_id, %(quantity)s, 0
FROM erp.moves m WHERE m.id = %(move)s
RETURNING id
"""
_MOVE_TO = "UPDATE erp.moves SET picking_id = %(picking)s WHERE id = %(move)s RETURNING id"
_WAITING = """
SELECT m.id, m.picking_id FROM erp.moves m JOIN erp.pickings k ON k.id = m.picking_id
WHERE k.kind = 'outgoing' AND m.status IN ('confirmed', 'assigned')
    AND m.product_id = ANY(%(products)s) AND m.warehouse_id = ANY(%(warehouses)s)
ORDER BY k.scheduled_at, m.id
"""


async def validate(records: Records, picking: int) -> Json:
    """Deliver or receive a picking.

    What is kept for it goes out. If that is not all, the answer is the action of Odoo's backorder wizard and
    nothing happens, unless the context says `skip_backorder`: then the rest waits in a picking of its own.
    """
    (row,) = await records.rows(_PICKING, (picking,))
    if row["status"] in ("done", "cancel"):
        return True
    moves = await records.rows(_MOVES, (picking,))
    if row["kind"] == "incoming":
        await _receive(records, picking, moves)
        return True
    if not any(move["reserved"] for move in moves):
        raise UserError(
            worded(
                records.env,
                "You cannot validate a transfer if no quantities are reserved."
                " To force the transfer, encode quantities.",
                "Não é possível validar uma transferência sem quantidades reservadas."
                " Para forçar a transferência, informe as quantidades.",
            )
        )
    short = [move for move in moves if move["reserved"] < move["quantity"]]
    if short and not records.env.context.get("skip_backorder"):
        return _backorder_wizard(picking)
    if short:
        await _split(records, picking, short)
    for move in moves:
        if move["reserved"]:
            await _deliver(records, move)
    await records.rows(_DONE_PICKING, (picking,))
    return True


async def assign(records: Records, pickings: list[int]) -> None:
    """Keep for these pickings what is free by now."""
    for picking in pickings:
        await reserve(records, [row["id"] for row in await records.rows(_MOVES, (picking,))])
    await settle_pickings(records, pickings)


def _backorder_wizard(picking: int) -> Json:
    return {
        "name": "Create Backorder?",
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "res_model": "stock.backorder.confirmation",
        "target": "new",
        "context": {"default_pick_ids": [[4, picking]], "button_validate_picking_ids": [picking]},
    }


async def _deliver(records: Records, move: DictRow) -> None:
    quantity: Decimal = move["reserved"]
    if move["is_storable"]:
        await records.rows(_TAKE_OUT, _place(move, quantity))
    await records.rows(_DONE_MOVE, {"move": move["id"], "quantity": quantity})
    await records.rows(_DELIVERED, {"move": move["id"], "quantity": quantity})


async def _receive(records: Records, picking: int, moves: list[DictRow]) -> None:
    for move in moves:
        if move["is_storable"]:
            await records.rows(_PUT_IN, _place(move, move["quantity"]))
        await records.rows(_DONE_MOVE, {"move": move["id"], "quantity": move["quantity"]})
    await records.rows(_DONE_PICKING, (picking,))
    arrived = {
        "products": [move["product_id"] for move in moves],
        "warehouses": [move["warehouse_id"] for move in moves],
    }
    waiting = await records.rows(_WAITING, arrived)
    # One by one, so that who waits longest is served first.
    for row in waiting:
        await reserve(records, [row["id"]])
    await settle_pickings(records, [row["picking_id"] for row in waiting])


async def _split(records: Records, picking: int, short: list[DictRow]) -> None:
    (made,) = await records.rows(_BACKORDER, (picking,))
    for move in short:
        names = {"picking": made["id"], "move": move["id"], "quantity": move["quantity"] - move["reserved"]}
        await records.rows(_BACKORDER_MOVE if move["reserved"] else _MOVE_TO, names)


def _place(move: DictRow, quantity: Decimal) -> dict[str, object]:
    return {"product": move["product_id"], "warehouse": move["warehouse_id"], "quantity": quantity}
