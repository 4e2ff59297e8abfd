"""Cancelling an order, whole, after a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.brazil.dates import format_date
from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.choosing import chosen_order
from chatwootai.crews.support.goods import means_all, named
from chatwootai.crews.support.identifying import identified
from chatwootai.crews.support.reading import ITEM_VALUE
from chatwootai.crews.support.results import CancelProposed, CannotCancel, OrderCancelled, UnknownOrder
from chatwootai.crews.support.scene import Scene, Slots, prefixed
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.crews.support.telling import facts
from chatwootai.domain.conversations import Choice
from chatwootai.domain.errors import Refusal
from chatwootai.domain.orders import OrderState, ShipmentState

CANCEL: Final = "cancel_order"
ALL: Final = "all"
TITLES: Final = ("Sim, cancelar", "Manter o pedido")

PROPOSE: Final = (
    "Confirma o cancelamento do pedido **{code}**, de {day}, no total de {total}?\n• {goods}",
    "Posso cancelar o pedido **{code}**, de {day}, no total de {total}?\n• {goods}",
)
ONE_BY_ONE: Final = "Vamos um pedido de cada vez. "
DONE: Final = (
    "Pronto. O pedido **{code}**, no total de {total}, foi cancelado.",
    "Feito: o pedido **{code}**, de {total}, está cancelado.",
)
ALREADY: Final = (
    "O pedido **{code}** já está cancelado.",
    "Esse pedido, o **{code}**, já consta como cancelado.",
)
LEFT: Final = (
    "O pedido **{code}** já saiu daqui e não dá mais para cancelar.{returns} Quer falar com uma pessoa?",
    "Não dá mais para cancelar o pedido **{code}**, porque ele já saiu.{returns} Posso chamar alguém?",
)
RETURNS: Final = " Ao receber, você tem {days} dias para pedir a devolução por aqui."
INVOICED: Final = (
    "O pedido **{code}** já foi faturado, e aí só a equipe cancela. Quer falar com uma pessoa?",
    "Como o pedido **{code}** já foi faturado, o cancelamento é com a equipe. Posso chamar alguém?",
)
LOCKED: Final = (
    "O pedido **{code}** está fechado para alterações; só a equipe cancela. Quer falar com uma pessoa?",
    "Quem cancela o pedido **{code}** agora é a equipe, porque ele está fechado. Posso chamar alguém?",
)
CHANGED: Final = (
    "O pedido **{code}** mudou desde que eu mostrei, então não cancelei nada.",
    "Não cancelei: o pedido **{code}** foi alterado nesse meio-tempo.",
)
PARTLY: Final = (
    "Por aqui eu cancelo só o pedido **{code}** inteiro; tirar um item é com a equipe. O que prefere?",
    "Tirar só um item do pedido **{code}** é com a equipe; eu cancelo o pedido inteiro. Como prefere?",
)


async def cancel(scene: Scene, slots: Slots) -> Part:
    if len(scene.said.codes) > 1:
        slots = replace(slots, rest=" ".join(scene.said.codes[1:]))
    if question := await identified(scene, CANCEL, slots):
        return question
    order = await chosen_order(scene, CANCEL, slots, _can_be_cancelled)
    if isinstance(order, Part):
        return order
    slots = replace(slots, code=order.code)
    if order.state is OrderState.CONFIRMED and slots.items != ALL and _names_a_part(scene, order, slots):
        text = scene.wording.pick("support_partly", PARTLY, {"code": order.code})
        whole = Choice("Cancelar tudo", f"{ITEM_VALUE}{ALL}")
        return scene.ask(CANCEL, "product", text, slots, (whole, PERSON_CHOICE))
    match await scene.tools.propose_cancel_order(order.code):
        case CancelProposed() as proposal:
            return show_cancel(scene, proposal, slots, ONE_BY_ONE if slots.rest else "")
        case CannotCancel() as refused:
            return cannot_cancel(scene, refused)
        case UnknownOrder():
            # Somebody gave it to another customer in this very moment.
            return scene.give_up()


def show_cancel(scene: Scene, proposal: CancelProposed, slots: Slots, before: str = "") -> Part:
    words = {
        "code": proposal.code,
        "day": format_date(proposal.placed_on, scene.today),
        "total": format_brl(proposal.total),
        "goods": "\n• ".join(proposal.names),
    }
    text = scene.wording.pick("support_cancel", PROPOSE, words)
    return scene.propose(CANCEL, proposal.proposal_id, f"{before}{text}", TITLES, slots)


async def told_cancelled(scene: Scene, done: OrderCancelled, slots: Slots) -> Part:
    """What was done, and the next of several that she named."""
    words = {"code": done.code, "total": format_brl(done.total)}
    text = scene.wording.pick("support_cancelled", DONE, words)
    if not slots.rest:
        return scene.tell(text)
    code, *others = slots.rest.split()
    following = await cancel(replace(scene, thread=None), Slots(code=code, items=ALL, rest=" ".join(others)))
    return prefixed(text, following)


def cannot_cancel(scene: Scene, refused: CannotCancel) -> Part:
    """Why not, and what is possible instead."""
    rules = scene.visit.briefing.profile.exchange
    returns = RETURNS.format(days=rules.regret_days) if rules.regret_days else ""
    words = {"code": refused.code, "returns": returns}
    match refused.reason:
        case Refusal.ORDER_CANCELLED:
            return scene.tell(scene.wording.pick("support_already", ALREADY, words))
        case Refusal.ORDER_DELIVERED:
            return scene.offer(scene.wording.pick("support_left", LEFT, words))
        case Refusal.ORDER_INVOICED:
            return scene.offer(scene.wording.pick("support_invoiced", INVOICED, words))
        case Refusal.ORDER_LOCKED:
            return scene.offer(scene.wording.pick("support_locked", LOCKED, words))
        case _:
            text = scene.wording.pick("support_changed", CHANGED, words)
            noted = facts(refused.order) if refused.order else ()
            return scene.hand(text, "queria cancelar um pedido que mudou nesse meio-tempo", noted)


def _can_be_cancelled(order: OrderSeen) -> bool:
    return order.state is OrderState.CONFIRMED and all(
        shipment.state is not ShipmentState.DONE for shipment in order.shipments
    )


def _names_a_part(scene: Scene, order: OrderSeen, slots: Slots) -> bool:
    """ "não manda mais o condicionador": one of several goods."""
    names = [line.name for line in order.lines]
    text = f"{slots.said} {scene.said.text}"
    places = named(text, names)
    return len(names) > 1 and 0 < len(places) < len(names) and not means_all(text)
