"""Products: one row of `public.products` is a template and its only variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.models.categories import CATEGORY
from chatwootai.simulators.odoo.models.product_fields import (
    LAST_WITH_DETAILED_TYPE,
    product_fields,
    product_title,
)
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_records, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ACCESS = {"internal": "r", "sale_admin": "rwcd", "system": "rwcd"}
_COMPANY_CURRENCY = """
SELECT c.currency FROM erp.companies c
WHERE c.id = coalesce(%(company)s, (SELECT min(m.id) FROM erp.companies m))
"""
_SAME_BARCODE = """
SELECT a.barcode FROM public.products a JOIN public.products b ON b.barcode = a.barcode AND b.id <> a.id
WHERE a.id = ANY(%(ids)s) AND a.barcode <> '' AND coalesce(a.company_id = b.company_id, true) LIMIT 1
"""


class ProductBehaviour(Behaviour):
    """Types by the words of the series, the currency of the company, one product per barcode."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        await self._fill_in(records, values)
        values["currency"] = await _currency(records, values.get("company_id"))

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        await self._fill_in(records, values)
        if "company_id" in values:
            values["currency"] = await _currency(records, values["company_id"])

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if "barcode" not in names:
            return
        if same := await records.rows(_SAME_BARCODE, {"ids": ids}):
            raise ValidationError(f"Código(s) de barras já atribuído(s): {same[0]['barcode']}")

    @on_records
    async def get_product_multiline_description_sale(self, records: Records, ids: list[int]) -> str:
        """A product's text for quotations: its display name and, below, its sales description."""
        (row,) = await records.read(list(ids), ["display_name", "description_sale"])
        told = row if isinstance(row, dict) else {}
        return "\n".join(str(part) for part in (told["display_name"], told["description_sale"]) if part)

    async def _fill_in(self, records: Records, values: dict[str, Json]) -> None:
        if "list_price" in values:
            values.pop("lst_price", None)  # one column for both
        if records.env.series > LAST_WITH_DETAILED_TYPE:
            return
        kind = values.pop("detailed_type", None) or values.get("type")
        if kind:
            values["is_storable"] = kind == "product"
            values["type"] = "service" if kind == "service" else "consu"


async def _currency(records: Records, company: Json) -> str:
    rows = await records.rows(_COMPANY_CURRENCY, {"company": company or None})
    return str(rows[0]["currency"])


def _variant_fields() -> dict[str, Field]:
    return {
        "product_variant_id": Field(
            Kind.MANY2ONE, "Variante", "r.id", relation="product.product", stored=False
        ),
        "product_variant_ids": Field(
            Kind.ONE2MANY, "Variantes", "ARRAY[r.id]", relation="product.product", stored=False
        ),
        "product_variant_count": Field(Kind.INTEGER, "Nº de variantes", "1", stored=False),
    }


TEMPLATE = Model(
    name="product.template",
    label="Produto",
    table="public.products",
    title=product_title,
    order="name, id",
    fields=product_fields() | _variant_fields(),
    company="r.company_id",
    access=_ACCESS,
    behaviour=ProductBehaviour(),
)
PRODUCT = Model(
    name="product.product",
    label="Variante de produto",
    table="public.products",
    title=product_title,
    order="default_code, name, id",
    fields=product_fields()
    | _variant_fields()
    | {"product_tmpl_id": Field(Kind.MANY2ONE, "Modelo de produto", "r.id", relation="product.template")},
    company="r.company_id",
    access=_ACCESS,
    behaviour=ProductBehaviour(),
)
# The sample shops sell each product in one form, so that nothing has attribute values.
ATTRIBUTE_VALUE = Model(
    name="product.template.attribute.value",
    label="Valor do atributo do modelo de produto",
    table="(SELECT p.*, 0 AS price_extra FROM public.products p WHERE false)",
    into="public.products",
    title="r.name",
    order="id",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Valor", "r.name"),
        "price_extra": Field(Kind.FLOAT, "Preço extra do valor", "r.price_extra"),
        "product_tmpl_id": Field(Kind.MANY2ONE, "Modelo de produto", "r.id", relation="product.template"),
    },
    access={"internal": "r", "system": "r"},
)
# Nothing is valued here; the model is what sellers trip over when they read a product without naming fields.
VALUATION_LAYER = Model(
    name="stock.valuation.layer",
    label="Camada de avaliação de estoque",
    table="(SELECT p.* FROM public.products p WHERE false)",
    into="public.products",
    title="r.name",
    order="id",
    fields=record("r.name")
    | {"product_id": Field(Kind.MANY2ONE, "Produto", "r.id", relation="product.product")},
    access={"system": "r"},
)

MODELS = (CATEGORY, TEMPLATE, PRODUCT, ATTRIBUTE_VALUE, VALUATION_LAYER)
