"""What may happen to an order over REST. Prices and totals come from the models, never from the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.loyalty import accept_code, apply_reward, refresh_rewards
from chatwootai.simulators.odoo.orm.calls import call_method
from chatwootai.simulators.odoo.rest.customers import CUSTOMERS
from chatwootai.simulators.odoo.rest.fields import shown
from chatwootai.simulators.odoo.rest.queries import named_row
from chatwootai.simulators.odoo.rest.refusals import conflict, invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records
    from chatwootai.simulators.odoo.rest.shop import Shop

Line = tuple[int, int]
"""A product and how many of it."""

_SOLD = """
SELECT p.id FROM public.products p
WHERE p.id = ANY(%(products)s) AND p.active AND p.sale_ok AND coalesce(p.company_id, %(owner)s) = %(owner)s
"""
_COUPON = "SELECT id FROM public.coupons WHERE company_id = %(owner)s AND code = %(code)s"
_GOODS = "SELECT id FROM public.order_items WHERE order_id = %(order)s AND coupon_id IS NULL"
# It changes nothing and yet makes rivals for the same goods start again, which then see what is left.
_QUEUE_UP = """
UPDATE public.stock s SET reserved = reserved WHERE s.product_id IN (
    SELECT i.product_id FROM public.order_items i WHERE i.order_id = %(order)s)
"""
_SHORT = """
SELECT p.name, w.wanted, coalesce(s.free, 0) AS free
FROM (SELECT i.product_id, sum(i.quantity) AS wanted FROM public.order_items i
    WHERE i.order_id = %(order)s AND i.coupon_id IS NULL GROUP BY 1) w
JOIN public.products p ON p.id = w.product_id AND p.is_storable AND p.kind = 'consu'
LEFT JOIN (SELECT t.product_id, sum(t.quantity - t.reserved) AS free
    FROM public.stock t JOIN erp.warehouses h ON h.id = t.warehouse_id
    WHERE h.company_id = %(owner)s GROUP BY 1) s ON s.product_id = p.id
WHERE w.wanted > coalesce(s.free, 0) ORDER BY p.name
"""
_DELIVERED = "SELECT 1 FROM erp.pickings WHERE order_id = %(order)s AND status = 'done'"


async def place(
    shop: Shop, customer_id: int, lines: Sequence[Line], code: str | None, more: dict[str, str | None]
) -> int:
    """Make a draft in the customer's company; its id."""
    customer = await named_row(shop, CUSTOMERS, customer_id, "body.customer_id")
    owner = customer["company_id"] or shop.company
    await _check_sold(shop, lines, owner)
    orders = shop.records("sale.order", owner)
    values: dict[str, Json] = {
        "partner_id": customer_id,
        "company_id": owner,
        "order_line": _commands(lines),
        "client_order_ref": more.get("reference"),
        "note": more.get("note"),
    }
    number = await orders.create(values)
    if not isinstance(number, int):
        raise TypeError(f"create answered {number!r} for one order")
    if code:
        await _redeem(shop, orders, number, owner, code)
    return number


async def replace_lines(shop: Shop, order: DictRow, lines: Sequence[Line]) -> None:
    """Other goods on a draft; discounts are reckoned anew."""
    await _check_sold(shop, lines, order["company_id"])
    orders = shop.records("sale.order", order["company_id"])
    old = [row["id"] for row in await shop.rows(_GOODS, {"order": order["id"]})]
    await orders.of("sale.order.line").unlink(old)
    await orders.write([order["id"]], {"order_line": _commands(lines)})
    await refresh_rewards(orders, order["id"])


async def redeem(shop: Shop, order: DictRow, code: str) -> None:
    """Put a coupon on a draft."""
    orders = shop.records("sale.order", order["company_id"])
    await _redeem(shop, orders, order["id"], order["company_id"], code)


async def confirm(shop: Shop, order: DictRow) -> None:
    """Make an order of a quotation; unlike Odoo's wire, only of one with goods that are there."""
    if order["status"] == "sale":
        return
    if order["status"] == "cancel":
        raise conflict("O pedido está cancelado.")
    named = {"order": order["id"], "owner": order["company_id"]}
    if not await shop.rows(_GOODS, named):
        raise conflict("O pedido não tem itens.")
    await shop.rows(_QUEUE_UP, named)
    if short := await shop.rows(_SHORT, named):
        told = "; ".join(f"{row['name']}: {shown(row['free'])} de {shown(row['wanted'])}" for row in short)
        raise conflict(f"Não há estoque livre para o pedido ({told}).")
    orders = shop.records("sale.order", order["company_id"])
    await call_method(orders, "action_confirm", [[order["id"]]], {})


async def cancel(shop: Shop, order: DictRow) -> None:
    """Cancel what is not delivered; again changes nothing."""
    if order["status"] == "cancel":
        return
    if order["locked"]:
        raise conflict("O pedido está bloqueado.")
    if await shop.rows(_DELIVERED, {"order": order["id"]}):
        raise conflict("O pedido já foi entregue, no todo ou em parte.")
    orders = shop.records("sale.order", order["company_id"]).in_context(disable_cancel_warning=True)
    await call_method(orders, "action_cancel", [[order["id"]]], {})


async def _check_sold(shop: Shop, lines: Sequence[Line], owner: int) -> None:
    products = [product for product, _ in lines]
    known = {row["id"] for row in await shop.rows(_SOLD, {"products": products, "owner": owner})}
    for position, product in enumerate(products):
        if product not in known:
            raise invalid(
                f"body.items.{position}.product_id", f"O produto {product} não existe ou não está à venda."
            )


async def _redeem(shop: Shop, orders: Records, number: int, owner: int, code: str) -> None:
    claimable = await accept_code(orders, number, code)
    found = await shop.rows(_COUPON, {"owner": owner, "code": code})
    for row in found:
        if row["id"] in claimable:
            await apply_reward(orders, number, row["id"])


def _commands(lines: Sequence[Line]) -> list[Json]:
    return [[0, 0, {"product_id": product, "product_uom_qty": quantity}] for product, quantity in lines]
