"""Codes and promotions on an order: accept a code, claim its reward, reckon the discounts anew."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import UserError, ValidationError
from chatwootai.simulators.odoo.models.coupons import coupon_by_code, earned, usage, used_up
from chatwootai.simulators.odoo.models.loyalty_baskets import basket_of, discount_amount, text
from chatwootai.simulators.odoo.models.sale_amounts import recompute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

__all__ = [
    "accept_code",
    "apply_reward",
    "claimable",
    "drop_rewards",
    "open_reward_wizard",
    "refresh_rewards",
    "reward_action",
    "usage",
]

_REWARD_LINES = """
SELECT l.id, l.coupon_id, l.subtotal, c.discount, c.discount_mode
FROM public.order_items l JOIN public.coupons c ON c.id = l.coupon_id
WHERE l.order_id = %s ORDER BY l.id
"""
_ADD_LINE = """
INSERT INTO public.order_items
    (order_id, product_id, sequence, name, quantity, unit_price, subtotal, coupon_id)
VALUES (%(order)s, %(product)s, 1000, %(name)s, 1, -%(amount)s::numeric, -%(amount)s::numeric, %(coupon)s)
RETURNING id
"""
_CHANGE_LINE = """
UPDATE public.order_items SET unit_price = -%(amount)s::numeric, subtotal = -%(amount)s::numeric
WHERE id = %(line)s RETURNING id
"""
_DROP_LINES = "DELETE FROM public.order_items WHERE id = ANY(%s) RETURNING id"


async def accept_code(records: Records, order_id: int, code: str) -> list[int]:
    """Note the code on the order, without a discount yet; returns the rewards that may be claimed now.

    `ValidationError` as Odoo words it for a code that is unknown, out of its dates or of another company
    (all "invalid"), used up ("expired"), already there, or whose minimum the order does not reach.
    """
    basket = await basket_of(records, order_id)
    coupon = await coupon_by_code(records, basket, code)
    if coupon is None:
        raise ValidationError(text(records, "invalid", code))
    if coupon["id"] in basket.accepted:
        raise ValidationError(text(records, "twice"))
    if used_up(coupon, await usage(records, [coupon["id"]])):
        raise ValidationError(text(records, "expired", code))
    if lacking := basket.lacks(coupon):
        given = (float(coupon["minimum_amount"]), basket.currency) if lacking == "amount" else ()
        raise ValidationError(text(records, lacking, *given))
    await records.rows(
        "UPDATE public.orders SET coupon_ids = coupon_ids || %s::integer WHERE id = %s RETURNING id",
        (coupon["id"], order_id),
    )
    return await claimable(records, order_id)


async def claimable(records: Records, order_id: int) -> list[int]:
    """Rewards of accepted codes and of automatic promotions that are not on the order yet."""
    there = {line["coupon_id"] for line in await _reward_lines(records, order_id)}
    coupons = await earned(records, await basket_of(records, order_id))
    return [number for number in coupons if number not in there]


async def open_reward_wizard(records: Records, order_id: int) -> Json:
    """Reckon the discounts anew, then claim: a single reward is applied, of several the caller chooses.

    True also when there was nothing to claim, as in Odoo: look at the lines, not at the answer.
    """
    await refresh_rewards(records, order_id)
    rewards = await claimable(records, order_id)
    if len(rewards) > 1:
        return reward_action(order_id, rewards)
    if rewards:
        await apply_reward(records, order_id, rewards[0])
    return True


def reward_action(order_id: int, rewards: Iterable[int]) -> dict[str, Json]:
    """The dialogue in which a person would choose a reward: nothing has happened yet."""
    return {
        "type": "ir.actions.act_window",
        "name": "Recompensas disponíveis",
        "res_model": "sale.loyalty.reward.wizard",
        "view_mode": "form",
        "views": [[False, "form"]],
        "target": "new",
        "context": {"active_id": order_id, "default_reward_ids": list(rewards)},
    }


async def apply_reward(records: Records, order_id: int, coupon_id: int) -> int:
    """Add the discount line; returns its id. `UserError` when nothing is left to take it from."""
    basket = await basket_of(records, order_id)
    coupon = (await records.rows("SELECT * FROM public.coupons WHERE id = %s", (coupon_id,)))[0]
    lines = await _reward_lines(records, order_id)
    remaining = basket.goods + sum((line["subtotal"] for line in lines), Decimal(0))
    amount = discount_amount(coupon["discount_mode"], coupon["discount"], remaining)
    if not amount:
        raise UserError(text(records, "nothing"))
    line = {
        "order": order_id,
        "product": coupon["discount_product_id"],
        "name": coupon["description"],
        "amount": amount,
        "coupon": coupon_id,
    }
    made = await records.rows(_ADD_LINE, line)
    await recompute(records, [order_id])
    return int(made[0]["id"])


async def refresh_rewards(records: Records, order_id: int) -> None:
    """Reckon the discount lines anew; those that the order no longer earns go. Odoo does so on confirm."""
    lines = await _reward_lines(records, order_id)
    if not lines:
        return
    basket = await basket_of(records, order_id)
    coupons = await earned(records, basket)
    remaining = basket.goods
    lost: list[int] = []
    for line in lines:
        amount = discount_amount(line["discount_mode"], line["discount"], remaining)
        if line["coupon_id"] not in coupons or not amount:
            lost.append(line["id"])
            continue
        await records.rows(_CHANGE_LINE, {"line": line["id"], "amount": amount})
        remaining -= amount
    await records.rows(_DROP_LINES, (lost,))
    await recompute(records, [order_id])


async def drop_rewards(records: Records, order_id: int) -> None:
    """Take discounts and codes off, as a cancelled order loses them in Odoo."""
    lines = await _reward_lines(records, order_id)
    await records.rows(_DROP_LINES, ([line["id"] for line in lines],))
    await records.rows("UPDATE public.orders SET coupon_ids = '{}' WHERE id = %s RETURNING id", (order_id,))
    await recompute(records, [order_id])


async def _reward_lines(records: Records, order_id: int) -> list[DictRow]:
    return await records.rows(_REWARD_LINES, (order_id,))
