"""A page for people who want to see what the simulated shop sells."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from babel.numbers import format_currency, format_decimal
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

if TYPE_CHECKING:
    from decimal import Decimal

    from chatwootai.simulators.odoo.state import State

router = APIRouter()

_PRODUCTS = """
SELECT coalesce(c.name, 'Todas as empresas') AS company, p.id, p.name, p.default_code, g.name AS category,
       p.list_price, p.currency, p.is_storable, p.active,
       coalesce(s.quantity, 0) AS stock_quantity, coalesce(s.reserved, 0) AS reserved_quantity
FROM public.products p
JOIN erp.categories g ON g.id = p.category_id
LEFT JOIN erp.companies c ON c.id = p.company_id
LEFT JOIN (SELECT product_id, sum(quantity) AS quantity, sum(reserved) AS reserved
           FROM public.stock GROUP BY product_id) s ON s.product_id = p.id
WHERE p.sale_ok
ORDER BY p.company_id, p.active DESC, g.name, p.name
"""


def _money(amount: Decimal, currency: str) -> str:
    return format_currency(amount, currency, locale="pt_BR")


def _quantity(quantity: Decimal) -> str:
    return format_decimal(quantity, locale="pt_BR")


_TEMPLATES = Environment(
    loader=PackageLoader(__package__), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_TEMPLATES.filters |= {"money": _money, "quantity": _quantity}


@router.get("/")
async def products(request: Request) -> HTMLResponse:
    """Every company's products with price and stock, archived ones last."""
    state: State = request.app.state.simulation
    rows = await state.storage.rows(_PRODUCTS)
    shops = [(name, list(group)) for name, group in groupby(rows, key=lambda row: str(row["company"]))]
    page = _TEMPLATES.get_template("products.html.j2")
    return HTMLResponse(page.render(shops=shops, series=state.settings.series))
