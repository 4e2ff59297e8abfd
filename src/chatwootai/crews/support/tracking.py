"""Where an order is, and what if it has not come."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.choosing import UNKNOWN, chosen_order
from chatwootai.crews.support.identifying import identified
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.crews.support.telling import facts, status_text
from chatwootai.domain.orders import OrderState, ShipmentState

STATUS: Final = "order_status"

SORRY_LATE: Final = (
    "Desculpe pelo atraso: a data prevista já passou.",
    "Peço desculpas, esse pedido está atrasado.",
)
CALL: Final = (
    "Quer que eu chame uma pessoa da equipe para verificar?",
    "Posso chamar uma pessoa da equipe para ver isso com você?",
)
WITHIN: Final = (
    "Ainda está dentro do prazo. Se não chegar até lá, é só me avisar.",
    "Está dentro do prazo. Se passar dessa data, é só me chamar por aqui.",
)
MISSING: Final = "missing"
"""Step of the slots: she said that it has not arrived, which counts after a question, too."""
WHY_LATE: Final = "pedido não chegou e a data prevista passou"


async def track(scene: Scene, slots: Slots) -> Part:
    if scene.said.has_not_arrived:
        slots = replace(slots, step=MISSING)
    if question := await identified(scene, STATUS, slots):
        return question
    if len(scene.said.codes) > 1:
        return await _several(scene)
    order = await chosen_order(scene, STATUS, slots, _may_be_meant)
    if isinstance(order, Part):
        return order
    return _told(scene, order, slots.step == MISSING)


def _told(scene: Scene, order: OrderSeen, missing: bool) -> Part:
    text = status_text(order, scene.today)
    if order.state is not OrderState.CONFIRMED:
        return scene.tell(text)
    if missing and order.is_overdue:
        sorry = scene.wording.pick("support_late", SORRY_LATE)
        return scene.hand(f"{sorry}\n{text}", WHY_LATE, facts(order))
    if order.is_late:
        sorry = scene.wording.pick("support_late", SORRY_LATE)
        return scene.offer(f"{sorry}\n{text}\n\n{scene.wording.pick('support_call', CALL)}")
    if not missing:
        return scene.tell(text)
    if _has_a_day_ahead(order):
        return scene.tell(f"{text}\n\n{scene.wording.pick('support_within', WITHIN)}")
    return scene.offer(f"{text}\n\n{scene.wording.pick('support_call', CALL)}")


async def _several(scene: Scene) -> Part:
    """Each of the orders that she names."""
    results = [await scene.tools.order_status(code) for code in scene.said.codes]
    texts = [
        status_text(result, scene.today)
        if isinstance(result, OrderSeen)
        else scene.wording.pick("support_unknown", UNKNOWN, {"code": f"**{result.code}**"})
        for result in results
    ]
    return scene.tell("\n\n".join(texts))


def _may_be_meant(order: OrderSeen) -> bool:
    """Nobody asks where a cancelled order is."""
    return order.state is not OrderState.CANCELLED


def _has_a_day_ahead(order: OrderSeen) -> bool:
    return any(
        shipment.promised_on is not None
        and not shipment.is_overdue
        and (shipment.state is not ShipmentState.DONE or shipment.promised_on != shipment.left_on)
        for shipment in order.shipments
    )
