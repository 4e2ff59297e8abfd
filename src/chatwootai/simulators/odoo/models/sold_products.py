"""What a line takes over from its product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.records import Records

_PRODUCT = """
SELECT p.unit_id, concat('[' || nullif(p.default_code, '') || '] ', p.name) AS title, p.description_sale
FROM public.products p WHERE p.id = %s
"""


@dataclass(frozen=True, slots=True)
class Sold:
    """A line's text and unit of measure."""

    name: str
    unit_id: int


async def sold(records: Records, product: int) -> Sold | None:
    """What the line gets, None for a product that is gone."""
    rows = await records.rows(_PRODUCT, (product,))
    if not rows:
        return None
    text = "\n".join(filter(None, (rows[0]["title"], rows[0]["description_sale"])))
    return Sold(text, rows[0]["unit_id"])
