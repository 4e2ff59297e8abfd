"""loyalty.program, .rule and .reward: three views of a row of `public.coupons`; and customers' cards."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.models.loyalty_fields import (
    CARD_FIELDS,
    PROGRAM_FIELDS,
    REWARD_FIELDS,
    RULE_FIELDS,
)
from chatwootai.simulators.odoo.orm.model import Behaviour, Model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ACCESS = {"sale_own": "r", "sale_all": "r", "sale_admin": "rwcd", "system": "rwcd"}
# One rule and one reward come and go with their program.
_PART_ACCESS = {"sale_own": "r", "sale_all": "r", "sale_admin": "rw", "system": "rw"}
_DEFAULT_DISCOUNT = 10
_COLUMNS_OF_RULE = {"code": "code", "minimum_amount": "minimum_amount", "minimum_qty": "minimum_quantity"}
_COLUMNS_OF_REWARD = {
    "discount": "discount",
    "discount_mode": "discount_mode",
    "required_points": "required_points",
    "discount_line_product_id": "discount_product_id",
    "description": "description",
}
_DISCOUNT_PRODUCT = """
INSERT INTO public.products (company_id, name, category_id, kind, currency, sale_ok)
SELECT c.id, %(name)s, (SELECT min(g.id) FROM erp.categories g), 'service', c.currency, false
FROM erp.companies c WHERE c.id = %(company)s
RETURNING id
"""


class ProgramBehaviour(Behaviour):
    """A program is made with its rule and reward, given as commands or Odoo's defaults."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        rule = _only(values.pop("rule_ids", None), "rule_ids")
        reward = _only(values.pop("reward_ids", None), "reward_ids")
        values["company_id"] = values.get("company_id") or records.env.company
        values |= {column: rule[name] for name, column in _COLUMNS_OF_RULE.items() if name in rule}
        values |= {column: reward[name] for name, column in _COLUMNS_OF_REWARD.items() if name in reward}
        if values.get("program_type") == "promo_code" and not values.get("code"):
            values["code"] = f"PROMO_CODE_{secrets.token_hex(2)}"
        values["discount"] = values.get("discount") or _DEFAULT_DISCOUNT
        values["discount_mode"] = values.get("discount_mode") or "percent"
        values["description"] = values.get("description") or _described(values)
        values["discount_product_id"] = values.get("discount_product_id") or await _product(records, values)
        _without_limit(values)

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        _without_limit(values)


def _only(commands: Json, name: str) -> Mapping[str, Json]:
    """The values of the one record that the commands create."""
    if not commands:
        return {}
    match commands:
        case [[0, _, dict(values)]] | [[5, *_], [0, _, dict(values)]]:
            return values
    raise ValidationError(f"loyalty.program.{name}: a simulação guarda exatamente um por programa")


def _described(values: Mapping[str, Json]) -> str:
    if values["discount_mode"] == "percent":
        return f"{values['discount']}% no seu pedido"
    return f"R$ {values['discount']} no seu pedido"


async def _product(records: Records, values: Mapping[str, Json]) -> int:
    named = {"name": values["description"], "company": values["company_id"]}
    return int((await records.rows(_DISCOUNT_PRODUCT, named))[0]["id"])


def _without_limit(values: dict[str, Json]) -> None:
    if "limit_usage" in values and not values["limit_usage"]:
        values["max_usage"] = 0


PROGRAM = Model(
    name="loyalty.program",
    label="Programa de fidelidade",
    table="public.coupons",
    title="r.name",
    order="id",
    fields=PROGRAM_FIELDS,
    company="r.company_id",
    access=_ACCESS,
    behaviour=ProgramBehaviour(),
)
RULE = Model(
    name="loyalty.rule",
    label="Regra de fidelidade",
    table="public.coupons",
    title="r.name",
    order="id",
    fields=RULE_FIELDS,
    company="r.company_id",
    access=_PART_ACCESS,
)
REWARD = Model(
    name="loyalty.reward",
    label="Recompensa de fidelidade",
    table="public.coupons",
    title="r.description",
    order="required_points, id",
    fields=REWARD_FIELDS,
    company="r.company_id",
    access=_PART_ACCESS,
)
CARD = Model(
    name="loyalty.card",
    label="Cupom de fidelidade",
    table="(SELECT k.*, c.company_id FROM erp.loyalty_cards k JOIN public.coupons c ON c.id = k.coupon_id)",
    into="erp.loyalty_cards",
    title="r.code",
    order="id",
    fields=CARD_FIELDS,
    company="r.company_id",
    access=_ACCESS,
)

MODELS = (PROGRAM, RULE, REWARD, CARD)
