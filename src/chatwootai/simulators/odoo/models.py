"""The registry: which models exist, over which tables, and who sees which rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.errors import BadValue, UserError
from chatwootai.simulators.odoo.fields import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

_PRODUCT_NAME: LiteralString = "concat('[' || nullif(r.default_code, '') || '] ', r.name)"
_ON_HAND: LiteralString = "CASE WHEN r.is_storable THEN r.stock_quantity ELSE 0 END"
_FREE: LiteralString = "CASE WHEN r.is_storable THEN r.stock_quantity - r.reserved_quantity ELSE 0 END"
_TYPE: LiteralString = "CASE WHEN r.category = 'Serviços' THEN 'service' ELSE 'consu' END"
_DETAILED_TYPE: LiteralString = (
    "CASE WHEN r.is_storable THEN 'product' WHEN r.category = 'Serviços' THEN 'service' ELSE 'consu' END"
)
_TYPES = (("consu", "Bens"), ("service", "Serviço"))
_OLD_TYPES = (("consu", "Consumível"), ("service", "Serviço"), ("product", "Produto armazenável"))


@dataclass(frozen=True, slots=True)
class Model:
    """`company` is the column that ties a row to a company, empty when everybody sees every row."""

    name: str
    label: str
    table: LiteralString
    title: LiteralString
    order: str
    fields: Mapping[str, Field]
    company: LiteralString = ""

    def field(self, name: str, series: int) -> Field:
        """The field of that name, or `BadValue` worded as Odoo words it."""
        found = self.fields.get(name)
        if found is None or not found.since <= series <= found.until:
            raise BadValue(f"Invalid field {name!r} on model {self.name!r}")
        return found

    def fields_of(self, series: int) -> dict[str, Field]:
        """The fields that this series of Odoo has."""
        return {name: field for name, field in self.fields.items() if field.since <= series <= field.until}


def _record(title: LiteralString) -> dict[str, Field]:
    return {
        "id": Field(Kind.INTEGER, "ID", "r.id"),
        "display_name": Field(Kind.CHAR, "Nome exibido", title, stored=False),
    }


def _product_fields() -> dict[str, Field]:
    return _record(_PRODUCT_NAME) | {
        "name": Field(Kind.CHAR, "Nome", "r.name"),
        "default_code": Field(Kind.CHAR, "Referência interna", "r.default_code"),
        "barcode": Field(Kind.CHAR, "Código de barras", "r.barcode"),
        "description_sale": Field(Kind.TEXT, "Descrição de venda", "r.description_sale"),
        "categ_id": Field(
            Kind.MANY2ONE,
            "Categoria do produto",
            "(SELECT c.id FROM erp.categories c WHERE c.name = r.category)",
            relation="product.category",
        ),
        "list_price": Field(Kind.FLOAT, "Preço de venda", "r.list_price"),
        "lst_price": Field(Kind.FLOAT, "Preço de venda público", "r.list_price", stored=False),
        "currency_id": Field(
            Kind.MANY2ONE,
            "Moeda",
            "(SELECT c.id FROM erp.currencies c WHERE c.name = r.currency)",
            stored=False,
            relation="res.currency",
        ),
        "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
        "type": Field(Kind.SELECTION, "Tipo de produto", _TYPE, selection=_TYPES, since=18),
        "is_storable": Field(Kind.BOOLEAN, "Rastrear inventário", "r.is_storable", since=18),
        "detailed_type": Field(
            Kind.SELECTION, "Tipo de produto", _DETAILED_TYPE, selection=_OLD_TYPES, until=17
        ),
        "sale_ok": Field(Kind.BOOLEAN, "Pode ser vendido", "r.sale_ok"),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active"),
        "qty_available": Field(Kind.FLOAT, "Quantidade em mãos", _ON_HAND, stored=False),
        "free_qty": Field(Kind.FLOAT, "Quantidade livre", _FREE, stored=False),
        "virtual_available": Field(Kind.FLOAT, "Quantidade prevista", _FREE, stored=False),
        "create_date": Field(Kind.DATETIME, "Criado em", "r.create_date"),
        "write_date": Field(Kind.DATETIME, "Última atualização em", "r.write_date"),
    }


def _product(name: str, label: str, link: str, relation: str) -> Model:
    # One variant per template: the table of the specification has a row per thing sold and no templates.
    linked = {link: Field(Kind.MANY2ONE, "Produto", "r.id", relation=relation)}
    return Model(
        name=name,
        label=label,
        table="public.products",
        title=_PRODUCT_NAME,
        order="default_code, name, id",
        fields=_product_fields() | linked,
        company="r.company_id",
    )


def _named(name: str, label: str, table: LiteralString, company: LiteralString, **more: Field) -> Model:
    named = {"name": Field(Kind.CHAR, "Nome", "r.name")}
    return Model(name, label, table, "r.name", "name, id", _record("r.name") | named | more, company)


_MODELS = (
    _product("product.product", "Variante de produto", "product_tmpl_id", "product.template"),
    _product("product.template", "Produto", "product_variant_id", "product.product"),
    _named("product.category", "Categoria do produto", "erp.categories", ""),
    _named(
        "res.currency",
        "Moeda",
        "erp.currencies",
        "",
        symbol=Field(Kind.CHAR, "Símbolo", "r.symbol"),
        decimal_places=Field(Kind.INTEGER, "Casas decimais", "r.decimal_places"),
    ),
    _named(
        "res.company",
        "Empresa",
        "erp.companies",
        "r.id",
        currency_id=Field(
            Kind.MANY2ONE,
            "Moeda",
            "(SELECT c.id FROM erp.currencies c WHERE c.name = r.currency)",
            relation="res.currency",
        ),
    ),
    _named(
        "res.users",
        "Usuário",
        "erp.users",
        "r.company_id",
        login=Field(Kind.CHAR, "Login", "r.login"),
        company_id=Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
    ),
)
REGISTRY: Mapping[str, Model] = {model.name: model for model in _MODELS}


def model_named(name: str) -> Model:
    """The model, or Odoo's `UserError` for an unknown one."""
    model = REGISTRY.get(name)
    if model is None:
        raise UserError(f"Object {name} doesn't exist")
    return model


def title_of(field: Field) -> sql.Composable:
    """The display name of the record that a many2one points to."""
    related = model_named(field.relation)
    # The key is computed in its own subquery: there, "r" still means the row outside.
    return sql.SQL("(SELECT {} FROM (SELECT {} AS id) k JOIN {} r ON r.id = k.id)").format(
        sql.SQL(related.title), sql.SQL(field.sql), sql.SQL(related.table)
    )
