"""Fields of the loyalty models, most of them over a row of `public.coupons`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.model import record

if TYPE_CHECKING:
    from typing import LiteralString

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_TYPES = (
    ("promo_code", "Código de desconto"),
    ("promotion", "Promoções"),
    ("loyalty", "Cartões de fidelidade"),
)
_TRIGGERS = (("auto", "Automático"), ("with_code", "Usar um código"))
_MODES = (("auto", "Automático"), ("with_code", "Com um código promocional"))
_APPLIES_ON = (("current", "Pedido atual"), ("future", "Pedidos futuros"), ("both", "Ambos"))
_DISCOUNT_MODES = (("percent", "%"), ("per_order", "R$"))
_MODE: LiteralString = "(CASE WHEN r.code IS NULL THEN 'auto' ELSE 'with_code' END)"


def _company() -> Field:
    return Field(Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company")


def _program() -> Field:
    return Field(Kind.MANY2ONE, "Programa", "r.id", relation="loyalty.program", required=True)


def _active() -> Field:
    return Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True)


def _currency() -> Field:
    return Field(
        Kind.MANY2ONE,
        "Moeda",
        "(SELECT u.id FROM erp.currencies u JOIN erp.companies c ON c.currency = u.name"
        " WHERE c.id = r.company_id)",
        relation="res.currency",
    )


def _hidden(kind: Kind, column: LiteralString) -> Field:
    return Field(kind, column, "r." + column, column=column, since=HIDDEN)


async def _new_code(records: Records) -> Json:
    del records
    return f"044{secrets.token_hex(6)}"


RULE_FIELDS = record("r.name") | {
    "program_id": _program(),
    "company_id": _company(),
    "currency_id": _currency(),
    "active": _active(),
    "mode": Field(Kind.SELECTION, "Aplicação", _MODE, selection=_MODES),
    "code": Field(Kind.CHAR, "Código de desconto", "r.code", column="code"),
    "minimum_amount": Field(
        Kind.MONETARY, "Valor mínimo da compra", "r.minimum_amount", column="minimum_amount"
    ),
    "minimum_amount_tax_mode": Field(
        Kind.SELECTION,
        "Modo do imposto",
        "'incl'::text",
        selection=(("incl", "Imposto incluído"), ("excl", "Imposto não incluído")),
    ),
    "minimum_qty": Field(Kind.INTEGER, "Quantidade mínima", "r.minimum_quantity", column="minimum_quantity"),
    "product_ids": Field(Kind.MANY2MANY, "Produtos", "'{}'::integer[]", relation="product.product"),
    "reward_point_amount": Field(Kind.FLOAT, "Recompensa", "1::numeric"),
    "reward_point_mode": Field(
        Kind.SELECTION, "Modo do ponto", "'order'::text", selection=(("order", "por pedido"),)
    ),
}
REWARD_FIELDS = record("r.description") | {
    "program_id": _program(),
    "company_id": _company(),
    "currency_id": _currency(),
    "active": _active(),
    "description": Field(Kind.CHAR, "Descrição", "r.description", column="description"),
    "reward_type": Field(
        Kind.SELECTION, "Tipo da recompensa", "'discount'::text", selection=(("discount", "Desconto"),)
    ),
    "discount": Field(Kind.FLOAT, "Desconto", "r.discount", column="discount"),
    "discount_mode": Field(
        Kind.SELECTION,
        "Modo de desconto",
        "r.discount_mode",
        column="discount_mode",
        selection=_DISCOUNT_MODES,
        required=True,
    ),
    "discount_applicability": Field(
        Kind.SELECTION, "Aplicabilidade", "'order'::text", selection=(("order", "Pedido"),)
    ),
    "discount_max_amount": Field(Kind.MONETARY, "Desconto máximo", "0::numeric"),
    "discount_product_ids": Field(
        Kind.MANY2MANY, "Produtos com desconto", "'{}'::integer[]", relation="product.product"
    ),
    "discount_line_product_id": Field(
        Kind.MANY2ONE,
        "Produto da linha de desconto",
        "r.discount_product_id",
        column="discount_product_id",
        relation="product.product",
    ),
    "required_points": Field(Kind.FLOAT, "Pontos necessários", "r.required_points", column="required_points"),
}
PROGRAM_FIELDS = record("r.name") | {
    "name": Field(Kind.CHAR, "Nome do programa", "r.name", column="name", required=True),
    "active": _active(),
    "company_id": _company(),
    "currency_id": _currency(),
    "program_type": Field(
        Kind.SELECTION,
        "Tipo de programa",
        "r.program_type",
        column="program_type",
        selection=_TYPES,
        required=True,
        default="promotion",
    ),
    "trigger": Field(Kind.SELECTION, "Gatilho", _MODE, selection=_TRIGGERS),
    "applies_on": Field(
        Kind.SELECTION,
        "Aplicável",
        "(CASE r.program_type WHEN 'loyalty' THEN 'both' ELSE 'current' END)",
        selection=_APPLIES_ON,
    ),
    "date_from": Field(Kind.DATE, "Data inicial", "r.valid_from", column="valid_from", since=17),
    "date_to": Field(Kind.DATE, "Data final", "r.valid_until", column="valid_until"),
    "limit_usage": Field(Kind.BOOLEAN, "Limite de uso", "(coalesce(r.max_usage, 0) > 0)"),
    "max_usage": Field(Kind.INTEGER, "Uso máximo", "r.max_usage", column="max_usage"),
    "sale_ok": Field(Kind.BOOLEAN, "Vendas", "true::boolean", since=17),
    "rule_ids": Field(Kind.ONE2MANY, "Regras condicionais", "ARRAY[r.id]", relation="loyalty.rule"),
    "reward_ids": Field(Kind.ONE2MANY, "Recompensas", "ARRAY[r.id]", relation="loyalty.reward"),
    "coupon_ids": Field(Kind.ONE2MANY, "Cupons", relation="loyalty.card", inverse="program_id"),
    "coupon_count": Field(
        Kind.INTEGER,
        "Nº de cupons",
        "(SELECT count(*) FROM erp.loyalty_cards k WHERE k.coupon_id = r.id)",
        stored=False,
    ),
    "order_count": Field(
        Kind.INTEGER,
        "Contagem de pedidos",
        "(SELECT count(DISTINCT l.order_id) FROM public.order_items l JOIN public.orders o"
        " ON o.id = l.order_id WHERE l.coupon_id = r.id AND o.status = 'sale')",
        stored=False,
    ),
    "code": _hidden(Kind.CHAR, "code"),
    "description": _hidden(Kind.CHAR, "description"),
    "discount": _hidden(Kind.FLOAT, "discount"),
    "discount_mode": Field(
        Kind.SELECTION,
        "discount_mode",
        "r.discount_mode",
        column="discount_mode",
        selection=_DISCOUNT_MODES,
        since=HIDDEN,
    ),
    "discount_product_id": _hidden(Kind.INTEGER, "discount_product_id"),
    "minimum_amount": _hidden(Kind.FLOAT, "minimum_amount"),
    "minimum_quantity": _hidden(Kind.INTEGER, "minimum_quantity"),
    "required_points": _hidden(Kind.FLOAT, "required_points"),
}
CARD_FIELDS = record("r.code") | {
    "program_id": Field(
        Kind.MANY2ONE,
        "Programa",
        "r.coupon_id",
        column="coupon_id",
        relation="loyalty.program",
        required=True,
    ),
    "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
    "currency_id": _currency(),
    "partner_id": Field(
        Kind.MANY2ONE, "Parceiro", "r.partner_id", column="partner_id", relation="res.partner"
    ),
    "points": Field(Kind.FLOAT, "Pontos", "r.points", column="points"),
    "code": Field(Kind.CHAR, "Código", "r.code", column="code", required=True, default=_new_code),
    "expiration_date": Field(Kind.DATE, "Data de validade", "NULL::date"),
}
