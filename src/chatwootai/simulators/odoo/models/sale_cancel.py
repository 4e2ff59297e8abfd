"""The wizard behind Odoo's "cancel" button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.sale_acts import SaleActs
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_records, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records


class CancelWizardBehaviour(Behaviour):
    """The question that the web client asks before it cancels."""

    @on_records
    async def action_cancel(self, records: Records, ids: list[int]) -> Json:
        """Cancel without asking again."""
        rows = await records.read(list(ids), ["order_id"], load="")
        orders = [
            row["order_id"] for row in rows if isinstance(row, dict) and isinstance(row["order_id"], int)
        ]
        sale_orders = records.of("sale.order").in_context(disable_cancel_warning=True)
        return await SaleActs().action_cancel(sale_orders, orders)


CANCEL_WIZARD = Model(
    name="sale.order.cancel",
    label="Cancelamento de pedido de venda",
    table="erp.cancel_wizards",
    title="r.id::text",
    order="id",
    fields=record("r.id::text")
    | {
        "order_id": Field(
            Kind.MANY2ONE,
            "Pedido de venda",
            "r.order_id",
            column="order_id",
            relation="sale.order",
            required=True,
        ),
    },
    access={"sale_own": "rwc", "sale_all": "rwc", "sale_admin": "rwc", "system": "rwc"},
    behaviour=CancelWizardBehaviour(),
)
