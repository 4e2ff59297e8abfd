"""Pickings and moves: made for the lines of confirmed orders, delivered, cancelled."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.reservations import give_back, open_moves, reserve, set_move

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.records import Records

# Goods are delivered whether or not they are counted in stock; services, and discounts as lines, are not.
_LINES = """
SELECT i.id, i.order_id, i.product_id, i.quantity, o.company_id, coalesce((
    SELECT sum(m.quantity) FROM erp.moves m
    WHERE m.order_item_id = i.id AND m.status <> 'cancel'), 0) AS moved
FROM public.order_items i
JOIN public.orders o ON o.id = i.order_id
JOIN public.products p ON p.id = i.product_id
WHERE i.id = ANY(%(lines)s) AND o.status = 'sale' AND NOT o.locked
    AND p.kind = 'consu' AND i.coupon_id IS NULL
ORDER BY i.product_id, i.id
"""
_MOVES_OF_LINE = """
SELECT m.id FROM erp.moves m
WHERE m.order_item_id = %s AND m.status IN ('draft', 'confirmed', 'assigned') ORDER BY m.id DESC
"""
_MOVES_OF = """
SELECT m.id, m.picking_id FROM erp.moves m
WHERE m.picking_id = ANY(%s) AND m.status NOT IN ('done', 'cancel') ORDER BY m.id
"""
_OPEN_PICKING = """
SELECT k.id FROM erp.pickings k
WHERE k.order_id = %s AND k.kind = 'outgoing' AND k.status NOT IN ('done', 'cancel') ORDER BY k.id LIMIT 1
"""
_WAREHOUSE = "SELECT w.id, w.code FROM erp.warehouses w WHERE w.company_id = %s ORDER BY w.id LIMIT 1"
_NEW_PICKING = """
INSERT INTO erp.pickings (company_id, name, order_id, partner_id, carrier_id, scheduled_at)
SELECT o.company_id, %(code)s || '/OUT/' || lpad(nextval('erp.picking_numbers')::text, 5, '0'), o.id,
    o.customer_id, o.carrier_id, coalesce(o.commitment_date, date_trunc('second', now()))
FROM public.orders o WHERE o.id = %(order)s
RETURNING id
"""
_NEW_MOVE = """
INSERT INTO erp.moves (picking_id, order_item_id, product_id, warehouse_id, quantity, reserved)
VALUES (%(picking)s, %(line)s, %(product)s, %(warehouse)s, %(quantity)s, 0)
RETURNING id
"""
_ADD_TO_MOVE = "UPDATE erp.moves SET quantity = quantity + %s WHERE id = %s RETURNING id"
_CANCEL_MOVES = """
UPDATE erp.moves SET status = 'cancel', reserved = 0
WHERE picking_id = ANY(%s) AND status NOT IN ('done', 'cancel') RETURNING id
"""
# A picking goes as soon as possible: one part that is there makes it ready.
_SETTLE = """
UPDATE erp.pickings k SET status = s.status FROM (
    SELECT m.picking_id, CASE
        WHEN bool_or(m.status = 'assigned') THEN 'assigned'
        WHEN bool_or(m.status IN ('draft', 'confirmed')) THEN 'confirmed'
        WHEN bool_or(m.status = 'done') THEN 'done'
        ELSE 'cancel' END AS status
    FROM erp.moves m WHERE m.picking_id = ANY(%s) GROUP BY 1
) s WHERE s.picking_id = k.id AND k.status <> s.status RETURNING k.id
"""


async def launch(records: Records, lines: Collection[int]) -> None:
    """Make the moves of these lines carry the ordered quantities, where their orders are confirmed."""
    touched: dict[int, list[int]] = defaultdict(list)
    for line in await records.rows(_LINES, {"lines": list(lines)}):
        missing = line["quantity"] - line["moved"]
        if missing > 0:
            touched[line["order_id"]].append(await _more(records, line, missing))
        elif missing < 0:
            await _less(records, line["id"], -missing)
    for moves in touched.values():
        await reserve(records, moves)
    pickings = await records.rows(
        "SELECT DISTINCT m.picking_id FROM erp.moves m WHERE m.order_item_id = ANY(%s)", (list(lines),)
    )
    await settle_pickings(records, [row["picking_id"] for row in pickings])


async def cancel_pickings(records: Records, pickings: Collection[int]) -> None:
    """Cancel what is not delivered yet, and free what was kept for it."""
    rows = await records.rows(_MOVES_OF, (list(pickings),))
    for move in await open_moves(records, [row["id"] for row in rows]):
        await give_back(records, move, move.reserved)
    await records.rows(_CANCEL_MOVES, (list(pickings),))
    await settle_pickings(records, pickings)


async def settle_pickings(records: Records, pickings: Collection[int]) -> None:
    """Bring the states of pickings in line with their moves."""
    await records.rows(_SETTLE, (list(pickings),))


async def _more(records: Records, line: DictRow, quantity: Decimal) -> int:
    waiting = await records.rows(_MOVES_OF_LINE, (line["id"],))
    if waiting:
        move = int(waiting[0]["id"])
        await records.rows(_ADD_TO_MOVE, (quantity, move))
        return move
    warehouses = await records.rows(_WAREHOUSE, (line["company_id"],))
    if not warehouses:
        raise UserError(f"No rule has been found to replenish product.product({line['product_id']},).")
    warehouse = warehouses[0]
    pickings = await records.rows(_OPEN_PICKING, (line["order_id"],)) or await records.rows(
        _NEW_PICKING, {"order": line["order_id"], "code": warehouse["code"]}
    )
    made = await records.rows(
        _NEW_MOVE,
        {
            "picking": pickings[0]["id"],
            "line": line["id"],
            "product": line["product_id"],
            "warehouse": warehouse["id"],
            "quantity": quantity,
        },
    )
    return int(made[0]["id"])


async def _less(records: Records, line: int, quantity: Decimal) -> None:
    rows = await records.rows(_MOVES_OF_LINE, (line,))
    for move in await open_moves(records, [row["id"] for row in rows]):
        cut = min(quantity, move.quantity)
        left = move.quantity - cut
        await give_back(records, move, max(move.reserved - left, Decimal(0)))
        await set_move(records, move, left, min(move.reserved, left))
        quantity -= cut
