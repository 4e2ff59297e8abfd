"""The fields of an order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.models.sale_states import (
    DELIVERY_STATUS,
    DELIVERY_STATUSES,
    INVOICE_STATUS,
    INVOICE_STATUSES,
    LAST_WITH_DONE,
    STATES,
    state,
)
from chatwootai.simulators.odoo.models.threads import thread_fields
from chatwootai.simulators.odoo.orm.fields import HIDDEN, Field, Kind
from chatwootai.simulators.odoo.orm.model import record
from chatwootai.simulators.odoo.orm.values import written_time

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_VALID_DAYS = 30  # Odoo's own default for quotations
_CURRENCY: LiteralString = "(SELECT u.id FROM erp.currencies u WHERE u.name = r.currency)"
_PICKINGS: LiteralString = """ARRAY(SELECT k.id FROM erp.pickings k WHERE k.order_id = r.id
    ORDER BY k.scheduled_at, k.id DESC)"""
_INVOICES: LiteralString = "ARRAY(SELECT v.id FROM erp.invoices v WHERE v.order_id = r.id ORDER BY v.id)"


async def _next_name(records: Records) -> Json:
    rows = await records.rows("SELECT 'S' || lpad(nextval('erp.order_numbers')::text, 5, '0') AS name")
    return str(rows[0]["name"])


async def _company(records: Records) -> Json:
    return records.env.company


async def _seller(records: Records) -> Json:
    return records.env.user.id


async def _now(records: Records) -> Json:
    del records
    return written_time(datetime.now(UTC))


async def _last_day(records: Records) -> Json:
    return (datetime.now(records.env.zone) + timedelta(days=_VALID_DAYS)).date().isoformat()


def _state(env: Environment) -> sql.Composable:
    return state("r", env)


def order_fields() -> dict[str, Field]:
    return record("r.name") | thread_fields("sale.order") | _head() | _terms() | _money() | _progress()


def _head() -> dict[str, Field]:
    return {
        "name": Field(
            Kind.CHAR, "Referência do pedido", "r.name", column="name", required=True, default=_next_name
        ),
        "state": Field(Kind.SELECTION, "Status", _state, column="status", selection=STATES),
        "locked": Field(Kind.BOOLEAN, "Bloqueado", "r.locked", column="locked", since=LAST_WITH_DONE + 1),
        "partner_id": Field(
            Kind.MANY2ONE,
            "Cliente",
            "r.customer_id",
            column="customer_id",
            relation="res.partner",
            required=True,
        ),
        "partner_invoice_id": Field(
            Kind.MANY2ONE, "Endereço de faturamento", "r.customer_id", relation="res.partner"
        ),
        "partner_shipping_id": Field(
            Kind.MANY2ONE, "Endereço de entrega", "r.customer_id", relation="res.partner"
        ),
        "user_id": Field(
            Kind.MANY2ONE,
            "Vendedor",
            "r.user_id",
            column="user_id",
            relation="res.users",
            default=_seller,
        ),
        "company_id": Field(
            Kind.MANY2ONE,
            "Empresa",
            "r.company_id",
            column="company_id",
            relation="res.company",
            required=True,
            default=_company,
        ),
        "client_order_ref": Field(
            Kind.CHAR, "Referência do cliente", "r.client_order_ref", column="client_order_ref"
        ),
        "origin": Field(Kind.CHAR, "Documento de origem", "r.origin", column="origin"),
        "note": Field(Kind.HTML, "Termos e condições", "r.note", column="note"),
        "order_line": Field(
            Kind.ONE2MANY, "Linhas do pedido", relation="sale.order.line", inverse="order_id"
        ),
    }


def _terms() -> dict[str, Field]:
    return {
        "date_order": Field(
            Kind.DATETIME,
            "Data do pedido",
            "r.ordered_at",
            column="ordered_at",
            required=True,
            default=_now,
        ),
        "validity_date": Field(
            Kind.DATE, "Validade", "r.validity_date", column="validity_date", default=_last_day
        ),
        "commitment_date": Field(
            Kind.DATETIME, "Data de entrega", "r.commitment_date", column="commitment_date"
        ),
        "pricelist_id": Field(
            Kind.MANY2ONE,
            "Lista de preços",
            "r.price_list_id",
            column="price_list_id",
            relation="product.pricelist",
        ),
        "payment_term_id": Field(
            Kind.MANY2ONE,
            "Condições de pagamento",
            "r.payment_term_id",
            column="payment_term_id",
            relation="account.payment.term",
        ),
        "carrier_id": Field(
            Kind.MANY2ONE,
            "Método de entrega",
            "r.carrier_id",
            column="carrier_id",
            relation="delivery.carrier",
        ),
    }


def _money() -> dict[str, Field]:
    return {
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, relation="res.currency"),
        "currency_code": Field(Kind.CHAR, "Código da moeda", "r.currency", column="currency", since=HIDDEN),
        "amount_untaxed": Field(Kind.MONETARY, "Valor sem impostos", "r.untaxed_amount"),
        "amount_tax": Field(Kind.MONETARY, "Impostos", "r.tax_amount"),
        "amount_total": Field(Kind.MONETARY, "Total", "r.total_amount"),
    }


def _progress() -> dict[str, Field]:
    return {
        "delivery_status": Field(
            Kind.SELECTION, "Status da entrega", DELIVERY_STATUS, selection=DELIVERY_STATUSES
        ),
        "invoice_status": Field(
            Kind.SELECTION, "Status da fatura", INVOICE_STATUS, selection=INVOICE_STATUSES
        ),
        "picking_ids": Field(Kind.ONE2MANY, "Transferências", _PICKINGS, relation="stock.picking"),
        "delivery_count": Field(
            Kind.INTEGER,
            "Pedidos de entrega",
            "(SELECT count(*) FROM erp.pickings k WHERE k.order_id = r.id)",
            stored=False,
        ),
        "invoice_ids": Field(Kind.MANY2MANY, "Faturas", _INVOICES, relation="account.move", stored=False),
    }
