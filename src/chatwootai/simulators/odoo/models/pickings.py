"""Pickings (deliveries and receipts) and the moves of goods in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.models.deliveries import cancel_pickings
from chatwootai.simulators.odoo.models.threads import Thread, thread_fields
from chatwootai.simulators.odoo.models.transfers import assign, validate
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, on_records, record
from chatwootai.simulators.odoo.orm.rights import require

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_CODES = (("incoming", "Recebimento"), ("outgoing", "Entrega"), ("internal", "Transferência interna"))
_PICKING_STATES = (
    ("draft", "Provisório"),
    ("waiting", "Aguardando outra operação"),
    ("confirmed", "Aguardando"),
    ("assigned", "Pronto"),
    ("done", "Concluído"),
    ("cancel", "Cancelado"),
)
_MOVE_STATES = (
    ("draft", "Novo"),
    ("waiting", "Aguardando outra movimentação"),
    ("confirmed", "Aguardando disponibilidade"),
    ("partially_available", "Parcialmente disponível"),
    ("assigned", "Disponível"),
    ("done", "Concluído"),
    ("cancel", "Cancelado"),
)
_ORIGIN: LiteralString = "(SELECT o.name FROM public.orders o WHERE o.id = r.order_id)"
_MOVE_IDS: LiteralString = "ARRAY(SELECT m.id FROM erp.moves m WHERE m.picking_id = r.id ORDER BY m.id)"
_MOVES: LiteralString = """(SELECT m.*, erp.kept(m) AS kept, k.kind, k.company_id, k.name AS picking,
    coalesce(k.done_at, k.scheduled_at) AS happens_at
    FROM erp.moves m JOIN erp.pickings k ON k.id = m.picking_id)"""
_MOVE_STATE: LiteralString = (
    "(CASE WHEN r.status = 'assigned' AND r.kind = 'outgoing' AND r.kept < r.quantity"
    " THEN 'partially_available' ELSE r.status END)"
)
_HANDLED: LiteralString = "(CASE r.status WHEN 'done' THEN r.quantity ELSE r.kept END)"
_DONE: LiteralString = "(CASE r.status WHEN 'done' THEN r.quantity ELSE 0 END)"
_LAST_WITH_QUANTITY_DONE = 16
_READ = {"sale_own": "r", "sale_all": "r", "sale_admin": "r", "stock_user": "r", "system": "r"}


class PickingBehaviour(Thread):
    """Deliveries and receipts."""

    @on_records
    async def button_validate(self, records: Records, ids: list[int]) -> Json:
        """Deliver one picking; may answer with a wizard instead of acting."""
        if len(ids) != 1:
            raise BadValue(f"Expected singleton: stock.picking({', '.join(map(str, ids))})")
        require(records.env, records.model, "write")
        return await validate(records, ids[0])

    @on_records
    async def action_assign(self, records: Records, ids: list[int]) -> bool:
        """Look once more for free goods."""
        require(records.env, records.model, "write")
        await assign(records, ids)
        return True

    @on_records
    async def action_cancel(self, records: Records, ids: list[int]) -> bool:
        """Cancel what is not done."""
        require(records.env, records.model, "write")
        await cancel_pickings(records, ids)
        return True


PICKING = Model(
    name="stock.picking",
    label="Transferência",
    table="erp.pickings",
    title="r.name",
    order="scheduled_date, id desc",
    fields=record("r.name")
    | thread_fields("stock.picking")
    | {
        "name": Field(Kind.CHAR, "Referência", "r.name"),
        "origin": Field(Kind.CHAR, "Documento de origem", _ORIGIN),
        "sale_id": Field(Kind.MANY2ONE, "Pedido de venda", "r.order_id", relation="sale.order"),
        "partner_id": Field(
            Kind.MANY2ONE, "Contato", "r.partner_id", column="partner_id", relation="res.partner"
        ),
        "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
        "picking_type_code": Field(Kind.SELECTION, "Tipo de operação", "r.kind", selection=_CODES),
        "state": Field(Kind.SELECTION, "Status", "r.status", selection=_PICKING_STATES),
        "scheduled_date": Field(Kind.DATETIME, "Data agendada", "r.scheduled_at", column="scheduled_at"),
        "date_done": Field(Kind.DATETIME, "Data de transferência", "r.done_at", column="done_at"),
        "carrier_id": Field(
            Kind.MANY2ONE,
            "Transportadora",
            "r.carrier_id",
            column="carrier_id",
            relation="delivery.carrier",
        ),
        "carrier_tracking_ref": Field(
            Kind.CHAR, "Referência de rastreamento", "r.tracking_reference", column="tracking_reference"
        ),
        "move_ids": Field(
            Kind.ONE2MANY, "Movimentações de estoque", _MOVE_IDS, relation="stock.move", stored=False
        ),
    },
    company="r.company_id",
    access=_READ | {"stock_user": "rw", "system": "rw"},
    behaviour=PickingBehaviour(),
)

MOVE = Model(
    name="stock.move",
    label="Movimentação de estoque",
    table=_MOVES,
    title="r.picking",
    order="id",
    fields=record("r.picking")
    | {
        "name": Field(Kind.CHAR, "Descrição", "r.picking", until=18),
        "reference": Field(Kind.CHAR, "Referência", "r.picking"),
        "product_id": Field(Kind.MANY2ONE, "Produto", "r.product_id", relation="product.product"),
        "product_uom_qty": Field(Kind.FLOAT, "Demanda", "r.quantity"),
        "quantity": Field(Kind.FLOAT, "Quantidade", _HANDLED, since=_LAST_WITH_QUANTITY_DONE + 1),
        "quantity_done": Field(
            Kind.FLOAT, "Quantidade feita", _DONE, until=_LAST_WITH_QUANTITY_DONE, stored=False
        ),
        "picking_id": Field(Kind.MANY2ONE, "Transferência", "r.picking_id", relation="stock.picking"),
        "picking_code": Field(Kind.SELECTION, "Tipo de operação", "r.kind", selection=_CODES, stored=False),
        "sale_line_id": Field(
            Kind.MANY2ONE, "Linha do pedido", "r.order_item_id", relation="sale.order.line"
        ),
        "state": Field(Kind.SELECTION, "Status", _MOVE_STATE, selection=_MOVE_STATES),
        "date": Field(Kind.DATETIME, "Data agendada", "r.happens_at"),
        "warehouse_id": Field(Kind.MANY2ONE, "Armazém", "r.warehouse_id", relation="stock.warehouse"),
        "company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company"),
    },
    company="r.company_id",
    access=_READ,
)
