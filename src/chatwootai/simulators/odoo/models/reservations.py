"""What is kept for a delivery. Odoo lets two confirmations at the same moment keep the same goods."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.records import Records

# By product, so that two confirmations of the same products lock the same rows in the same order.
_OPEN = """
SELECT m.id, m.order_item_id, m.product_id, m.warehouse_id, m.quantity, erp.kept(m) AS reserved, p.is_storable
FROM erp.moves m JOIN public.products p ON p.id = m.product_id JOIN erp.pickings k ON k.id = m.picking_id
WHERE m.id = ANY(%(moves)s) AND m.status IN ('draft', 'confirmed', 'assigned') AND k.kind = 'outgoing'
ORDER BY m.product_id, m.warehouse_id, m.id
"""
_FREE = """
SELECT s.quantity - s.reserved AS free FROM public.stock s
WHERE s.product_id = %(product)s AND s.warehouse_id = %(warehouse)s
"""
_KEEP = """
UPDATE public.stock SET reserved = reserved + %(quantity)s
WHERE product_id = %(product)s AND warehouse_id = %(warehouse)s RETURNING id
"""
_SET_MOVE = """
UPDATE erp.moves SET quantity = %(quantity)s, reserved = %(reserved)s, status = %(status)s
WHERE id = %(move)s RETURNING id
"""

_Key = tuple[int | None, int, int]
_MET: ContextVar[dict[_Key, Decimal] | None] = ContextVar(
    "free stock when another call took it", default=None
)


@dataclass(frozen=True, slots=True)
class Move:
    """An open outgoing move, as it stands in this transaction."""

    id: int
    order_item_id: int | None
    product_id: int
    warehouse_id: int
    quantity: Decimal
    reserved: Decimal
    is_storable: bool

    @classmethod
    def of(cls, row: DictRow) -> Move:
        return cls(**row)


async def open_moves(records: Records, moves: Collection[int]) -> list[Move]:
    """Those of the moves that are neither done nor cancelled nor incoming."""
    return [Move.of(row) for row in await records.rows(_OPEN, {"moves": list(moves)})]


async def reserve(records: Records, moves: Collection[int]) -> None:
    """Keep for each move what is free, down to nothing; what is not kept in stock is always there."""
    for move in await open_moves(records, moves):
        wanted = move.quantity - move.reserved
        taken = min(wanted, await _take(records, move, wanted)) if move.is_storable else wanted
        await set_move(records, move, move.quantity, move.reserved + taken)


async def give_back(records: Records, move: Move, quantity: Decimal) -> None:
    """Free this much of what the move keeps."""
    if move.is_storable and quantity:
        await _keep(records, move, -quantity)


async def set_move(records: Records, move: Move, quantity: Decimal, reserved: Decimal) -> None:
    """Write a move's quantities. Odoo cancels a move of nothing, and one that keeps a part is assigned."""
    status = "cancel" if not quantity else "assigned" if reserved else "confirmed"
    await records.rows(
        _SET_MOVE, {"move": move.id, "quantity": quantity, "reserved": reserved, "status": status}
    )


async def _take(records: Records, move: Move, wanted: Decimal) -> Decimal:
    """Keep what is free, and say how much that was.

    Measured on Odoo 18: three orders of 25 with 25 in stock, confirmed together, leave two assigned and
    -25 free: who meets a locked quant keeps what its own snapshot shows. Here there is one row per product,
    the transaction that meets another is repeated, and so what it saw free must outlive the repetition.
    """
    key = (move.order_item_id, move.product_id, move.warehouse_id)
    met = _MET.get()
    if met is None:
        met = {}
        _MET.set(met)
    rows = await records.rows(_FREE, {"product": move.product_id, "warehouse": move.warehouse_id})
    free = Decimal(rows[0]["free"]) if rows else Decimal(0)
    seen = met.pop(key, Decimal(0))
    # Below zero somebody has done so already: the third of the three sees it and keeps nothing.
    taken = min(wanted, max(free, seen if free >= 0 else Decimal(0), Decimal(0)))
    if taken > 0:
        met[key] = max(free, seen)
        await _keep(records, move, taken)
        del met[key]
    return taken


async def _keep(records: Records, move: Move, quantity: Decimal) -> None:
    named = {"quantity": quantity, "product": move.product_id, "warehouse": move.warehouse_id}
    await records.rows(_KEEP, named)
