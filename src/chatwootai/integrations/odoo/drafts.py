"""Drafting an order once per key, with its coupon."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from html import escape
from weakref import WeakValueDictionary

from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown
from chatwootai.domain.orders import Item, Order, OrderState
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.coupons import apply_coupon
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.order_rows import ORDER, OrderRows
from chatwootai.integrations.odoo.products import sold_names
from chatwootai.integrations.odoo.scratch import discard
from chatwootai.integrations.odoo.values import created

_SAME_KEY = 10


class Drafts:
    """Odoo keeps no two orders of one reference apart: of several the oldest that lives is the order.

    Calls of this process wait for one another per key. Of several processes the youngest draft goes, unless
    the older one is stored just after that was looked for: the hub's lock keeps them apart.
    """

    def __init__(self, client: OdooClient, rows: OrderRows) -> None:
        self._client = client
        self._rows = rows
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def find(self, key: str) -> Order | None:
        """The order of a key: the confirmed one, else the oldest that lives, else the oldest."""
        if not key:
            return None
        company = (await self._client.identity()).company
        domain = [["client_order_ref", "=", key], ["company_id", "=", company]]
        found = await self._rows.read(domain, limit=_SAME_KEY, newest_first=False)
        alive = [order for order in found if order.state is not OrderState.CANCELLED]
        confirmed = [order for order in alive if order.state is OrderState.CONFIRMED]
        return next(iter([*confirmed, *alive, *found]), None)

    async def draft(
        self, key: str, customer_id: int, items: Sequence[Item], coupon: str | None, note: str = ""
    ) -> Order:
        """The order of a key, made if there is none; a draft that lacks its coupon gets it."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            order = await self.find(key) or await self._made(key, customer_id, items, note)
            if coupon is None or order.state is not OrderState.DRAFT:
                return order
            await self._complete(order.id, key, coupon)
            return await self._found(key, order.id)

    async def _made(self, key: str, customer_id: int, items: Sequence[Item], note: str) -> Order:
        await sold_names(self._client, items)
        values: dict[str, object] = {
            "partner_id": customer_id,
            "client_order_ref": key,
            "order_line": [
                [0, 0, {"product_id": item.product_id, "product_uom_qty": float(item.quantity)}]
                for item in items
            ],
        }
        if note:
            values["note"] = _html(note)  # Without one, Odoo puts the company's own terms there.
        made = created(await self._client.write(ORDER, "create", vals_list=values))
        order = await self._found(key, made)
        if order.id != made:
            await discard(self._client, made, key, "repetido")
        return order

    async def _complete(self, order_id: int, key: str, coupon: str) -> None:
        try:
            await apply_coupon(self._client, order_id, coupon)
        except BusinessRefusal:
            await discard(self._client, order_id, key, "cupom recusado")
            raise

    async def _found(self, key: str, id_: int) -> Order:
        order = await self.find(key)
        if order is None:
            raise OutcomeUnknown(SERVICE, f"order {id_} is not to be seen after it was drafted")
        return order


def _html(note: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in note.splitlines() if line.strip())
