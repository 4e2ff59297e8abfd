"""Which of her orders is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.goods import named
from chatwootai.crews.support.reading import ORDER_VALUE
from chatwootai.crews.support.results import UnknownOrder
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.crews.support.seen import OrderSeen
from chatwootai.crews.support.telling import choice_of, list_line

RECENT: Final = timedelta(days=45)
OFFERED: Final = 4
"""Orders to choose from, with a person as the fifth choice: more is no help on a phone."""
LOOKED_AT: Final = 10

WHICH: Final = ("De qual pedido você fala?", "Qual destes pedidos é?")
UNKNOWN: Final = (
    "Não encontrei o pedido {code} no seu cadastro.",
    "O pedido {code} eu não encontrei no seu cadastro.",
)
THESE: Final = ("Os últimos pedidos que vejo são estes. É algum deles?", "É algum destes, os mais recentes?")
NO_ORDERS: Final = (
    "Não encontrei pedidos no seu cadastro. Se comprou na loja ou em outro nome, a equipe procura. {person}",
    "No seu cadastro não há pedidos. A equipe localiza compras feitas na loja ou em outro nome. {person}",
)
PERSON: Final = "Quer falar com uma pessoa?"

Fits = Callable[[OrderSeen], bool]


async def chosen_order(
    scene: Scene, dialogue: str, slots: Slots, fits: Fits, none: str = ""
) -> OrderSeen | Part:
    """The order that she names, else the only one that can be meant, else a question.

    `none` is what is said where she has no order at all, instead of the usual.
    """
    if slots.code:
        result = await scene.tools.order_status(slots.code)
        return await _unknown(scene, dialogue, slots) if isinstance(result, UnknownOrder) else result
    orders = await scene.tools.my_orders(LOOKED_AT)
    if not orders:
        return no_orders(scene, none)
    only = _only(scene, orders, fits)
    if only is not None:
        return only
    shown = [order for order in orders if fits(order)] or orders
    return _ask(scene, dialogue, slots, scene.wording.pick("support_which", WHICH), shown)


def no_orders(scene: Scene, text: str = "") -> Part:
    return scene.offer(text or scene.wording.pick("support_no_orders", NO_ORDERS, {"person": PERSON}))


def _only(scene: Scene, orders: Sequence[OrderSeen], fits: Fits) -> OrderSeen | None:
    """By its goods, by what can be done with it, or because the others are long ago."""
    by_goods = named(scene.said.text, [" ".join(line.name for line in order.lines) for order in orders])
    if len(by_goods) == 1:
        return orders[by_goods[0]]
    if len(orders) == 1:
        return orders[0]
    fitting = [order for order in orders if fits(order)]
    recent = [order for order in fitting if order.placed_on >= scene.today - RECENT]
    for group in (fitting, recent):
        if len(group) == 1:
            return group[0]
    return None


async def _unknown(scene: Scene, dialogue: str, slots: Slots) -> Part:
    code = "".join(sign for sign in slots.code if sign.isalnum() or sign == "-")
    unknown = scene.wording.pick("support_unknown", UNKNOWN, {"code": f"**{code}**"})
    orders = await scene.tools.my_orders(OFFERED)
    if not orders:
        return no_orders(scene, f"{unknown} {PERSON}")
    text = f"{unknown} {scene.wording.pick('support_these', THESE)}"
    return _ask(scene, dialogue, replace(slots, code=""), text, orders)


def _ask(scene: Scene, dialogue: str, slots: Slots, text: str, orders: Sequence[OrderSeen]) -> Part:
    shown = orders[:OFFERED]
    lines = "\n".join(list_line(order) for order in shown)
    choices = [*(choice_of(order, ORDER_VALUE) for order in shown), PERSON_CHOICE]
    return scene.ask(dialogue, "order", f"{text}\n{lines}", slots, choices)
