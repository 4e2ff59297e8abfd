"""Whether our user has the rights, and the server the modules, that the product needs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing


@dataclass(frozen=True, slots=True)
class Need:
    """`operation` as Odoo names it; `module` brings the model; `is_vital` false where crews do without."""

    model: str
    operation: str
    module: str
    is_vital: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """A need that is not met: the module where `needs_module`, else the right."""

    need: Need
    needs_module: bool


NEEDS = (
    Need("product.product", "read", "product", is_vital=True),
    Need("res.partner", "read", "contacts", is_vital=True),
    Need("res.partner", "create", "contacts"),
    Need("sale.order", "read", "sale_management"),
    Need("sale.order", "create", "sale_management"),
    Need("sale.order", "write", "sale_management"),
    Need("sale.report", "read", "sale_management"),
    Need("stock.move", "read", "stock"),
    Need("stock.picking", "read", "sale_stock"),
    Need("calendar.event", "create", "calendar"),
    Need("calendar.event", "write", "calendar"),
    Need("resource.resource", "read", "resource"),
    Need("resource.calendar", "read", "resource"),
    Need("loyalty.program", "read", "loyalty"),
    Need("crm.lead", "create", "crm"),
    Need("account.move", "read", "account"),
)


async def lacks(client: OdooClient) -> tuple[Lack, ...]:
    """What is missing, in the order of `NEEDS`. Raises what signing in raises."""
    await client.identity()
    found = await asyncio.gather(*(_lack(client, need) for need in NEEDS))
    return tuple(lack for lack in found if lack is not None)


async def _lack(client: OdooClient, need: Need) -> Lack | None:
    try:
        allowed = await _is_allowed(client, need)
    except ModuleMissing:
        return Lack(need, needs_module=True)
    except RightMissing:
        allowed = False
    return None if allowed else Lack(need, needs_module=False)


async def _is_allowed(client: OdooClient, need: Need) -> bool:
    if (await client.series()).number >= 18:
        return await client.read(need.model, "has_access", [], operation=need.operation) is True
    answer = await client.read(
        need.model, "check_access_rights", operation=need.operation, raise_exception=False
    )
    return answer is True
