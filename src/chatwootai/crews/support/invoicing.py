"""Invoices: how far an order is billed and paid. The document itself comes from people."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.choosing import chosen_order
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.domain.orders import OrderState, PaymentState

INVOICE: Final = "invoice"

STATES: Final = {
    PaymentState.NOT_INVOICED: "A fatura do pedido **{code}** ainda não foi emitida.",
    PaymentState.OPEN: "A fatura do pedido **{code}** foi emitida, e o pagamento está em aberto.",
    PaymentState.PARTIAL: "A fatura do pedido **{code}** foi emitida, e o pagamento foi recebido em parte.",
    PaymentState.PAID: "A fatura do pedido **{code}** foi emitida, e o pagamento está confirmado.",
    PaymentState.REVERSED: "A fatura do pedido **{code}** foi estornada.",
}
CANCELLED: Final = "O pedido **{code}** está cancelado."
FROM_PEOPLE: Final = (
    "Notas, recibos e boletos quem envia é a equipe. Quer que eu chame uma pessoa?",
    "O documento quem envia é a equipe. Posso chamar uma pessoa para mandar?",
)


async def invoice(scene: Scene, slots: Slots) -> Part:
    """Who is not known, or asks for a receipt of something else, is offered a person at once."""
    if await scene.tools.owners.customer_id() is None:
        return scene.offer(_from_people(scene))
    order = await chosen_order(scene, INVOICE, slots, _may_be_billed, none=_from_people(scene))
    if isinstance(order, Part):
        return order
    state = CANCELLED if order.state is OrderState.CANCELLED else STATES[order.payment]
    return scene.offer(f"{state.format(code=order.code)} {_from_people(scene)}")


def _from_people(scene: Scene) -> str:
    return scene.wording.pick("support_invoice", FROM_PEOPLE)


def _may_be_billed(order: OrderSeen) -> bool:
    return order.state is OrderState.CONFIRMED
