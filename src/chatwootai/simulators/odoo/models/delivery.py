"""Ways of delivery and what they cost."""

from __future__ import annotations

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, record

_TYPES = (("base_on_rule", "Com base nas regras"), ("fixed", "Preço fixo"))

CARRIER = Model(
    name="delivery.carrier",
    label="Método de entrega",
    table="erp.carriers",
    title="r.name",
    order="id",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Método de entrega", "r.name", column="name", required=True),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
        "company_id": Field(
            Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company"
        ),
        "delivery_type": Field(
            Kind.SELECTION,
            "Fornecedor",
            "r.delivery_type",
            column="delivery_type",
            selection=_TYPES,
            required=True,
            default="fixed",
        ),
        "fixed_price": Field(Kind.FLOAT, "Preço fixo", "r.fixed_price", column="fixed_price"),
        "free_over": Field(
            Kind.BOOLEAN, "Gratuito se o valor do pedido for superior a", "r.free_over", column="free_over"
        ),
        "amount": Field(Kind.FLOAT, "Valor", "r.amount", column="amount"),
        "product_id": Field(
            Kind.MANY2ONE,
            "Produto de entrega",
            "r.product_id",
            column="product_id",
            relation="product.product",
            required=True,
        ),
        "currency_id": Field(
            Kind.MANY2ONE,
            "Moeda",
            "(SELECT u.id FROM erp.currencies u JOIN erp.companies c ON c.currency = u.name"
            " WHERE c.id = coalesce(r.company_id, (SELECT min(m.id) FROM erp.companies m)))",
            relation="res.currency",
        ),
    },
    company="r.company_id",
    access={"sale_own": "r", "sale_all": "r", "stock_user": "r", "sale_admin": "rwcd", "system": "rwcd"},
)

MODELS = (CARRIER,)
