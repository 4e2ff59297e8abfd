"""Invoices, of which sellers only read what was paid, and payment terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment

_STATES = (("draft", "Provisório"), ("posted", "Lançado"), ("cancel", "Cancelado"))
_PAYMENT_STATES = (
    ("not_paid", "Não pago"),
    ("in_payment", "Em pagamento"),
    ("paid", "Pago"),
    ("partial", "Parcialmente pago"),
    ("reversed", "Revertido"),
)
_MOVE_TYPES = (("out_invoice", "Fatura de cliente"),)


def _own_orders(env: Environment) -> sql.Composable:
    return sql.SQL(
        "NOT EXISTS (SELECT FROM public.orders o WHERE o.id = r.order_id AND o.user_id <> {})"
    ).format(sql.Literal(env.user.id))


INVOICE = Model(
    name="account.move",
    label="Lançamento de diário",
    table="erp.invoices",
    title="r.name",
    order="invoice_date desc, name desc, id desc",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Número", "r.name"),
        "move_type": Field(Kind.SELECTION, "Tipo", "'out_invoice'::text", selection=_MOVE_TYPES),
        "state": Field(Kind.SELECTION, "Status", "r.status", selection=_STATES),
        "payment_state": Field(
            Kind.SELECTION, "Status do pagamento", "r.payment_state", selection=_PAYMENT_STATES
        ),
        "partner_id": Field(Kind.MANY2ONE, "Parceiro", "r.partner_id", relation="res.partner"),
        "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
        "currency_id": Field(
            Kind.MANY2ONE,
            "Moeda",
            "(SELECT u.id FROM erp.currencies u WHERE u.name = r.currency)",
            relation="res.currency",
        ),
        "invoice_date": Field(Kind.DATE, "Data da fatura", "r.invoice_date"),
        "invoice_date_due": Field(Kind.DATE, "Data de vencimento", "r.due_date"),
        "invoice_origin": Field(
            Kind.CHAR, "Origem", "(SELECT o.name FROM public.orders o WHERE o.id = r.order_id)"
        ),
        "invoice_user_id": Field(
            Kind.MANY2ONE,
            "Vendedor",
            "(SELECT o.user_id FROM public.orders o WHERE o.id = r.order_id)",
            relation="res.users",
        ),
        "amount_total": Field(Kind.MONETARY, "Total", "r.total_amount"),
        "amount_residual": Field(
            Kind.MONETARY,
            "Valor devido",
            "(CASE WHEN r.payment_state IN ('not_paid', 'partial') THEN r.total_amount ELSE 0 END)",
        ),
    },
    company="r.company_id",
    access={"sale_own": "r", "sale_all": "r", "sale_admin": "r", "system": "r"},
    rules={"sale_own": _own_orders},
)

PAYMENT_TERM = Model(
    name="account.payment.term",
    label="Condições de pagamento",
    table="erp.payment_terms",
    title="r.name",
    order="id",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Condições de pagamento", "r.name", column="name", required=True),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
        "company_id": Field(
            Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company"
        ),
    },
    company="r.company_id",
    access={"internal": "r", "system": "rwcd"},
)

MODELS = (INVOICE, PAYMENT_TERM)
