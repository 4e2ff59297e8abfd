"""The price of one line that nobody saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.pricing import price_list_for
from chatwootai.simulators.odoo.models.quoted_forms import arguments, id_of, shown
from chatwootai.simulators.odoo.models.quoted_lines import Line, figures
from chatwootai.simulators.odoo.orm.model import Behaviour, on_records

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


class LineQuotes(Behaviour):
    """`sale.order.line.onchange`: the price of one line, with the order as an object in `order_id`."""

    @on_records
    async def onchange(
        self, records: Records, ids: list[int], values: Json, field_names: Json, fields_spec: Json
    ) -> Json:
        """The fields of `fields_spec` that the line's product and quantity change."""
        given, names, spec = arguments(records, values, field_names, fields_spec)
        parent = given.pop("order_id", None)
        if not names & {"price_unit"}:
            given.pop("price_unit", None)
        line = Line(ids[0] if ids else "", {}).told(given)
        after = await figures(records, line, await _list_of_parent(records, parent))
        answer: dict[str, Json] = {}
        for name, wanted in spec.items():
            if name in after and name not in names and after[name] not in (given.get(name, 0), False):
                answer[name] = await shown(records, name, after[name], wanted)
        return {"value": answer}


async def _list_of_parent(records: Records, parent: Json) -> int | None:
    if isinstance(parent, dict):
        if "pricelist_id" in parent:
            return id_of(parent["pricelist_id"])
        partner = id_of(parent.get("partner_id"))
        return await price_list_for(records, partner) if partner is not None else None
    rows = await records.rows("SELECT price_list_id FROM public.orders WHERE id = %s", (id_of(parent),))
    return id_of(rows[0]["price_list_id"]) if rows else None
