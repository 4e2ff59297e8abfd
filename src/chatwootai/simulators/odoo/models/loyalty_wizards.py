"""The two dialogues of codes: enter one, choose a reward. Clients drive them like a person would."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import UserError, ValidationError
from chatwootai.simulators.odoo.models.loyalty import (
    accept_code,
    apply_reward,
    claimable,
    refresh_rewards,
    reward_action,
)
from chatwootai.simulators.odoo.models.loyalty_baskets import text
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_records, record

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ACCESS = {"sale_own": "rwc", "sale_all": "rwc", "sale_admin": "rwcd", "system": "rwcd"}


class CouponWizard(Behaviour):
    """Enters a code."""

    @on_records
    async def action_apply(self, records: Records, ids: list[int]) -> Json:
        """Accept the code; the answer is the dialogue of rewards, and no discount is on the order yet."""
        wizard = await _wizard(records, ids, "SELECT * FROM erp.coupon_wizards WHERE id = ANY(%s)")
        rewards = await accept_code(records, wizard["order_id"], wizard["coupon_code"])
        return reward_action(wizard["order_id"], rewards)


class RewardWizard(Behaviour):
    """Chooses among several rewards."""

    @on_records
    async def action_apply(self, records: Records, ids: list[int]) -> Json:
        """Apply the selected reward, if the order may claim it."""
        wizard = await _wizard(records, ids, "SELECT * FROM erp.reward_wizards WHERE id = ANY(%s)")
        order, reward = wizard["order_id"], wizard["selected_reward_id"]
        if reward is None:
            raise ValidationError(text(records, "unselected"))
        await refresh_rewards(records, order)
        if reward not in await claimable(records, order):
            raise ValidationError(text(records, "unearned", reward))
        await apply_reward(records, order, reward)
        return True


async def _wizard(records: Records, ids: list[int], query: LiteralString) -> DictRow:
    found = await records.rows(query, (ids,))
    if len(found) != 1:
        raise UserError(text(records, "order"))
    # Refuses an order that the caller may not see: the wizard itself has no company.
    await records.of("sale.order").read([found[0]["order_id"]], ["id"])
    return found[0]


async def _order_of_context(records: Records) -> Json:
    return records.env.context.get("active_id")


def _order() -> Field:
    return Field(
        Kind.MANY2ONE,
        "Pedido",
        "r.order_id",
        column="order_id",
        relation="sale.order",
        required=True,
        default=_order_of_context,
    )


COUPON_WIZARD = Model(
    name="sale.loyalty.coupon.wizard",
    label="Assistente de fidelidade de vendas - aplicação de cupom",
    table="erp.coupon_wizards",
    title="r.coupon_code",
    order="id",
    fields=record("r.coupon_code")
    | {
        "order_id": _order(),
        "coupon_code": Field(
            Kind.CHAR, "Código do cupom", "r.coupon_code", column="coupon_code", required=True
        ),
    },
    access=_ACCESS,
    behaviour=CouponWizard(),
)
# The conditions of `coupons.earned`, as one expression over the wizard's row.
_CLAIMABLE: LiteralString = """ARRAY(
    SELECT c.id FROM public.coupons c JOIN public.orders o ON o.id = r.order_id
    WHERE c.company_id = o.company_id AND c.active
      AND (c.id = ANY(o.coupon_ids) OR (c.code IS NULL AND c.program_type = 'promotion'))
      AND (now() AT TIME ZONE 'America/Sao_Paulo')::date
          BETWEEN coalesce(c.valid_from, '-infinity') AND coalesce(c.valid_until, 'infinity')
      AND o.untaxed_amount >= c.minimum_amount
      AND c.minimum_quantity <= (SELECT coalesce(sum(l.quantity), 0) FROM public.order_items l
                                 WHERE l.order_id = o.id AND l.coupon_id IS NULL)
      AND (coalesce(c.max_usage, 0) = 0 OR c.max_usage > (
          SELECT count(DISTINCT l.order_id)
          FROM public.order_items l JOIN public.orders s ON s.id = l.order_id
          WHERE l.coupon_id = c.id AND s.status = 'sale'))
      AND NOT EXISTS (SELECT FROM public.order_items l WHERE l.order_id = o.id AND l.coupon_id = c.id)
    ORDER BY c.id)"""

REWARD_WIZARD = Model(
    name="sale.loyalty.reward.wizard",
    label="Assistente de fidelidade de vendas - seleção de recompensa",
    table="erp.reward_wizards",
    title="(SELECT o.name FROM public.orders o WHERE o.id = r.order_id)",
    order="id",
    fields=record("(SELECT o.name FROM public.orders o WHERE o.id = r.order_id)")
    | {
        "order_id": _order(),
        "selected_reward_id": Field(
            Kind.MANY2ONE,
            "Recompensa selecionada",
            "r.selected_reward_id",
            column="selected_reward_id",
            relation="loyalty.reward",
        ),
        "reward_ids": Field(
            Kind.MANY2MANY,
            "Recompensa",
            _CLAIMABLE,
            stored=False,
            relation="loyalty.reward",
        ),
    },
    access=_ACCESS,
    behaviour=RewardWizard(),
)

MODELS = (COUPON_WIZARD, REWARD_WIZARD)
