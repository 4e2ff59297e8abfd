"""Telling what is in the cart, and what became of it."""

from __future__ import annotations

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.freights import days
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.checkout import PICKUP
from chatwootai.crews.sales.ordering import OrderPlaced
from chatwootai.crews.sales.summary import quantity
from chatwootai.crews.sales.tools import CartView
from chatwootai.domain.profiles import Profile

CART = ("No seu carrinho:", "Seu carrinho até agora:")
PLACED = (
    "Pedido **{code}** confirmado! Total: {total}.",
    "Prontinho, seu pedido **{code}** está confirmado, no total de {total}.",
)


def cart_text(view: CartView, wording: Wording) -> str:
    """The lines of the cart with their total, as the ERP has them now."""
    lines = [
        f"• {quantity(line.quantity)} × **{line.name}**: {format_brl(line.subtotal)}" for line in view.lines
    ]
    return "\n".join([wording.pick("cart", CART), *lines, f"**Total: {format_brl(view.total)}**"])


def placed_text(placed: OrderPlaced, profile: Profile, wording: Wording) -> str:
    """The order's code, its total, how to pay and how it gets to her."""
    summary = placed.summary
    words = {"code": placed.code, "total": format_brl(summary.total)}
    told = [wording.pick("placed", PLACED, words)]
    if profile.payment.how:
        told.append(profile.payment.how)
    if summary.checkout.way == PICKUP and profile.delivery.pickup:
        told.append(profile.delivery.pickup)
    elif summary.freight is not None:
        told.append(f"{summary.freight.name}: {days(summary.freight)}.")
    return "\n".join(told)
