"""The fields of products, the same for a template and for its only variant."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.errors import AccessError
from chatwootai.simulators.odoo.models.quantities import quantity_fields
from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.model import record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_CODE: LiteralString = "coalesce('[' || nullif(r.default_code, '') || '] ', '')"
_TITLE: LiteralString = "(" + _CODE + " || r.name)"
_TITLE_EN: LiteralString = "(" + _CODE + " || coalesce(r.name_en, r.name))"
# Measured: a product of no company is priced in the main company's currency, whoever asks.
_CURRENCY: LiteralString = """(SELECT u.id FROM erp.currencies u
    JOIN erp.companies c ON c.currency = u.name
    WHERE c.id = coalesce(r.company_id, (SELECT min(m.id) FROM erp.companies m)))"""
_OLD_TYPE: LiteralString = "(CASE WHEN r.is_storable THEN 'product' ELSE r.kind END)"
_TYPES = (("consu", "Mercadorias"), ("service", "Serviço"))
_OLD_TYPES = (("consu", "Consumível"), ("service", "Serviço"), ("product", "Produto armazenável"))
LAST_WITH_DETAILED_TYPE = 17


def _type(env: Environment) -> sql.Composable:
    return sql.SQL(_OLD_TYPE if env.series <= LAST_WITH_DETAILED_TYPE else "r.kind")


def product_title(env: Environment) -> sql.Composable:
    return sql.SQL(_TITLE if env.lang == "pt_BR" else _TITLE_EN)


def _valuation(env: Environment) -> sql.Composable:
    # Measured: what makes `read` without fields fail for everybody but accountants and administrators.
    if not env.is_sudo and "system" not in env.groups:
        raise AccessError(
            "Você não tem permissão para acessar os registros"
            " 'Camada de avaliação de estoque' (stock.valuation.layer)."
        )
    return sql.SQL("'{}'::integer[]")


def product_fields() -> dict[str, Field]:
    """Fields by name, but those that link template and variant."""
    return record(product_title) | _described() | _priced() | _kept() | quantity_fields()


def _described() -> dict[str, Field]:
    return {
        "name": Field(
            Kind.CHAR, "Nome", "r.name", sql_en="coalesce(r.name_en, r.name)", column="name", required=True
        ),
        "default_code": Field(Kind.CHAR, "Referência interna", "r.default_code", column="default_code"),
        "barcode": Field(Kind.CHAR, "Código de barras", "r.barcode", column="barcode"),
        "description_sale": Field(
            Kind.TEXT, "Descrição da venda", "r.description_sale", column="description_sale"
        ),
        "categ_id": Field(
            Kind.MANY2ONE,
            "Categoria do produto",
            "r.category_id",
            column="category_id",
            relation="product.category",
            required=True,
            default=_first_category,
        ),
        "company_id": Field(
            Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company"
        ),
        "sale_ok": Field(Kind.BOOLEAN, "Vendas", "r.sale_ok", column="sale_ok", default=True),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
        "product_template_attribute_value_ids": Field(
            Kind.MANY2MANY,
            "Valores de atributo",
            "'{}'::integer[]",
            relation="product.template.attribute.value",
        ),
    }


def _priced() -> dict[str, Field]:
    return {
        "list_price": Field(Kind.FLOAT, "Preço de venda", "r.list_price", column="list_price", default=1),
        "lst_price": Field(Kind.FLOAT, "Preço de venda", "r.list_price", column="list_price", stored=False),
        "standard_price": Field(
            Kind.FLOAT, "Custo", "r.standard_price", column="standard_price", groups=("system",)
        ),
        "currency": Field(Kind.CHAR, "Moeda", "r.currency", column="currency", since=HIDDEN),
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, stored=False, relation="res.currency"),
        "taxes_id": Field(Kind.MANY2MANY, "Impostos sobre vendas", "'{}'::integer[]", relation="account.tax"),
    }


def _kept() -> dict[str, Field]:
    return {
        "type": Field(
            Kind.SELECTION, "Tipo de produto", _type, column="kind", selection=_TYPES, default="consu"
        ),
        "detailed_type": Field(
            Kind.SELECTION,
            "Tipo de produto",
            _OLD_TYPE,
            column="kind",
            selection=_OLD_TYPES,
            until=LAST_WITH_DETAILED_TYPE,
        ),
        "is_storable": Field(
            Kind.BOOLEAN, "Rastrear inventário", "r.is_storable", column="is_storable", since=18
        ),
        "uom_id": Field(
            Kind.MANY2ONE,
            "Unidade de medida",
            "r.unit_id",
            column="unit_id",
            relation="uom.uom",
            required=True,
            default=1,
        ),
        "weight": Field(Kind.FLOAT, "Peso", "r.weight", column="weight"),
        "stock_valuation_layer_ids": Field(
            Kind.ONE2MANY,
            "Camadas de avaliação",
            _valuation,
            relation="stock.valuation.layer",
            inverse="product_id",
        ),
    }


async def _first_category(records: Records) -> Json:
    rows = await records.rows("SELECT min(id) AS id FROM erp.categories WHERE parent_id IS NULL")
    first: int | None = rows[0]["id"]
    return first
