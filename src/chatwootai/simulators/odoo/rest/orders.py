"""Orders over REST: a product and a quantity come in, prices and totals come out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, LiteralString

from fastapi import Query
from pydantic import BaseModel, Field

from chatwootai.simulators.odoo.rest import ordering
from chatwootai.simulators.odoo.rest.fields import Body, Change, Day, Id, Name, Paging, Search, Text, example
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    renamed,
    row_of,
    rows_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import conflict, documented
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/orders", "Pedidos")

_TABLE: LiteralString = "public.orders"
_COLUMNS = {"reference": "client_order_ref"}
_MAX_QUANTITY = 9999
_MAX_LINES = 100
_OPEN = ("draft", "sent")
ORDERS = Source(
    what="Pedido",
    select="""
SELECT o.id, o.company_id, o.name, o.status, o.locked, o.customer_id,
    (SELECT c.name FROM erp.partners c WHERE c.id = o.customer_id) AS customer_name,
    o.ordered_at, o.currency, o.untaxed_amount, o.tax_amount, o.total_amount,
    o.client_order_ref AS reference, o.note,
    ARRAY(SELECT k.code FROM public.coupons k WHERE k.id = ANY(o.coupon_ids) AND k.code IS NOT NULL
        ORDER BY k.id) AS coupon_codes,
    o.created_at, o.updated_at
FROM public.orders o WHERE o.company_id = ANY(%(companies)s)""",
    key="o.id",
    order="o.ordered_at DESC, o.id DESC",
    filters={
        "text": "(" + holds("o.name", "o.client_order_ref") + " OR EXISTS (SELECT FROM erp.partners c"
        " WHERE c.id = o.customer_id AND " + holds("c.name") + "))",
        "status": "o.status = %(status)s",
        "customer_id": "o.customer_id = %(customer_id)s",
        "product_id": "EXISTS (SELECT FROM public.order_items i"
        " WHERE i.order_id = o.id AND i.product_id = %(product_id)s)",
        "reference": "o.client_order_ref = %(reference)s",
        "date_from": "(o.ordered_at AT TIME ZONE %(zone)s)::date >= %(date_from)s",
        "date_to": "(o.ordered_at AT TIME ZONE %(zone)s)::date <= %(date_to)s",
    },
)
_ITEMS = """
SELECT i.order_id, i.id, i.product_id, i.name, i.quantity, i.unit_price, i.discount, i.subtotal,
    i.coupon_id IS NOT NULL AS is_discount
FROM public.order_items i WHERE i.order_id = ANY(%(orders)s) ORDER BY i.sequence, i.id
"""
_INVOICED = "SELECT 1 FROM erp.invoices WHERE order_id = %(order)s"
_DELIVERED = "SELECT 1 FROM erp.pickings WHERE order_id = %(order)s AND status = 'done'"

Status = Literal["draft", "sent", "sale", "cancel"]


class OrderItem(BaseModel):
    """A line; `is_discount` marks those that a coupon put there."""

    id: int
    product_id: int
    name: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    subtotal: Decimal
    is_discount: bool


class Order(BaseModel):
    """A quotation (draft, sent), an order (sale) or what was cancelled (cancel)."""

    id: int
    name: str
    status: Status
    locked: bool
    customer_id: int
    customer_name: str | None
    ordered_at: datetime
    currency: str
    untaxed_amount: Decimal
    tax_amount: Decimal
    total_amount: Decimal
    reference: str | None
    note: str | None
    coupon_codes: list[str]
    items: list[OrderItem]
    created_at: datetime
    updated_at: datetime


class NewItem(Body):
    """What is bought. There is no price here: the price list knows it."""

    product_id: Id
    quantity: int = Field(ge=1, le=_MAX_QUANTITY, strict=True)

    @property
    def line(self) -> ordering.Line:
        return self.product_id, self.quantity


Items = Annotated[list[NewItem], Field(min_length=1, max_length=_MAX_LINES)]


class NewOrder(Body):
    """An order to make, as a draft."""

    model_config = example(customer_id=45, items=[{"product_id": 12, "quantity": 2}], coupon_code="BEMVINDA")

    customer_id: Id
    items: Items
    coupon_code: Name | None = None
    reference: Name | None = None
    note: Text | None = None


class OrderChanges(Change):
    """What to change; items are replaced as a whole, a coupon is added."""

    kept = frozenset({"items", "coupon_code"})

    items: Items | None = None
    coupon_code: Name | None = None
    reference: Name | None = None
    note: Text | None = None


class OrderFilters(Paging):
    """Which orders to list; days are the shop's."""

    text: Search | None = None
    status: Status | None = None
    customer_id: Id | None = None
    product_id: Id | None = None
    reference: Search | None = None
    date_from: Day | None = None
    date_to: Day | None = None


@router.get("", summary="Listar pedidos")
async def list_orders(shop: CurrentShop, filters: Annotated[OrderFilters, Query()]) -> Page[Order]:
    """Pedidos da empresa da chave, do mais novo ao mais antigo. As datas são dias no fuso da loja."""
    rows, total = await rows_of(shop, ORDERS, filters)
    items = await _shaped(shop, rows)
    return Page[Order](items=items, total=total, limit=filters.limit, offset=filters.offset)


@router.get("/{order_id}", summary="Ver um pedido", responses=documented(404))
async def read_order(shop: CurrentShop, order_id: Id) -> Order:
    """Um pedido, com seus itens."""
    (order,) = await _shaped(shop, [await row_of(shop, ORDERS, order_id)])
    return order


@router.post("", status_code=201, summary="Criar um pedido", responses=documented(409))
async def create_order(shop: CurrentShop, body: NewOrder) -> Order:
    """Cria um rascunho. O preço vem da lista de preços do cliente, os totais são calculados aqui."""
    more = {"reference": body.reference, "note": body.note}
    number = await ordering.place(shop, body.customer_id, _lines(body.items), body.coupon_code, more)
    return await read_order(shop, number)


@router.patch("/{order_id}", summary="Alterar um pedido", responses=documented(404, 409))
async def change_order(shop: CurrentShop, order_id: Id, body: OrderChanges) -> Order:
    """Itens e cupom só mudam enquanto o pedido não foi confirmado."""
    order = await row_of(shop, ORDERS, order_id)
    if order["status"] == "cancel":
        raise conflict("O pedido está cancelado.")
    if (body.items or body.coupon_code) and order["status"] not in _OPEN:
        raise conflict("O pedido já foi confirmado: itens e cupom não mudam mais.")
    if body.items:
        await ordering.replace_lines(shop, order, _lines(body.items))
    if body.coupon_code:
        await ordering.redeem(shop, order, body.coupon_code)
    own = {name: value for name, value in body.given.items() if name in ("reference", "note")}
    await update(shop, _TABLE, order_id, renamed(own, _COLUMNS))
    return await read_order(shop, order_id)


@router.post("/{order_id}/confirm", summary="Confirmar um pedido", responses=documented(404, 409))
async def confirm_order(shop: CurrentShop, order_id: Id) -> Order:
    """Reserva o estoque e cria a entrega. Recusado (409) sem itens ou sem estoque livre.

    Confirmar de novo não muda nada.
    """
    await ordering.confirm(shop, await row_of(shop, ORDERS, order_id))
    return await read_order(shop, order_id)


@router.post("/{order_id}/cancel", summary="Cancelar um pedido", responses=documented(404, 409))
async def cancel_order(shop: CurrentShop, order_id: Id) -> Order:
    """Cancela também a entrega e libera o estoque. Cancelar de novo não muda nada."""
    await ordering.cancel(shop, await row_of(shop, ORDERS, order_id))
    return await read_order(shop, order_id)


@router.delete("/{order_id}", status_code=204, summary="Excluir um pedido", responses=documented(404, 409))
async def delete_order(shop: CurrentShop, order_id: Id) -> None:
    """Só rascunhos e cancelados. Um pedido confirmado se cancela, não se exclui."""
    order = await row_of(shop, ORDERS, order_id)
    if order["status"] not in ("draft", "cancel"):
        raise conflict("Um pedido enviado ou confirmado não pode ser excluído: cancele-o.")
    named = {"order": order_id}
    if await shop.rows(_INVOICED, named) or await shop.rows(_DELIVERED, named):
        raise conflict("Não pode ser excluído: há faturas ou entregas do pedido.")
    await delete(shop, _TABLE, order_id)


def _lines(items: list[NewItem]) -> list[ordering.Line]:
    return [item.line for item in items]


async def _shaped(shop: Shop, rows: Iterable[DictRow]) -> list[Order]:
    orders = {row["id"]: row | {"items": []} for row in rows}
    for item in await shop.rows(_ITEMS, {"orders": list(orders)}):
        orders[item["order_id"]]["items"].append(item)
    return [
        Order.model_validate(order | {"ordered_at": shop.local(order["ordered_at"])})
        for order in orders.values()
    ]
