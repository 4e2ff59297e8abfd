"""Applying a coupon to a draft, in Odoo's three steps; the first alone takes nothing off."""

from __future__ import annotations

from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import RuleBroken
from chatwootai.integrations.odoo.order_rows import ORDER
from chatwootai.integrations.odoo.values import created, is_action

_WIZARD = "sale.loyalty.coupon.wizard"


async def apply_coupon(client: OdooClient, order_id: int, code: str) -> None:
    """Raises `BusinessRefusal` with `COUPON_INVALID` or, for a code that exists, `COUPON_NOT_APPLICABLE`."""
    try:
        wizard = created(
            await client.write(_WIZARD, "create", vals_list={"order_id": order_id, "coupon_code": code})
        )
        await client.write(_WIZARD, "action_apply", [wizard])
        answer = await client.write(ORDER, "action_open_reward_wizard", [order_id])
    except RuleBroken as error:
        known = await client.read("loyalty.rule", "search_count", domain=[["code", "=", code]])
        reason = Refusal.COUPON_NOT_APPLICABLE if known else Refusal.COUPON_INVALID
        raise BusinessRefusal(reason, code) from error
    if is_action(answer):
        # Several rewards to choose from: a choice that belongs to a person.
        raise BusinessRefusal(Refusal.COUPON_NOT_APPLICABLE, code)
