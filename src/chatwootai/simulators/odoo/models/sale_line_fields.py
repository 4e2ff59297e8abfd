"""The fields of an order's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.models.sale_states import INVOICE_STATUSES, LINE_INVOICE_STATUS, STATES, state
from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.model import record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment

TITLE: LiteralString = "(SELECT o.name FROM public.orders o WHERE o.id = r.order_id) || ' - ' || r.name"
COMPANY: LiteralString = "(SELECT o.company_id FROM public.orders o WHERE o.id = r.order_id)"
_CUSTOMER: LiteralString = "(SELECT o.customer_id FROM public.orders o WHERE o.id = r.order_id)"
_SALESMAN: LiteralString = "(SELECT o.user_id FROM public.orders o WHERE o.id = r.order_id)"
_CURRENCY: LiteralString = """(SELECT u.id FROM public.orders o JOIN erp.currencies u ON u.name = o.currency
    WHERE o.id = r.order_id)"""
_TO_INVOICE: LiteralString = """(CASE (SELECT o.status FROM public.orders o WHERE o.id = r.order_id)
    WHEN 'sale' THEN r.quantity - r.invoiced ELSE 0 END)"""
_COMPUTED: LiteralString = "coalesce(r.computed_price, r.unit_price)"
_LAST_WITH_OLD_NAMES = 18


def _state(env: Environment) -> sql.Composable:
    return sql.SQL("(SELECT {} FROM public.orders r0 WHERE r0.id = r.order_id)").format(state("r0", env))


def _unit(column_until: int, first: int) -> Field:
    return Field(
        Kind.MANY2ONE,
        "Unidade de medida",
        "r.unit_id",
        column="unit_id",
        relation="uom.uom",
        since=first,
        until=column_until,
    )


def _taxes(first: int, last: int) -> Field:
    return Field(
        Kind.MANY2MANY, "Impostos", "'{}'::integer[]", relation="account.tax", since=first, until=last
    )


def line_fields() -> dict[str, Field]:
    return record(TITLE) | _what() | _how_much() | _whose()


def _what() -> dict[str, Field]:
    return {
        "order_id": Field(
            Kind.MANY2ONE,
            "Referência do pedido",
            "r.order_id",
            column="order_id",
            relation="sale.order",
            required=True,
        ),
        "sequence": Field(Kind.INTEGER, "Sequência", "r.sequence", column="sequence", default=10),
        "name": Field(Kind.TEXT, "Descrição", "r.name", column="name", required=True),
        "product_id": Field(
            Kind.MANY2ONE,
            "Produto",
            "r.product_id",
            column="product_id",
            relation="product.product",
            required=True,
        ),
        # One variant per template, under the same number.
        "product_template_id": Field(
            Kind.MANY2ONE, "Modelo do produto", "r.product_id", relation="product.template", stored=False
        ),
        "display_type": Field(
            Kind.SELECTION,
            "Tipo de exibição",
            "NULL::text",
            selection=(("line_section", "Seção"), ("line_note", "Observação")),
        ),
        "reward_id": Field(
            Kind.MANY2ONE, "Recompensa", "r.coupon_id", column="coupon_id", relation="loyalty.reward"
        ),
        "is_reward_line": Field(
            Kind.BOOLEAN, "É uma linha de recompensa", "(r.coupon_id IS NOT NULL)", stored=False
        ),
    }


def _how_much() -> dict[str, Field]:
    return {
        "product_uom_qty": Field(
            Kind.FLOAT, "Quantidade", "r.quantity", column="quantity", required=True, default=1
        ),
        "product_uom": _unit(_LAST_WITH_OLD_NAMES, 0),
        "product_uom_id": _unit(98, _LAST_WITH_OLD_NAMES + 1),
        "tax_id": _taxes(0, _LAST_WITH_OLD_NAMES),
        "tax_ids": _taxes(_LAST_WITH_OLD_NAMES + 1, 98),
        "price_unit": Field(Kind.FLOAT, "Preço unitário", "r.unit_price", column="unit_price", required=True),
        "technical_price_unit": Field(
            Kind.FLOAT,
            "Preço unitário técnico",
            _COMPUTED,
            column="computed_price",
        ),
        "pricelist_item_id": Field(
            Kind.MANY2ONE,
            "Regra da lista de preços",
            "r.price_rule_id",
            relation="product.pricelist.item",
            stored=False,
        ),
        "price_rule": Field(
            Kind.INTEGER, "Regra do preço", "r.price_rule_id", column="price_rule_id", since=HIDDEN
        ),
        "discount": Field(Kind.FLOAT, "Desconto (%)", "r.discount", column="discount"),
        "price_subtotal": Field(Kind.MONETARY, "Subtotal", "r.subtotal"),
        "price_tax": Field(Kind.FLOAT, "Total de impostos", "0::numeric"),
        "price_total": Field(Kind.MONETARY, "Total", "r.subtotal"),
        "qty_delivered": Field(Kind.FLOAT, "Quantidade entregue", "r.delivered", column="delivered"),
        "qty_invoiced": Field(Kind.FLOAT, "Quantidade faturada", "r.invoiced"),
        "qty_to_invoice": Field(Kind.FLOAT, "Quantidade a faturar", _TO_INVOICE),
        "invoice_status": Field(
            Kind.SELECTION, "Status da fatura", LINE_INVOICE_STATUS, selection=INVOICE_STATUSES
        ),
        "move_ids": Field(
            Kind.ONE2MANY,
            "Movimentações de estoque",
            "ARRAY(SELECT m.id FROM erp.moves m WHERE m.order_item_id = r.id ORDER BY m.id)",
            relation="stock.move",
        ),
    }


def _whose() -> dict[str, Field]:
    return {
        "state": Field(Kind.SELECTION, "Status do pedido", _state, selection=STATES),
        "order_partner_id": Field(Kind.MANY2ONE, "Cliente", _CUSTOMER, relation="res.partner"),
        "salesman_id": Field(Kind.MANY2ONE, "Vendedor", _SALESMAN, relation="res.users"),
        "company_id": Field(Kind.MANY2ONE, "Empresa", COMPANY, relation="res.company"),
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, relation="res.currency"),
    }
