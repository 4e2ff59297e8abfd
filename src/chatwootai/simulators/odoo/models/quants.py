"""Quants: how many of a product lie in a warehouse, and counting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_model, on_records, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_TITLE: LiteralString = "(SELECT w.code || '/Estoque' FROM erp.warehouses w WHERE w.id = r.warehouse_id)"
_COMPANY: LiteralString = "(SELECT w.company_id FROM erp.warehouses w WHERE w.id = r.warehouse_id)"
_KNOWN = "SELECT id FROM public.stock WHERE product_id = %(product)s AND warehouse_id = %(place)s"
_FIRST_PLACE = "SELECT min(id) AS id FROM erp.warehouses WHERE company_id = %s"
_APPLY = """
UPDATE public.stock SET quantity = counted, counted = NULL
WHERE id = ANY(%s) AND counted IS NOT NULL RETURNING id
"""


class QuantBehaviour(Behaviour):
    """Counting: a client writes `inventory_quantity`, then applies it."""

    @on_model
    async def create(self, records: Records, vals_list: Json) -> Json:
        """Count a product at a place; the quant that is already there is taken, as in Odoo."""
        if isinstance(vals_list, list):
            return [await self.create(records, values) for values in vals_list]
        if not isinstance(vals_list, dict):
            raise BadValue(f"Invalid values for stock.quant: {vals_list!r}")
        values: dict[str, Json] = {"location_id": await _first_place(records), **vals_list}
        if not isinstance(values.get("product_id"), int) or not isinstance(values["location_id"], int):
            return await records.create(values)
        known = await records.rows(
            _KNOWN, {"product": values.get("product_id"), "place": values["location_id"]}
        )
        if not known:
            return await records.create(values)
        number = int(known[0]["id"])
        await records.write([number], {"inventory_quantity": values.get("inventory_quantity", 0)})
        return number

    @on_records
    async def action_apply_inventory(self, records: Records, ids: list[int]) -> None:
        """Make what was counted the quantity on hand. Nothing comes back, as in Odoo."""
        await records.ensure(ids, "write")
        await records.rows(_APPLY, (ids,))


async def _first_place(records: Records) -> Json:
    rows = await records.rows(_FIRST_PLACE, (records.env.company,))
    return rows[0]["id"] or False


QUANT = Model(
    name="stock.quant",
    label="Quantidades",
    table="public.stock",
    title=_TITLE,
    order="id",
    fields=record(_TITLE)
    | {
        "product_id": Field(
            Kind.MANY2ONE,
            "Produto",
            "r.product_id",
            column="product_id",
            relation="product.product",
            required=True,
        ),
        "location_id": Field(
            Kind.MANY2ONE, "Local", "r.warehouse_id", column="warehouse_id", relation="stock.location"
        ),
        "warehouse_id": Field(Kind.MANY2ONE, "Armazém", "r.warehouse_id", relation="stock.warehouse"),
        "company_id": Field(Kind.MANY2ONE, "Empresa", _COMPANY, relation="res.company"),
        "quantity": Field(Kind.FLOAT, "Quantidade", "r.quantity"),
        "reserved_quantity": Field(Kind.FLOAT, "Quantidade reservada", "r.reserved"),
        "available_quantity": Field(
            Kind.FLOAT, "Quantidade disponível", "(r.quantity - r.reserved)", stored=False
        ),
        "inventory_quantity": Field(
            Kind.FLOAT, "Quantidade contada", "coalesce(r.counted, 0)", column="counted", stored=False
        ),
        "inventory_quantity_set": Field(Kind.BOOLEAN, "Contagem definida", "(r.counted IS NOT NULL)"),
        "inventory_diff_quantity": Field(
            Kind.FLOAT, "Diferença", "coalesce(r.counted - r.quantity, 0)", stored=False
        ),
    },
    company=_COMPANY,
    access={
        "sale_own": "r",
        "sale_all": "r",
        "sale_admin": "r",
        "stock_user": "rwc",
        "system": "rwc",
    },
    behaviour=QuantBehaviour(),
)
