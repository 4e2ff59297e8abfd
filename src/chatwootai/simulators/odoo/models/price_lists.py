"""Price lists and their rules, as sellers read them and sales administrators write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import MissingError, ValidationError
from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ACCESS = {"sale_own": "r", "sale_all": "r", "sale_admin": "rwcd", "system": "rwcd"}
_TITLE: LiteralString = "(r.name || ' (' || r.currency || ')')"
_CURRENCY: LiteralString = "(SELECT u.id FROM erp.currencies u WHERE u.name = r.currency)"
_ITEMS: LiteralString = """(SELECT i.*, l.company_id, l.currency
    FROM public.price_list_items i JOIN public.price_lists l ON l.id = i.price_list_id)"""
_ITEM_TITLE: LiteralString = """(CASE r.applied_on
    WHEN '3_global' THEN 'Todos os produtos'
    WHEN '2_product_category'
        THEN 'Categoria: ' || (SELECT c.name FROM erp.categories c WHERE c.id = r.category_id)
    WHEN '1_product' THEN 'Produto: ' || (SELECT p.name FROM public.products p WHERE p.id = r.product_id)
    ELSE 'Variante: ' || (SELECT p.name FROM public.products p WHERE p.id = r.product_id)
END)"""
_ITEM_PRICE: LiteralString = """(CASE r.compute_price
    WHEN 'fixed' THEN (SELECT u.symbol FROM erp.currencies u WHERE u.name = r.currency)
        || ' ' || replace(r.fixed_price::text, '.', ',')
    ELSE replace(trim_scale(r.percent_price)::text, '.', ',') || ' % de desconto'
END)"""
_APPLIED_ON = (
    ("3_global", "Todos os produtos"),
    ("2_product_category", "Categoria de produto"),
    ("1_product", "Produto"),
    ("0_product_variant", "Variante do produto"),
)
_COMPUTE_PRICE = (("fixed", "Preço fixo"), ("percentage", "Desconto"))
_NEEDED = {
    "2_product_category": "Especifique a categoria à qual esta regra deve ser aplicada.",
    "1_product": "Especifique o produto ao qual esta regra deve ser aplicada.",
    "0_product_variant": "Especifique a variante de produto à qual esta regra deve ser aplicada.",
}
_INCOMPLETE = """
SELECT i.applied_on FROM public.price_list_items i
WHERE i.id = ANY(%(ids)s) AND (
    (i.applied_on = '2_product_category' AND i.category_id IS NULL)
    OR (i.applied_on IN ('1_product', '0_product_variant') AND i.product_id IS NULL))
"""


_CURRENCY_NAME = """
SELECT u.name FROM erp.currencies u
WHERE u.id = %(currency)s OR (%(currency)s IS NULL
    AND u.name = (SELECT c.currency FROM erp.companies c WHERE c.id = %(company)s))
"""


class PriceListBehaviour(Behaviour):
    """A list is in a currency, by default that of its company."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        company = values.get("company_id") or records.env.company
        values["currency"] = await _currency(records, values.get("currency_id"), company)

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        if values.get("currency_id"):
            values["currency"] = await _currency(records, values["currency_id"], None)


async def _currency(records: Records, currency: Json, company: Json) -> str:
    found = await records.rows(_CURRENCY_NAME, {"currency": currency or None, "company": company})
    if not found:
        raise MissingError(f"Record does not exist or has been deleted.\n(Record: res.currency({currency},))")
    return str(found[0]["name"])


class ItemBehaviour(Behaviour):
    """A rule names what it applies to, as Odoo demands."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        _one_product(values)

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        _one_product(values)

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if incomplete := await records.rows(_INCOMPLETE, {"ids": ids}):
            raise ValidationError(_NEEDED[incomplete[0]["applied_on"]])


def _one_product(values: dict[str, Json]) -> None:
    """Template and variant share a column: of two names for one product the meaningful one stays."""
    if values.get("product_id"):
        values.pop("product_tmpl_id", None)
    elif values.get("product_tmpl_id"):
        values.pop("product_id", None)


PRICE_LIST = Model(
    name="product.pricelist",
    label="Lista de preços",
    table="public.price_lists",
    title=_TITLE,
    order="sequence, id, name",
    fields=record(_TITLE)
    | {
        "name": Field(Kind.CHAR, "Nome da lista de preços", "r.name", column="name", required=True),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
        "sequence": Field(Kind.INTEGER, "Sequência", "r.sequence", column="sequence", default=16),
        "company_id": Field(
            Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company"
        ),
        "currency": Field(Kind.CHAR, "Moeda", "r.currency", column="currency", since=HIDDEN),
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, relation="res.currency"),
        "item_ids": Field(
            Kind.ONE2MANY,
            "Regras da lista de preços",
            "ARRAY(SELECT i.id FROM public.price_list_items i WHERE i.price_list_id = r.id"
            " ORDER BY i.applied_on, i.min_quantity DESC, i.id DESC)",
            relation="product.pricelist.item",
            inverse="pricelist_id",
        ),
    },
    company="r.company_id",
    access=_ACCESS,
    behaviour=PriceListBehaviour(),
)

_PRODUCT: LiteralString = "(CASE WHEN r.applied_on = '0_product_variant' THEN r.product_id END)"
ITEM = Model(
    name="product.pricelist.item",
    label="Regra da lista de preços",
    table=_ITEMS,
    into="public.price_list_items",
    title=_ITEM_TITLE,
    order="applied_on, min_quantity desc, categ_id desc, id desc",
    fields=record(_ITEM_TITLE)
    | {
        "name": Field(Kind.CHAR, "Nome", _ITEM_TITLE, stored=False),
        "price": Field(Kind.CHAR, "Preço", _ITEM_PRICE, stored=False),
        "pricelist_id": Field(
            Kind.MANY2ONE,
            "Lista de preços",
            "r.price_list_id",
            column="price_list_id",
            relation="product.pricelist",
            required=True,
        ),
        "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, relation="res.currency"),
        "applied_on": Field(
            Kind.SELECTION,
            "Aplicar em",
            "r.applied_on",
            column="applied_on",
            selection=_APPLIED_ON,
            required=True,
            default="3_global",
        ),
        "categ_id": Field(
            Kind.MANY2ONE,
            "Categoria de produto",
            "r.category_id",
            column="category_id",
            relation="product.category",
        ),
        "product_tmpl_id": Field(
            Kind.MANY2ONE, "Produto", "r.product_id", column="product_id", relation="product.template"
        ),
        "product_id": Field(
            Kind.MANY2ONE, "Variante do produto", _PRODUCT, column="product_id", relation="product.product"
        ),
        "min_quantity": Field(Kind.FLOAT, "Quantidade mín.", "r.min_quantity", column="min_quantity"),
        "compute_price": Field(
            Kind.SELECTION,
            "Tipo de preço",
            "r.compute_price",
            column="compute_price",
            selection=_COMPUTE_PRICE,
            required=True,
            default="fixed",
        ),
        "fixed_price": Field(Kind.FLOAT, "Preço fixo", "r.fixed_price", column="fixed_price"),
        "percent_price": Field(Kind.FLOAT, "Preço percentual", "r.percent_price", column="percent_price"),
        "date_start": Field(Kind.DATETIME, "Data inicial", "r.date_start", column="date_start"),
        "date_end": Field(Kind.DATETIME, "Data final", "r.date_end", column="date_end"),
    },
    company="r.company_id",
    access=_ACCESS,
    behaviour=ItemBehaviour(),
)

MODELS = (PRICE_LIST, ITEM)
