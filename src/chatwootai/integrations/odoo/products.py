"""Products as the rows of Odoo tell them."""

from __future__ import annotations

from chatwootai.domain.catalog import Product
from chatwootai.integrations.odoo.values import Record, link, number, text

MODEL = "product.product"
NAMES = ["display_name", "default_code", "categ_id"]
LARGEST_ID = 2**31 - 1


def product(row: Record) -> Product:
    """A product from a row with the fields `NAMES`."""
    category = link(row, "categ_id")
    return Product(
        id=number(row, "id"),
        name=plain_name(row),
        code=text(row, "default_code"),
        category=category[1].rpartition(" / ")[2] if category else "",
    )


def plain_name(row: Record) -> str:
    """The display name tells variants apart, which the plain name does not, but repeats the code."""
    return text(row, "display_name").removeprefix(f"[{text(row, 'default_code')}] ")


def literally(text_: str) -> str:
    """A text for `ilike` that means its own percent signs and underscores."""
    return text_.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
