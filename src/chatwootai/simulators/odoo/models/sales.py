"""Orders, as Odoo's sale module shows them: quotations first, orders once they are confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.pricing import price_list_for
from chatwootai.simulators.odoo.models.sale_acts import SaleActs
from chatwootai.simulators.odoo.models.sale_cancel import CANCEL_WIZARD
from chatwootai.simulators.odoo.models.sale_copies import SaleCopies
from chatwootai.simulators.odoo.models.sale_fields import order_fields
from chatwootai.simulators.odoo.models.sale_lines import LINE
from chatwootai.simulators.odoo.models.sale_quotes import SaleQuotes
from chatwootai.simulators.odoo.models.sale_states import LAST_WITH_DONE, STATES
from chatwootai.simulators.odoo.models.wording import worded
from chatwootai.simulators.odoo.orm.model import Model, on_model

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_CURRENCY_FOR = """
SELECT coalesce(l.currency, m.currency) AS currency FROM erp.companies m
LEFT JOIN public.price_lists l ON l.id = %(price_list)s WHERE m.id = %(company)s
"""
_SET_CURRENCY = """
UPDATE public.orders o SET currency = c.currency FROM (
    SELECT w.id, coalesce(l.currency, m.currency) AS currency FROM public.orders w
    JOIN erp.companies m ON m.id = w.company_id LEFT JOIN public.price_lists l ON l.id = w.price_list_id
) c WHERE c.id = o.id AND o.id = ANY(%s) AND o.currency <> c.currency RETURNING o.id
"""
_STATES_OF = "SELECT status FROM public.orders WHERE id = ANY(%s)"


class OrderBehaviour(SaleActs, SaleQuotes, SaleCopies):
    """What an order computes and refuses. Writing `state` is accepted and does nothing else, as in Odoo."""

    @on_model
    async def fields_get(self, records: Records, allfields: Json = None, attributes: Json = None) -> Json:
        """Types and labels; the old series know one state more."""
        told = await records.fields_get(allfields, attributes)
        states = told.get("state")
        if records.env.series <= LAST_WITH_DONE and isinstance(states, dict) and "selection" in states:
            states["selection"] = [[key, label] for key, label in (*STATES, ("done", "Bloqueado"))]
        return told

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        """Fill in what Odoo computes from the customer."""
        _as_flag(records.env, values)
        partner = values.get("partner_id")
        if isinstance(partner, int) and not values.get("pricelist_id"):
            values["pricelist_id"] = await price_list_for(records, partner)
        named = {"price_list": values.get("pricelist_id") or None, "company": values.get("company_id")}
        for row in await records.rows(_CURRENCY_FOR, named):
            values["currency_code"] = row["currency"]

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        """Another customer has another price list, as long as the order is a draft."""
        _as_flag(records.env, values)
        partner = values.get("partner_id")
        if not isinstance(partner, int) or "pricelist_id" in values:
            return
        if all(row["status"] == "draft" for row in await records.rows(_STATES_OF, (ids,))):
            values["pricelist_id"] = await price_list_for(records, partner)

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        """The currency is that of the price list; lines see to the amounts."""
        if names & {"pricelist_id", "company_id", "partner_id"}:
            await records.rows(_SET_CURRENCY, (ids,))

    async def unlinking(self, records: Records, ids: list[int]) -> None:
        """Only drafts and what is cancelled may go."""
        states = {row["status"] for row in await records.rows(_STATES_OF, (ids,))}
        if not states <= {"draft", "cancel"}:
            raise UserError(
                worded(
                    records.env,
                    "You can not delete a sent quotation or a confirmed sales order."
                    " You must first cancel it.",
                    "Não é possível excluir uma cotação enviada ou um pedido de venda confirmado."
                    " Você deve primeiro cancelá-lo.",
                )
            )


def _as_flag(env: Environment, values: dict[str, Json]) -> None:
    """In old series "done" is a state on the wire; in the table it is a flag in every series."""
    if env.series > LAST_WITH_DONE or "state" not in values:
        return
    values["locked"] = values["state"] == "done"
    if values["locked"]:
        values["state"] = "sale"


def _own(env: Environment) -> sql.Composable:
    return sql.SQL("r.user_id = {} OR r.user_id IS NULL").format(sql.Literal(env.user.id))


ORDER = Model(
    name="sale.order",
    label="Pedido de venda",
    table="public.orders",
    title="r.name",
    order="date_order desc, id desc",
    fields=order_fields(),
    company="r.company_id",
    # Measured: sellers cancel, they never delete.
    access={
        "sale_own": "rwc",
        "sale_all": "rwc",
        "sale_admin": "rwcd",
        "stock_user": "rw",
        "system": "rwcd",
    },
    rules={"sale_own": _own},
    behaviour=OrderBehaviour(),
)

MODELS = (ORDER, LINE, CANCEL_WIZARD)
