"""Duplicates of orders: a new draft with the same customer and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.orm.model import Behaviour, on_records
from chatwootai.simulators.odoo.orm.reading import missing
from chatwootai.simulators.odoo.orm.writing import create

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

# What Odoo takes along. Name, dates, references, state and rewards are those of the original alone.
_KEPT = ["partner_id", "company_id", "pricelist_id", "payment_term_id", "carrier_id", "user_id", "note"]
_KEPT_OF_LINES = ["product_id", "name", "product_uom_qty", "price_unit", "technical_price_unit", "discount"]


class SaleCopies(Behaviour):
    """`sale.order.copy`."""

    @on_records
    async def copy(self, records: Records, ids: list[int], default: Json = None) -> Json:
        """Duplicate orders; the answer is the new id, or the ids where several were named."""
        given = default if isinstance(default, dict) else {}
        made = [await _copied(records, number, given) for number in ids]
        return made[0] if len(made) == 1 else list(made)


async def _copied(records: Records, order: int, given: dict[str, Json]) -> int:
    found = await records.read([order], list(_KEPT), load="")
    lines = await records.of("sale.order.line").search_read(
        [["order_id", "=", order], ["is_reward_line", "=", False]], list(_KEPT_OF_LINES), load=""
    )
    if not found or not isinstance(found[0], dict):
        raise missing(records, [order])
    values = {name: found[0][name] for name in _KEPT}
    commands: list[Json] = [
        [0, 0, {name: line[name] for name in _KEPT_OF_LINES}] for line in lines if isinstance(line, dict)
    ]
    return await create(records, values | {"order_line": commands} | given)
