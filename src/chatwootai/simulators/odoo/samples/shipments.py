"""What became of the orders: deliveries, the stock they keep, goods on their way here, invoices."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.samples.rows import PICKING_NUMBERS, made
from chatwootai.simulators.odoo.samples.shop import CURRENCY

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.samples.goods import Product
    from chatwootai.simulators.odoo.samples.orders import Line, Order
    from chatwootai.simulators.odoo.samples.shop import Shop

_PART = tuple[int, "Line"]
_DUE = 28  # days to pay for those who have them


def add_shipments(shop: Shop, warehouse: int, orders: list[Order]) -> Counter[int]:
    """Pickings with moves for goods; returns what open ones keep, by product."""
    kept: Counter[int] = Counter()
    for order in orders:
        parts = [
            (item, line, arrived)
            for item, line, arrived in zip(order.items, order.lines, order.delivered, strict=True)
            if not line.product.is_service
        ]
        if not parts or order.state in ("draft", "sent"):
            continue
        if order.state == "cancel":
            if shop.chance.random() < 0.5:  # the others were never confirmed
                _add_picking(shop, warehouse, order, [(item, line) for item, line, _ in parts], "cancel")
            continue
        done = [(item, line) for item, line, arrived in parts if arrived]
        if done:
            _add_picking(shop, warehouse, order, done, "done")
        waiting = [(item, line) for item, line, arrived in parts if not arrived]
        if waiting:
            kept += _add_picking(shop, warehouse, order, waiting, "assigned")
    return kept


def _add_picking(shop: Shop, warehouse: int, order: Order, parts: list[_PART], state: str) -> Counter[int]:
    """Sold-out goods are waited for: a picking of nothing else waits, too."""
    is_open = state == "assigned"
    states = ["confirmed" if is_open and line.product.stock == 0 else state for _, line in parts]
    picking_state = "confirmed" if set(states) == {"confirmed"} else state
    done_at = min(shop.clock.now, order.ordered_at + timedelta(hours=shop.chance.randint(4, 90)))
    picking = shop.rows.add(
        "erp.pickings",
        **made(done_at if state == "done" else order.ordered_at),
        company_id=shop.company,
        name=f"{shop.plan.warehouse}/OUT/{shop.rows.number(PICKING_NUMBERS):05d}",
        kind="outgoing",
        order_id=order.id,
        partner_id=order.customer.id,
        status=picking_state,
        scheduled_at=order.ordered_at + timedelta(days=2),
        done_at=done_at if state == "done" else None,
        carrier_id=order.carrier[0] if order.carrier else None,
        tracking_reference=_tracking(shop, order) if state == "done" else None,
    )
    kept: Counter[int] = Counter()
    for (item, line), move_state in zip(parts, states, strict=True):
        _add_move(shop, warehouse, picking, item, line.product, line.quantity, move_state)
        if move_state == "assigned" and line.product.stock is not None:
            kept[line.product.id] += line.quantity
    return kept


def _tracking(shop: Shop, order: Order) -> str | None:
    carrier = order.carrier[1] if order.carrier else None
    if carrier is None or not carrier.prefix:
        return None
    return f"{carrier.prefix}{shop.chance.randrange(10**9):09d}{carrier.suffix}"


def _add_move(
    shop: Shop, warehouse: int, picking: int, item: int | None, product: Product, quantity: int, state: str
) -> None:
    shop.rows.add(
        "erp.moves",
        picking_id=picking,
        order_item_id=item,
        product_id=product.id,
        warehouse_id=warehouse,
        quantity=quantity,
        status=state,
    )


def add_stock(shop: Shop, warehouse: int, products: list[Product], kept: Counter[int]) -> None:
    """What the file says can be sold, on top of what orders keep."""
    for product in products:
        if product.stock is None:
            continue
        shop.rows.add(
            "public.stock",
            **made(shop.clock.ago(shop.chance, 2)),
            product_id=product.id,
            warehouse_id=warehouse,
            quantity=product.stock + kept[product.id],
            reserved=kept[product.id],
        )


def add_restocks(shop: Shop, warehouse: int, suppliers: list[int], products: list[Product]) -> None:
    """Every second sold-out product is on its way; some have come before."""
    sold_out = [product for product in products if product.stock == 0 and product.active]
    for place, product in enumerate(sold_out[::2]):
        _add_receipt(shop, warehouse, suppliers, product, days=3 + 4 * place)
    in_stock = [product for product in products if product.stock and product.active]
    for product in shop.chance.sample(in_stock, 5):
        _add_receipt(shop, warehouse, suppliers, product, days=-shop.chance.randint(5, 60))


def _add_receipt(shop: Shop, warehouse: int, suppliers: list[int], product: Product, *, days: int) -> None:
    is_done = days < 0
    scheduled_at = shop.clock.at(shop.clock.day(days), Decimal(10))
    state = "done" if is_done else "assigned"
    picking = shop.rows.add(
        "erp.pickings",
        **made(scheduled_at if is_done else shop.clock.ago(shop.chance, 4)),
        company_id=shop.company,
        name=f"{shop.plan.warehouse}/IN/{shop.rows.number(PICKING_NUMBERS):05d}",
        kind="incoming",
        order_id=None,
        partner_id=shop.chance.choice(suppliers),
        status=state,
        scheduled_at=scheduled_at,
        done_at=scheduled_at if is_done else None,
        carrier_id=None,
        tracking_reference=None,
    )
    quantity = 12 * shop.chance.randint(1, 3)
    _add_move(shop, warehouse, picking, None, product, quantity, state)


def add_invoices(shop: Shop, orders: list[Order]) -> None:
    """Older ones are paid but for a few; nothing is due before it is posted."""
    for place, order in enumerate((order for order in orders if order.is_invoiced), start=1):
        day = order.ordered_at.date()
        on_term = shop.chance.random() < 0.3
        shop.rows.add(
            "erp.invoices",
            **made(order.ordered_at),
            company_id=shop.company,
            name=f"FAT/{day.year}/{place:05d}",
            order_id=order.id,
            partner_id=order.customer.id,
            status="posted",
            payment_state=_payment_state(shop, order.age, on_term=on_term),
            invoice_date=day,
            due_date=day + timedelta(days=_DUE if on_term else 0),
            total_amount=order.total,
            currency=CURRENCY,
        )


def _payment_state(shop: Shop, age: int, *, on_term: bool) -> str:
    if on_term and age < _DUE:
        return shop.chance.choice(("not_paid", "not_paid", "partial"))
    states = ("paid", "in_payment", "not_paid", "partial", "reversed")
    return shop.chance.choices(states, (80, 8, 7, 3, 2))[0]
