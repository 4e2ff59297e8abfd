"""What products and services share: both are rows of `public.products`."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.rest.queries import insert, update
from chatwootai.simulators.odoo.rest.refusals import conflict, invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.rest.shop import Shop

TABLE: LiteralString = "public.products"
COLUMNS = {
    "code": "default_code",
    "description": "description_sale",
    "price": "list_price",
    "tracks_stock": "is_storable",
}
ARCHIVE = 'Para retirar de venda, altere "active" para false.'
USES: Mapping[str, LiteralString] = {
    "itens de pedidos": "SELECT 1 FROM public.order_items WHERE product_id = %(id)s",
    "agendamentos": "SELECT 1 FROM public.appointments WHERE service_id = %(id)s",
    "regras de preço": "SELECT 1 FROM public.price_list_items WHERE product_id = %(id)s",
    "cupons": "SELECT 1 FROM public.coupons WHERE discount_product_id = %(id)s",
    "formas de entrega": "SELECT 1 FROM erp.carriers WHERE product_id = %(id)s",
    "movimentações de estoque": "SELECT 1 FROM erp.moves WHERE product_id = %(id)s",
}
_CURRENCY = "SELECT currency FROM erp.companies WHERE id = %(company)s"
_CATEGORY = "SELECT id FROM erp.categories WHERE name = %(name)s"
_CATEGORIES = "SELECT name FROM erp.categories ORDER BY name LIMIT 20"
_SAME_BARCODE = """
SELECT id FROM public.products
WHERE barcode = %(barcode)s AND id <> %(id)s AND coalesce(company_id = ANY(%(companies)s), true) LIMIT 1
"""


async def add(shop: Shop, values: Mapping[str, object], kind: str) -> int:
    """Add a row in the currency of the company; `kind` is "consu" or "service"."""
    (company,) = await shop.rows(_CURRENCY)
    own = {"company_id": shop.company, "currency": company["currency"], "kind": kind}
    return await insert(shop, TABLE, await _columns(shop, values, 0) | own)


async def change(shop: Shop, number: int, values: Mapping[str, object]) -> None:
    """Change a row; values are named as the client names them."""
    await update(shop, TABLE, number, await _columns(shop, values, number))


async def _columns(shop: Shop, values: Mapping[str, object], number: int) -> dict[str, object]:
    columns = {COLUMNS.get(name, name): value for name, value in values.items()}
    if "category" in columns:
        columns["category_id"] = await _category(shop, str(columns.pop("category")))
    barcode = columns.get("barcode")
    if barcode and await shop.rows(_SAME_BARCODE, {"barcode": barcode, "id": number}):
        raise conflict("O código de barras já está em outro produto.")
    return columns


async def _category(shop: Shop, name: str) -> int:
    rows = await shop.rows(_CATEGORY, {"name": name})
    if rows:
        return int(rows[0]["id"])
    known = ", ".join(row["name"] for row in await shop.rows(_CATEGORIES))
    raise invalid("body.category", f"A categoria não existe. Existem: {known or 'nenhuma'}.")
