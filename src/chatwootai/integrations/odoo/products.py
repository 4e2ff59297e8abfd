"""Products as the rows of Odoo tell them."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.brazil.letters import folded
from chatwootai.domain.catalog import Product
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.values import Record, link, number, records, text

MODEL = "product.product"
NAMES = ["display_name", "default_code", "categ_id", "description_sale", "type"]
LARGEST_ID = 2**31 - 1


def product(row: Record) -> Product:
    """A product from a row with the fields `NAMES`."""
    category = link(row, "categ_id")
    return Product(
        id=number(row, "id"),
        name=plain_name(row),
        code=text(row, "default_code"),
        category=category[1].rpartition(" / ")[2] if category else "",
        description=text(row, "description_sale").strip(),
        is_service=text(row, "type") == "service",
    )


def plain_name(row: Record) -> str:
    """The display name tells variants apart, which the plain name does not, but repeats the code."""
    return text(row, "display_name").removeprefix(f"[{text(row, 'default_code')}] ")


async def sold_names(client: OdooClient, items: Sequence[Item]) -> dict[int, str]:
    """The names of what is wanted. `UNKNOWN_RECORD` for what is not sold, `ORDER_EMPTY` where nothing is
    wanted."""
    wanted = sorted({item.product_id for item in items})
    if not wanted or any(item.quantity <= 0 for item in items):
        raise BusinessRefusal(Refusal.ORDER_EMPTY)
    asked = [id_ for id_ in wanted if 0 < id_ <= LARGEST_ID]
    answer = await client.read(
        MODEL,
        "search_read",
        domain=[["id", "in", asked], ["sale_ok", "=", True]],
        fields=["display_name", "default_code"],
    )
    names = {number(row, "id"): plain_name(row) for row in records(answer)}
    if missing := [id_ for id_ in wanted if id_ not in names]:
        raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"product:{missing[0]}")
    return names


def literally(text_: str) -> str:
    """A text for `ilike` that means its own percent signs and underscores."""
    return text_.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def has_words(known: Product, wanted: str) -> bool:
    """Whether name or code contain every word of a text; case and accents do not matter."""
    told = folded(f"{known.name} {known.code}")
    return all(word in told for word in folded(wanted).split())
