"""What programs look at in an order, and what a discount takes off it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.wording import worded

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.records import Records

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)
# Odoo's own words, as clients of either language meet them.
_TEXTS = {
    "invalid": ("This code is invalid (%s).", "Este cupom é inválido (%s)."),
    "expired": ("This code is expired (%s).", "Esse código expirou (%s)."),
    "twice": ("This promo code is already applied.", "Este código promocional já foi aplicado."),
    "amount": (
        "A minimum of %s %s should be purchased to get the reward",
        "Um mínimo de %s %s deve ser comprado para obter a recompensa",
    ),
    "quantity": (
        "You don't have the required product quantities on your sales order.",
        "Você não tem as quantidades necessárias de produto em seu pedido de venda.",
    ),
    "nothing": ("There is nothing to discount", "Não há nada para descontar"),
    "order": ("Invalid sales order.", "Pedido de venda inválido."),
    "unselected": ("No reward selected.", "Nenhuma recompensa selecionada."),
    "unearned": (
        "Coupon not found while trying to add the following reward: %s",
        "Cupom não encontrado ao tentar adicionar a seguinte recompensa: %s",
    ),
}
# Neither discounts themselves nor delivery count for minimums and discounts.
_BASKET = """
SELECT o.id, o.company_id, o.currency, o.coupon_ids,
    coalesce(sum(l.subtotal) FILTER (WHERE l.coupon_id IS NULL AND k.product_id IS NULL), 0) AS goods,
    coalesce(sum(l.quantity) FILTER (WHERE l.coupon_id IS NULL AND k.product_id IS NULL), 0) AS quantity
FROM public.orders o
LEFT JOIN public.order_items l ON l.order_id = o.id
LEFT JOIN (SELECT DISTINCT product_id FROM erp.carriers) k ON k.product_id = l.product_id
WHERE o.id = %(order)s
GROUP BY o.id
"""


@dataclass(frozen=True, slots=True)
class Basket:
    """Amount and number of the goods in an order, and the programs whose codes it accepted."""

    order_id: int
    company_id: int
    currency: str
    goods: Decimal
    quantity: Decimal
    accepted: tuple[int, ...]

    def lacks(self, coupon: DictRow) -> str | None:
        """The key of the text that says what the order lacks for this coupon, if anything."""
        if self.goods < coupon["minimum_amount"]:
            return "amount"
        return "quantity" if self.quantity < coupon["minimum_quantity"] else None


async def basket_of(records: Records, order_id: int) -> Basket:
    """The order's basket; `UserError` for an order that is gone."""
    rows = await records.rows(_BASKET, {"order": order_id})
    if not rows:
        raise UserError(text(records, "order"))
    row = rows[0]
    return Basket(
        order_id=row["id"],
        company_id=row["company_id"],
        currency=row["currency"],
        goods=row["goods"],
        quantity=row["quantity"],
        accepted=tuple(row["coupon_ids"]),
    )


def discount_amount(mode: str, discount: Decimal, remaining: Decimal) -> Decimal:
    """What comes off `remaining`, the goods less earlier discounts; never more than that, never below 0."""
    share = remaining * discount / _WHOLE if mode == "percent" else discount
    return max(Decimal(0), min(share.quantize(_CENT, ROUND_HALF_UP), remaining))


def text(records: Records, key: str, *given: object) -> str:
    """One of Odoo's refusals in the language of the context."""
    return worded(records.env, *_TEXTS[key]) % given
