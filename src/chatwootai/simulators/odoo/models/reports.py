"""Odoo's sales analysis: one row per order line, made to be grouped. `nbr` counts lines, not orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.models.sale_states import LAST_WITH_DONE, STATES, state
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ROWS: LiteralString = """(SELECT l.id, l.created_at, l.updated_at, l.product_id, l.quantity, l.delivered,
        l.invoiced, l.unit_id, l.unit_price, l.discount, l.subtotal, p.category_id, p.weight,
        o.id AS order_id, o.name, o.customer_id, o.company_id, o.user_id, o.ordered_at, o.status, o.locked,
        o.price_list_id, o.currency, o.untaxed_amount, o.tax_amount
    FROM public.order_items l
    JOIN public.orders o ON o.id = l.order_id
    JOIN public.products p ON p.id = l.product_id)"""
# The tax of an order, spread over its lines as they share in its untaxed amount.
_TOTAL: LiteralString = """(r.subtotal + CASE WHEN r.untaxed_amount = 0 THEN 0
    ELSE round(r.tax_amount * r.subtotal / r.untaxed_amount, 2) END)"""


class ReportBehaviour(Behaviour):
    """Tells of the states that the series has."""

    @on_model
    async def fields_get(self, records: Records, allfields: Json = None, attributes: Json = None) -> Json:
        """Types and labels; the old series know one state more."""
        told = await records.fields_get(allfields, attributes)
        states = told.get("state")
        if records.env.series <= LAST_WITH_DONE and isinstance(states, dict) and "selection" in states:
            states["selection"] = [[key, label] for key, label in (*STATES, ("done", "Bloqueado"))]
        return told


def _state(env: Environment) -> sql.Composable:
    return state("r", env)


def _own(env: Environment) -> sql.Composable:
    return sql.SQL("(r.user_id = {0} OR r.user_id IS NULL)").format(sql.Literal(env.user.id))


def _number(label: str, expression: LiteralString, kind: Kind = Kind.FLOAT) -> Field:
    return Field(kind, label, expression)


def _link(label: str, expression: LiteralString, relation: str) -> Field:
    return Field(Kind.MANY2ONE, label, expression, relation=relation)


REPORT = Model(
    name="sale.report",
    label="Relatório de análise de vendas",
    table=_ROWS,
    title="r.name",
    order="date desc, id desc",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Referência do pedido", "r.name"),
        "order_reference": Field(Kind.CHAR, "Pedido", "('sale.order,' || r.order_id)", since=17),
        "order_id": Field(Kind.MANY2ONE, "Pedido nº", "r.order_id", relation="sale.order", until=16),
        "date": Field(Kind.DATETIME, "Data do pedido", "r.ordered_at"),
        "state": Field(Kind.SELECTION, "Status", _state, selection=STATES),
        "product_id": _link("Variante do produto", "r.product_id", "product.product"),
        "product_tmpl_id": _link("Produto", "r.product_id", "product.template"),
        "categ_id": _link("Categoria do produto", "r.category_id", "product.category"),
        "partner_id": _link("Cliente", "r.customer_id", "res.partner"),
        "company_id": _link("Empresa", "r.company_id", "res.company"),
        "user_id": _link("Vendedor", "r.user_id", "res.users"),
        "pricelist_id": _link("Lista de preços", "r.price_list_id", "product.pricelist"),
        "product_uom": _link("Unidade de medida", "r.unit_id", "uom.uom"),
        "currency_id": _link(
            "Moeda", "(SELECT u.id FROM erp.currencies u WHERE u.name = r.currency)", "res.currency"
        ),
        "product_uom_qty": _number("Qtd. pedida", "r.quantity"),
        "qty_delivered": _number("Qtd. entregue", "r.delivered"),
        "qty_to_deliver": _number("Qtd. a entregar", "(r.quantity - r.delivered)"),
        "qty_invoiced": _number("Qtd. faturada", "r.invoiced"),
        "price_unit": _number("Preço unitário", "r.unit_price"),
        "discount": _number("% de desconto", "r.discount"),
        "price_subtotal": _number("Total sem impostos", "r.subtotal", Kind.MONETARY),
        "price_total": _number("Total", _TOTAL, Kind.MONETARY),
        "weight": _number("Peso bruto", "(r.weight * r.quantity)"),
        "nbr": _number("Nº de linhas", "1::integer", Kind.INTEGER),
    },
    company="r.company_id",
    access={"sale_own": "r", "sale_all": "r", "sale_admin": "r", "system": "r"},
    rules={"sale_own": _own},
    behaviour=ReportBehaviour(),
)

MODELS = (REPORT,)
