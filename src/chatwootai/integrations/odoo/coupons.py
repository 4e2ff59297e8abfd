"""Applying a coupon to a draft, in Odoo's three steps; the first alone takes nothing off."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing, RuleBroken
from chatwootai.integrations.odoo.order_rows import LINE, ORDER
from chatwootai.integrations.odoo.products import literally
from chatwootai.integrations.odoo.values import created, is_action, linked_id, number, records, text

_CODE_WIZARD = "sale.loyalty.coupon.wizard"
_REWARD_WIZARD = "sale.loyalty.reward.wizard"


@dataclass(frozen=True, slots=True)
class _Coupon:
    """`code` as the shop wrote it: Odoo minds case. `program` is None for a code that no rule has, as one on
    a card."""

    code: str
    program: int | None


async def apply_coupon(client: OdooClient, order_id: int, code: str) -> None:
    """Raises `BusinessRefusal` with `COUPON_INVALID` or, for a code that exists, `COUPON_NOT_APPLICABLE`.

    Safe to repeat on an order that got a part of it: what Odoo refuses as applied already is claimed still.
    """
    try:
        coupon = await _looked_up(client, code)
        if await _is_on(client, order_id, coupon):
            return
        refused = await _applied(client, order_id, coupon)
    except ModuleMissing as error:
        raise BusinessRefusal(Refusal.COUPON_INVALID, code) from error
    if await _is_on(client, order_id, coupon):
        return
    is_unknown = refused is not None and coupon.program is None
    raise BusinessRefusal(
        Refusal.COUPON_INVALID if is_unknown else Refusal.COUPON_NOT_APPLICABLE, code
    ) from refused


async def _applied(client: OdooClient, order_id: int, coupon: _Coupon) -> RuleBroken | None:
    """What Odoo refused, perhaps because another call did the same just now."""
    try:
        await _enter(client, order_id, coupon)
        await _claim(client, order_id, coupon)
    except RuleBroken as error:
        return error
    return None


async def _looked_up(client: OdooClient, code: str) -> _Coupon:
    domain = [["code", "=ilike", literally(code.strip())]]
    try:
        answer = await client.read(
            "loyalty.rule", "search_read", domain=domain, fields=["code", "program_id"], order="id", limit=2
        )
    except RightMissing:
        return _Coupon(code.strip(), None)
    rows = records(answer)
    exact = [row for row in rows if text(row, "code") == code.strip()] or rows
    if len(exact) != 1:
        return _Coupon(code.strip(), None)
    return _Coupon(text(exact[0], "code"), linked_id(exact[0], "program_id"))


async def _enter(client: OdooClient, order_id: int, coupon: _Coupon) -> None:
    values = {"order_id": order_id, "coupon_code": coupon.code}
    wizard = created(await client.write(_CODE_WIZARD, "create", vals_list=values))
    try:
        await client.write(_CODE_WIZARD, "action_apply", [wizard])
    except RuleBroken:
        if coupon.program is None:
            raise
        # Perhaps it was entered before, and the answer was lost: whether it is on the order shows later.


async def _claim(client: OdooClient, order_id: int, coupon: _Coupon) -> None:
    answer = await client.write(ORDER, "action_open_reward_wizard", [order_id])
    if not is_action(answer):
        return
    # Several rewards to choose from, as where a promotion applies by itself. One of this coupon's own is
    # chosen only where it has no other: that would be a person's choice.
    rewards = records(
        await client.read(
            "loyalty.reward",
            "search_read",
            domain=[["program_id", "=", coupon.program]],
            fields=["program_id"],
            limit=2,
        )
    )
    if coupon.program is None or len(rewards) != 1:
        return
    values = {"order_id": order_id, "selected_reward_id": number(rewards[0], "id")}
    wizard = created(await client.write(_REWARD_WIZARD, "create", vals_list=values))
    await client.write(_REWARD_WIZARD, "action_apply", [wizard])


async def _is_on(client: OdooClient, order_id: int, coupon: _Coupon) -> bool:
    own: list[object] = [["price_total", "<", 0]]
    if coupon.program is not None:
        own = [["reward_id.program_id", "=", coupon.program]]
    return bool(await client.read(LINE, "search_count", domain=[["order_id", "=", order_id], *own]))
