"""Products over REST. Services have a resource of their own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from fastapi import Query
from pydantic import BaseModel

from chatwootai.simulators.odoo.rest import goods
from chatwootai.simulators.odoo.rest.fields import (
    Amount,
    Body,
    Change,
    Id,
    Money,
    Name,
    Paging,
    Search,
    Text,
    example,
    shown,
)
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    listed,
    own_row,
    refuse_if_used,
    row_of,
)
from chatwootai.simulators.odoo.rest.refusals import conflict, documented
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/products", "Produtos")

PRODUCTS = Source(
    what="Produto",
    select="""
SELECT p.id, p.company_id, p.default_code AS code, p.barcode, p.name, p.description_sale AS description,
    g.name AS category, p.list_price AS price, p.currency, p.weight, p.is_storable AS tracks_stock,
    coalesce(s.quantity, 0) AS stock_quantity, coalesce(s.reserved, 0) AS reserved_quantity,
    p.sale_ok, p.active, p.created_at, p.updated_at
FROM public.products p
JOIN erp.categories g ON g.id = p.category_id
LEFT JOIN (
    SELECT t.product_id, sum(t.quantity) AS quantity, sum(t.reserved) AS reserved
    FROM public.stock t JOIN erp.warehouses w ON w.id = t.warehouse_id
    WHERE w.company_id = ANY(%(companies)s) GROUP BY t.product_id
) s ON s.product_id = p.id
WHERE (p.company_id IS NULL OR p.company_id = ANY(%(companies)s))
    AND NOT EXISTS (SELECT FROM public.services v WHERE v.id = p.id)""",
    key="p.id",
    order="p.name, p.id",
    filters={
        "text": holds("p.name", "p.default_code", "p.barcode", "p.description_sale"),
        "category": "erp.plain(lower(g.name)) = erp.plain(lower(%(category)s))",
        "active": "p.active = %(active)s",
        "in_stock": "(NOT p.is_storable OR coalesce(s.quantity - s.reserved, 0) > 0) = %(in_stock)s",
        "price_from": "p.list_price >= %(price_from)s",
        "price_to": "p.list_price <= %(price_to)s",
    },
)
_STOCK = """
SELECT w.id, coalesce(s.quantity, 0) AS quantity FROM erp.warehouses w
LEFT JOIN public.stock s ON s.warehouse_id = w.id AND s.product_id = %(id)s
WHERE w.company_id = %(owner)s ORDER BY w.id
"""
_SET_STOCK = """
INSERT INTO public.stock (product_id, warehouse_id, quantity) VALUES (%(id)s, %(warehouse)s, %(quantity)s)
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity
"""


class Product(BaseModel):
    """A product with its list price and its stock."""

    id: int
    code: str | None
    barcode: str | None
    name: str
    description: str | None
    category: str
    price: Decimal
    currency: str
    weight: Decimal
    tracks_stock: bool
    stock_quantity: Decimal
    reserved_quantity: Decimal
    sale_ok: bool
    active: bool
    created_at: datetime
    updated_at: datetime


class NewProduct(Body):
    """A product to add; `stock_quantity` is what is on hand, and only for products whose stock is kept."""

    model_config = example(
        name="Vela de lavanda", category="Casa", price="39.90", code="VEL-01", stock_quantity="12"
    )

    name: Name
    category: Name
    price: Money
    code: Name | None = None
    barcode: Name | None = None
    description: Text | None = None
    weight: Amount = Decimal(0)
    tracks_stock: bool = True
    stock_quantity: Amount | None = None
    sale_ok: bool = True
    active: bool = True


class ProductChanges(Change):
    """What to change of a product."""

    kept = frozenset(
        {"name", "category", "price", "weight", "tracks_stock", "stock_quantity", "sale_ok", "active"}
    )

    name: Name | None = None
    category: Name | None = None
    price: Money | None = None
    code: Name | None = None
    barcode: Name | None = None
    description: Text | None = None
    weight: Amount | None = None
    tracks_stock: bool | None = None
    stock_quantity: Amount | None = None
    sale_ok: bool | None = None
    active: bool | None = None


class ProductFilters(Paging):
    """Which products to list."""

    text: Search | None = None
    category: Search | None = None
    active: bool | None = None
    in_stock: bool | None = None
    price_from: Money | None = None
    price_to: Money | None = None


@router.get("", summary="Listar produtos")
async def list_products(shop: CurrentShop, filters: Annotated[ProductFilters, Query()]) -> Page[Product]:
    """Produtos da empresa da chave, por nome. `text` procura em nome, códigos e descrição."""
    return await listed(shop, PRODUCTS, filters, Product)


@router.get("/{product_id}", summary="Ver um produto", responses=documented(404))
async def read_product(shop: CurrentShop, product_id: Id) -> Product:
    """Um produto, com preço de tabela e estoque."""
    return Product.model_validate(await row_of(shop, PRODUCTS, product_id))


@router.post("", status_code=201, summary="Criar um produto", responses=documented(409))
async def create_product(shop: CurrentShop, body: NewProduct) -> Product:
    """O produto pertence à empresa da chave; a moeda é a dela."""
    values = body.model_dump(exclude={"stock_quantity"})
    number = await goods.add(shop, values, "consu")
    if body.stock_quantity is not None:
        await _set_stock(shop, number, body.stock_quantity)
    return await read_product(shop, number)


@router.patch("/{product_id}", summary="Alterar um produto", responses=documented(403, 404, 409))
async def change_product(shop: CurrentShop, product_id: Id, body: ProductChanges) -> Product:
    """Altera só os campos informados. Pedidos já feitos mantêm seus preços."""
    await own_row(shop, PRODUCTS, product_id)
    values = body.given
    values.pop("stock_quantity", None)
    await goods.change(shop, product_id, values)
    if body.stock_quantity is not None:
        await _set_stock(shop, product_id, body.stock_quantity)
    return await read_product(shop, product_id)


@router.delete(
    "/{product_id}", status_code=204, summary="Excluir um produto", responses=documented(403, 404, 409)
)
async def delete_product(shop: CurrentShop, product_id: Id) -> None:
    """Recusado se algum registro depende do produto, como um item de pedido."""
    await own_row(shop, PRODUCTS, product_id)
    await refuse_if_used(shop, product_id, goods.USES, goods.ARCHIVE)
    await delete(shop, goods.TABLE, product_id)


async def _set_stock(shop: Shop, product: int, wanted: Decimal) -> None:
    row = await row_of(shop, PRODUCTS, product)
    if not row["tracks_stock"]:
        raise conflict("O estoque deste produto não é controlado (tracks_stock é false).")
    places = await shop.rows(_STOCK, {"id": product, "owner": row["company_id"]})
    if not places:
        raise conflict("A empresa não tem depósito.")
    elsewhere = sum((place["quantity"] for place in places[1:]), Decimal(0))
    if wanted < elsewhere:
        raise conflict(f"Há {shown(elsewhere)} unidades em outros depósitos: não podem ser menos.")
    values = {"id": product, "warehouse": places[0]["id"], "quantity": wanted - elsewhere}
    await shop.rows(_SET_STOCK, values)
