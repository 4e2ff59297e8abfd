"""Doors that a real Odoo does not have: change a figure, break the server. From this machine only."""

from __future__ import annotations

from decimal import Decimal
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from chatwootai.simulators.odoo.faults import Faults

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.state import State


def loopback_only(request: Request) -> None:
    """Answer 403 to everybody who is not on this machine."""
    if request.client is None or not ip_address(request.client.host).is_loopback:
        raise HTTPException(403, "Somente a partir desta máquina.")


router = APIRouter(prefix="/simulator", dependencies=[Depends(loopback_only)])


class ProductChange(BaseModel):
    """Figures to set; what is left out stays. `stock_quantity` is what remains besides reserved stock."""

    model_config = ConfigDict(extra="forbid")

    list_price: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)] | None = None
    stock_quantity: Annotated[Decimal, Field(max_digits=12, decimal_places=3)] | None = None


class ProductFigures(BaseModel):
    """A product after a change."""

    id: int
    name: str
    list_price: Decimal
    stock_quantity: Decimal


# As in Odoo, stock lives in records of its own: a feed on the product's write_date misses it.
_PRICE = """
UPDATE public.products SET list_price = coalesce(%(list_price)s, list_price) WHERE id = %(id)s
"""
_STOCK = """
INSERT INTO public.stock (product_id, warehouse_id, quantity)
SELECT p.id, (SELECT min(w.id) FROM erp.warehouses w WHERE w.company_id = p.company_id), %(stock_quantity)s
FROM public.products p WHERE p.id = %(id)s AND %(stock_quantity)s::numeric IS NOT NULL
ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity + stock.reserved
"""
_FIGURES = """
SELECT p.id, p.name, p.list_price, coalesce(sum(s.quantity - s.reserved), 0) AS stock_quantity
FROM public.products p LEFT JOIN public.stock s ON s.product_id = p.id
WHERE p.id = %(id)s GROUP BY p.id
"""


@router.patch("/products/{product_id}")
async def change_product(product_id: int, change: ProductChange, request: Request) -> ProductFigures:
    """Set the price or the stock of a product, whatever its company."""
    state: State = request.app.state.simulation
    async with state.storage.transaction() as connection:
        values = change.model_dump() | {"id": product_id}
        for statement in (_PRICE, _STOCK):
            await connection.execute(statement, values)
        cursor = await connection.execute(_FIGURES, values)
        row = await cursor.fetchone()
    if row is None:
        raise HTTPException(404, f"Produto {product_id} não existe.")
    return ProductFigures.model_validate(row)


@router.put("/faults")
async def set_faults(faults: Faults, request: Request) -> Faults:
    """Replace the whole set of faults; an empty object heals the server."""
    state: State = request.app.state.simulation
    state.faults = faults
    return faults
