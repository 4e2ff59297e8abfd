"""What people do with orders: confirm, cancel, lock, send, share. With Odoo's traps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from chatwootai.simulators.odoo.errors import BadValue, UnknownMethod, UserError
from chatwootai.simulators.odoo.models.deliveries import cancel_pickings, launch
from chatwootai.simulators.odoo.models.followers import follow
from chatwootai.simulators.odoo.models.loyalty import drop_rewards, open_reward_wizard, refresh_rewards
from chatwootai.simulators.odoo.models.sale_lines import price_all
from chatwootai.simulators.odoo.models.sale_states import LAST_WITH_DONE
from chatwootai.simulators.odoo.models.threads import Thread
from chatwootai.simulators.odoo.models.wording import worded
from chatwootai.simulators.odoo.orm.model import on_records

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ORDERS = """
SELECT o.id, o.name, o.status, o.locked, o.customer_id, o.access_token FROM public.orders o
WHERE o.id = ANY(%s) ORDER BY o.id
"""
_CONFIRM = """
UPDATE public.orders SET status = 'sale', ordered_at = date_trunc('second', now()) WHERE id = ANY(%s)
"""
_SET_STATUS = "UPDATE public.orders SET status = %s WHERE id = ANY(%s)"
_SET_LOCKED = "UPDATE public.orders SET locked = %s WHERE id = ANY(%s)"
_LINES_OF = "SELECT i.id FROM public.order_items i WHERE i.order_id = ANY(%s) ORDER BY i.id"
_OPEN_PICKINGS_OF = """
SELECT k.id FROM erp.pickings k
WHERE k.order_id = ANY(%s) AND k.status NOT IN ('done', 'cancel') ORDER BY k.id
"""


class SaleActs(Thread):
    """The public methods of orders."""

    @on_records
    async def action_confirm(self, records: Records, ids: list[int]) -> bool:
        """Turn quotations into orders, with or without stock, with or without lines.

        Measured: of several calls at once one succeeds, and the others trip over the follower that it adds.
        """
        for order in await _changeable(records, ids):
            if order["status"] not in ("draft", "sent"):
                raise UserError(
                    worded(
                        records.env,
                        "Some orders are not in a state requiring confirmation.",
                        "Alguns pedidos não estão em um estado que exija confirmação.",
                    )
                )
            await follow(records, order["id"], [order["customer_id"]])
            await refresh_rewards(records, order["id"])
        await records.rows(_CONFIRM, (ids,))
        await launch(records, [row["id"] for row in await records.rows(_LINES_OF, (ids,))])
        return True

    @on_records
    async def action_cancel(self, records: Records, ids: list[int]) -> Json:
        """Cancel; what is delivered stays delivered.

        For anything but drafts the answer is a wizard's action, and nothing happens, unless the context says
        `disable_cancel_warning`.
        """
        orders = await _changeable(records, ids)
        if any(order["locked"] for order in orders):
            raise UserError(
                worded(
                    records.env,
                    "You cannot cancel a locked order. Please unlock it first.",
                    "Não é possível cancelar um pedido bloqueado. Desbloqueie-o primeiro.",
                )
            )
        warned = bool(records.env.context.get("disable_cancel_warning"))
        if not warned and any(order["status"] != "draft" for order in orders):
            return _cancel_wizard(records, _only(ids))
        await records.rows(_SET_STATUS, ("cancel", ids))
        for number in ids:
            await drop_rewards(records, number)
        open_pickings = await records.rows(_OPEN_PICKINGS_OF, (ids,))
        await cancel_pickings(records, [row["id"] for row in open_pickings])
        return True

    @on_records
    async def action_draft(self, records: Records, ids: list[int]) -> bool:
        """Make quotations of what was cancelled or sent; other orders stay as they are."""
        orders = await _changeable(records, ids)
        again = [order["id"] for order in orders if order["status"] in ("cancel", "sent")]
        await records.rows(_SET_STATUS, ("draft", again))
        return True

    @on_records
    async def action_lock(self, records: Records, ids: list[int]) -> None:
        """Lock. Nothing comes back. Old series call it `action_done`."""
        if records.env.series <= LAST_WITH_DONE:
            raise UnknownMethod("The method 'sale.order.action_lock' does not exist")
        await _changeable(records, ids)
        await records.rows(_SET_LOCKED, (True, ids))

    @on_records
    async def action_done(self, records: Records, ids: list[int]) -> bool:
        """Lock, in the series that have a state for it."""
        if records.env.series > LAST_WITH_DONE:
            raise UnknownMethod("The method 'sale.order.action_done' does not exist")
        await _changeable(records, ids)
        await records.rows(_SET_LOCKED, (True, ids))
        return True

    @on_records
    async def action_unlock(self, records: Records, ids: list[int]) -> None:
        """Unlock. Nothing comes back."""
        await _changeable(records, ids)
        await records.rows(_SET_LOCKED, (False, ids))

    @on_records
    async def action_update_prices(self, records: Records, ids: list[int]) -> None:
        """Take all prices from the price list again. Nothing comes back."""
        await _changeable(records, ids)
        await price_all(records, ids)

    @on_records
    async def action_quotation_send(self, records: Records, ids: list[int]) -> Json:
        """The action that would open a mail in the web client. It sends nothing."""
        number = _only(ids)
        await _changeable(records, ids)
        return {
            "type": "ir.actions.act_window",
            "view_mode": "form",
            "res_model": "mail.compose.message",
            "views": [[False, "form"]],
            "view_id": False,
            "target": "new",
            "context": {
                "default_model": "sale.order",
                "default_res_ids": [number],
                "default_composition_mode": "comment",
                "mark_so_as_sent": True,
                "force_email": True,
            },
        }

    @on_records
    async def action_open_reward_wizard(self, records: Records, ids: list[int]) -> Json:
        """Apply the reward that the order has earned, or let the caller choose among several."""
        await _changeable(records, ids)
        return await open_reward_wizard(records, _only(ids))

    @on_records
    async def get_portal_url(
        self,
        records: Records,
        ids: list[int],
        suffix: Json = None,
        report_type: Json = None,
        download: Json = None,
        query_string: Json = None,
        anchor: Json = None,
    ) -> str:
        """The public address of a quotation: whoever knows it sees it, without signing in."""
        number = _only(ids)
        (order,) = await records.rows(_ORDERS, (ids,))
        query = {"access_token": order["access_token"]}
        query |= {"report_type": str(report_type)} if report_type else {}
        query |= {"download": "true"} if download else {}
        tail = f"{query_string or ''}{f'#{anchor}' if anchor else ''}"
        return f"/my/orders/{number}{suffix or ''}?{urlencode(query)}{tail}"


async def _changeable(records: Records, ids: list[int]) -> list[DictRow]:
    await records.ensure(ids, "write")
    return await records.rows(_ORDERS, (ids,))


def _only(ids: list[int]) -> int:
    if len(ids) != 1:
        raise BadValue(f"Expected singleton: sale.order({', '.join(map(str, ids))})")
    return ids[0]


def _cancel_wizard(records: Records, order: int) -> Json:
    return {
        "name": worded(records.env, "Cancel Sales Order", "Cancelar pedido de venda"),
        "view_mode": "form",
        "res_model": "sale.order.cancel",
        "view_id": False,
        "type": "ir.actions.act_window",
        "context": {"default_order_id": order, "mark_so_as_canceled": True},
        "target": "new",
    }
