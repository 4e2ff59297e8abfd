"""States of orders, of their deliveries and of their invoices, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment

LAST_WITH_DONE = 16
"""The last series in which a locked order has a state of its own instead of a flag."""

STATES = (
    ("draft", "Cotação"),
    ("sent", "Cotação enviada"),
    ("sale", "Pedido de venda"),
    ("cancel", "Cancelado"),
)
DELIVERY_STATUSES = (
    ("pending", "Não entregue"),
    ("started", "Iniciado"),
    ("partial", "Entregue parcialmente"),
    ("full", "Entregue totalmente"),
)
INVOICE_STATUSES = (
    ("upselling", "Oportunidade de upselling"),
    ("invoiced", "Totalmente faturado"),
    ("to invoice", "A faturar"),
    ("no", "Nada a faturar"),
)

# Products are invoiced by the ordered quantity, Odoo's default: a confirmed order is "to invoice" at once.
LINE_INVOICE_STATUS: LiteralString = """(CASE
    WHEN (SELECT o.status FROM public.orders o WHERE o.id = r.order_id) <> 'sale' THEN 'no'
    WHEN r.quantity <> r.invoiced THEN 'to invoice'
    WHEN r.delivered > r.quantity THEN 'upselling'
    ELSE 'invoiced' END)"""
INVOICE_STATUS: LiteralString = """(CASE
    WHEN r.status <> 'sale' THEN 'no'
    ELSE coalesce((SELECT CASE
        WHEN bool_or(i.quantity <> i.invoiced) THEN 'to invoice'
        WHEN bool_and(i.delivered <= i.quantity) THEN 'invoiced'
        ELSE 'upselling' END
        FROM public.order_items i WHERE i.order_id = r.id HAVING count(*) > 0), 'no') END)"""
DELIVERY_STATUS: LiteralString = """(SELECT CASE
    WHEN bool_and(k.status = 'cancel') THEN NULL
    WHEN bool_and(k.status IN ('done', 'cancel')) THEN 'full'
    WHEN bool_or(k.status = 'done') AND EXISTS (
        SELECT FROM public.order_items i WHERE i.order_id = r.id AND i.delivered > 0) THEN 'partial'
    WHEN bool_or(k.status = 'done') THEN 'started'
    ELSE 'pending' END
    FROM erp.pickings k WHERE k.order_id = r.id HAVING count(*) > 0)"""


def state(alias: str, env: Environment) -> sql.Composable:
    """The state of the order in the row `alias`."""
    row = sql.Identifier(alias)
    if env.series > LAST_WITH_DONE:
        return sql.SQL("{}.status").format(row)
    return sql.SQL("(CASE WHEN {0}.locked AND {0}.status = 'sale' THEN 'done' ELSE {0}.status END)").format(
        row
    )
